import { load } from 'js-yaml';
import { MANIFEST_SCHEMA } from '../../src/manifests/schema';

const read = (text: string): unknown => load(text, { schema: MANIFEST_SCHEMA });

describe('a plain scalar is', () => {
  // Each as goyaml.v2/resolve.go of sigs.k8s.io/yaml resolves it.
  test.each<[unknown, ...string[]]>([
    [true, 'true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'y', 'Y', 'on', 'On', 'ON'],
    [false, 'false', 'False', 'FALSE', 'no', 'No', 'NO', 'n', 'N', 'off', 'Off', 'OFF'],
    [null, '~', 'null', 'Null', 'NULL'],
    [0, '0', '-0', '00', '0x0'],
    [10, '10', '+10', '1_0', '0xA', '0Xa', '0b1010', '0o12', '012', '10.', '10.0', '1e1', '1.0E+1'],
    [-10, '-10', '-0xA', '-012', '-1e1'],
    [511, '0777'],
    [8, '08', '8.0'],
    [0.5, '.5', '0.5', '+.5', '5e-1'],
    [2 ** 53, '9007199254740992', '9007199254740993'],
    [Number.POSITIVE_INFINITY, '.inf', '+.Inf'],
    [Number.NEGATIVE_INFINITY, '-.INF'],
    [Number.NaN, '.nan', '.NaN'],
  ])('%p where it is one of %p', (expected, ...texts) => {
    expect(texts.map(read)).toEqual(texts.map(() => expected));
  });

  test.each([
    ...['2024-01-31', '2024-01-31T10:20:30Z', '10Gi', '1.5Ti', '1:30', '190:20:30', '1.2.3', '0x'],
    ...['1e400', '0b2', 'yEs', 'nUll', '-.', '+', '.', '_1', '1e', 'e1', '10.0.0.1', 'ja'],
  ])('the text that it is where it is %p', (text) => {
    expect(read(text)).toBe(text);
  });
});

test('a quoted scalar is a string', () => {
  expect(read(`["yes", 'no', "10", '~', "0777"]`)).toEqual(['yes', 'no', '10', '~', '0777']);
});

test('a tag says what a scalar is, and one that no one knows says nothing', () => {
  expect(read('[!!str 10, !!int "10", !!float 10, !!bool "yes", ! 10]')).toEqual([
    '10',
    10,
    10,
    true,
    '10',
  ]);
  expect(read('[!Ref a, !!binary AAAA, !!timestamp 2024-01-31]')).toEqual([
    'a',
    'AAAA',
    '2024-01-31',
  ]);
  expect(read('{a: !Sub [b, 1], c: !!set {d: }, e: !If {f: 1}}')).toEqual({
    a: ['b', 1],
    c: { d: null },
    e: { f: 1 },
  });
});

test('a key is the text of the value that it would be', () => {
  expect(read('{yes: a, 012: b, 1.50: c, "yes": d}')).toEqual({
    true: 'a',
    10: 'b',
    1.5: 'c',
    yes: 'd',
  });
});

test('a merge gives what is not written, the first of several first', () => {
  const text = 'a: &a {x: 1, w: 1}\nb: &b {x: 2, z: 2}\nc:\n  <<: [*a, *b]\n  w: 3\n"<<": *a\n';
  expect(read(text)).toEqual({
    a: { x: 1, w: 1 },
    b: { x: 2, z: 2 },
    c: { x: 1, w: 3, z: 2 },
    '<<': { x: 1, w: 1 },
  });
});
