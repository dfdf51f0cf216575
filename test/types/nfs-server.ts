// An export of an NfsServer says to whom, for what and as whom, and its volumes do not say it again.
import type { Chart } from 'cdk8s';
import {
  type ISharedClaim,
  type NfsExportProps,
  NfsServer,
  type NfsServerDisk,
  type NfsServerProps,
  SharedUploadApp,
} from 'cdk8s-storage';

declare const chart: Chart;

const FOLDER = { path: '/srv/nfs/uploads', clients: ['172.26.0.0/16'] } as const;
const HOST = { host: '172.26.1.10' } as const;

const server = new NfsServer(chart, 'files', {
  ...HOST,
  exports: {
    uploads: { path: '/srv/nfs/uploads', clients: ['172.26.0.0/16'] },
    all: { ...FOLDER, squash: 'all', anonUid: 1000, anonGid: 1000 },
    media: { ...FOLDER, access: 'ro' },
    open: { ...FOLDER, squash: 'none', trustClientRoot: true, access: 'rw', async: true },
  },
});

// A volume of an export that is written is a shared claim unless it says otherwise.
const uploads = server.export('uploads').volume(chart, 'a', { capacity: '10Gi' });
export const shared: ISharedClaim = uploads;
new SharedUploadApp(chart, 'web', {
  image: 'registry.example.com/shop:1.4.2',
  port: 8080,
  uploads: {
    claim: server.export('all').volume(chart, 'b', { capacity: '10Gi' }),
    mountPath: '/data',
  },
});
const once = server
  .export('open')
  .volume(chart, 'c', { capacity: '10Gi', accessMode: 'ReadWriteOnce' });
export const mode: 'ReadWriteOnce' = once.accessMode;
// @ts-expect-error one node writes it
export const notShared: ISharedClaim = once;
// @ts-expect-error a mode that is wanted has to be said
export const inferred: ISharedClaim = server
  .export('media')
  .volume(chart, 'd', { capacity: '1Gi' });

// That of one which is only read is ReadOnlyMany, and nothing else.
export const read: 'ReadOnlyMany' = server
  .export('media')
  .volume(chart, 'e', { capacity: '1Gi' }).accessMode;
server.export('media').volume(chart, 'f', { capacity: '1Gi', accessMode: 'ReadOnlyMany' });
// @ts-expect-error nobody writes it
server.export('media').volume(chart, 'g', { capacity: '1Gi', accessMode: 'ReadWriteMany' });
// @ts-expect-error no volumes are made on it
server.export('media').provisioner(chart, 'h');
// @ts-expect-error nor is it one of a pool
server.export('media').pooled({ capacity: '1Gi' });
// @ts-expect-error nor are they by a driver
server.export('media').storageClass(chart, 'i');
server.export('all').provisioner(chart, 'j', { className: 'nfs' });
server.export('all').storageClass(chart, 'k', { onDelete: 'retain' });
server.export('all').pooled({ capacity: '1Gi', furtherMountOptions: ['noatime'] });

// What the export says is not said again.
const SIZE = { capacity: '1Gi' } as const;
const plain = server.export('uploads');
// @ts-expect-error the server's
plain.volume(chart, 'l', { ...SIZE, server: '10.0.0.1' });
// @ts-expect-error the export's
plain.volume(chart, 'm', { ...SIZE, path: '/mnt' });
// @ts-expect-error the protocol's
plain.volume(chart, 'n', { ...SIZE, mountOptions: ['nfsvers=3'] });
// @ts-expect-error the squash's
plain.volume(chart, 'o', { ...SIZE, users: { squash: 'none' } });
// @ts-expect-error there is no such export
server.export('upload');

// What does not go together.
function exporting(props: NfsExportProps): void {
  new NfsServer(chart, 'p', { ...HOST, exports: { a: props } });
}
exporting(FOLDER);
// @ts-expect-error no anonymous user
exporting({ ...FOLDER, squash: 'all' });
// @ts-expect-error half of one
exporting({ ...FOLDER, squash: 'all', anonUid: 1 });
// @ts-expect-error for squash 'all'
exporting({ ...FOLDER, anonUid: 1, anonGid: 1 });
// @ts-expect-error not said twice
exporting({ ...FOLDER, squash: 'none' });
// @ts-expect-error said the other way
exporting({ ...FOLDER, squash: 'none', trustClientRoot: false });
// @ts-expect-error for squash 'none'
exporting({ ...FOLDER, trustClientRoot: true });
// @ts-expect-error nothing is written
exporting({ ...FOLDER, access: 'ro', async: true });
// @ts-expect-error the anonymous user's
exporting({ ...FOLDER, squash: 'all', anonUid: 1, anonGid: 1, owner: { uid: 1, gid: 1 } });
// @ts-expect-error no clients
exporting({ path: '/srv/nfs/a' });
// @ts-expect-error no such access
exporting({ ...FOLDER, access: 'rwx' });

// Where the names of exports are inferred, their props are still those that there are.
// @ts-expect-error not said twice
new NfsServer(chart, 'q', { ...HOST, exports: { a: { ...FOLDER, squash: 'none' } } });
// @ts-expect-error a misspelt prop
new NfsServer(chart, 'r', { ...HOST, exports: { a: { ...FOLDER, acess: 'ro' } } });

// Ports are for NFS 3.
new NfsServer(chart, 'z', {
  ...HOST,
  version: '3',
  ports: { mountd: 4002 },
  exports: { a: FOLDER },
});
// @ts-expect-error NFS 4 has one
new NfsServer(chart, '1', { ...HOST, ports: { mountd: 4002 }, exports: { a: FOLDER } });
// @ts-expect-error the same, said
new NfsServer(chart, '2', {
  ...HOST,
  version: '4',
  ports: { mountd: 4002 },
  exports: { a: FOLDER },
});
// @ts-expect-error a misspelt prop
new NfsServer(chart, '3', { ...HOST, hots: 'a', exports: { a: FOLDER } });

// A disk is never formatted over what is on it.
function onDisk(disk: NfsServerDisk): void {
  new NfsServer(chart, '5', { ...HOST, disk, exports: { a: FOLDER } });
}
const DISK = { device: '/dev/vdb', mountPath: '/srv/nfs' } as const;
onDisk({ ...DISK, fileSystem: 'xfs' });
// @ts-expect-error there is no such prop
onDisk({ ...DISK, overwrite: true });
// @ts-expect-error no such file system
onDisk({ ...DISK, fileSystem: 'zfs' });
// @ts-expect-error it lies where nothing says
onDisk({ device: '/dev/vdb' });

// Props from elsewhere: which exports there are, and what for, is not known.
declare const props: NfsServerProps;
const loose = new NfsServer(chart, '8', props);
loose.export('any').volume(chart, '9', { capacity: '1Gi' });
// @ts-expect-error it may be one that is only read
export const maybe: ISharedClaim = loose.export('any').volume(chart, '10', { capacity: '1Gi' });
