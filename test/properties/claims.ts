import { createHash } from 'node:crypto';
import type { Chart } from 'cdk8s';
import fc from 'fast-check';
import { Claim } from '../../src/claims/claim';
import { VolumePool } from '../../src/claims/volume-pool';
import { EbsStorageClass } from '../../src/ebs/ebs-storage-class';
import { EbsVolume } from '../../src/ebs/ebs-volume';
import { HostPathVolume } from '../../src/host-path/host-path-volume';
import { HOST_PATH_ACCESS_MODES, HOST_PATH_TYPES } from '../../src/host-path/limits';
import { ACCESS_MODES } from '../../src/kube/access-mode';
import { VOLUME_MODES } from '../../src/kube/volume-mode';
import { LocalVolume } from '../../src/local/local-volume';
import { NfsVolume } from '../../src/nfs/nfs-volume';
import { type Subject, textOf } from './holds';
import { asIs, Part } from './parts';
import { FLAG, FOLDER, LABEL_NAME, LABELS, NAME, NAMESPACE, propsOf, SIZE } from './values';

const EXPRESSION = fc.constantFrom<unknown>(
  { key: 'type', operator: 'In', values: ['nfs', ''] },
  { key: 'type', operator: 'NotIn', values: ['x'] },
  { key: 'example.com/tier', operator: 'DoesNotExist' },
  { key: 'app.kubernetes.io/name', operator: 'Exists', values: [] },
);

/** Selectors over labels. */
const SELECTOR = propsOf(
  {},
  { matchLabels: LABELS, matchExpressions: fc.array(EXPRESSION, { maxLength: 2 }) },
);

/** Props of a claim that a class makes. */
export const CLASS_CLAIM = {
  accessMode: fc.constantFrom(...ACCESS_MODES),
  volumeMode: fc.constantFrom(...VOLUME_MODES),
  name: NAME,
  namespace: NAMESPACE,
  labels: LABELS,
  deletable: FLAG,
};

/** Props of a volume that exists before its claim, but its size and access mode. */
export const STATIC_VOLUME = {
  request: SIZE,
  reclaimPolicy: fc.constant('Retain'),
  storageClassName: fc.constantFrom('', 'manual', 'static.example'),
  binding: fc.oneof(fc.constant('reserved'), fc.record({ selector: SELECTOR })),
  labels: LABELS,
  name: NAME,
  claimName: NAME,
  namespace: NAMESPACE,
  deletable: FLAG,
};

const claim: Subject = {
  name: 'a Claim',
  bare: fc.constant({ size: '1Gi', accessMode: 'ReadWriteOnce', storageClassName: 'fast' }),
  props: propsOf(
    {
      size: SIZE,
      accessMode: CLASS_CLAIM.accessMode,
      storageClassName: fc.constantFrom('', 'fast', 'other.example'),
    },
    { ...CLASS_CLAIM, accessMode: CLASS_CLAIM.accessMode, volumeName: NAME, selector: SELECTOR },
  ),
  make: (scope, id, props) => new Claim(scope, id, props),
};

const hostPath: Subject = {
  name: 'a HostPathVolume',
  bare: fc.constant({ path: '/data', capacity: '1Gi' }),
  props: propsOf(
    { path: FOLDER, capacity: SIZE },
    {
      ...STATIC_VOLUME,
      accessMode: fc.constantFrom(...HOST_PATH_ACCESS_MODES),
      type: fc.constantFrom(...HOST_PATH_TYPES),
      nodeLabels: LABELS,
    },
  ),
  make: (scope, id, props) => new HostPathVolume(scope, id, props),
};

const ZONE = fc.constantFrom('eu-west-1a', 'us-east-1b');
/** Disks that exist. */
export const DISK_ID = fc
  .constantFrom(...'0123456789abcdef')
  .map((digit) => `vol-${digit.repeat(17)}`);

/** The same disk for the same construct. */
const diskOf = (id: string): string =>
  `vol-${createHash('sha256').update(id).digest('hex').slice(0, 17)}`;

