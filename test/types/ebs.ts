// Parameters exist where a volume type takes them, and claims are what EBS can keep.
import type { Chart } from 'cdk8s';
import type { IBlockClaim, IClaim, ISharedClaim } from '../../src/claims/contracts';
import { EbsSnapshotClass } from '../../src/ebs/ebs-snapshot-class';
import { EbsStorageClass } from '../../src/ebs/ebs-storage-class';
import type { EbsStorageClassProps } from '../../src/ebs/ebs-storage-class-props';
import { EbsVolume } from '../../src/ebs/ebs-volume';

declare const chart: Chart;
declare function share(claim: ISharedClaim): void;
declare function attach(claim: IBlockClaim): void;

// Every type, and what can be chosen of it.
const gp3 = new EbsStorageClass(chart, 'a', { volume: { type: 'gp3' } });
const io2 = new EbsStorageClass(chart, 'b', { volume: { type: 'io2', iops: 1000 } });
const io1 = new EbsStorageClass(chart, 'c', { volume: { type: 'io1', iopsPerGB: 50 } });
new EbsStorageClass(chart, 'd', { volume: { type: 'gp2' } });
new EbsStorageClass(chart, 'e', { volume: { type: 'st1' } });
new EbsStorageClass(chart, 'f', { volume: { type: 'sc1' } });
new EbsStorageClass(chart, 'g', { volume: { type: 'standard' } });
new EbsStorageClass(chart, 'h', { volume: { type: 'gp3', iops: 6000, throughput: 500 } });
new EbsStorageClass(chart, 'i', {
  volume: { type: 'gp3', iopsPerGB: 10, allowAutoIOPSPerGBIncrease: true, throughput: 125 },
});
export const types: ['gp3', 'io2', 'io1'] = [gp3.volumeType, io2.volumeType, io1.volumeType];
export const props: EbsStorageClassProps = { volume: { type: 'io2', iopsPerGB: 3 } };
// @ts-expect-error io2 without IOPS, in props that are said apart
export const apart: EbsStorageClassProps = { volume: { type: 'io2' } };

// @ts-expect-error no type
new EbsStorageClass(chart, 'a', { volume: { iops: 6000 } });
// @ts-expect-error no such type
new EbsStorageClass(chart, 'a', { volume: { type: 'gp4' } });
// @ts-expect-error gp2 has no iopsPerGB
new EbsStorageClass(chart, 'a', { volume: { type: 'gp2', iopsPerGB: 10 } });
// @ts-expect-error nor iops
new EbsStorageClass(chart, 'a', { volume: { type: 'gp2', iops: 3000 } });
// @ts-expect-error io2 must have IOPS
new EbsStorageClass(chart, 'a', { volume: { type: 'io2' } });
// @ts-expect-error and so must io1
new EbsStorageClass(chart, 'a', { volume: { type: 'io1' } });
// @ts-expect-error throughput is gp3's
new EbsStorageClass(chart, 'a', { volume: { type: 'io1', iops: 100, throughput: 125 } });
// @ts-expect-error and not st1's
new EbsStorageClass(chart, 'a', { volume: { type: 'st1', throughput: 125 } });
// @ts-expect-error either or
new EbsStorageClass(chart, 'a', { volume: { type: 'gp3', iops: 3000, iopsPerGB: 10 } });
// @ts-expect-error either or, of io2
new EbsStorageClass(chart, 'a', { volume: { type: 'io2', iops: 3000, iopsPerGB: 10 } });
new EbsStorageClass(chart, 'a', {
  // @ts-expect-error an increase of what
  volume: { type: 'gp3', iops: 3000, allowAutoIOPSPerGBIncrease: true },
});
// @ts-expect-error misspelt
new EbsStorageClass(chart, 'a', { volume: { type: 'gp3', iop: 3000 } });
// @ts-expect-error values are numbers
new EbsStorageClass(chart, 'a', { volume: { type: 'gp3', iops: '3000' } });
// @ts-expect-error always WaitForFirstConsumer
new EbsStorageClass(chart, 'a', { volume: { type: 'gp3' }, volumeBindingMode: 'Immediate' });

