// Claims of the NFS classes are shared ones unless they say otherwise, and never devices.
import type { Chart } from 'cdk8s';
import type { AccessMode, IBlockClaim, IClaim, ISharedClaim } from 'cdk8s-storage';
import { NfsStorageClass } from '../../src/nfs/nfs-storage-class';
import { NfsSubdirProvisioner } from '../../src/nfs/nfs-subdir-provisioner';

declare const chart: Chart;
declare function share(claim: ISharedClaim): void;
declare function attach(claim: IBlockClaim): void;
declare function mountOnce(claim: IClaim<'ReadWriteOnce', 'Filesystem'>): void;

const EXPORT = { server: '172.26.1.10', share: '/mnt/shared' };
const csi = new NfsStorageClass(chart, 'csi', EXPORT);
const subdir = new NfsSubdirProvisioner(chart, 'subdir', { server: 'nas', path: '/mnt/shared' });
declare const anyMode: AccessMode;

share(csi.claim(chart, 'a', { size: '1Gi' }));
share(csi.claim(chart, 'b', { size: '1Gi', accessMode: 'ReadWriteMany' }));
share(subdir.claim(chart, 'c', { size: '1Gi' }));
share(subdir.claim(chart, 'd', { size: '1Gi', volumeMode: 'Filesystem' }));
const shared = csi.claim(chart, 'e', { size: '1Gi' });
share(shared);
share(csi.claim(chart, 'f', { size: '1Gi', fromSnapshot: shared.snapshot('s') }));

mountOnce(csi.claim(chart, 'a', { size: '1Gi', accessMode: 'ReadWriteOnce' }));
mountOnce(subdir.claim(chart, 'a', { size: '1Gi', accessMode: 'ReadWriteOnce' }));
export const pod: IClaim<'ReadWriteOncePod'> = csi.claim(chart, 'a', {
  size: '1Gi',
  accessMode: 'ReadWriteOncePod',
});
export const unknownClaim: IClaim = csi.claim(chart, 'a', { size: '1Gi', accessMode: anyMode });

// Not shared: a mode that one node can write.
// @ts-expect-error ReadWriteOnce
share(csi.claim(chart, 'a', { size: '1Gi', accessMode: 'ReadWriteOnce' }));
// @ts-expect-error ReadWriteOnce
share(subdir.claim(chart, 'a', { size: '1Gi', accessMode: 'ReadWriteOnce' }));
const once = subdir.claim(chart, 'a', { size: '1Gi', accessMode: 'ReadWriteOnce' });
// @ts-expect-error ReadWriteOnce
share(once);
// @ts-expect-error any access mode
share(csi.claim(chart, 'a', { size: '1Gi', accessMode: anyMode }));

// The default is ReadWriteMany, whatever the claim goes to.
// @ts-expect-error ReadWriteOnce is not said
mountOnce(csi.claim(chart, 'a', { size: '1Gi' }));
// @ts-expect-error ReadWriteOnce is not said
mountOnce(subdir.claim(chart, 'a', { size: '1Gi' }));

// Kubernetes has ReadWriteOncePod for CSI drivers only.
// @ts-expect-error ReadWriteOncePod
subdir.claim(chart, 'a', { size: '1Gi', accessMode: 'ReadWriteOncePod' });

// No devices, no selectors, no snapshots in-tree.
// @ts-expect-error Block
csi.claim(chart, 'a', { size: '1Gi', volumeMode: 'Block' });
// @ts-expect-error Block
subdir.claim(chart, 'a', { size: '1Gi', volumeMode: 'Block' });
// @ts-expect-error a folder
attach(csi.claim(chart, 'a', { size: '1Gi' }));
// @ts-expect-error selector
csi.claim(chart, 'a', { size: '1Gi', selector: { matchLabels: { app: 'web' } } });
// @ts-expect-error selector
subdir.claim(chart, 'a', { size: '1Gi', selector: { matchLabels: { app: 'web' } } });
// @ts-expect-error snapshots
subdir.claim(chart, 'a', { size: '1Gi', fromSnapshot: shared.snapshot('s') });
// @ts-expect-error snapshots
subdir.claim(chart, 'a', { size: '1Gi' }).snapshot('s');

// Choices are spelt as the drivers spell them.
new NfsStorageClass(chart, 'a', { ...EXPORT, onDelete: 'archive' });
// @ts-expect-error misspelt
new NfsStorageClass(chart, 'a', { ...EXPORT, onDelete: 'retian' });
// @ts-expect-error a mode is a string of octal digits
new NfsStorageClass(chart, 'a', { ...EXPORT, mountPermissions: 0o770 });
// @ts-expect-error misspelt
new NfsStorageClass(chart, 'a', { ...EXPORT, mountOptions: ['nfsver=4.1'] });
// @ts-expect-error a parameter of no driver
new NfsStorageClass(chart, 'a', { ...EXPORT, csiParameter: 'x' });
// @ts-expect-error any node reaches the server
new NfsStorageClass(chart, 'a', { ...EXPORT, volumeBindingMode: 'WaitForFirstConsumer' });
// @ts-expect-error the provisioner archives by archiveOnDelete
new NfsSubdirProvisioner(chart, 'a', { server: 'nas', path: '/a', onDelete: 'archive' });
// @ts-expect-error no path
new NfsSubdirProvisioner(chart, 'a', { server: 'nas' });
