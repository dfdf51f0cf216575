import type { Construct } from 'constructs';
import fc from 'fast-check';
import { VolumeSnapshot } from '../../src/claims/volume-snapshot';
import { EbsSnapshotClass } from '../../src/ebs/ebs-snapshot-class';
import { EbsStorageClass } from '../../src/ebs/ebs-storage-class';
import { EbsVolume } from '../../src/ebs/ebs-volume';
import { EBS_FS_TYPES } from '../../src/ebs/format/limits';
import { EBS_VOLUME_TYPES } from '../../src/ebs/limits';
import { EBS_ACCESS_MODES } from '../../src/ebs/modes/limits';
import { RECLAIM_POLICIES } from '../../src/kube/objects';
import { VOLUME_MODES } from '../../src/kube/volume-mode';
import { CLASS_CLAIM, DISK_ID, STATIC_VOLUME } from './claims';
import { type Subject, textOf } from './holds';
import { asIs } from './parts';
import { FLAG, LABELS, NAME, propsOf, SIZE } from './values';

const VOLUME = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ type: 'gp3' }) },
  {
    weight: 2,
    arbitrary: propsOf(
      { type: fc.constant('gp3') },
      { iops: fc.constantFrom(3000, 80_000, 80_001), throughput: fc.constantFrom(125, 2_000) },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom('io1', 'io2'),
      iops: fc.constantFrom(100, 64_000, 256_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom('io1', 'io2'),
      iopsPerGB: fc.constantFrom(1, 50, 1000),
      allowAutoIOPSPerGBIncrease: FLAG,
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom(...EBS_VOLUME_TYPES) }) },
);

const ZONES = fc.constantFrom(['eu-west-1a'], ['eu-west-1a', 'eu-west-1b'], []);
const TAGS = fc.dictionary(
  fc.constantFrom('team', 'constructor', 'k', 'x'.repeat(128), 'a b', 'aws:x'),
  fc.constantFrom('', 'x=y', '{{ .PVCName }}', 'ä'.repeat(256)),
  { maxKeys: 3 },
);

const POWER = fc.constantFrom(1024, 4096, 8192, 65536);

/** Props of an EbsStorageClass. */
export const EBS_CLASS = {
  reclaimPolicy: fc.constantFrom(...RECLAIM_POLICIES),
  isDefault: FLAG,
  name: NAME,
  labels: LABELS,
  fsType: fc.constantFrom(...EBS_FS_TYPES),
  format: propsOf(
    {},
    {
      blockSize: POWER,
      inodeSize: fc.constantFrom(256, 512),
      bytesPerInode: POWER,
      numberOfInodes: fc.constantFrom(16, 200_192),
      ext4BigAlloc: FLAG,
      ext4ClusterSize: POWER,
    },
  ),
  encrypted: FLAG,
  kmsKeyId: fc.constantFrom(`arn:aws:kms:eu-west-1:${'1'.repeat(12)}:alias/storage`, 'alias/x'),
  tags: TAGS,
  zones: ZONES,
  allowVolumeExpansion: FLAG,
  mountOptions: fc.array(fc.constantFrom('noatime', 'discard'), { maxLength: 2 }),
};

const storageClass: Subject = {
  name: 'an EbsStorageClass',
  bare: fc.constant({ volume: { type: 'gp3' } }),
  props: propsOf({ volume: VOLUME }, EBS_CLASS),
  make: (scope, id, props) => new EbsStorageClass(scope, id, props),
};

const gp3 = (scope: Construct, id: string) =>
  new EbsStorageClass(scope, id, { volume: { type: 'gp3' } });

const claim: Subject = {
  name: 'a claim of an EbsStorageClass',
  bare: fc.constant({ size: '1Gi' }),
  props: propsOf(
    { size: SIZE },
    {
      ...CLASS_CLAIM,
      fromSnapshot: fc.constantFrom(
        asIs(VolumeSnapshot.fromSnapshotName('yesterday')),
        asIs({ snapshotName: 'x', namespace: 'other', driver: 'nfs.csi.k8s.io' }),
      ),
    },
  ),
  make: (scope, id, props) => gp3(scope, `${textOf(id)}-class`).claim(scope, id, props),
};

const snapshotClass: Subject = {
  name: 'an EbsSnapshotClass',
  bare: fc.constant({}),
  props: propsOf(
    {},
    {
      deletionPolicy: fc.constantFrom(...RECLAIM_POLICIES),
      tags: TAGS,
      fastSnapshotRestoreAvailabilityZones: ZONES,
      isDefault: FLAG,
      name: NAME,
      labels: LABELS,
    },
  ),
  make: (scope, id, props) => new EbsSnapshotClass(scope, id, props),
};

const volume: Subject = {
  name: 'an EbsVolume',
  bare: fc.record({
    volumeId: DISK_ID,
    zone: fc.constant('eu-west-1a'),
    capacity: fc.constant('1Gi'),
  }),
  props: propsOf(
    {
      volumeId: fc.constantFrom('vol-688d7099', `vol-${'0'.repeat(17)}`, `vol-${'a'.repeat(17)}`),
      zone: fc.constantFrom('eu-west-1a', 'us-west-2-lax-1a', 'use1-az1'),
      capacity: SIZE,
    },
    {
      ...STATIC_VOLUME,
      accessMode: fc.constantFrom(...EBS_ACCESS_MODES),
      volumeMode: fc.constantFrom(...VOLUME_MODES),
      fsType: fc.constantFrom(...EBS_FS_TYPES),
      partition: fc.constantFrom(1, 15, 2 ** 40),
    },
  ),
  make: (scope, id, props) => new EbsVolume(scope, id, props),
};

/** The constructs of the EBS driver. */
export const EBS: readonly Subject[] = [storageClass, claim, snapshotClass, volume];
