import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalPathProvisioner } from '../../src/local-path/local-path-provisioner';
import { chartObjects, objectOf } from '../support/synth';

const NO_FOLDER = /VOL_DIR/;

let folder: string;
let scripts: Readonly<Record<string, string>>;

beforeAll(() => {
  const objects = chartObjects((chart) => {
    new LocalPathProvisioner(chart, 'storage');
  });
  scripts = objectOf(objects, 'ConfigMap').data as Readonly<Record<string, string>>;
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-path-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

// As the provisioner runs them: `/bin/sh <file>`, with flags that they do not need.
function run(name: 'setup' | 'teardown', volume: string | undefined, umask = '022') {
  const file = join(folder, name);
  writeFileSync(file, scripts[name] ?? '');
  const args = [file, '-p', volume ?? '', '-s', '1024', '-m', 'Filesystem', '-a', 'create'];
  const { PATH = '' } = process.env;
  const env = { PATH, ...(volume !== undefined && { VOL_DIR: volume }) };
  const inShell = ['-c', `umask ${umask} && exec sh "$@"`, 'sh', ...args];
  const { status, stderr } = spawnSync('sh', inShell, { env, encoding: 'utf8' });
  rmSync(file);
  return { status, stderr };
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

test.each(['setup', 'teardown'])('%s is a script of sh that stops at the first error', (name) => {
  expect(scripts[name]?.split('\n').slice(0, 2)).toEqual(['#!/bin/sh', 'set -eu']);
});

describe('setup', () => {
  test('makes the folder of a volume with mode 0777, whatever the umask', () => {
    expect(run('setup', join(folder, 'pvc'), '077')).toEqual({ status: 0, stderr: '' });
    expect(modeOf(join(folder, 'pvc'))).toBe(0o777);
  });

  test('makes the folders above it too, which stay closed to others', () => {
    expect(run('setup', join(folder, 'shop/db/data'), '022').status).toBe(0);
    expect(modeOf(join(folder, 'shop/db/data'))).toBe(0o777);
    expect(modeOf(join(folder, 'shop')) & 0o022).toBe(0);
  });

  test('leaves a folder that is there as it is, with its mode', () => {
    const volume = join(folder, 'pvc');
    mkdirSync(volume);
    writeFileSync(join(volume, 'a'), 'kept');
    chmodSync(volume, 0o700);
    expect(run('setup', volume).status).toBe(0);
    expect(modeOf(volume)).toBe(0o700);
    expect(readFileSync(join(volume, 'a'), 'utf8')).toBe('kept');
  });

  test('takes any name for a folder', () => {
    const volume = join(folder, '-p a "b" $c *');
    expect(run('setup', volume).status).toBe(0);
    expect(readdirSync(folder)).toEqual(['-p a "b" $c *']);
    expect(run('teardown', volume).status).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('setup fails when the folder cannot be made', () => {
  writeFileSync(join(folder, 'file'), '');
  const { status, stderr } = run('setup', join(folder, 'file/pvc'));
  expect(status).not.toBe(0);
  expect(stderr).not.toBe('');
});

describe('teardown', () => {
  test('removes the folder of a volume with what is in it, and nothing beside it', () => {
    const volume = join(folder, 'pvc');
    mkdirSync(join(volume, 'a/b'), { recursive: true });
    writeFileSync(join(volume, 'a/b/c'), '');
    mkdirSync(join(folder, 'pvc-2'));
    expect(run('teardown', volume)).toEqual({ status: 0, stderr: '' });
    expect(existsSync(volume)).toBe(false);
    expect(existsSync(join(folder, 'pvc-2'))).toBe(true);
  });

  test('is content where the folder is gone: it is tried again after a failure', () => {
    expect(run('teardown', join(folder, 'gone'))).toEqual({ status: 0, stderr: '' });
  });
});

describe.each(['setup', 'teardown'] as const)('%s fails when', (name) => {
  test.each([
    ['no folder is named', undefined],
    ['the name is empty', ''],
  ])('%s', (_, volume) => {
    const { status, stderr } = run(name, volume);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(NO_FOLDER);
  });
});
