import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { findInBlocks } from '../../src/manifests/block-place';
import { parseYaml } from '../../src/manifests/parse-yaml';
import { type Path, Places } from '../../src/manifests/places';

const SCENARIOS = resolve(__dirname, '../fixtures/scenarios');
const ODD = `# a
apiVersion: v1   # b
kind: Pod
metadata:
    labels: # c

      # d
      yes: a
    annotations:
      a: |
        b: c
         # d
      # e
      e/f: >-
        - g
      h: "i
         j: k"
      l: m
        n
      p: {q: r,
        s: [t]}
spec:
  containers:
  - name: a
    # b
    command:
    - a
    -
      - b
  -   name: c

      args: [d,
        e]
  - &f
    name: g
  -
    name: h
  - !i {name: j}
  - *f
  "initContainers":
  - name: k
`;
const TEXTS = [
  ODD,
  `---\n${ODD}`,
  `--- # a\n\n${ODD}...\n`,
  ODD.replaceAll('\n', '\r\n'),
  ...readdirSync(SCENARIOS)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => readFileSync(resolve(SCENARIOS, file), 'utf8').split(/^---\n/m)),
];

/** The paths to all there is in a value, and next to each of them one to what is not there. */
function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const steps = inside.map(
    ([key, item]) => [Array.isArray(value) ? Number(key) : key, item] as const,
  );
  return [
    path,
    [...path, 'none'],
    [...path, 99],
    ...steps.flatMap(([step, item]) => pathsIn(item, [...path, step])),
  ];
}

/** How many of the places in a document are found; each of them has to be what a parser finds. */
function foundIn(text: string): readonly [found: number, all: number] {
  const [document, ...more] = parseYaml(text);
  if (document === undefined || more.length > 0 || !('strict' in document) || !document.strict) {
    return [0, 0];
  }
  const source = text.slice(document.span.start, document.span.end);
  const places = new Places(source, 0);
  const paths = pathsIn(document.value);
  const found = paths.filter((path) => {
    const offset = findInBlocks(source, path);
    const expected = offset === undefined ? undefined : places.find(path);
    expect({ path, offset }).toEqual({ path, offset: expected });
    return offset !== undefined;
  });
  return [found.length, paths.length];
}

test.each(TEXTS.map((text, index) => [index, text] as const))(
  'what is found is what a parser finds, in text %i',
  (_, text) => {
    const [found, all] = foundIn(text);
    // Most is, so that the parser is left to what is rare.
    expect(found).toBeGreaterThan(all * (text.includes('yes') ? 0.2 : 0.6));
  },
);

test('what is found is what a parser finds, whatever was done to the text', () => {
  const marks = [
    '\n',
    '\r',
    '\t',
    ' ',
    '  ',
    '- ',
    ': ',
    '? ',
    '#',
    '# ',
    '&a ',
    '*a',
    '!t ',
    '{',
    '}',
    '[',
    ']',
    '|',
    '>',
    '"',
    "'",
    '<<: ',
    'y: ',
    'a:\n',
    '---\n',
    '%A\n',
    '\uFEFF',
  ];
  const mutation = fc.record({
    at: fc.nat({ max: 2000 }),
    cut: fc.nat({ max: 8 }),
    put: fc.constantFrom('', ...marks),
  });
  const mutated = fc
    .tuple(fc.constantFrom(...TEXTS), fc.array(mutation, { minLength: 1, maxLength: 3 }))
    .map(([seed, mutations]) =>
      mutations.reduce((text, { at, cut, put }) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + put + text.slice(start + cut);
      }, seed),
    );
  fc.assert(
    fc.property(mutated, (text) => void foundIn(text)),
    { numRuns: 1500 },
  );
}, 60_000);
