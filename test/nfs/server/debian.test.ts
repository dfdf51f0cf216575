import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { NfsServer } from '../../../src/nfs/server/nfs-server';
import { absenceOf, noDisks, noExportfs, testWith } from '../../support/host-tools';
import { readExportsFile } from './exports-file';
import { onOwnMounts } from './own-mounts';
import { SERVERS, serverOf, UPLOADS } from './sample-server';

/** What a user-data writes. */
interface UserData {
  readonly write_files: readonly { readonly path: string; readonly content: string }[];
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nfs-host-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What exportfs makes of a text: its table, which has every option written out. */
function exportfs(text: string, folders: readonly string[]) {
  const file = join(folder, 'shop.exports');
  writeFileSync(file, text);
  // exportfs warns of folders that are not there; these are on the mounts alone.
  const inside = folders.filter((path) => path.startsWith('/srv/'));
  return onOwnMounts(`mkdir -p ${inside.map((path) => `'${path}'`).join(' ')}
    cp '${file}' /etc/exports.d/
    exportfs -ra
    cat /var/lib/nfs/etab`);
}

describe('Debian’s exportfs', () => {
  testWith(noExportfs, 'reads the exports as they are meant', () => {
    const server = serverOf({
      exports: {
        all: { ...UPLOADS, squash: 'all', anonUid: 1001, anonGid: 2001 },
        odd: {
          path: '/srv/Über uns #1 "so"',
          clients: ['172.26.0.0/16', 'fd00:26::/64', '172.26.1.11/32'],
          access: 'ro',
          fsid: 2147483647,
        },
        none: { ...UPLOADS, path: '/srv/none', squash: 'none', trustClientRoot: true, async: true },
        open: { path: '/srv/open', clients: [], openToEveryone: true, access: 'ro' },
      },
    });
    const ours = readExportsFile(server.exportsText);
    const { status, stdout, stderr } = exportfs(
      server.exportsText,
      ours.map(({ path }) => path),
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const theirs = readExportsFile(stdout).flatMap(({ path, clients }) =>
      clients.map(({ client, options }) => ({ path, client, options })),
    );
    const wanted = ours.flatMap(({ path, clients }) =>
      clients.map(({ client, options }) => ({ path, client, options })),
    );
    expect(theirs).toHaveLength(wanted.length);
    for (const { path, client, options } of wanted) {
      const found = theirs.find((each) => each.path === path && each.client === client);
      expect(found?.options).toMatchObject({ secure: true, nocrossmnt: true, ...options });
    }
  });

  describe.each(Object.entries(SERVERS))('%s', (_, make) => {
    testWith(noExportfs, 'takes the exports without a word', () => {
      const { exportsText } = make();
      const folders = readExportsFile(exportsText).map(({ path }) => path);
      const text = exportsText
        .replace('/data/dynamic ', '/srv/dynamic ')
        .replace('/exports/pub ', '/srv/pub ');
      expect(exportfs(text, [...folders, '/srv/dynamic', '/srv/pub'])).toMatchObject({
        status: 0,
        stderr: '',
      });
    });
  });

  testWith(noExportfs, 'says what it does not know', () => {
    const { exportsText } = SERVERS.plain();
    const { status, stderr } = exportfs(exportsText.replace('sync', 'snc'), ['/srv/nfs/uploads']);
    expect(status).toBe(1);
    expect(stderr).toContain('unknown keyword "snc"');
  });
});

describe('Debian’s nfsconf', () => {
  testWith(
    absenceOf('nfsconf', '--file', '/dev/null', '--dump'),
    'reads the settings as they are meant',
    () => {
      const settingOf = (name: keyof typeof SERVERS, section: string, key: string) => {
        const { write_files: files } = load(SERVERS[name]().userData) as UserData;
        const file = join(folder, 'nfs.conf');
        writeFileSync(
          file,
          files.find(({ path }) => path.startsWith('/etc/nfs.conf.d/'))?.content ?? '',
        );
        const args = ['--file', file, '--get', section, key];
        return spawnSync('nfsconf', args, { encoding: 'utf8' }).stdout.trim();
      };
      expect(
        (['plain', 'old'] as const).map((name) => [
          settingOf(name, 'nfsd', 'vers3'),
          settingOf(name, 'nfsd', 'vers4'),
          settingOf(name, 'mountd', 'manage-gids'),
          settingOf(name, 'mountd', 'port'),
          settingOf(name, 'statd', 'port'),
          settingOf(name, 'lockd', 'port'),
          settingOf(name, 'lockd', 'udp-port'),
        ]),
      ).toEqual([
        ['n', 'y', 'n', '', '', '', ''],
        ['y', 'n', 'n', '4002', '32765', '32768', '32768'],
      ]);
    },
  );
});

describe('Debian’s daemons', () => {
  /** Ports of every address that the services of a server listen on, beside those of the kernel. */
  function listening(server: NfsServer): readonly string[] {
    const { write_files: files } = load(server.userData) as UserData;
    const conf = files.find(({ path }) => path.startsWith('/etc/nfs.conf.d/'));
    const file = join(folder, 'nfs.conf');
    writeFileSync(file, conf?.content ?? '');
    const { status, stdout, stderr } = onOwnMounts(`cp '${file}' /etc/nfs.conf.d/nfs-server.conf
      mount -t tmpfs none /run
      mkdir /run/rpcbind
      ${server.userData.includes('systemctl mask --now rpcbind.socket') ? '' : 'rpcbind -w'}
      ${server.userData.includes('rpc-statd.service') ? '' : 'rpc.statd --no-notify 2>/dev/null'}
      rpc.mountd 2>&1
      sleep 2
      ss --listening --tcp --udp --numeric --no-header`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const ports = stdout
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      // statd talks to itself over the loopback.
      .filter(([, , , , address = '']) => address !== '' && !address.startsWith('127.0.0.1'))
      .map(([protocol = '', , , , address = '']) => `${address.replace(/.*:/, '')} ${protocol}`);
    return [...new Set(ports)].sort();
  }

  const noDaemons =
    noExportfs ??
    absenceOf(
      'unshare',
      '--mount',
      '--net',
      '--pid',
      '--fork',
      '--mount-proc',
      'ss',
      '--version',
    ) ??
    absenceOf('sh', '-c', 'command -v rpcbind rpc.statd rpc.mountd') ??
    // They become users of their own, which who is root by a user namespace alone cannot.
    absenceOf('setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'true');

  testWith(noDaemons, 'listen where the list of ports says, and nowhere else', () => {
    const server = SERVERS.old();
    const listed = server.ports
      .filter(({ service }) => service !== 'nfs' && service !== 'lockd')
      .map(({ port, protocol }) => `${port} ${protocol.toLowerCase()}`);
    expect(listening(server)).toEqual(listed.sort());
  });

  testWith(noDaemons, 'listen nowhere beside NFS 4', () => {
    expect(listening(SERVERS.plain())).toEqual([]);
  });
});

describe('a host’s disk', () => {
  /** The setup of a server with this disk, its services left out. */
  function setupOf(device: string): string {
    const { write_files: files } = load(
      serverOf({ disk: { device, mountPath: '/srv/nfs', label: LABEL } }).userData,
    ) as UserData;
    return files.find(({ path }) => path.endsWith('/nfs-server-setup'))?.content ?? '';
  }

  const LABEL = `t${process.pid}`;

  /** Runs commands with a blank disk of 16 MiB at `$disk`. */
  function withBlankDisk(commands: (device: string) => string) {
    const image = join(folder, 'disk.img');
    spawnSync('truncate', ['-s', '16M', image]);
    const device = spawnSync('losetup', ['--find', '--show', image], {
      encoding: 'utf8',
    }).stdout.trim();
    try {
      const bin = join(folder, 'bin');
      mkdirSync(bin);
      for (const name of ['systemctl', 'exportfs', 'udevadm']) {
        writeFileSync(join(bin, name), '#!/bin/sh\n', { mode: 0o755 });
      }
      writeFileSync(join(folder, 'setup'), setupOf(device));
      return onOwnMounts(`PATH=${bin}:$PATH
        setup() { sh '${folder}/setup' >&2; }
        ${commands(device)}`);
    } finally {
      spawnSync('losetup', ['--detach', device]);
    }
  }

  testWith(noDisks, 'is formatted once, and keeps its files from then on', () => {
    const { status, stdout } = withBlankDisk(
      (device) => `setup
        echo kept >/srv/nfs/uploads/file
        blkid -p -s UUID -o value ${device} >'${folder}/before'
        setup
        cat /srv/nfs/uploads/file
        umount /srv/nfs
        : >/etc/fstab # a new host
        setup
        cat /srv/nfs/uploads/file
        blkid -p -s UUID -o value ${device} | cmp - '${folder}/before' && echo same
        stat -c '%u:%g %a' /srv/nfs/uploads
        cat /etc/fstab`,
    );
    expect({ status, lines: stdout.split('\n') }).toEqual({
      status: 0,
      lines: [
        'kept',
        'kept',
        'same',
        '1000:1000 2770',
        `LABEL=${LABEL} /srv/nfs ext4 defaults,nofail 0 2`,
        '',
      ],
    });
  });

  testWith(noDisks, 'is left as it is where it has anything on it', () => {
    const { status, stdout, stderr } = withBlankDisk(
      (device) => `mkfs.ext4 -q -L other ${device}
        mkdir /srv/other
        mount ${device} /srv/other
        echo kept >/srv/other/file
        umount /srv/other
        if setup; then exit 7; fi
        [ ! -e /srv/nfs/uploads ]
        mount ${device} /srv/other
        cat /srv/other/file`,
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'kept\n' });
    expect(stderr).toContain('is not blank, and is left as it is');
  });

  testWith(noDisks, 'is left as it is where it has partitions', () => {
    const { status, stderr } = withBlankDisk(
      (device) => `echo 'label: gpt' | sfdisk -q ${device}
        if setup; then exit 7; fi
        blkid -p -s PTTYPE ${device}`,
    );
    expect(status).toBe(0);
    expect(stderr).toContain('is not blank, and is left as it is');
  });
});
