import { execFileSync, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '..', '..');
const installed = join(root, 'node_modules');

/** A folder where the packed package is installed as in an app's repository. */
export class Consumer {
  readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-storage-consumer-'));

  constructor() {
    const pack = ['pack', '--ignore-scripts', '--offline', '--silent', '--pack-destination'];
    execFileSync('npm', [...pack, this.folder], { cwd: root, stdio: 'ignore' });
    const tarball = readdirSync(this.folder).find((name) => name.endsWith('.tgz')) ?? '';
    const own = join(this.folder, 'node_modules', 'cdk8s-storage');
    mkdirSync(own, { recursive: true });
    execFileSync('tar', ['-xzf', join(this.folder, tarball), '-C', own, '--strip-components=1']);

    const declared: Record<'dependencies' | 'peerDependencies', object> = JSON.parse(
      readFileSync(join(own, 'package.json'), 'utf8'),
    );
    // Only what the package declares is there, so an undeclared dependency is missing here too.
    for (const name of Object.keys({ ...declared.dependencies, ...declared.peerDependencies })) {
      this.link(name);
    }
    this.link('@types/node');
  }

  /** Links a package that the project declares itself, such as its compiler. */
  link(name: string): void {
    const link = join(this.folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(installed, name), link, 'dir');
  }

  /** Makes a project of these files, beside the installed packages. */
  project(name: string, files: Readonly<Record<string, string>>): string {
    const project = join(this.folder, name);
    mkdirSync(project);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
    return project;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs a script of a project; what the app writes goes to `out`. */
export function run(project: string, ...args: string[]): SpawnSyncReturns<string> {
  const env = { PATH: process.env.PATH, CDK8S_OUTDIR: join(project, 'out') };
  return spawnSync(process.execPath, args, { cwd: project, env, encoding: 'utf8' });
}

/** Compiles a project with an installed compiler: `typescript`, or an alias of a version. */
export function compile(
  project: string,
  compiler: string,
  ...options: string[]
): SpawnSyncReturns<string> {
  return run(project, join(installed, compiler, 'bin', 'tsc'), '-p', '.', ...options);
}

/** The tsconfig.json that `cdk8s init typescript-app` writes. */
export function templateTsconfig(): string {
  const template = join(installed, 'cdk8s-cli', 'templates', 'typescript-app', 'tsconfig.json');
  return readFileSync(template, 'utf8');
}

/** The text of a file in fixtures. */
export function fixture(name: string): string {
  return readFileSync(join(__dirname, 'fixtures', name), 'utf8');
}
