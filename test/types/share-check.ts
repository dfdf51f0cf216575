import type { Chart } from 'cdk8s';
import { Claim, type EbsStorageClass, type NfsVolume, ShareCheck } from 'cdk8s-storage';

declare const chart: Chart;
declare const uploads: NfsVolume;
declare const disks: EbsStorageClass;

new ShareCheck(chart, 'shared', { claim: uploads, deadlineSeconds: 60, postSync: false });
new ShareCheck(chart, 'existing', {
  claim: Claim.fromClaimName(chart, 'files', 'files', { accessMode: 'ReadWriteMany' }),
});

const disk = disks.claim(chart, 'disk', { size: '10Gi' });
// @ts-expect-error one node can write a disk
new ShareCheck(chart, 'disk-check', { claim: disk });

const device = Claim.fromClaimName(chart, 'device', 'device', {
  accessMode: 'ReadWriteMany',
  volumeMode: 'Block',
});
// @ts-expect-error a device has no files
new ShareCheck(chart, 'device-check', { claim: device });

// @ts-expect-error a claim is always said
new ShareCheck(chart, 'nothing', {});
