// A pool knows what its volumes are, and so do the claims on it.
import type { Chart } from 'cdk8s';
import type { IBlockClaim, IClaim, ISharedClaim } from 'cdk8s-storage';
import { type PooledVolume, VolumePool } from '../../src/claims/volume-pool';
import { LocalVolume } from '../../src/local/local-volume';

declare const chart: Chart;
declare function share(claim: ISharedClaim): void;
declare function attach(claim: IBlockClaim): void;
declare function mountOnce(claim: IClaim<'ReadWriteOnce', 'Filesystem'>): void;

declare const sharedFolder: PooledVolume<'ReadWriteMany', 'Filesystem'>;
declare const device: PooledVolume<'ReadWriteOnce', 'Block'>;
const folder = LocalVolume.pooled({ hostname: 'a', path: '/mnt/a', capacity: '1Ti' });

// Folders of nodes.
const local = new VolumePool(chart, 'local', { volumes: [folder, folder] });
export const accessMode: 'ReadWriteOnce' = local.defaultAccessMode;
export const volumeMode: 'Filesystem' = local.volumeMode;
mountOnce(local.claim(chart, 'a', { size: '1Gi' }));
// @ts-expect-error one node can write it
share(local.claim(chart, 'z', { size: '1Gi' }));
// @ts-expect-error a folder is no device
attach(local.claim(chart, 'z', { size: '1Gi' }));

// Shared folders, and devices.
const shared = new VolumePool(chart, 'shared', { volumes: [sharedFolder] });
share(shared.claim(chart, 'b', { size: '1Gi' }));
// @ts-expect-error a folder is no device
attach(shared.claim(chart, 'z', { size: '1Gi' }));
const devices = new VolumePool(chart, 'devices', { volumes: [device] });
attach(devices.claim(chart, 'c', { size: '1Gi' }));
// @ts-expect-error a device is no folder
share(devices.claim(chart, 'z', { size: '1Gi' }));

// The modes of a claim are those of the pool.
// @ts-expect-error an access mode
local.claim(chart, 'z', { size: '1Gi', accessMode: 'ReadWriteOnce' });
// @ts-expect-error a volume mode
devices.claim(chart, 'z', { size: '1Gi', volumeMode: 'Block' });
// @ts-expect-error no size
local.claim(chart, 'z', {});

// One kind of volume, and at least one.
// @ts-expect-error no volumes
new VolumePool(chart, 'z', { volumes: [] });
// @ts-expect-error volumes are not left out
new VolumePool(chart, 'z', {});
// @ts-expect-error the volumes of a pool are kept
new VolumePool(chart, 'z', { volumes: [folder], reclaimPolicy: 'Delete' });
// @ts-expect-error a pool is no default class
new VolumePool(chart, 'z', { volumes: [folder], isDefault: true });

// What a folder of a node needs.
// @ts-expect-error no path
LocalVolume.pooled({ hostname: 'a', capacity: '1Ti' });
// @ts-expect-error no hostname
LocalVolume.pooled({ path: '/mnt/a', capacity: '1Ti' });
// @ts-expect-error no quantity
LocalVolume.pooled({ hostname: 'a', path: '/mnt/a', capacity: '1TB' });

// A mixed pool is refused when the app runs; already its claims are none that can be shared.
const mixed = new VolumePool(chart, 'mixed', { volumes: [folder, sharedFolder] });
// @ts-expect-error not every volume is shared
share(mixed.claim(chart, 'z', { size: '1Gi' }));
