import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const FOLDER = join(__dirname, 'types');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.ts'));

/** A file that is not there, to see that the compiler is asked at all. */
const PROBE = join(FOLDER, 'probe.ts');
const PROBE_TEXT = `
import { Claim } from 'cdk8s-storage';
// @ts-expect-error nothing is wrong here
export const right = Claim.fromClaimName;
export const wrong: number = Claim.fromClaimName;
`;

/** The program of all files and the probe, with the options of the tests. */
function compile(): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(join(__dirname, 'tsconfig.json'), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
    },
  });
  const options = { ...config?.options, noEmit: true };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => file === PROBE || fileExists(file);
  host.readFile = (file) => (file === PROBE ? PROBE_TEXT : readFile(file));
  host.getSourceFile = (file, language, ...rest) =>
    file === PROBE
      ? ts.createSourceFile(file, PROBE_TEXT, language)
      : getSourceFile(file, language, ...rest);
  return ts.createProgram([...FILES.map((file) => join(FOLDER, file)), PROBE], options, host);
}

describe('what does not compile', () => {
  let program: ts.Program;

  beforeAll(() => {
    program = compile();
  }, 60_000);

  function problemsIn(file: string): readonly string[] {
    const source = program.getSourceFile(join(FOLDER, file));
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(
      ({ file: at, start = 0, messageText }) =>
        `${(at?.getLineAndCharacterOfPosition(start).line ?? 0) + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  }

  test('is looked for with the strict options of the project', () => {
    expect(program.getCompilerOptions()).toMatchObject({
      strict: true,
      noUncheckedIndexedAccess: true,
    });
    expect(program.getOptionsDiagnostics()).toEqual([]);
  });

  test('is found: a wrong line fails, and so does an expected error that does not come', () => {
    expect(problemsIn('probe.ts')).toEqual([
      "3: Unused '@ts-expect-error' directive.",
      expect.stringMatching(/^5: Type '.*' is not assignable to type 'number'\.$/),
    ]);
  }, 60_000);

  test.each(FILES)(
    'is as %s says, line by line',
    (file) => {
      expect(readFileSync(join(FOLDER, file), 'utf8')).toContain('// @ts-expect-error');
      expect(problemsIn(file)).toEqual([]);
    },
    60_000,
  );
});
