// What a claim is, the compiler knows: only the right claim fits.
import type { Chart } from 'cdk8s';
import {
  type AccessMode,
  Claim,
  type IBlockClaim,
  type IClaim,
  type ISharedClaim,
  type VolumeMode,
} from 'cdk8s-storage';

declare const chart: Chart;
declare function share(claim: ISharedClaim): void;
declare function attach(claim: IBlockClaim): void;

const GP3 = { size: '10Gi', storageClassName: 'gp3' } as const;

// Shared: ReadWriteMany and Filesystem, adopted or made.
share(Claim.fromClaimName(chart, 'a', 'a', { accessMode: 'ReadWriteMany' }));
share(
  Claim.fromClaimName(chart, 'b', 'b', { accessMode: 'ReadWriteMany', volumeMode: 'Filesystem' }),
);
share(new Claim(chart, 'c', { ...GP3, accessMode: 'ReadWriteMany' }));
const adopted = Claim.fromClaimName(chart, 'd', 'd', { accessMode: 'ReadWriteMany' });
share(adopted);
const made = new Claim(chart, 'e', { ...GP3, accessMode: 'ReadWriteMany' });
share(made);

// Not shared: an access mode that one node, one pod or nobody can write.
// @ts-expect-error ReadWriteOnce
share(Claim.fromClaimName(chart, 'a', 'a', { accessMode: 'ReadWriteOnce' }));
// @ts-expect-error ReadOnlyMany
share(Claim.fromClaimName(chart, 'a', 'a', { accessMode: 'ReadOnlyMany' }));
// @ts-expect-error ReadWriteOncePod
share(Claim.fromClaimName(chart, 'a', 'a', { accessMode: 'ReadWriteOncePod' }));
// @ts-expect-error ReadWriteOnce
share(new Claim(chart, 'a', { ...GP3, accessMode: 'ReadWriteOnce' }));
// @ts-expect-error ReadOnlyMany
share(new Claim(chart, 'a', { ...GP3, accessMode: 'ReadOnlyMany' }));
const once = new Claim(chart, 'a', { ...GP3, accessMode: 'ReadWriteOnce' });
// @ts-expect-error ReadWriteOnce
share(once);

// Not shared: a device.
// @ts-expect-error Block
share(Claim.fromClaimName(chart, 'a', 'a', { accessMode: 'ReadWriteMany', volumeMode: 'Block' }));
// @ts-expect-error Block
share(new Claim(chart, 'a', { ...GP3, accessMode: 'ReadWriteMany', volumeMode: 'Block' }));

// Not shared: a mode that only the running program knows.
declare const anyMode: AccessMode;
declare const someMode: 'ReadWriteMany' | 'ReadWriteOnce';
declare const anyVolumeMode: VolumeMode;
// @ts-expect-error any access mode
share(Claim.fromClaimName(chart, 'a', 'a', { accessMode: anyMode }));
// @ts-expect-error one of two access modes
share(new Claim(chart, 'a', { ...GP3, accessMode: someMode }));
// @ts-expect-error any volume mode
share(new Claim(chart, 'a', { ...GP3, accessMode: 'ReadWriteMany', volumeMode: anyVolumeMode }));
export const unknownClaim: IClaim = new Claim(chart, 'a', { ...GP3, accessMode: anyMode });
// @ts-expect-error a claim of unknown modes
share(unknownClaim);

// A device is what says so, not what is put where a device goes.
attach(Claim.fromClaimName(chart, 'f', 'f', { accessMode: 'ReadWriteOnce', volumeMode: 'Block' }));
attach(new Claim(chart, 'g', { ...GP3, accessMode: 'ReadWriteOnce', volumeMode: 'Block' }));
// @ts-expect-error volumeMode is not said
attach(Claim.fromClaimName(chart, 'a', 'a', { accessMode: 'ReadWriteOnce' }));
// @ts-expect-error volumeMode is not said
attach(new Claim(chart, 'a', { ...GP3, accessMode: 'ReadWriteOnce' }));
// @ts-expect-error volumeMode is not said
export const device: IBlockClaim = new Claim(chart, 'a', { ...GP3, accessMode: 'ReadWriteOnce' });
// @ts-expect-error volumeMode is not said
new Claim<'ReadWriteOnce', 'Block'>(chart, 'a', { ...GP3, accessMode: 'ReadWriteOnce' });
// @ts-expect-error Filesystem
attach(made);

// Modes are words of Kubernetes.
// @ts-expect-error no such access mode
new Claim(chart, 'a', { ...GP3, accessMode: 'RWX' });
// @ts-expect-error no such volume mode
new Claim(chart, 'a', { ...GP3, accessMode: 'ReadWriteOnce', volumeMode: 'Disk' });
// @ts-expect-error a misspelt prop
new Claim(chart, 'a', { ...GP3, accessMode: 'ReadWriteOnce', volumename: 'pv-1' });
// @ts-expect-error no access mode
new Claim(chart, 'a', GP3);
// @ts-expect-error no storage class
new Claim(chart, 'a', { size: '10Gi', accessMode: 'ReadWriteOnce' });

// Literals stay literals.
export const accessMode: 'ReadWriteMany' = made.accessMode;
export const volumeMode: 'Filesystem' = made.volumeMode;
// @ts-expect-error a claim's mode does not change
made.accessMode = 'ReadWriteMany';
