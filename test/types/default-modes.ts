// A mode that is not said is the driver's default, wherever the volume or the claim goes: TypeScript
// must not infer another one from there.
import type { Chart } from 'cdk8s';
import {
  type EbsStorageClass,
  EbsVolume,
  HostPathVolume,
  type IBlockClaim,
  type IClaim,
  type ISharedClaim,
  NfsVolume,
} from 'cdk8s-storage';

declare const chart: Chart;
declare const gp3: EbsStorageClass;
declare function share(claim: ISharedClaim): void;

const EXPORT = { server: '10.0.0.1', path: '/mnt', capacity: '10Gi' } as const;
const FOLDER = { path: '/data', capacity: '10Gi' } as const;
const DISK = {
  volumeId: 'vol-0123456789abcdef0',
  zone: 'ap-northeast-1a',
  capacity: '10Gi',
} as const;

// @ts-expect-error a folder of nodes is ReadWriteOnce
share(new HostPathVolume(chart, 'a', FOLDER));
share(new HostPathVolume(chart, 'b', { ...FOLDER, accessMode: 'ReadWriteMany' }));

// @ts-expect-error an export is ReadWriteMany
export const once: IClaim<'ReadWriteOnce'> = new NfsVolume(chart, 'c', EXPORT);

// @ts-expect-error a disk is a folder
export const device: IBlockClaim = new EbsVolume(chart, 'd', DISK);
// @ts-expect-error a disk is ReadWriteOnce
export const pod: IClaim<'ReadWriteOncePod', 'Filesystem'> = new EbsVolume(chart, 'e', DISK);

// @ts-expect-error a claim is a folder
export const claimed: IBlockClaim = gp3.claim(chart, 'f', { size: '10Gi' });
// @ts-expect-error a claim is ReadWriteOnce
export const exclusive: IClaim<'ReadWriteOncePod'> = gp3.claim(chart, 'g', { size: '10Gi' });
