import fc from 'fast-check';
import {
  isDnsLabel,
  isDnsSubdomain,
  isLabelValue,
  isQualifiedName,
  labelOfPath,
  nameOfPath,
} from '../../src/kube/names';

const a = (count: number): string => 'a'.repeat(count);

describe('a DNS label', () => {
  test.each(['a', '0', 'a-b', 'a--b', '0a9', a(63)])('%s is one', (text) => {
    expect(isDnsLabel(text)).toBe(true);
  });

  test.each(['', '-', '-a', 'a-', 'a.b', 'A', 'a_b', 'ä', 'a b', 'a\n', '\na', a(64)])(
    '%j is none',
    (text) => {
      expect(isDnsLabel(text)).toBe(false);
    },
  );
});

describe('a DNS subdomain', () => {
  test.each(['a', 'a.b', '0.0', 'a-b.c-d', a(64), `${a(251)}.b`])('%s is one', (text) => {
    expect(isDnsSubdomain(text)).toBe(true);
  });

  test.each(['', '.', 'a.', '.a', 'a..b', 'a.-b', 'a-.b', 'A.b', 'a/b', 'a.b\n', `${a(252)}.b`])(
    '%j is none',
    (text) => {
      expect(isDnsSubdomain(text)).toBe(false);
    },
  );
});

describe("a label's value", () => {
  test.each(['', 'a', 'A', '1.4.2', 'a_b', 'a-.-b', a(63)])('can be %j', (text) => {
    expect(isLabelValue(text)).toBe(true);
  });

  test.each([' ', '-a', 'a-', '.a', '_', 'a/b', 'a b', 'é', 'a\n', a(64)])(
    'cannot be %j',
    (text) => {
      expect(isLabelValue(text)).toBe(false);
    },
  );
});

describe('the key of a label or an annotation', () => {
  test.each([
    'app',
    'App_1.x',
    'app.kubernetes.io/name',
    `example.com/${a(63)}`,
    `${a(251)}.b/name`,
  ])('can be %s', (text) => {
    expect(isQualifiedName(text)).toBe(true);
  });

  test.each([
    '',
    '/',
    '/name',
    'example.com/',
    'a/b/c',
    'Example.com/name',
    'example..com/name',
    '-a',
    'a\n',
    a(64),
    `example.com/${a(64)}`,
    `${a(252)}.b/name`,
  ])('cannot be %j', (text) => {
    expect(isQualifiedName(text)).toBe(false);
  });
});

describe('the name made of a path', () => {
  test.each([
    [['shop', 'uploads'], 'shop-uploads'],
    [['Shop', 'UpLoads'], 'shop-uploads'],
    [['shop', 'user_data (old)'], 'shop-user-data-old'],
    [['a.b', 'c'], 'a.b-c'],
    [['a.', '.b'], 'a.b'],
    [['-a-', '-b-'], 'a-b'],
    [['...a...b...'], 'a.b'],
    [['日本'], ''],
  ])('%j is %j', (parts, name) => {
    expect(nameOfPath(parts)).toBe(name);
  });

  test('is a DNS subdomain, or empty where no letter is left, for any path', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 }), { maxLength: 5 }), (parts) => {
        const name = nameOfPath(parts);
        expect(name === '' || isDnsSubdomain(name)).toBe(true);
      }),
    );
  });

  test('is left alone where it is a name already, but for runs of dashes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}$/), (part) => {
        expect(nameOfPath([part])).toBe(part);
        expect(nameOfPath([part, 'x'])).toBe(`${part}-x`);
      }),
    );
  });
});

describe('the label made of a path', () => {
  test.each([
    [['shop', 'uploads'], 'shop-uploads'],
    [['shop', 'v1.2'], 'shop-v1-2'],
    [[a(70)], a(63)],
    [[`${a(62)}-b`], a(62)],
    [['日本'], ''],
  ])('%j is %j', (parts, label) => {
    expect(labelOfPath(parts)).toBe(label);
  });

  test('is a DNS label and a value of a label, or empty, for any path', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 }), { maxLength: 5 }), (parts) => {
        const label = labelOfPath(parts);
        expect(label === '' || isDnsLabel(label)).toBe(true);
        expect(isLabelValue(label)).toBe(true);
      }),
    );
  });
});
