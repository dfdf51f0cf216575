import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

const cli = resolve(__dirname, '..', '..', 'lib', 'src', 'cli', 'main.js');

const CLAIM = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  resources: { requests: { storage: 1Gi } }
`;
const OUTSIDE = CLAIM.replace('name: uploads', 'name: outside');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-storage-files-'));
  write('given/uploads.yaml', CLAIM);
  write('given/deep/values.txt', 'no manifest');
  write('outside/outside.yaml', OUTSIDE);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** Runs the command in the folder, which is its home and its place for temporary files too. */
function run(...args: readonly string[]) {
  const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, XDG_CACHE_HOME: folder };
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    input: '',
    timeout: 30_000,
  });
  return { status, signal, stdout, stderr };
}

/** Everything below the folder: kind, time of the last change, and content. */
function snapshot(): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const { mode, mtimeMs, ctimeMs } = lstatSync(path);
    const content = entry.isFile()
      ? readFileSync(path, 'utf8')
      : entry.isSymbolicLink() && readlinkSync(path);
    return [relative(folder, path), mode, mtimeMs, ctimeMs, content].join(' ');
  });
}

/** Claims that the command has looked at. */
function claimsOf(...paths: readonly string[]): string[] {
  const { status, signal, stdout, stderr } = run(
    ...['check', '--format', 'json', '--fail-on', 'never', ...paths],
  );
  expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
  const { claims } = JSON.parse(stdout) as { readonly claims: readonly { claim: string }[] };
  return claims.map(({ claim }) => claim);
}

describe('a folder is read without what is not its own', () => {
  it.each<[string, () => void]>([
    [
      'a link to a folder outside',
      () => symlinkSync(join(folder, 'outside'), join(folder, 'given/link')),
    ],
    [
      'a link to a file outside, by a relative path',
      () => symlinkSync('../outside/outside.yaml', join(folder, 'given/outside.yaml')),
    ],
    [
      'a link to a file of the system',
      () => symlinkSync('/etc/passwd', join(folder, 'given/passwd.yaml')),
    ],
    [
      'links that lead to each other, and one that leads to the folder itself',
      () => {
        symlinkSync('b.yaml', join(folder, 'given/a.yaml'));
        symlinkSync('a.yaml', join(folder, 'given/b.yaml'));
        symlinkSync('..', join(folder, 'given/deep/loop'));
      },
    ],
    ['a link to nothing', () => symlinkSync('nowhere.yaml', join(folder, 'given/nothing.yaml'))],
    [
      'a link to a folder, called as a file',
      () => symlinkSync('deep', join(folder, 'given/deep.yaml')),
    ],
    ['a folder called as a file', () => mkdirSync(join(folder, 'given/folder.yaml'))],
    [
      'a pipe that nobody writes to, and a link to it',
      () => {
        execFileSync('mkfifo', [join(folder, 'given/pipe.yaml')]);
        symlinkSync('pipe.yaml', join(folder, 'given/linked.yaml'));
      },
    ],
    [
      'a link to a device without an end',
      () => symlinkSync('/dev/zero', join(folder, 'given/zero.yaml')),
    ],
  ])('%s', (_, make) => {
    make();
    expect(claimsOf('given')).toEqual(['shop/uploads']);
    expect(claimsOf('given/**/*.yaml')).toEqual(['shop/uploads']);
    expect(claimsOf('*/*.yaml')).toEqual(['shop/uploads', 'shop/outside']);
  });

  it('nor what a glob reaches through a link', () => {
    symlinkSync(join(folder, 'outside'), join(folder, 'given/link'));
    for (const glob of ['given/*/outside.yaml', 'given/{link,deep}/*.yaml', '*/link/*.yaml']) {
      expect(run('check', glob)).toMatchObject({
        status: 2,
        stderr: `error: no file matches '${glob}'\n`,
      });
    }
  });
});

it('reads what is named itself, through a link or not', () => {
  symlinkSync(join(folder, 'outside'), join(folder, 'given/link'));
  expect(claimsOf('given/link')).toEqual(['shop/outside']);
  expect(claimsOf('given/link/outside.yaml')).toEqual(['shop/outside']);
});

it('stops reading a device without an end', () => {
  const { status, signal, stdout } = run('check', '/dev/zero');
  expect({ status, signal }).toEqual({ status: 1, signal: null });
  expect(stdout).toContain('/dev/zero');
});

it('fails in one line where its report cannot be written', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [cli, 'check', 'given'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', full, 'pipe'],
  });
  closeSync(full);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'error: cannot write to standard output: ENOSPC\n',
  });
});

describe('writes nothing but its output', () => {
  const given = [
    'check given',
    'check --format sarif given outside',
    'check --format github --existing outside/outside.yaml given',
    'explain given shop/uploads',
    'explain --format json given shop/none',
    'check nowhere',
    '--help',
  ];

  it.each(given)('%s', (line) => {
    const before = snapshot();
    expect(run(...line.split(' ')).signal).toBeNull();
    expect(snapshot()).toEqual(before);
  });
});
