import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { Consumer, compile, fixture, run, templateTsconfig } from './consumer';

jest.setTimeout(120_000);

// The app is written so that the same text is TypeScript and, as a module, JavaScript.
const app = fixture('app.ts');
const commonJs = app.replace(/^import (\{.*\}) from (.*);$/gm, 'const $1 = require($2);');

const KINDS = [
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'Service',
  'PodDisruptionBudget',
];

let consumer: Consumer;
beforeAll(() => {
  consumer = new Consumer();
});
afterAll(() => {
  consumer?.dispose();
});

/** Runs an app and gives the kinds that it wrote. */
function kindsOf(project: string, file: string): string[] {
  const { status, stderr } = run(project, file);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const manifests = loadAll(readFileSync(join(project, 'out', 'shop.k8s.yaml'), 'utf8'));
  return (manifests as { kind: string }[]).map(({ kind }) => kind);
}

test('a CommonJS app requires the package', () => {
  const project = consumer.project('cjs', { 'app.cjs': commonJs });
  expect(kindsOf(project, 'app.cjs')).toEqual(KINDS);
});

test('an ES module imports names from the package', () => {
  const project = consumer.project('esm', { 'app.mjs': app });
  expect(kindsOf(project, 'app.mjs')).toEqual(KINDS);
});

test('fails when plain JavaScript misspells a prop, with one line that names it', () => {
  const wrong = commonJs.replace('capacity', 'capacty');
  const project = consumer.project('misspelt', { 'app.cjs': wrong });
  const { status, stderr } = run(project, 'app.cjs');
  expect(status).toBe(1);
  expect(stderr).toContain(
    "StorageError [PropUnknown]: shop/uploads: 'capacty' is no prop of NfsVolume; did you mean 'capacity'?",
  );
  expect(stderr).not.toContain('    at ');
});

// The tsconfig is the template's to the letter, for TypeScript 6.0 too: it sets no option that 6.0
// has deprecated. It checks the declarations of every library, as it does not skip them.
describe.each([
  ['5.9', 'typescript-5.9'],
  ['6.0', 'typescript'],
])('TypeScript %s, with the tsconfig of `cdk8s init typescript-app`', (version, compiler) => {
  test('is the version that it says', () => {
    const project = consumer.project(`version-${version}`, { 'tsconfig.json': '{}' });
    expect(compile(project, compiler, '--version').stdout).toMatch(`Version ${version}.`);
  });

  test('compiles an app that then runs', () => {
    const files = { 'tsconfig.json': templateTsconfig(), 'app.ts': app };
    const project = consumer.project(`app-${version}`, files);
    const { status, stdout } = compile(project, compiler);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(kindsOf(project, 'app.js')).toEqual(KINDS);
  });

  test('fails when a size, a prop or a claim is wrong', () => {
    const files = { 'tsconfig.json': templateTsconfig(), 'wrong.ts': fixture('wrong.ts') };
    const project = consumer.project(`wrong-${version}`, files);
    const { status, stdout } = compile(project, compiler, '--noEmit');
    expect(status).not.toBe(0);
    const errors = stdout.split('\n').filter((line) => line.includes('error TS'));
    expect(errors.map((line) => line.replace(/^wrong\.ts\(\d+,\d+\): error /, ''))).toEqual([
      `TS2322: Type '"10GB"' is not assignable to type 'QuantityInput'.`,
      expect.stringMatching(
        /^TS2561: .* 'requst' does not exist .* Did you mean to write 'request'/,
      ),
      expect.stringMatching(/^TS2345: .* is not assignable to parameter of type 'NfsVolumeProps/),
      `TS2322: Type 'Claim<"ReadWriteOnce", "Filesystem">' is not assignable to type 'ISharedClaim'.`,
    ]);
  });
});
