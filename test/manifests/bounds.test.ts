import { LONGEST_DOCUMENT, LONGEST_TEXT } from '../../src/manifests/limits';
import { type Manifests, readManifests } from '../../src/manifests/read-manifests';

const POD = 'apiVersion: v1\nkind: Pod\n';

function read(text: string): Pick<Manifests, 'problems'> & { count: number } {
  const { objects, problems, passedOver } = readManifests([{ text }]);
  expect(passedOver).toEqual([]);
  return { count: objects.length, problems };
}

const refused = (line: number, message: string) => ({ count: 0, problems: [{ line, message }] });

/** Lists in lists, `levels` deep, with `{` and a key for the outermost. */
const nested = (levels: number): string =>
  `{"a": ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

describe('aliases', () => {
  const bomb = (levels: number): string =>
    Array.from({ length: levels }, (_, level) => {
      const below = level === 0 ? 'x' : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array(10).fill(below)}]\n`;
    }).join('');

  test('may unfold to many values', () => {
    expect(read(POD + bomb(5))).toEqual({ count: 1, problems: [] });
  });

  test('may not unfold to billions', () => {
    const message =
      "is not YAML: anchor 'l4' and those before it unfold to more than 400000 values";
    expect(read(POD + bomb(6))).toEqual(refused(8, message));
    expect(read(POD + bomb(40))).toEqual(refused(8, message));
  });

  test.each([
    ['a list', 'a: &a\n- b\n- *a\n', 5],
    ['a mapping', 'a: &a {b: {c: *a}}\n', 3],
    ['a merge', 'a: &a\n  <<: *a\n', 4],
    ['a key', 'a: &a\n  *a : b\n', 4],
    ['the document', '', 4],
  ])('may not contain themselves by %s', (_, fields, line) => {
    const text = fields === '' ? `--- &a\n${POD}b: *a\n` : POD + fields;
    expect(read(text)).toEqual(refused(line, "is not YAML: anchor 'a' contains itself"));
  });

  test('may stand for an inner anchor of the same name', () => {
    expect(read(`${POD}a: &a\n- &a b\n- *a\n`)).toEqual({ count: 1, problems: [] });
  });

  test('may not be nested more than 500 levels by each other', () => {
    const links = (count: number): string =>
      Array.from({ length: count }, (_, link) => {
        const below = link === 0 ? 'x' : `*l${link - 1}`;
        return `l${link}: &l${link} [${below}]\n`;
      }).join('');
    expect(read(POD + links(498))).toEqual({ count: 1, problems: [] });
    const message = "is not YAML: anchor 'l497' unfolds to more than 500 levels";
    expect(read(POD + links(499))).toEqual(refused(501, message));
  });

  test('may not merge more than 100,000 keys', () => {
    const keys = Array.from({ length: 1000 }, (_, index) => `k${index}: 1`).join(', ');
    const merges = (count: number): string =>
      `${POD}a: &a {${keys}}\nb:\n${'- {<<: *a}\n'.repeat(count)}`;
    expect(read(merges(99))).toEqual({ count: 1, problems: [] });
    const message = 'is not YAML: merge keys exceeded maxTotalMergeKeys (100000)';
    expect(read(merges(101))).toEqual(refused(104, message));
  });
});

describe('values may be nested 500 levels', () => {
  const list = (inner: string) => `{"apiVersion": "v1", "kind": "Pod", "a": ${inner}}`;

  test('and no more, in JSON', () => {
    expect(read(list(nested(499)))).toEqual({ count: 1, problems: [] });
    expect(read(list(nested(500)))).toEqual(
      refused(1, 'is not YAML: nesting exceeded maxDepth (500)'),
    );
    expect(read('['.repeat(1e6) + ']'.repeat(1e6))).toEqual(
      refused(1, 'is not YAML: nesting exceeded maxDepth (500)'),
    );
  });

  test('and no more, in YAML', () => {
    const message = 'is not YAML: nesting exceeded maxDepth (500)';
    expect(read(`${POD}a: ${nested(498)}\n`)).toEqual({ count: 1, problems: [] });
    expect(read(`${POD}a: ${nested(500)}\n`)).toEqual(refused(3, message));
    expect(read(`${POD}a:\n${'- '.repeat(100_000)}b\n`)).toEqual(refused(4, message));
    expect(read(`${POD}a: ${'['.repeat(100_000)}\n`)).toEqual(refused(3, message));
    expect(read(`${POD}${'? '.repeat(100_000)}\n`)).toEqual(refused(3, message));
  });
});

describe('a text', () => {
  test('may not be longer than 256 MiB', () => {
    const message = 'is larger than 256 MiB; split it';
    expect(read('#'.repeat(LONGEST_TEXT + 1))).toEqual({ count: 0, problems: [{ message }] });
  });

  test('may not have a document of more than 32 MiB, and the others are read', () => {
    const long = `${POD}---\n${POD}a: ${'b'.repeat(LONGEST_DOCUMENT)}\n---\n${POD}`;
    const message = 'is one YAML document of more than 32 MiB; split it, or pass it as JSON';
    expect(read(long)).toEqual({ count: 2, problems: [{ line: 3, message }] });
  });

  test('may be JSON of more than that, and is told apart where it is broken', () => {
    const long = `{"apiVersion": "v1", "kind": "Pod", "a": "${'b'.repeat(LONGEST_DOCUMENT)}"}`;
    expect(read(long)).toEqual({ count: 1, problems: [] });
    const message = 'is not JSON, and longer than the 32 MiB that can be read as YAML';
    expect(read(long.slice(0, -1))).toEqual(refused(1, message));
  });

  test('may not have more than a million documents', () => {
    expect(read('---\n'.repeat(2_000_000))).toEqual(
      refused(1_000_001, 'has more than 1000000 documents; split it'),
    );
  });

  test('may not have NUL characters', () => {
    expect(read(`${POD}a: \0`)).toEqual(refused(3, 'is not text: has a NUL character'));
  });
});
