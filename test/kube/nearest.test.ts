import fc from 'fast-check';
import { didYouMean, nearest } from '../../src/kube/nearest';

const PROPS = ['accessMode', 'capacity', 'mountOptions', 'path', 'server'];

describe('the nearest name', () => {
  test.each([
    ['acessMode', 'accessMode'],
    ['accessmode', 'accessMode'],
    ['ACCESSMODE', 'accessMode'],
    ['accessModes', 'accessMode'],
    ['mountOption', 'mountOptions'],
    ['paht', 'path'],
    ['pat', 'path'],
    ['paths', 'path'],
    ['serer', 'server'],
  ])('to %s is %s', (name, meant) => {
    expect(nearest(name, PROPS)).toBe(meant);
  });

  test('is none where more than a third of the letters is wrong', () => {
    // Six letters bear two slips, three are another word.
    expect(nearest('sxrvxr', ['server'])).toBe('server');
    expect(nearest('sxxvxr', ['server'])).toBeUndefined();
    expect(nearest('size', PROPS)).toBeUndefined();
  });

  test('of a short name is one letter away at most', () => {
    expect(nearest('a', ['b'])).toBe('b');
    expect(nearest('ab', ['cd'])).toBeUndefined();
  });

  test('is none among no names', () => {
    expect(nearest('server', [])).toBeUndefined();
  });

  test('to a name of the list is that name, whatever the order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(PROPS, { minLength: 1 }), fc.nat(), (names, pick) => {
        const name = names[pick % names.length] as string;
        expect(nearest(name, names)).toBe(name);
      }),
    );
  });
});

describe('the question at the end of a message', () => {
  test('asks for the nearest name', () => {
    expect(didYouMean('acessMode', PROPS)).toBe("; did you mean 'accessMode'?");
  });

  test('is left out where no name is near, or the name is no string', () => {
    expect(didYouMean('size', PROPS)).toBe('');
    expect(didYouMean(5, PROPS)).toBe('');
    expect(didYouMean(undefined, PROPS)).toBe('');
  });
});
