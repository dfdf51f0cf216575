import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { readManifests } from '../../src/manifests/read-manifests';
import { MANIFEST_SCHEMA } from '../../src/manifests/schema';

const SCENARIOS = resolve(__dirname, '../fixtures/scenarios');
const claim = (name: string): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: ${name}\n`;
const claimObject = (name: string): unknown => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name },
});

const objectsOf = (...texts: readonly string[]): readonly unknown[] => {
  const { objects, problems, passedOver } = readManifests(texts.map((text) => ({ text })));
  expect({ problems, passedOver }).toEqual({ problems: [], passedOver: [] });
  return objects;
};

describe('the objects of', () => {
  test('several texts are given in their order and in that of their documents', () => {
    const texts = [`${claim('a')}---\n${claim('b')}`, claim('c')];
    expect(objectsOf(...texts)).toEqual(['a', 'b', 'c'].map(claimObject));
  });

  test('a List stay in it', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [claimObject('a')] };
    expect(objectsOf(JSON.stringify(list))).toEqual([list]);
    expect(
      objectsOf(`apiVersion: v1\nkind: List\nitems:\n- ${claim('a').replaceAll('\n', '\n  ')}`),
    ).toEqual([list]);
  });

  test.each(readdirSync(SCENARIOS).filter((file) => file.endsWith('.yaml')))(
    '%s are those that js-yaml reads',
    (file) => {
      const text = readFileSync(resolve(SCENARIOS, file), 'utf8');
      const expected = loadAll(text, { schema: MANIFEST_SCHEMA }).filter((value) => value !== null);
      expect(objectsOf(text)).toEqual(expected);
      expect(objectsOf(text.replaceAll('\n', '\r\n'))).toEqual(expected);
      expect(objectsOf(`\uFEFF${text}`)).toEqual(expected);
    },
  );

  test('10,000 documents are all there', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `claim-${index}`);
    expect(objectsOf(names.map(claim).join('---\n'))).toEqual(names.map(claimObject));
  });
});

describe('documents end', () => {
  const both = [claimObject('a'), claimObject('b')];
  test.each([
    ['at `---`', `${claim('a')}---\n${claim('b')}`],
    ['at `---` with a comment behind it', `---\n${claim('a')}--- # next\n${claim('b')}`],
    ['at `...`, behind which none begins', `${claim('a')}---\n${claim('b')}...\n# the end\n`],
    ['at `...`, behind which one begins without a marker', `${claim('a')}...\n${claim('b')}`],
    [
      'where nothing is between two markers',
      `---\n---\n${claim('a')}---\n# nothing\n---\n${claim('b')}---\n`,
    ],
    [
      'before directives',
      `%YAML 1.1\n---\n${claim('a')}...\n# then\n%YAML 1.2\n---\n${claim('b')}`,
    ],
    ['at CR LF', `---\n${claim('a')}---\n${claim('b')}`.replaceAll('\n', '\r\n')],
    ['at CR', `---\n${claim('a')}---\n${claim('b')}`.replaceAll('\n', '\r')],
    ['where a file with a byte order mark was appended', `${claim('a')}\uFEFF---\n${claim('b')}`],
    ['at a marker at the very end', `${claim('a')}---\n${claim('b')}---`],
  ])('%s', (_, text) => {
    expect(objectsOf(text)).toEqual(both);
  });

  test('not at `---` that is indented, in a string, or the beginning of a word', () => {
    const text = `${claim('a')}data:\n  script: |\n    ---\n    b\n  rule: '---'\n  ---c: d\n`;
    expect(objectsOf(text)).toEqual([
      {
        ...(claimObject('a') as object),
        data: { script: '---\nb\n', rule: '---', '---c': 'd' },
      },
    ]);
  });
});

describe('JSON is read', () => {
  const [a, b] = [claimObject('a'), claimObject('b')];
  test.each([
    ['as one value', JSON.stringify(a), [a]],
    ['with a byte order mark', `\uFEFF${JSON.stringify(a)}`, [a]],
    ['as several values in a row', `${JSON.stringify(a, null, 2)}\n${JSON.stringify(b)}`, [a, b]],
    ['as documents between markers', `${JSON.stringify(a)}\n---\n${JSON.stringify(b)}\n`, [a, b]],
    [
      'with a comma too many, as YAML has it',
      '{"apiVersion": "v1", "kind": "Pod",}',
      [{ apiVersion: 'v1', kind: 'Pod' }],
    ],
    [
      'with brackets and quotes in strings',
      '{"apiVersion": "v1", "kind": "]}{[\\"}"} {"apiVersion": "v1", "kind": "\\\\"}',
      [
        { apiVersion: 'v1', kind: ']}{["}' },
        { apiVersion: 'v1', kind: '\\' },
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(objectsOf(text)).toEqual(expected);
  });
});

test('keys that every object has are fields like others', () => {
  const fields = '{"__proto__": {"polluted": 1}, "constructor": {"prototype": 1}, "toString": 1}';
  for (const metadata of [fields, `!any ${fields}`, `{<<: ${fields}}`]) {
    const [object] = objectsOf(`{"apiVersion": "v1", "kind": "Pod", "metadata": ${metadata}}`);
    expect(JSON.stringify(object)).toBe(
      `{"apiVersion":"v1","kind":"Pod","metadata":${fields.replaceAll(' ', '')}}`,
    );
  }
  expect({}).not.toHaveProperty('polluted');
});

describe('what js-yaml finds too far to the left is read, as go-yaml reads it', () => {
  test.each([
    ['a list that ends below its key', 'command: [\n  "a",\n  b\n]\n', ['a', 'b']],
    ['a mapping that ends below its key', 'command: {\n  a: b\n}\n', { a: 'b' }],
    ['a list that begins below its key', 'command:\n  [\n  a,\nb]\n', ['a', 'b']],
    ['lists in lists', 'command: [[\na\n],\n[b, {c:\nd}\n]]\n', [['a'], ['b', { c: 'd' }]]],
    ['comments in a list', 'command: [ # ]\n# ]\na,\n# ]\n]\n', ['a']],
    ['tabs in a list', 'command: [\n\ta,\tb,\n\t\tc\n\t]\n', ['a', 'b', 'c']],
    ['a tab in a line', 'command: [a,\tb]\n', ['a', 'b']],
    ['lines in double quotes', 'command: "a\nb\\\n c\n\nd"\n', 'a bc\nd'],
    ['lines in single quotes', "command: 'a\nb\n  c'\n", 'a b c'],
    ['lines of a text in a list', 'command: [a\nb,\nc\n]\n', ['a b', 'c']],
    ['brackets in quotes in a list', 'command: ["]\n",\n\']\n}\'\n]\n', ['] ', '] }']],
  ])('%s', (_, field, command) => {
    const text = `${claim('a')}${field}data: |\n  ]\n  "\n  }\n`;
    const expected = { ...(claimObject('a') as object), command, data: ']\n"\n}\n' };
    expect(objectsOf(text, text.replaceAll('\n', '\r\n'))).toEqual([expected, expected]);
    const nested = `kind: List\napiVersion: v1\nitems:\n- - ${text.replaceAll('\n', '\n    ')}`;
    expect(objectsOf(nested)).toEqual([{ kind: 'List', apiVersion: 'v1', items: [[expected]] }]);
  });
});
