import { App, Chart } from 'cdk8s';
import { NfsServer } from '../../../src/nfs/server/nfs-server';
import type { NfsServerProps } from '../../../src/nfs/server/nfs-server-props';

/** A chart for servers and what is over them. */
export function shopChart(): Chart {
  return new Chart(new App(), 'shop', { namespace: 'shop' });
}

/** An export that is right, for what is changed in it. */
export const UPLOADS = { path: '/srv/nfs/uploads', clients: ['172.26.0.0/16'] } as const;

/** A server in a chart of its own, of props that no type checks. */
export function serverOf(props: Readonly<Record<string, unknown>>): NfsServer {
  return new NfsServer(shopChart(), 'files', {
    host: '172.26.1.10',
    exports: { uploads: UPLOADS },
    ...props,
  } as NfsServerProps);
}

/** The same with one export, changed. */
export function exporting(props: Readonly<Record<string, unknown>>): NfsServer {
  return serverOf({ exports: { uploads: { ...UPLOADS, ...props } } });
}

/** Three servers that differ in all that there is. */
export const SERVERS = {
  /** One export, all default. */
  plain: () => serverOf({}),

  /** Many exports, two of them on a disk, both families of addresses, a path that has to be escaped. */
  many: () =>
    serverOf({
      host: 'nas.example.com',
      disk: { device: '/dev/disk/by-id/virtio-exports', mountPath: '/srv/nfs' },
      exports: {
        uploads: { ...UPLOADS, squash: 'all', anonUid: 1001, anonGid: 2001 },
        media: {
          path: '/srv/nfs/Über uns #1',
          clients: ['172.26.0.0/16', 'fd00:26::/64'],
          access: 'ro',
          fsid: 7,
        },
        dynamic: {
          path: '/data/dynamic',
          clients: ['172.26.1.0/24'],
          squash: 'none',
          trustClientRoot: true,
          owner: { uid: 0, gid: 3000 },
          async: true,
        },
      },
    }),

  /** NFS 3, open to everyone, on an XFS. */
  old: () =>
    serverOf({
      host: 'fd00:26::10',
      version: '3',
      ports: { mountd: 4002 },
      name: 'attic',
      disk: { device: '/dev/vdb', mountPath: '/exports', fileSystem: 'xfs', label: 'attic' },
      exports: { pub: { path: '/exports/pub', clients: [], openToEveryone: true, access: 'ro' } },
    }),
} as const;
