// An NFS volume is shared unless it says otherwise, and its options are those of nfs(5).
import type { Chart } from 'cdk8s';
import { type ISharedClaim, NfsVolume, SharedUploadApp } from 'cdk8s-storage';

declare const chart: Chart;

const EXPORT = { server: '10.0.0.1', path: '/mnt', capacity: '10Gi' } as const;
const APP = { image: 'registry.example.com/shop:1.4.2', port: 8080 } as const;

function app(claim: ISharedClaim): void {
  new SharedUploadApp(chart, 'web', { ...APP, uploads: { claim, mountPath: '/data' } });
}

// Shared by default, or by name.
export const shared: ISharedClaim = new NfsVolume(chart, 'a', EXPORT);
app(new NfsVolume(chart, 'b', EXPORT));
app(new NfsVolume(chart, 'c', { ...EXPORT, accessMode: 'ReadWriteMany' }));
const uploads = new NfsVolume(chart, 'd', EXPORT);
new SharedUploadApp(chart, 'web', { ...APP, uploads: { claim: uploads, mountPath: '/data' } });
export const mode: 'ReadWriteMany' = uploads.accessMode;

// Not shared, and so not for the uploads of an app.
const once = new NfsVolume(chart, 'e', { ...EXPORT, accessMode: 'ReadWriteOnce' });
const read = new NfsVolume(chart, 'f', { ...EXPORT, accessMode: 'ReadOnlyMany' });
// @ts-expect-error ReadWriteOnce
new SharedUploadApp(chart, 'web', { ...APP, uploads: { claim: once, mountPath: '/data' } });
// @ts-expect-error ReadOnlyMany
new SharedUploadApp(chart, 'web', { ...APP, uploads: { claim: read, mountPath: '/data' } });
// @ts-expect-error ReadWriteOnce
app(new NfsVolume(chart, 'g', { ...EXPORT, accessMode: 'ReadWriteOnce' }));
// @ts-expect-error exists for CSI drivers only
new NfsVolume(chart, 'h', { ...EXPORT, accessMode: 'ReadWriteOncePod' });

// Nothing deletes such volumes.
new NfsVolume(chart, 'i', { ...EXPORT, reclaimPolicy: 'Retain' });
// @ts-expect-error Delete
new NfsVolume(chart, 'j', { ...EXPORT, reclaimPolicy: 'Delete' });

// Mount options of nfs(5).
new NfsVolume(chart, 'k', { ...EXPORT, mountOptions: ['hard', 'nfsvers=4.2', 'timeo=600'] });
new NfsVolume(chart, 'l', { ...EXPORT, uncheckedMountOptions: ['anything'] });
// @ts-expect-error misspelt
new NfsVolume(chart, 'm', { ...EXPORT, mountOptions: ['hrad'] });
// @ts-expect-error misspelt
new NfsVolume(chart, 'n', { ...EXPORT, mountOptions: ['nfsver=4.1'] });
// @ts-expect-error no such version
new NfsVolume(chart, 'o', { ...EXPORT, mountOptions: ['nfsvers=4.3'] });
// @ts-expect-error a number is wanted
new NfsVolume(chart, 'p', { ...EXPORT, mountOptions: ['timeo=long'] });
// @ts-expect-error several in one text
new NfsVolume(chart, 'q', { ...EXPORT, mountOptions: ['hard,nfsvers=4.1'] });

// Other props.
// @ts-expect-error GB is no suffix of Kubernetes
new NfsVolume(chart, 'r', { ...EXPORT, capacity: '10GB' });
// @ts-expect-error no such driver
new NfsVolume(chart, 's', { ...EXPORT, driver: 'nfs' });
// @ts-expect-error a misspelt prop
new NfsVolume(chart, 't', { ...EXPORT, sever: '10.0.0.1' });
// @ts-expect-error no server
new NfsVolume(chart, 'u', { path: '/mnt', capacity: '10Gi' });
