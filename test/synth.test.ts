import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

jest.setTimeout(30_000);

const root = resolve(__dirname, '..');
const synth = join(root, 'scripts', 'synth.mjs');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-storage-synth-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Every file of a folder, by name. */
function filesIn(path: string): Record<string, string> {
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    files.map((file) => [file.slice(path.length + 1), readFileSync(file, 'utf8')]),
  );
}

test('fails when dist is not what the app writes', () => {
  const app = join(root, 'lib', 'src', 'main.js');
  execFileSync(process.execPath, [app], {
    cwd: root,
    env: { ...process.env, CDK8S_OUTDIR: folder },
  });
  expect(filesIn(join(root, 'dist'))).toEqual(filesIn(folder));
});

test('dist holds manifests and nothing else', () => {
  const files = Object.keys(filesIn(join(root, 'dist')));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !file.endsWith('.k8s.yaml'))).toEqual([]);
});

describe('scripts/synth.mjs', () => {
  /** A project whose dist holds old.k8s.yaml and whose app is this source. */
  function project(app: string): void {
    writeFileSync(join(folder, 'cdk8s.yaml'), 'language: typescript\napp: node app.js\n');
    const out = "const fs = require('node:fs');\nconst out = process.env.CDK8S_OUTDIR;\n";
    writeFileSync(join(folder, 'app.js'), out + app);
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', 'old.k8s.yaml'), 'kind: Old\n');
  }

  function run(): { status: number | null; stderr: string } {
    return spawnSync(process.execPath, [synth], { cwd: folder, encoding: 'utf8' });
  }

  const write = (name: string, text: string): string =>
    `fs.mkdirSync(out, { recursive: true }); fs.writeFileSync(out + '/${name}', '${text}');\n`;

  afterEach(() => {
    expect(readdirSync(folder).filter((name) => name.startsWith('.synth-'))).toEqual([]);
  });

  test('puts the new manifests in the place of the old ones', () => {
    project(write('new.k8s.yaml', 'kind: New'));
    expect(run().status).toBe(0);
    expect(filesIn(join(folder, 'dist'))).toEqual({ 'new.k8s.yaml': 'kind: New' });
  });

  test('makes dist where there was none', () => {
    project(write('new.k8s.yaml', 'kind: New'));
    rmSync(join(folder, 'dist'), { recursive: true });
    expect(run().status).toBe(0);
    expect(filesIn(join(folder, 'dist'))).toEqual({ 'new.k8s.yaml': 'kind: New' });
  });

  test('leaves out what is no manifest, and says so', () => {
    project(write('new.k8s.yaml', 'kind: New') + write('construct-metadata.json', '{}'));
    const { status, stderr } = run();
    expect(status).toBe(0);
    expect(stderr).toBe('synth: construct-metadata.json is no manifest and left out\n');
    expect(filesIn(join(folder, 'dist'))).toEqual({ 'new.k8s.yaml': 'kind: New' });
  });

  test('fails when the app fails, shows its message and keeps dist', () => {
    project(
      `${write('new.k8s.yaml', 'kind: New')}console.error('shop/uploads: no'); process.exit(3);`,
    );
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^shop\/uploads: no\n/);
    expect(stderr).toMatch(/\nsynth: the app failed; dist is as it was\n$/);
    expect(filesIn(join(folder, 'dist'))).toEqual({ 'old.k8s.yaml': 'kind: Old\n' });
  });

  test('fails when the app writes no manifest, and keeps dist', () => {
    project(write('readme.txt', ''));
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toMatch(/\nsynth: the app wrote no \*\.k8s\.yaml; dist is as it was\n$/);
    expect(filesIn(join(folder, 'dist'))).toEqual({ 'old.k8s.yaml': 'kind: Old\n' });
  });

  test('ends the app and keeps dist when it is interrupted', async () => {
    project("console.error('here'); setTimeout(() => fs.writeFileSync('survived', ''), 500);");
    const running = spawn(process.execPath, [synth], { cwd: folder });
    await once(running.stderr, 'data');
    running.kill('SIGINT');
    const [code] = await once(running, 'exit');
    expect(code).toBe(130);
    await setTimeout(800);
    expect(existsSync(join(folder, 'survived'))).toBe(false);
    expect(filesIn(join(folder, 'dist'))).toEqual({ 'old.k8s.yaml': 'kind: Old\n' });
  });
});
