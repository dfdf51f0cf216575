import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Consumer, compile, run } from './consumer';

jest.setTimeout(120_000);

const root = resolve(__dirname, '..', '..');
const repo = join(root, 'examples', 'app-repo');

/** What of a package.json is looked at. */
interface Manifest {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** The files at the top of the repository, by name. */
function repoFiles(): Readonly<Record<string, string>> {
  const files = readdirSync(repo, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ name }) => [name, readFileSync(join(repo, name), 'utf8')]),
  );
}

/** An app whose claim finds no volume. */
const BROKEN = `
const { ApiObject, App, Chart } = require('cdk8s');
const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });
new ApiObject(chart, 'volume', {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'uploads', namespace: undefined },
  spec: {
    accessModes: ['ReadWriteMany'],
    capacity: { storage: '10Gi' },
    storageClassName: '',
    nfs: { server: '10.0.0.10', path: '/exports' },
  },
});
new ApiObject(chart, 'claim', {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'uploads' },
  spec: {
    accessModes: ['ReadWriteMany'],
    storageClassName: '',
    resources: { requests: { storage: '12Gi' } },
  },
});
app.synth();
`;

describe('examples/app-repo, as a repository of its own', () => {
  const own = manifestOf(repo);
  let consumer: Consumer;
  let project: string;
  beforeAll(() => {
    consumer = new Consumer();
    for (const name of Object.keys(own.devDependencies)) {
      if (name !== '@types/node') consumer.link(name);
    }
    project = consumer.project('app-repo', repoFiles());
    symlinkSync(join(consumer.folder, 'node_modules'), join(project, 'node_modules'), 'dir');
  });
  afterAll(() => {
    consumer?.dispose();
  });

  test('has the two steps that are run here', () => {
    expect(own.scripts).toEqual({
      compile: 'tsc',
      synth: 'npm run compile && cdk8s synth --check-upgrade=false',
    });
  });

  test('compiles with its own tsconfig.json', () => {
    const { status, stdout } = compile(project, 'typescript');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(readdirSync(join(project, 'lib'))).toEqual(['main.js']);
  });

  test('writes its dist by `cdk8s synth`, and nothing else into it', () => {
    rmSync(join(project, 'dist'), { recursive: true, force: true });
    const cli = join(consumer.folder, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
    const { status, stderr, stdout } = run(project, cli, 'synth', '--check-upgrade=false');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/║ errors {3}│ 0 /);
    const dist = join(project, 'dist');
    expect(readdirSync(dist)).toEqual(['shop.k8s.yaml']);
    expect(readFileSync(join(dist, 'shop.k8s.yaml'), 'utf8')).toBe(
      readFileSync(join(repo, 'dist', 'shop.k8s.yaml'), 'utf8'),
    );
  });

  test('fails in `cdk8s synth` where storage would not work, and leaves only manifests', () => {
    const other = consumer.project('broken', {
      'cdk8s.yaml': readFileSync(join(repo, 'cdk8s.yaml'), 'utf8').replace('lib/main.js', 'app.js'),
      'app.js': BROKEN,
    });
    symlinkSync(join(consumer.folder, 'node_modules'), join(other, 'node_modules'), 'dir');
    const cli = join(consumer.folder, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
    const { status, stdout, stderr } = run(other, cli, 'synth', '--check-upgrade=false');
    expect(status).toBe(2);
    expect(stderr).toBe('Validation failed. See above reports for details\n');
    expect(stdout).toContain('pvc-no-matching-pv (error)');
    expect(stdout).toContain('- Construct Path: shop/claim\n');
    expect(readdirSync(join(other, 'dist'))).toEqual(['shop.k8s.yaml']);
  });

  test('asks for this package, and for the versions that it works with', () => {
    const { version, peerDependencies } = manifestOf(root);
    expect(own.dependencies).toEqual({ ...peerDependencies, 'cdk8s-storage': `^${version}` });
  });
});
