import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { loadAll, YAMLException } from 'js-yaml';
import { decode } from '../../src/manifests/decode';
import { LONGEST_TEXT } from '../../src/manifests/limits';
import { type Manifests, readManifests } from '../../src/manifests/read-manifests';
import { MANIFEST_SCHEMA } from '../../src/manifests/schema';

const SCENARIOS = resolve(__dirname, '../fixtures/scenarios');
const TEXTS = readdirSync(SCENARIOS)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => readFileSync(resolve(SCENARIOS, file), 'utf8'));
const SEEDS = [
  ...TEXTS,
  ...TEXTS.map((text) => JSON.stringify(loadAll(text), null, 2)),
  '%YAML 1.2\n%TAG !e! tag:e:\n---\n&a {<<: *b, c: !e!d [*a, "x\\n"]}\n...\n# e\n--- |\n a\n--- >-\n b\n',
];

// What YAML means something by.
const MARKS = [
  ...['---', '...', '\n', '\r', '\r\n', '\t', ' ', '- ', ': ', ':', '? ', '# ', '&a ', '*a', '!t '],
  ...['!!int ', '%YAML 1.1\n', '{', '}', '[', ']', ',', '|\n', '>\n', '"', "'", '\\', '<<: ', '{{'],
  ...['\uFEFF', '\0', '\u0007', '\uD800', '\u2028', '__proto__: ', 'kind: List\n', 'items:\n', '~'],
];

const place = fc.nat({ max: 4000 });
const mutation = fc.oneof(
  fc.record({ at: place, cut: fc.nat({ max: 40 }), put: fc.constantFrom('', ...MARKS) }),
  fc.record({ at: place, cut: fc.constant(0), put: fc.string({ unit: 'binary', maxLength: 5 }) }),
  fc.record({ at: place, cut: fc.constant(Number.POSITIVE_INFINITY), put: fc.constant('') }),
  fc.record({ at: place, cut: fc.constant(0), put: fc.constantFrom(...SEEDS) }),
);
const mutated = fc
  .tuple(fc.constantFrom(...SEEDS), fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([seed, mutations]) =>
    mutations.reduce((text, { at, cut, put }) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + put + text.slice(start + cut);
    }, seed),
  );
const soup = fc
  .array(
    fc.oneof(
      fc.constantFrom(...MARKS, 'a', 'kind', 'apiVersion: v1\n'),
      fc.string({ maxLength: 3 }),
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''));
const anyText = fc.oneof(mutated, soup, fc.string({ unit: 'binary' }));

/** The values that js-yaml reads, without empty ones, or why it reads none of them. */
function loaded(text: string): readonly unknown[] | string {
  try {
    const options = { schema: MANIFEST_SCHEMA, maxDepth: 500 };
    return loadAll(text, options).filter((value) => value !== null);
  } catch (error) {
    return error instanceof YAMLException ? error.reason : String(error);
  }
}

function check(text: string, { objects, problems, passedOver, placeOf }: Manifests): void {
  const lines = text.split(/\r\n?|\n/);
  for (const problem of problems) {
    expect(problem.message).toMatch(/^[\P{Cc}]{1,300}$/u);
    expect(problem.line).toBeGreaterThanOrEqual(1);
    expect(problem.line).toBeLessThanOrEqual(lines.length);
  }
  for (const object of objects) {
    for (const path of [[], ['metadata', 'name'], ['items', 0, 'spec']]) {
      const { line = 0, column = 0 } = placeOf(object, path) ?? {};
      expect(lines[line - 1]?.length).toBeGreaterThanOrEqual(column);
    }
  }
  if (passedOver.length > 0) {
    expect({ objects, problems }).toEqual({ objects: [], problems: [] });
  }
  const expected = loaded(text);
  if (typeof expected === 'string') {
    // It is told, or the text was never meant to be read, or it is read where js-yaml is strict.
    const isRead = /^\uFEFF?\s*[[{]/.test(text) || expected === 'deficient indentation';
    expect(isRead || problems.length + passedOver.length > 0).toBe(true);
  } else if (
    passedOver.length === 0 &&
    problems.every(({ message }) => message.startsWith('exp'))
  ) {
    expect(objects.length + problems.length).toBe(expected.length);
    expect(objects).toEqual(expected.filter((value) => objects.length > 0 && isObject(value)));
  }
}

function isObject(value: unknown): boolean {
  const { apiVersion, kind } = Object(value) as Record<string, unknown>;
  return [apiVersion, kind].every((name) => typeof name === 'string' && name !== '');
}

test('whatever is in a text, every document of it is read, told or passed over', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      check(text, readManifests([{ text }]));
    }),
    { numRuns: 3000 },
  );
}, 60_000);

test('whatever is in a file, it is text or told', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.tuple(mutated, fc.nat(), fc.nat({ max: 255 })).map(([text, at, byte]) => {
      const buffer = Buffer.from(text);
      buffer[at % Math.max(1, buffer.length)] = byte;
      return Uint8Array.from(buffer);
    }),
  );
  fc.assert(
    fc.property(bytes, (input) => {
      const decoded = decode(input, 'a.yaml');
      if ('message' in decoded) {
        expect(decoded.message).toMatch(
          /^is (not text: has bytes that are not UTF-8|UTF-16; save it as UTF-8)$/,
        );
        return;
      }
      expect(decoded.text.length).toBeLessThan(LONGEST_TEXT);
      check(decoded.text, readManifests([decoded]));
    }),
    { numRuns: 500 },
  );
}, 60_000);

test('documents that fail leave those before and behind them as they are', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TEXTS),
      mutated,
      fc.constantFrom(...TEXTS),
      (before, text, behind) => {
        const broken = text.replaceAll('\0', '').replaceAll('{{', '');
        const { objects } = readManifests([
          { text: `${before}\n...\n---\n]\n---\n${broken}\n...\n---\n${behind}` },
        ]);
        const [first = [], last = []] = [before, behind].map((good) => loadAll(good));
        expect(objects.slice(0, first.length)).toEqual(first);
        expect(objects.slice(-last.length)).toEqual(last);
      },
    ),
    { numRuns: 500 },
  );
}, 60_000);
