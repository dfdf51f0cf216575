import * as types from '../../src/kube/props';
import { QUANTITY_EXPECTED } from '../../src/kube/quantity';
import { refusal } from '../support/refusal';

/** What a value of one prop is refused with, or undefined where it is taken. */
function judge(type: types.PropType, value: unknown): string | undefined {
  try {
    types.checkProps('shop/data', 'Thing', { prop: value }, { prop: type });
    return undefined;
  } catch {
    return refusal(() => types.checkProps('shop/data', 'Thing', { prop: value }, { prop: type }))
      .message;
  }
}

const KINDS: readonly {
  readonly name: string;
  readonly type: types.PropType;
  readonly expected: string;
  readonly taken: readonly unknown[];
  readonly refused: readonly (readonly [unknown, string])[];
}[] = [
  {
    name: 'text',
    type: types.text,
    expected: 'a string that is not empty',
    taken: ['a', ' '],
    refused: [
      ['', "''"],
      [5, '5'],
      [null, 'null'],
    ],
  },
  {
    name: 'any text',
    type: types.anyText,
    expected: 'a string',
    taken: ['', 'a'],
    refused: [
      [5, '5'],
      [['a'], '["a"]'],
    ],
  },
  {
    name: 'a flag',
    type: types.flag,
    expected: 'true or false',
    taken: [true, false],
    refused: [
      ['true', "'true'"],
      [0, '0'],
      [null, 'null'],
    ],
  },
  {
    name: 'a size',
    type: types.size,
    expected: QUANTITY_EXPECTED,
    taken: ['10Gi', '0', { asString: () => '1Ki' }],
    refused: [
      ['10GB', "'10GB'"],
      [10, '10'],
      [{}, '{}'],
      [{ asString: () => 'ten' }, '{}'],
    ],
  },
  {
    name: 'the name of an object',
    type: types.objectName,
    expected: "a DNS subdomain (lower case letters, digits, '-' and '.', at most 253)",
    taken: ['a', 'a.b', 'a'.repeat(253)],
    refused: [
      ['', "''"],
      ['A', "'A'"],
      ['a'.repeat(254), `'${'a'.repeat(80)}…'`],
      [5, '5'],
    ],
  },
  {
    name: 'the name of a namespace',
    type: types.labelName,
    expected: "a DNS label (lower case letters, digits and '-', at most 63)",
    taken: ['a', 'a'.repeat(63)],
    refused: [
      ['a.b', "'a.b'"],
      ['a'.repeat(64), `'${'a'.repeat(64)}'`],
      [null, 'null'],
    ],
  },
  {
    name: 'the name of a class',
    type: types.className,
    expected: "'' for no class, or a class name (a DNS subdomain)",
    taken: ['', 'gp3', 'a.b'],
    refused: [
      [' ', "' '"],
      ['Fast', "'Fast'"],
      [null, 'null'],
    ],
  },
  {
    name: 'labels',
    type: types.labels,
    expected:
      "labels: an object of strings by key, each at most 63 of letters, digits, '-', '_', '.'",
    taken: [{}, { app: '' }, { 'example.com/app': 'Web_1.x' }],
    refused: [
      [{ app: 'a b' }, '{"app":"a b"}'],
      [{ 'a b': 'c' }, '{"a b":"c"}'],
      [{ app: 1 }, '{"app":1}'],
      [['app'], '["app"]'],
      [null, 'null'],
    ],
  },
  {
    name: 'annotations',
    type: types.annotations,
    expected: 'annotations: an object of strings by key',
    taken: [{}, { note: 'any text\nat all' }],
    refused: [
      [{ note: 1 }, '{"note":1}'],
      [{ 'a b': 'c' }, '{"a b":"c"}'],
      ['note', "'note'"],
    ],
  },
  {
    name: 'a whole number from 1 to 65535',
    type: types.wholeNumber(1, 65535),
    expected: 'a whole number from 1 to 65535',
    taken: [1, 65535],
    refused: [
      [0, '0'],
      [65536, '65536'],
      [1.5, '1.5'],
      [Number.NaN, 'NaN'],
      ['80', "'80'"],
    ],
  },
  {
    name: 'a whole number of at least 0',
    type: types.wholeNumber(0),
    expected: 'a whole number of at least 0',
    taken: [0, Number.MAX_SAFE_INTEGER],
    refused: [
      [-1, '-1'],
      [2 ** 53, '9007199254740992'],
      [Number.POSITIVE_INFINITY, 'Infinity'],
      [1n, '1'],
    ],
  },
  {
    name: 'one of a few',
    type: types.oneOf(['Retain', 'Delete']),
    expected: "'Retain' or 'Delete'",
    taken: ['Retain', 'Delete'],
    refused: [
      ['retain', "'retain'; did you mean 'Retain'?"],
      ['Recycle', "'Recycle'"],
      [['Retain'], '["Retain"]'],
    ],
  },
  {
    name: 'a list',
    type: types.listOf(types.text),
    expected: 'a list, each a string that is not empty',
    taken: [[], ['a', 'b']],
    refused: [
      ['a', "'a'"],
      [{ 0: 'a', length: 1 }, '{"0":"a","length":1}'],
    ],
  },
];

describe.each(KINDS)('a prop that takes $name', ({ type, expected, taken, refused }) => {
  test.each(taken.map((value) => [value]))('takes %j', (value) => {
    expect(judge(type, value)).toBeUndefined();
  });

  test.each(refused)('fails with %p', (value, got) => {
    expect(judge(type, value)).toBe(`shop/data: 'prop' must be ${expected}, got ${got}`);
  });

  test('fails where it is missing, and may be missing where it is optional', () => {
    const missing = refusal(() => types.checkProps('shop/data', 'Thing', {}, { prop: type }));
    expect(missing.code).toBe('PropMissing');
    expect(missing.message).toBe(`shop/data: 'prop' must be ${expected}, got undefined`);
    expect(judge(types.optional(type), undefined)).toBeUndefined();
  });

  test('fails with null even where it is optional', () => {
    expect(judge(types.optional(type), null)).toBe(
      `shop/data: 'prop' must be ${expected}, got null`,
    );
  });
});
