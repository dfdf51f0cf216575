import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { serverOf } from './sample-server';

/**
 * Commands of a host, which say what they were called with and keep what they know in files: the
 * type and the label of `/dev/vdb`, where it has any, and what is mounted.
 */
const COMMANDS: Readonly<Record<string, string>> = {
  blkid: `case "$1" in
    -L) [ "$(cat "$STATE/label" 2>/dev/null)" = "$2" ] && echo /dev/vdb ;;
    -p) [ -e "$STATE/broken" ] && exit 8
        [ -e "$STATE/type" ] || exit 2
        [ "$2" = -s ] && cat "$STATE/type" || echo "/dev/vdb: something" ;;
  esac`,
  blockdev: '[ -e "$STATE/device" ]',
  dd: '[ ! -e "$STATE/unreadable" ]',
  'mkfs.ext4': 'echo ext4 >"$STATE/type"; echo "$3" >"$STATE/label"',
  'mkfs.xfs': 'echo xfs >"$STATE/type"; echo "$3" >"$STATE/label"',
  mountpoint: '[ -e "$STATE/mounted" ]',
  mount: '[ ! -e "$STATE/unmountable" ] && echo /dev/vdb >"$STATE/mounted"',
  findmnt: 'cat "$STATE/mounted"',
  ...Object.fromEntries(
    ['install', 'mkdir', 'systemctl', 'exportfs', 'sleep', 'udevadm'].map((name) => [name, ':']),
  ),
};

/** Commands that change the host. */
const CHANGES = /^(mkfs|mount |install|systemctl enable|exportfs)/;

const DISK = { device: '/dev/vdb', mountPath: '/srv/nfs' } as const;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'setup-'));
  mkdirSync(join(folder, 'bin'));
  for (const [name, body] of Object.entries(COMMANDS)) {
    const file = join(folder, 'bin', name);
    // Questions are not written down.
    const said = ['blkid', 'blockdev', 'mountpoint', 'findmnt', 'dd', 'sleep'].includes(name)
      ? ''
      : `echo "${name} $*" >>"$STATE/said"\n`;
    writeFileSync(file, `#!/bin/sh\n${said}${body}\n`);
    chmodSync(file, 0o755);
  }
  know('fstab', 'LABEL=root / ext4 defaults 0 1');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function know(name: string, text = ''): void {
  writeFileSync(join(folder, name), text);
}

function known(name: string): string | undefined {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Runs a server's script on the host of the test. */
function setUp(props: Readonly<Record<string, unknown>>) {
  const { write_files: files } = load(serverOf(props).userData) as {
    readonly write_files: readonly { readonly path: string; readonly content: string }[];
  };
  const script = files.find(({ path }) => path.endsWith('/nfs-server-setup'))?.content ?? '';
  know('setup', script.replaceAll('/etc/fstab', join(folder, 'fstab')));
  const { status, stderr } = spawnSync('sh', [join(folder, 'setup')], {
    env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, STATE: folder },
    encoding: 'utf8',
  });
  const said = (known('said') ?? '').split('\n').filter(Boolean);
  rmSync(join(folder, 'said'), { force: true });
  return { status, stderr, said, changes: said.filter((line) => CHANGES.test(line)) };
}

describe('the setup of a host without a disk', () => {
  test('makes folders, turns the other services off, and exports', () => {
    expect(setUp({})).toMatchObject({
      status: 0,
      stderr: '',
      said: [
        'install -d -o 1000 -g 1000 -m 2770 /srv/nfs/uploads',
        'systemctl mask --now rpcbind.socket rpcbind.service rpc-statd.service',
        'systemctl daemon-reload',
        'systemctl enable --now nfs-server.service',
        'exportfs -ra',
      ],
    });
    expect(known('fstab')).toBe('LABEL=root / ext4 defaults 0 1');
  });

  test('leaves them on for NFS 3', () => {
    expect(setUp({ version: '3' }).said).toEqual([
      'install -d -o 1000 -g 1000 -m 2770 /srv/nfs/uploads',
      'systemctl daemon-reload',
      'systemctl enable --now nfs-server.service',
      'exportfs -ra',
    ]);
  });
});

describe('the setup of a host with a disk', () => {
  const AFTER_MOUNT = [
    'install -d -o 1000 -g 1000 -m 2770 /srv/nfs/uploads',
    'systemctl enable --now nfs-server.service',
    'exportfs -ra',
  ];

  test.each([
    ['ext4', 'mkfs.ext4 -q -L nfs-exports /dev/vdb', 2],
    ['xfs', 'mkfs.xfs -q -L nfs-exports /dev/vdb', 0],
  ])('formats a blank one as %s, mounts it, then makes folders', (fileSystem, format, pass) => {
    know('device');
    const { status, stderr, changes } = setUp({ disk: { ...DISK, fileSystem } });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(changes).toEqual([format, 'mount /srv/nfs', ...AFTER_MOUNT]);
    expect(known('fstab')).toBe(
      `LABEL=root / ext4 defaults 0 1\nLABEL=nfs-exports /srv/nfs ${fileSystem} defaults,nofail 0 ${pass}\n`,
    );
  });

  test('formats nothing and mounts nothing when it runs again', () => {
    know('device');
    setUp({ disk: DISK });
    const fstab = known('fstab');
    const { status, changes } = setUp({ disk: DISK });
    expect({ status, changes }).toEqual({ status: 0, changes: AFTER_MOUNT });
    expect(known('fstab')).toBe(fstab);
  });

  test('formats nothing on a new host that gets the disk of the old one', () => {
    know('type', 'ext4\n');
    know('label', 'nfs-exports\n');
    const { status, changes } = setUp({ disk: DISK });
    expect({ status, changes }).toEqual({ status: 0, changes: ['mount /srv/nfs', ...AFTER_MOUNT] });
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['is not there', {}, '/dev/vdb is not there'],
    [
      'has another label',
      { device: '', type: 'ext4\n', label: 'other\n' },
      '/dev/vdb is not blank, and is left as it is',
    ],
    [
      'has no label',
      { device: '', type: 'LVM2_member\n' },
      '/dev/vdb is not blank, and is left as it is',
    ],
    [
      'has contents that nobody can tell',
      { device: '', broken: '' },
      '/dev/vdb is not blank, and is left as it is',
    ],
    ['cannot be read', { device: '', unreadable: '' }, '/dev/vdb cannot be read'],
    ['has another file system', { type: 'xfs\n', label: 'nfs-exports\n' }, '/dev/vdb is not ext4'],
    [
      'has another in its place',
      { type: 'ext4\n', label: 'nfs-exports\n', mounted: '/dev/vdc\n' },
      '/srv/nfs is not on /dev/vdb',
    ],
  ])('fails where it %s, before anything is formatted or exported', (_, state, message) => {
    for (const [name, text] of Object.entries(state)) {
      know(name, text);
    }
    const { status, stderr, changes } = setUp({ disk: DISK });
    expect({ status, changes }).toEqual({ status: 1, changes: [] });
    expect(stderr.trim().split('\n').pop()).toBe(`nfs-server-setup: ${message}`);
  });

  test('fails where it cannot be mounted, before a folder is made on the disk below', () => {
    know('device');
    know('unmountable');
    const { status, changes } = setUp({ disk: DISK });
    expect({ status, changes }).toEqual({
      status: 1,
      changes: ['mkfs.ext4 -q -L nfs-exports /dev/vdb', 'mount /srv/nfs'],
    });
  });
});
