import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { noCloudInit, testWith } from '../../support/host-tools';
import { exporting, SERVERS, serverOf, UPLOADS } from './sample-server';

interface WrittenFile {
  readonly path: string;
  readonly owner: string;
  readonly permissions: string;
  readonly content: string;
  readonly defer?: boolean;
}

interface CloudConfig {
  readonly package_update: boolean;
  readonly packages: readonly string[];
  readonly write_files: readonly WrittenFile[];
  readonly runcmd: readonly (readonly string[])[];
}

function configOf(server: { readonly userData: string }): CloudConfig {
  return load(server.userData) as CloudConfig;
}

function fileOf(server: { readonly userData: string }, path: string): WrittenFile | undefined {
  return configOf(server).write_files.find((file) => file.path === path);
}

describe('the user-data of a server', () => {
  describe.each(Object.entries(SERVERS))('%s', (_, make) => {
    testWith(noCloudInit, 'is valid to cloud-init', () => {
      const folder = mkdtempSync(join(tmpdir(), 'user-data-'));
      try {
        const file = join(folder, 'user-data.yaml');
        writeFileSync(file, make().userData);
        const { status, stdout, stderr } = spawnSync(
          'cloud-init',
          ['schema', '--config-file', file],
          { encoding: 'utf8' },
        );
        expect({ status, stdout, stderr }).toEqual({
          status: 0,
          stdout: `Valid cloud-config: ${file}\n`,
          stderr: '',
        });
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    test('is a cloud-config, whose files are root’s and written by nobody else', () => {
      const { userData } = make();
      expect(userData.split('\n')[0]).toBe('#cloud-config');
      const { write_files: files } = configOf({ userData });
      expect(files.map(({ owner }) => owner)).toEqual(files.map(() => 'root:root'));
      for (const { path, permissions } of files) {
        expect(permissions).toBe(path.startsWith('/usr/local/sbin/') ? '0755' : '0644');
      }
    });

    test('runs the setup and nothing else', () => {
      expect(configOf(make()).runcmd).toEqual([['/usr/local/sbin/nfs-server-setup']]);
    });

    test('has nothing in it that an administrator would not sign', () => {
      const { userData } = make();
      expect(userData).not.toMatch(/777|666|passw|overwrite|chpasswd|wipefs|insecure/i);
      expect(userData).not.toMatch(/\bmkfs\S* .*\s-[fF]\b/);
      expect(userData.match(/\bmkfs\./g) ?? []).toHaveLength(userData.includes('device=') ? 1 : 0);
      if (!userData.includes('/exports/pub')) {
        expect(userData).not.toMatch(/0\.0\.0\.0\/0|::\/0|\*\(/);
      }
    });

    test('comes out the same each time', () => {
      expect(make().userData).toBe(make().userData);
    });
  });

  testWith(noCloudInit, 'would be refused by cloud-init where a word of it were wrong', () => {
    const folder = mkdtempSync(join(tmpdir(), 'user-data-'));
    try {
      const file = join(folder, 'user-data.yaml');
      writeFileSync(file, SERVERS.plain().userData.replace('permissions:', 'permision:'));
      const { status } = spawnSync('cloud-init', ['schema', '--config-file', file]);
      expect(status).toBe(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('installs the server, and the tools of its disk', () => {
    expect(configOf(SERVERS.plain())).toMatchObject({
      package_update: true,
      packages: ['nfs-kernel-server'],
    });
    expect(configOf(SERVERS.many()).packages).toEqual(['nfs-kernel-server', 'e2fsprogs']);
    expect(configOf(SERVERS.old()).packages).toEqual(['nfs-kernel-server', 'xfsprogs']);
  });

  test('has the settings before the package starts the services', () => {
    const file = fileOf(SERVERS.plain(), '/etc/nfs.conf.d/nfs-server.conf');
    expect(file?.defer).toBeUndefined();
    expect(file?.content).toBe('[nfsd]\nvers2=n\nvers3=n\nvers4=y\n\n[mountd]\nmanage-gids=n\n');
  });

  test('pins the ports of NFS 3, and has NFS 4 off', () => {
    expect(fileOf(SERVERS.old(), '/etc/nfs.conf.d/nfs-server.conf')?.content).toBe(
      [
        '[nfsd]\nvers2=n\nvers3=y\nvers4=n\n',
        '[mountd]\nmanage-gids=n\nport=4002\n',
        '[statd]\nport=32765\n',
        '[lockd]\nport=32768\nudp-port=32768\n',
      ].join('\n'),
    );
  });

  test('has the exports after the package, as the text that the server gives', () => {
    const server = SERVERS.many();
    expect(fileOf(server, '/etc/exports.d/shop-files.exports')).toMatchObject({
      defer: true,
      content: server.exportsText,
    });
    expect(fileOf(serverOf({ name: 'nas' }), '/etc/exports.d/nas.exports')).toBeDefined();
  });

  test('has the server wait for its disk, where there is one', () => {
    const path = '/etc/systemd/system/nfs-server.service.d/disk.conf';
    expect(fileOf(SERVERS.many(), path)).toMatchObject({
      defer: true,
      content: '[Unit]\nRequiresMountsFor=/srv/nfs\n',
    });
    expect(fileOf(SERVERS.plain(), path)).toBeUndefined();
  });

  test('is named after an id that makes no name, too', () => {
    expect(serverOf({}).name).toBe('shop-files');
    expect(serverOf({ name: 'a' }).name).toBe('a');
  });
});

describe('the folders of a server', () => {
  /** The commands that make folders. */
  function foldersOf(props: Readonly<Record<string, unknown>>): readonly string[] | null {
    const script = fileOf(exporting(props), '/usr/local/sbin/nfs-server-setup')?.content ?? '';
    return script.match(/^install .*$/gm);
  }

  test.each([
    [{}, '-o 1000 -g 1000 -m 2770'],
    [{ owner: { uid: 33, gid: 34 } }, '-o 33 -g 34 -m 2770'],
    [{ squash: 'all', anonUid: 1001, anonGid: 2001 }, '-o 1001 -g 2001 -m 0770'],
    [{ squash: 'none', trustClientRoot: true }, '-o 1000 -g 1000 -m 2770'],
    [{ access: 'ro' }, '-o 0 -g 0 -m 0755'],
    [{ access: 'ro', owner: { uid: 33, gid: 34 } }, '-o 33 -g 34 -m 0755'],
    [{ access: 'ro', squash: 'all', anonUid: 1001, anonGid: 2001 }, '-o 0 -g 0 -m 0755'],
  ])('fit its squash: %j', (props, options) => {
    expect(foldersOf(props)).toEqual([`install -d ${options} '/srv/nfs/uploads'`]);
  });

  test('are words of the shell, whatever their names', () => {
    expect(foldersOf({ path: `/srv/it's $HOME` })).toEqual([
      `install -d -o 1000 -g 1000 -m 2770 '/srv/it'\\''s $HOME'`,
    ]);
  });

  test('are one for each export', () => {
    const exports = { a: { ...UPLOADS, path: '/srv/a' }, b: { ...UPLOADS, path: '/srv/b' } };
    const { userData } = serverOf({ exports });
    expect(userData.match(/install -d/g)).toHaveLength(2);
  });
});