const pooled = {
  ebs: propsOf(
    { volumeId: DISK_ID, zone: ZONE, capacity: SIZE },
    { fsType: fc.constantFrom('ext4', 'xfs'), partition: fc.constantFrom(1, 2 ** 31) },
  ).map((props) => new Part(() => EbsVolume.pooled(props as never))),
  nfs: propsOf(
    { server: fc.constantFrom('10.0.0.1', 'fd00::1', 'nas'), path: FOLDER, capacity: SIZE },
    { driver: fc.constantFrom('in-tree', 'csi') },
  ).map((props) => new Part(() => NfsVolume.pooled(props as never))),
  local: propsOf({
    path: fc.constantFrom('/data', '/disks/1', '/disks/2', '/DATA'),
    hostname: fc.constantFrom('node-1', 'node-2'),
    capacity: SIZE,
  }).map((props) => new Part(() => LocalVolume.pooled(props as never))),
};

const volumesOf = (one: fc.Arbitrary<unknown>) => fc.array(one, { minLength: 1, maxLength: 4 });

const pool: Subject = {
  name: 'a VolumePool',
  bare: pooled.ebs.map((volume) => ({ volumes: [volume] })),
  props: propsOf(
    {
      volumes: fc.oneof(
        volumesOf(pooled.ebs),
        volumesOf(pooled.nfs),
        volumesOf(pooled.local),
        fc.tuple(pooled.ebs, pooled.nfs),
      ),
    },
    { name: NAME, labels: LABELS, deletable: FLAG },
  ),
  make: (scope, id, props) => new VolumePool(scope, id, props),
};

/** A pool, and a claim that draws from it. */
const poolClaim: Subject = {
  name: 'a claim of a VolumePool',
  bare: fc.constant({ size: '1Gi' }),
  props: propsOf({ size: SIZE }, CLASS_CLAIM),
  make: (scope, id, props) => poolIn(scope as Chart, `${textOf(id)}-pool`).claim(scope, id, props),
};

const poolIn = (chart: Chart, id: string) =>
  new VolumePool(chart, id, {
    volumes: [
      EbsVolume.pooled({ volumeId: diskOf(textOf(id)), zone: 'eu-west-1a', capacity: '100Gi' }),
    ],
  });

const SNAPSHOT = propsOf(
  {},
  {
    name: NAME,
    labels: LABELS,
    deletable: FLAG,
    snapshotClass: fc.constantFrom<unknown>(
      asIs({ snapshotClassName: 'ebs', driver: 'ebs.csi.aws.com' }),
      asIs({ snapshotClassName: 'nfs', driver: 'nfs.csi.k8s.io' }),
    ),
  },
);

const snapshot: Subject = {
  name: 'a VolumeSnapshot',
  bare: fc.constant({}),
  props: SNAPSHOT,
  make: (scope, id, props) => {
    const ebs = new EbsStorageClass(scope, `${textOf(id)}-class`, { volume: { type: 'gp3' } });
    return ebs.claim(scope, `${textOf(id)}-claim`, { size: '10Gi' }).snapshot(id, props);
  },
};

const snapshotOfVolume: Subject = {
  name: 'a VolumeSnapshot of a disk that exists',
  bare: fc.constant({}),
  props: SNAPSHOT,
  make: (scope, id, props) =>
    new EbsVolume(scope, `${textOf(id)}-disk`, {
      volumeId: diskOf(textOf(id)),
      zone: 'eu-west-1a',
      capacity: '100Gi',
      namespace: 'shop',
    }).snapshot(id, props),
};

/** A claim that is there, and is mounted; it renders nothing. */
const existing: Subject = {
  name: 'a claim that exists',
  bare: fc.constant({ accessMode: 'ReadWriteMany' }),
  props: propsOf(
    { accessMode: CLASS_CLAIM.accessMode },
    { volumeMode: CLASS_CLAIM.volumeMode, namespace: LABEL_NAME },
  ),
  make: (scope, id, props) => Claim.fromClaimName(scope, id, 'there', props),
};

/** The constructs of claims, and of volumes that need no driver. */
export const CLAIMS: readonly Subject[] = [
  claim,
  existing,
  hostPath,
  pool,
  poolClaim,
  snapshot,
  snapshotOfVolume,
];
