import fc from 'fast-check';
import { alternatives, show } from '../../src/kube/show';

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

describe('a value in a message', () => {
  test.each([
    ['10GB', "'10GB'"],
    ['', "''"],
    ['a\nb\tc', "'a\\nb\\tc'"],
    ['say "no"', `'say "no"'`],
    [10, '10'],
    [Number.NaN, 'NaN'],
    [10n, '10'],
    [true, 'true'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Symbol('s'), 'Symbol(s)'],
    [() => 1, 'a function'],
    [class Size {}, 'a function'],
    [{ a: [1, 'b'] }, '{"a":[1,"b"]}'],
    [[], '[]'],
    [cyclic, 'an object'],
    [{ big: 1n }, 'an object'],
    [{ toJSON: () => undefined }, 'an object'],
    [new Map([['a', 1]]), 'a Map'],
    [Promise.resolve(1), 'a Promise'],
    [new Date(0), 'a Date'],
    ['a\u0085b\u009b2J\u007f', "'a\\u0085b\\u009b2J\\u007f'"],
    [{ a: '\u2028\u2029' }, '{"a":"\\u2028\\u2029"}'],
    ['https://shop:hunter2@git.example.com/a', "'https://…@git.example.com/a'"],
    [{ url: 'ssh://git:p@ss@10.0.0.1' }, '{"url":"ssh://…@10.0.0.1"}'],
    ['https://example.com/@a', "'https://example.com/@a'"],
  ])('%p is shown as %s', (value, shown) => {
    expect(show(value)).toBe(shown);
  });

  test('is an object where it cannot be written', () => {
    const throwing = {
      toJSON: () => {
        throw new Error('not today');
      },
    };
    expect(show(throwing)).toBe('an object');
  });

  test('is cut after 80 characters, in strings and in objects', () => {
    expect(show('a'.repeat(80))).toBe(`'${'a'.repeat(80)}'`);
    expect(show('a'.repeat(81))).toBe(`'${'a'.repeat(80)}…'`);
    expect(show(['a'.repeat(81)])).toBe(`["${'a'.repeat(78)}…`);
  });

  test('never throws, and strings and objects stay on one short line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 200 }), fc.object()), (value) => {
        const shown = show(value);
        expect(shown).not.toMatch(/[\r\n]/);
        expect(shown.length).toBeLessThanOrEqual(83);
      }),
    );
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(typeof show(value)).toBe('string');
      }),
    );
  });
});

describe('names in a sentence', () => {
  test.each([
    [[], ''],
    [['a'], "'a'"],
    [['a', 'b'], "'a' or 'b'"],
    [['a', 'b', 'c'], "'a', 'b' or 'c'"],
  ])('%j read %s', (names, sentence) => {
    expect(alternatives(names)).toBe(sentence);
  });
});
