// A folder of one node is for one node; only a shared file system makes shared claims.
import type { Chart } from 'cdk8s';
import type { IBlockClaim, IClaim, ISharedClaim } from 'cdk8s-storage';
import { LocalPathClaim } from '../../src/local-path/local-path-claim';
import { LocalPathProvisioner } from '../../src/local-path/local-path-provisioner';
import type { LocalPathStorageClass } from '../../src/local-path/local-path-storage-class';

declare const chart: Chart;
declare function share(claim: ISharedClaim): void;
declare function use(claim: IClaim): void;

const SIZE = { size: '1Gi' } as const;

// A claim by the name of its class.
const scratch = new LocalPathClaim(chart, 'a', SIZE);
use(scratch);
export const once: 'ReadWriteOnce' = scratch.accessMode;
const pod = new LocalPathClaim(chart, 'b', { ...SIZE, accessMode: 'ReadWriteOncePod' });
export const oncePod: 'ReadWriteOncePod' = pod.accessMode;
new LocalPathClaim(chart, 'c', { ...SIZE, className: 'fast', volumeType: 'local' });
// @ts-expect-error not shared
share(scratch);
// @ts-expect-error not shared, wherever it goes
share(new LocalPathClaim(chart, 'd', SIZE));
// @ts-expect-error not shared
export const inferred: ISharedClaim = new LocalPathClaim(chart, 'e', SIZE);
// @ts-expect-error a folder of one node
new LocalPathClaim(chart, 'f', { ...SIZE, accessMode: 'ReadWriteMany' });
// @ts-expect-error a folder of one node
new LocalPathClaim(chart, 'g', { ...SIZE, accessMode: 'ReadOnlyMany' });
// @ts-expect-error a folder of one node
share(new LocalPathClaim(chart, 'h', { ...SIZE, accessMode: 'ReadWriteMany' }));
// @ts-expect-error no device
new LocalPathClaim(chart, 'i', { ...SIZE, volumeMode: 'Block' });
// @ts-expect-error no device
export const device: IBlockClaim = new LocalPathClaim(chart, 'j', SIZE);
// @ts-expect-error nothing to select from
new LocalPathClaim(chart, 'k', { ...SIZE, selector: { matchLabels: { app: 'a' } } });
// @ts-expect-error no such type
new LocalPathClaim(chart, 'l', { ...SIZE, volumeType: 'disk' });

// Folders of nodes.
const node = new LocalPathProvisioner(chart, 'm', {
  nodePathMap: { 'node-a': ['/fast'] },
  defaultVolumeType: 'local',
});
export const plain: LocalPathStorageClass = new LocalPathProvisioner(chart, 'n').mainClass;
export const nodeClass: LocalPathStorageClass<'node'> = node.storageClass('fast', {
  nodePath: '/fast',
  defaultVolumeType: 'local',
});
use(nodeClass.claim(chart, 'o', { ...SIZE, accessMode: 'ReadWriteOncePod', volumeType: 'local' }));
export const onceOfClass: 'ReadWriteOnce' = nodeClass.claim(chart, 'p', SIZE).accessMode;
// @ts-expect-error a folder of one node
nodeClass.claim(chart, 'q', { ...SIZE, accessMode: 'ReadWriteMany' });
// @ts-expect-error the class is this one
nodeClass.claim(chart, 'r', { ...SIZE, className: 'fast' });
// @ts-expect-error a misspelt prop
new LocalPathProvisioner(chart, 's', { nodePathsMap: {} });

// A shared file system.
const shared = new LocalPathProvisioner(chart, 't', { sharedFileSystemPath: '/mnt/shared' });
export const sharedClass: LocalPathStorageClass<'shared'> = shared.storageClass('many');
share(shared.mainClass.claim(chart, 'u', { ...SIZE, accessMode: 'ReadWriteMany' }));
share(sharedClass.claim(chart, 'v', { ...SIZE, accessMode: 'ReadWriteMany' }));
use(sharedClass.claim(chart, 'w', { ...SIZE, accessMode: 'ReadOnlyMany' }));
// @ts-expect-error ReadWriteOnce, as nothing else is said
share(sharedClass.claim(chart, 'x', SIZE));
// @ts-expect-error ReadWriteOnce, as nothing else is said
export const unsaid: ISharedClaim = sharedClass.claim(chart, 'y', SIZE);
// @ts-expect-error a local volume has a node
sharedClass.claim(chart, 'z', { ...SIZE, volumeType: 'local' });
// @ts-expect-error there is one folder
shared.storageClass('fast', { nodePath: '/mnt/shared' });
// @ts-expect-error a local volume has a node
shared.storageClass('fast', { defaultVolumeType: 'local' });
// @ts-expect-error a local volume has a node
new LocalPathProvisioner(chart, 'A', { sharedFileSystemPath: '/a', defaultVolumeType: 'local' });
// @ts-expect-error folders of nodes or a shared one
new LocalPathProvisioner(chart, 'B', { sharedFileSystemPath: '/a', nodePathMap: { a: ['/a'] } });

// @ts-expect-error volumes are on one node
export const notShared: LocalPathStorageClass<'shared'> = node.mainClass;
// @ts-expect-error volumes are shared
export const notNode: LocalPathStorageClass = shared.mainClass;
// @ts-expect-error no shared file system is said
export const hoped: LocalPathProvisioner<'/a'> = new LocalPathProvisioner(chart, 'C', {});

// A path that only the running program knows is shared; one that may be missing is not.
declare const text: string;
declare const maybe: string | undefined;
const dynamic = new LocalPathProvisioner(chart, 'D', { sharedFileSystemPath: text });
share(dynamic.mainClass.claim(chart, 'E', { ...SIZE, accessMode: 'ReadWriteMany' }));
const unsure = new LocalPathProvisioner(chart, 'F', { sharedFileSystemPath: maybe });
unsure.mainClass.claim(chart, 'G', SIZE);
// @ts-expect-error perhaps a folder of one node
unsure.mainClass.claim(chart, 'H', { ...SIZE, accessMode: 'ReadWriteMany' });
