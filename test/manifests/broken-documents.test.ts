import { type ManifestProblem, readManifests } from '../../src/manifests/read-manifests';

const GOOD = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: good\n';
const GOOD_OBJECT = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'good' },
};

const problemsOf = (text: string): readonly ManifestProblem[] => readManifests([{ text }]).problems;

describe('a document is told by its line when', () => {
  test.each([
    ['its indentation is wrong', 'a:\n  b: 1\n c: 2\n', 3, 'bad indentation of a mapping entry'],
    ['it is indented by tabs', 'a:\n\tb: 1\n', 2, 'tab characters must not be used in indentation'],
    ['a bracket is not closed', 'a: 1\nb: [1,\n', 2, 'deficient indentation'],
    [
      'a brace is not closed',
      '{a: 1,\n  b: 2\n\n',
      2,
      'unexpected end of the stream within a flow collection',
    ],
    ['a quote is not closed', 'a: 1\nb:\n  "c\n\n', 3, 'deficient indentation'],
    ['a key is there twice', 'a: 1\nb:\n  c: 1\n  d: 1\n  c: 2\n', 5, 'duplicated mapping key'],
    ['a key is there twice, in JSON', '{"a": 1,\n "b": {},\n "a": 2}', 3, 'duplicated mapping key'],
    [
      'JSON ends early',
      '{"a": 1,\n "b": {\n',
      2,
      'unexpected end of the stream within a flow collection',
    ],
    ['an alias has no anchor', 'a: 1\nb: *nothing\n', 2, 'unidentified alias "nothing"'],
    ['an anchor contains itself', 'a: 1\nb: &b\n  c:\n  - *b\n', 4, "anchor 'b' contains itself"],
    [
      'a key is a list',
      'a:\n  b: 1\n  ? [c]\n  : 2\n',
      3,
      'a key must be a single value, got a list or a mapping',
    ],
    [
      'a key is a mapping in a list',
      '- a: 1\n- b:\n  - {? {c: 1} : 2}\n',
      3,
      'a key must be a single value, got a list or a mapping',
    ],
    [
      'what is merged is no mapping',
      'a: 1\n<<: 2\n',
      2,
      'cannot merge mappings; the provided source object is unacceptable',
    ],
    [
      'a tag does not fit',
      'a:\n- !!int b\n',
      2,
      'cannot resolve a node with !<tag:yaml.org,2002:int> explicit tag',
    ],
    [
      'it has characters that are not printed',
      'a: 1\nb: \u0007\n',
      2,
      'the stream contains non-printable characters',
    ],
  ])('%s', (_, text, line, reason) => {
    const problem = { line, message: `is not YAML: ${reason}` };
    expect(problemsOf(text)).toEqual([problem]);
    expect(problemsOf(text.replaceAll('\n', '\r\n'))).toEqual([problem]);
    expect(problemsOf(`\uFEFF${text}`)).toEqual([problem]);
    const further = readManifests([
      { file: 'b.yaml', text: `# a\n${GOOD}...\n${text}\n---\n${GOOD}` },
    ]);
    expect(further.objects).toEqual([GOOD_OBJECT, GOOD_OBJECT]);
    expect(further.problems).toEqual([{ ...problem, file: 'b.yaml', line: line + 6 }]);
  });
});

describe('a document that is no Kubernetes object is told by its line when', () => {
  test.each([
    [
      'it lacks its kind',
      'apiVersion: v1\nmetadata: {}\n',
      'expected a Kubernetes object, got no kind',
    ],
    ['it lacks its version', 'kind: Pod\n', 'expected a Kubernetes object, got no apiVersion'],
    [
      'its kind is a number',
      'apiVersion: v1\nkind: 5\n',
      'expected a Kubernetes object, got no kind',
    ],
    [
      'its version is empty',
      'apiVersion: ""\nkind: Pod\n',
      'expected a Kubernetes object, got no apiVersion',
    ],
    ['it is a text', 'Error from server\n', 'expected a Kubernetes object, got a string'],
    ['it is a number', '5\n', 'expected a Kubernetes object, got a number'],
  ])('%s', (_, text, message) => {
    expect(problemsOf(text)).toEqual([{ line: 1, message }]);
    expect(problemsOf(`${GOOD}---\n# a comment\n\n${text}`)).toEqual([{ line: 8, message }]);
  });

  test.each([
    [
      'it has neither beside one that has',
      'a: 1\n',
      'expected a Kubernetes object, got no apiVersion and no kind',
    ],
    ['it is a list beside an object', '- a\n', 'expected a Kubernetes object, got a list'],
  ])('%s', (_, text, message) => {
    expect(problemsOf(`${text}---\n${GOOD}`)).toEqual([{ line: 1, message }]);
  });
});

describe('a document that js-yaml finds too far to the left is told by the line that is wrong when', () => {
  test.each([
    ['a key is there twice behind it', 3 + 5, 'duplicated mapping key', 'b: 1\nb: 2\n'],
    ['an anchor contains itself behind it', 3 + 4, "anchor 'b' contains itself", 'b: &b [*b]\n'],
    [
      'a key is a list behind it',
      3 + 4,
      'a key must be a single value, got a list or a mapping',
      '[b]: c\n',
    ],
  ])('%s', (_, line, reason, behind) => {
    const text = `---\napiVersion: v1\nkind: Pod\nspec: [\na,\n]\n${behind}`;
    expect(problemsOf(text)).toEqual([{ line, message: `is not YAML: ${reason}` }]);
  });

  test('a bracket is not closed, though many lines follow', () => {
    const text = `apiVersion: v1\nkind: Pod\na: [\n${'b,\n'.repeat(100_000)}`;
    expect(problemsOf(text)).toEqual([{ line: 4, message: 'is not YAML: deficient indentation' }]);
  });
});

test('a directive with no document is told by its line', () => {
  const problem = { line: 7, message: 'is not YAML: directives end mark is expected' };
  expect(problemsOf(`${GOOD}...\n# a comment\n%YAML 1.2\n`)).toEqual([problem]);
});

test('what js-yaml quotes from the text is cut, and stays on one line', () => {
  const [problem] = problemsOf(`a: *${'b'.repeat(1000)}\n`);
  expect(problem?.message).toBe(`is not YAML: unidentified alias "${'b'.repeat(180)}…`);
  expect(problemsOf('a: *b\u2028c\n')).toEqual([
    { line: 1, message: 'is not YAML: unidentified alias "b c"' },
  ]);
});

test('a text is not read on behind a hundred documents that are not YAML', () => {
  const { objects, problems } = readManifests([
    { text: `${'--- ]\n'.repeat(20_000)}---\n${GOOD}` },
  ]);
  expect(objects).toEqual([]);
  const last = problems.at(-1);
  expect(last?.message).toMatch(/^is not read from here on: \d+ documents before it are not YAML$/);
  expect(last?.line).toBe(problems.length);
  expect(problems.length).toBeLessThan(10_000);
});

test('problems are told in the order of the texts, and the rest is read', () => {
  const texts = [
    { file: 'a.yaml', text: ']' },
    { file: 'b.yaml', text: GOOD },
    { file: 'c.yaml', text: 'kind: 1\napiVersion: v1\n' },
  ];
  const { objects, problems } = readManifests(texts);
  expect(objects).toEqual([GOOD_OBJECT]);
  expect(problems.map(({ file }) => file)).toEqual(['a.yaml', 'c.yaml']);
});
