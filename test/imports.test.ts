import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { load, loadAll } from 'js-yaml';

const root = resolve(__dirname, '..');

/** The generated files of a folder: name and text. */
function generatedIn(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

test('fails when imports/*.ts is not what `npm run import` writes', () => {
  const fresh = mkdtempSync(join(tmpdir(), 'cdk8s-storage-imports-'));
  try {
    const script = join(root, 'scripts', 'import.mjs');
    execFileSync(process.execPath, [script, fresh], { cwd: root, stdio: 'ignore' });
    expect(Object.keys(generatedIn(fresh))).toEqual([
      'argoproj.io.ts',
      'snapshot.storage.k8s.io.ts',
    ]);
    expect(generatedIn(join(root, 'imports'))).toEqual(generatedIn(fresh));
  } finally {
    rmSync(fresh, { recursive: true });
  }
}, 30_000);

test('cdk8s.yaml lists every definition in imports/crds', () => {
  const { imports } = load(readFileSync(join(root, 'cdk8s.yaml'), 'utf8')) as {
    imports: string[];
  };
  const definitions = readdirSync(join(root, 'imports', 'crds'));
  expect(imports).toEqual(definitions.map((file) => `imports/crds/${file}`));
});

test('the snapshot kinds have the scope and the required fields of the snapshot API', () => {
  const file = join(root, 'imports', 'crds', 'volumesnapshots.yaml');
  const definitions = loadAll(readFileSync(file, 'utf8')) as {
    metadata: { name: string };
    spec: {
      scope: string;
      versions: { name: string; schema: { openAPIV3Schema: { required: string[] } } }[];
    };
  }[];
  expect(
    definitions.map(({ metadata, spec }) => [
      metadata.name,
      spec.scope,
      spec.versions.map(({ name, schema }) => [name, schema.openAPIV3Schema.required]),
    ]),
  ).toEqual([
    ['volumesnapshots.snapshot.storage.k8s.io', 'Namespaced', [['v1', ['spec']]]],
    [
      'volumesnapshotclasses.snapshot.storage.k8s.io',
      'Cluster',
      [['v1', ['driver', 'deletionPolicy']]],
    ],
  ]);
});

test('the Application has the scope and the required fields of Argo CD', () => {
  const file = join(root, 'imports', 'crds', 'applications.yaml');
  const { metadata, spec } = load(readFileSync(file, 'utf8')) as {
    metadata: { name: string };
    spec: {
      scope: string;
      versions: {
        name: string;
        schema: {
          openAPIV3Schema: { required: string[]; properties: { spec: { required: string[] } } };
        };
      }[];
    };
  };
  expect(metadata.name).toBe('applications.argoproj.io');
  expect(spec.scope).toBe('Namespaced');
  expect(
    spec.versions.map(({ name, schema: { openAPIV3Schema: of } }) => [
      name,
      of.required,
      of.properties.spec.required,
    ]),
  ).toEqual([['v1alpha1', ['metadata', 'spec'], ['destination', 'project']]]);
});