// Formatting options by file system.
const volume = { type: 'gp3' } as const;
new EbsStorageClass(chart, 'a', { volume, format: { inodeSize: 256, bytesPerInode: 8192 } });
new EbsStorageClass(chart, 'a', { volume, format: { ext4BigAlloc: true, ext4ClusterSize: 65536 } });
new EbsStorageClass(chart, 'a', { volume, fsType: 'ext3', format: { numberOfInodes: 1000 } });
new EbsStorageClass(chart, 'a', { volume, fsType: 'xfs', format: { blockSize: 4096 } });
// @ts-expect-error xfs takes no bytesPerInode
new EbsStorageClass(chart, 'a', { volume, fsType: 'xfs', format: { bytesPerInode: 8192 } });
// @ts-expect-error ext3 has no bigalloc
new EbsStorageClass(chart, 'a', { volume, fsType: 'ext3', format: { ext4BigAlloc: true } });
// @ts-expect-error clusters are bigalloc's
new EbsStorageClass(chart, 'a', { volume, format: { ext4ClusterSize: 65536 } });
// @ts-expect-error not on Linux
new EbsStorageClass(chart, 'a', { volume, fsType: 'ntfs' });

// Claims: one node or one pod, folder or device.
export const once: IClaim<'ReadWriteOnce', 'Filesystem'> = gp3.claim(chart, 'a', { size: '1Gi' });
export const pod: IClaim<'ReadWriteOncePod', 'Filesystem'> = gp3.claim(chart, 'b', {
  size: '1Gi',
  accessMode: 'ReadWriteOncePod',
});
export const device: IClaim<'ReadWriteOnce', 'Block'> = gp3.claim(chart, 'c', {
  size: '1Gi',
  volumeMode: 'Block',
});
attach(device);
attach(gp3.claim(chart, 'd', { size: '1Gi', volumeMode: 'Block' }));
// @ts-expect-error an EBS claim is not shared
share(once);
// @ts-expect-error nor for one pod
share(pod);
// @ts-expect-error nor as it is made
share(gp3.claim(chart, 'a', { size: '1Gi' }));
// @ts-expect-error a folder is no device
attach(once);
// @ts-expect-error a size that is none
gp3.claim(chart, 'a', { size: '1GB' });
// @ts-expect-error no size
gp3.claim(chart, 'a', {});

// Many nodes: an io2 device alone.
const shared: IClaim<'ReadWriteMany', 'Block'> = io2.claim(chart, 'e', {
  size: '4Gi',
  accessMode: 'ReadWriteMany',
  volumeMode: 'Block',
});
attach(shared);
// @ts-expect-error a device is no shared folder
share(shared);
export const io2Once: IClaim<'ReadWriteOnce', 'Filesystem'> = io2.claim(chart, 'f', {
  size: '4Gi',
});
// @ts-expect-error no file system on io2
io2.claim(chart, 'a', { size: '4Gi', accessMode: 'ReadWriteMany' });
// @ts-expect-error nor where it is said
io2.claim(chart, 'a', { size: '4Gi', accessMode: 'ReadWriteMany', volumeMode: 'Filesystem' });
// @ts-expect-error not gp3
gp3.claim(chart, 'a', { size: '4Gi', accessMode: 'ReadWriteMany' });
// @ts-expect-error not as a device either
gp3.claim(chart, 'a', { size: '4Gi', accessMode: 'ReadWriteMany', volumeMode: 'Block' });
// @ts-expect-error not io1
io1.claim(chart, 'a', { size: '4Gi', accessMode: 'ReadWriteMany', volumeMode: 'Block' });
// @ts-expect-error never read by many
gp3.claim(chart, 'a', { size: '4Gi', accessMode: 'ReadOnlyMany' });
// @ts-expect-error not of io2 either
io2.claim(chart, 'a', { size: '4Gi', accessMode: 'ReadOnlyMany', volumeMode: 'Block' });

// Snapshots of claims, and claims from snapshots.
const snapshot = gp3.claim(chart, 'g', { size: '1Gi' }).snapshot('before', {
  snapshotClass: new EbsSnapshotClass(chart, 'kept'),
});
gp3.claim(chart, 'h', { size: '1Gi', fromSnapshot: snapshot });
// @ts-expect-error kept or deleted
new EbsSnapshotClass(chart, 'a', { deletionPolicy: 'Recycle' });

// A volume that exists.
const DISK = { volumeId: 'vol-688d7099', zone: 'ap-northeast-1a', capacity: '300Gi' } as const;
export const disk: IClaim<'ReadWriteOnce', 'Filesystem'> = new EbsVolume(chart, 'a', DISK);
attach(new EbsVolume(chart, 'b', { ...DISK, volumeMode: 'Block' }));
// @ts-expect-error an EBS volume is not shared
share(new EbsVolume(chart, 'c', DISK));
// @ts-expect-error one node at a time
new EbsVolume(chart, 'd', { ...DISK, accessMode: 'ReadWriteMany' });
// @ts-expect-error Delete would delete the data
new EbsVolume(chart, 'e', { ...DISK, reclaimPolicy: 'Delete' });
// @ts-expect-error the zone is part of it
new EbsVolume(chart, 'f', { volumeId: 'vol-688d7099', capacity: '300Gi' });
