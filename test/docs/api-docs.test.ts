import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { problemsOf, UNREACHABLE } from './api-doc-rules';
import { programOf, publicSymbols } from './public-symbols';
import { Refusals } from './refusals';

const ROOT = resolve(__dirname, '..', '..');

/** What is missing in the docs of what an index exports. */
function problemsBelow(root: string, index: string): string[] {
  const program = programOf(ROOT, [index]);
  return problemsOf(program, publicSymbols(program, root, index));
}

describe('the docs of the public API', () => {
  const index = join(ROOT, 'src', 'index.ts');
  const program = programOf(ROOT, [index]);
  const symbols = publicSymbols(program, ROOT, index);

  test('leave nothing out', () => {
    expect(symbols.length).toBeGreaterThan(900);
    expect(problemsOf(program, symbols)).toEqual([]);
  });

  test('leave out no code but where the calls lead to it', () => {
    const refusals = new Refusals(program);
    const stale = Object.entries(UNREACHABLE).flatMap(([name, { codes }]) => {
      const own = symbols.filter((symbol) => symbol.name.endsWith(`: ${name}`));
      const reached = new Set(own.flatMap((each) => [...refusals.codesOf(each.declaration)]));
      return codes
        .filter((code) => !reached.has(code))
        .map((code) => `${name}: no call leads to ${code} any more`);
    });
    expect(stale).toEqual([]);
  });
});

describe('fails when', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk8s-storage-docs-'));
    writeFileSync(join(folder, 'storage-error.ts'), ERROR);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function problemsIn(source: string): string[] {
    const index = join(folder, 'index.ts');
    writeFileSync(index, source);
    return problemsBelow(folder, index);
  }

  test.each([
    ['a name has no doc', 'export const LARGEST = 1;', 'LARGEST: says nothing'],
    [
      'a prop has no doc',
      '/** Props. */ export interface P { readonly size: string }',
      'P.size: says nothing',
    ],
    [
      'a prop of an object in place has no doc',
      '/** Props. */ export interface P {\n/** It. */ readonly of: readonly { size: string }[] }',
      'P.of.size: says nothing',
    ],
    [
      'a prop that may be left out does not say what it is then',
      '/** Props. */ export interface P {\n/** Its size. */ readonly size?: string }',
      "P.size: may be left out and has no '@default'",
    ],
    [
      'a prop that must be given has a default',
      "/** Props. */ export interface P {\n/**\n * Its size.\n *\n * @default '1Gi'\n */ readonly size: string }",
      "P.size: must be given and has a '@default'",
    ],
    [
      'a number does not say what it counts',
      '/** Props. */ export interface P {\n/** How long. */ readonly wait: number }',
      'P.wait: is a number of what? its doc names no unit',
    ],
    [
      'a parameter is not described',
      '/** Reads. */ export function read(text: string): string { return text; }',
      "read: has no '@param text'",
    ],
    [
      'a parameter is described that is none',
      '/**\n * Reads.\n *\n * @param file - which\n */ export function read(): void {}',
      "read: has a '@param file' and no such parameter",
    ],
    [
      'a function throws and does not say so',
      "import { refuse } from './storage-error';\n/** Reads. */ export function read(): void { refuse('ReadOnce'); }",
      "read: throws ReadOnce and has no '@throws' that says so",
    ],
    [
      'a constructor throws what a function far below refuses',
      `import { refuse } from './storage-error';
       const CODES = { size: 'SizeWrong' };
       function below(code: string): void { refuse(code); }
       const each = (key: 'size') => below(CODES[key] ?? 'OtherWrong');
       /** A class. */ export class Thing {
         /** @throws StorageError \`OtherWrong\` */
         constructor() { (['size'] as const).forEach(each); }
       }`,
      "Thing.constructor: throws SizeWrong and has no '@throws' that says so",
    ],
    [
      'a doc names a code that nothing is refused with',
      '/**\n * Reads.\n *\n * @throws StorageError `Unheard`\n */ export function read(): void {}',
      "read: '@throws' names Unheard, and nothing is refused with it",
    ],
  ])('%s', (_, source, problem) => {
    expect(problemsIn(source)).toEqual([`index.ts: ${problem}`]);
  });

  test('a limit has no source', () => {
    writeFileSync(
      join(folder, 'limits.ts'),
      `/** Largest size, in bytes. */ export const A = 1;
       /** Largest size, in bytes (nfs(5)). */ export const B = 1;`,
    );
    expect(problemsIn("export * from './limits';")).toEqual([
      'limits.ts: A: is a limit without a source',
    ]);
  });

  test('and not where a class above has the doc, or another class the codes', () => {
    expect(
      problemsIn(`
        import { refuse } from './storage-error';
        /** An interface. */
        export interface ISized {
          /** The size, in bytes. */
          readonly size: number;
        }
        /** A class. */
        export class Sized implements ISized {
          readonly size = 1;
          /** @throws StorageError \`SizeWrong\` */
          constructor() { refuse('SizeWrong'); }
        }
        /** Another. */
        export class Twice {
          /** @throws StorageError as Sized */
          constructor() { new Sized(); }
        }
      `),
    ).toEqual([]);
  });
});

/** A module that refuses as the library's does. */
const ERROR = `
export class StorageError extends Error {
  constructor(readonly code: string) { super(code); }
}
export function refuse(code: string): never { throw new StorageError(code); }
`;
