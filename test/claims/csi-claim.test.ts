import { App, Chart } from 'cdk8s';
import { CsiClaim, type CsiClaimProps } from '../../src/claims/csi-claim';
import {
  type IVolumeSnapshot,
  VolumeSnapshot,
  type VolumeSnapshotProps,
} from '../../src/claims/volume-snapshot';
import { quantity } from '../../src/kube/quantity';
import { checkObjects } from '../support/api-objects';
import { type Refusal, refusal } from '../support/refusal';
import { FOLDER, SampleClass } from '../support/sample-class';
import { chartObjects, objectOf } from '../support/synth';

const KEEP = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };
const NIGHTLY = { snapshotClassName: 'nightly', driver: 'disk.example.com' };

function shop(namespace = 'shop'): Chart {
  return new Chart(new App(), 'shop', { namespace });
}

/** The claim `data` of a class of disks. */
function dataIn(
  chart: Chart,
  props: Partial<CsiClaimProps> = {},
): CsiClaim<'ReadWriteOnce', 'Filesystem'> {
  return new CsiClaim(chart, 'data', new SampleClass(chart), {
    size: '10Gi',
    ...props,
  } as CsiClaimProps<'ReadWriteOnce', 'Filesystem'>);
}

/** What a snapshot of the claim `data` renders. */
function snapshotObjects(props?: VolumeSnapshotProps, claim: Partial<CsiClaimProps> = {}) {
  const objects = chartObjects((chart) => dataIn(chart, claim).snapshot('before', props));
  expect(checkObjects(objects)).toEqual([]);
  return objects;
}

/** What a claim says that refuses these props, which no type checks. */
function refusedClaim(props: Readonly<Record<string, unknown>>, chart = shop()): Refusal {
  return refusal(() => dataIn(chart, props));
}

describe('a claim of a CSI driver', () => {
  test('is a claim like any other', () => {
    const objects = chartObjects((chart) => dataIn(chart));
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).toEqual({
      accessModes: ['ReadWriteOnce'],
      volumeMode: 'Filesystem',
      storageClassName: 'fast',
      resources: { requests: { storage: '10Gi' } },
    });
    expect(checkObjects(objects)).toEqual([]);
  });

  test('asks its class', () => {
    const chart = shop();
    const from = new SampleClass(chart);
    new CsiClaim(chart, 'data', from, { size: '1024Mi', volumeMode: 'Block' });
    expect(from.asked).toEqual([
      {
        place: 'shop/data',
        size: quantity('1Gi'),
        accessMode: 'ReadWriteOnce',
        volumeMode: 'Block',
        count: 1,
      },
    ]);
  });

  test.each([
    [
      { size: '1Gi', fromSnapsot: 'nightly' },
      'PropUnknown',
      "shop/data: 'fromSnapsot' is no prop of the claim; did you mean 'fromSnapshot'?",
    ],
    [
      { fromSnapshot: 'nightly' },
      'PropType',
      "shop/data: 'fromSnapshot' must be a VolumeSnapshot, got 'nightly'",
    ],
    [
      { fromSnapshot: { snapshotName: 'Nightly' } },
      'PropType',
      `shop/data: 'fromSnapshot' must be a VolumeSnapshot, got {"snapshotName":"Nightly"}`,
    ],
    [
      { size: '0' },
      'SizeInvalid',
      "shop/data: 'size' must be more than 0 and at most 2^63 - 1 bytes, got '0'",
    ],
  ])('fails with %j', (props, code, message) => {
    expect(refusedClaim(props)).toEqual({ code, path: 'shop/data', message });
  });
});

describe('a snapshot of a claim', () => {
  test('is, by default, exactly this', () => {
    expect(objectOf(snapshotObjects(), 'VolumeSnapshot')).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: {
        name: 'shop-data-before',
        namespace: 'shop',
        labels: {
          'app.kubernetes.io/name': 'data-before',
          'app.kubernetes.io/part-of': 'shop',
          'app.kubernetes.io/managed-by': 'cdk8s',
        },
        annotations: KEEP,
      },
      spec: { source: { persistentVolumeClaimName: 'shop-data' } },
    });
  });

  test('is of a class, where one is given', () => {
    expect(objectOf(snapshotObjects({ snapshotClass: NIGHTLY }), 'VolumeSnapshot').spec).toEqual({
      volumeSnapshotClassName: 'nightly',
      source: { persistentVolumeClaimName: 'shop-data' },
    });
  });

  test('is in the namespace of its claim and named after it', () => {
    const objects = snapshotObjects({}, { name: 'pg', namespace: 'data' });
    expect(objectOf(objects, 'VolumeSnapshot')).toMatchObject({
      metadata: { name: 'shop-data-before', namespace: 'data' },
      spec: { source: { persistentVolumeClaimName: 'pg' } },
    });
  });

  test('has no namespace where nobody says one', () => {
    const objects = chartObjects((chart) => dataIn(chart).snapshot('before'), {});
    expect(objectOf(objects, 'VolumeSnapshot').metadata).not.toHaveProperty('namespace');
    expect(checkObjects(objects)).toEqual([]);
  });

  test('has the name and the labels that are given, and may be deleted', () => {
    const { metadata } = objectOf(
      snapshotObjects({ name: 'v1.2', labels: { release: 'v1' }, deletable: true }),
      'VolumeSnapshot',
    );
    expect(metadata).toMatchObject({ name: 'v1.2', labels: { release: 'v1' } });
    expect(metadata).not.toHaveProperty('annotations');
    expect(
      objectOf(snapshotObjects({ deletable: false }), 'VolumeSnapshot').metadata.annotations,
    ).toEqual(KEEP);
  });

  test('shows what it is', () => {
    const snapshot = dataIn(shop()).snapshot('before');
    expect(snapshot).toMatchObject({
      snapshotName: 'shop-data-before',
      namespace: 'shop',
      driver: 'disk.example.com',
    });
    expect(`${snapshot.size}`).toBe('10Gi');
    expect(snapshot.snapshot.kind).toBe('VolumeSnapshot');
  });

  test.each([
    [
      { snapshotClass: { snapshotClassName: 'files', driver: 'nfs.example.com' } },
      'SnapshotDriver',
      "'snapshotClass' must be of the claim's driver 'disk.example.com', got 'files' of 'nfs.example.com'",
    ],
    [
      { snapshotClass: 'nightly' },
      'PropType',
      "'snapshotClass' must be a snapshot class, such as an EbsSnapshotClass, got 'nightly'",
    ],
    [
      { snapshotclass: NIGHTLY },
      'PropUnknown',
      "'snapshotclass' is no prop of VolumeSnapshot; did you mean 'snapshotClass'?",
    ],
    [
      { name: 'Before' },
      'PropType',
      "'name' must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got 'Before'",
    ],
  ])('fails with %j', (props, code, problem) => {
    expect(refusal(() => dataIn(shop()).snapshot('before', props as VolumeSnapshotProps))).toEqual({
      code,
      path: 'shop/data/before',
      message: `shop/data/before: ${problem}`,
    });
  });

  test('fails when another has its name', () => {
    const claim = dataIn(shop());
    claim.snapshot('a', { name: 'nightly' });
    expect(refusal(() => claim.snapshot('b', { name: 'nightly' }))).toMatchObject({
      code: 'Duplicate',
      message:
        "shop/data/b: VolumeSnapshot 'nightly' in 'shop' is already made by 'shop/data/a'; give one of them another 'name'",
    });
  });
});

describe('a claim from a snapshot', () => {
  /** A claim from a snapshot of the claim `data`. */
  function copyOf(
    chart: Chart,
    props: Partial<CsiClaimProps> = {},
    from = new SampleClass(chart, 'other'),
  ): CsiClaim<'ReadWriteOnce', 'Filesystem'> {
    const fromSnapshot = dataIn(chart).snapshot('before');
    return new CsiClaim(chart, 'copy', from, {
      size: '10Gi',
      fromSnapshot,
      ...props,
    } as CsiClaimProps<'ReadWriteOnce', 'Filesystem'>);
  }

  test.each(['10Gi', '10240Mi', '11Gi'] as const)('is at least as large: %s', (size) => {
    const objects = chartObjects((chart) => copyOf(chart, { size }));
    expect(objectOf(objects, 'PersistentVolumeClaim', 'shop-copy').spec).toHaveProperty(
      'dataSource',
      {
        apiGroup: 'snapshot.storage.k8s.io',
        kind: 'VolumeSnapshot',
        name: 'shop-data-before',
      },
    );
    expect(checkObjects(objects)).toEqual([]);
  });

  test('fails when it is smaller', () => {
    expect(refusal(() => copyOf(shop(), { size: '10239Mi' }))).toEqual({
      code: 'SnapshotSize',
      path: 'shop/copy',
      message:
        "shop/copy: 'size' must be at least that of snapshot 'shop-data-before' (10Gi), got 10239Mi",
    });
  });

  test('fails when its class is of another driver', () => {
    const chart = shop();
    expect(refusal(() => copyOf(chart, {}, new SampleClass(chart, 'files', FOLDER)))).toEqual({
      code: 'SnapshotDriver',
      path: 'shop/copy',
      message:
        "shop/copy: 'fromSnapshot' must be of the class's driver 'nfs.example.com', got 'shop-data-before' of 'disk.example.com'",
    });
  });

  test('fails when it is in another namespace', () => {
    expect(refusal(() => copyOf(shop(), { namespace: 'data' }))).toEqual({
      code: 'SnapshotNamespace',
      path: 'shop/copy',
      message:
        "shop/copy: 'fromSnapshot' must be in the claim's namespace 'data', got 'shop-data-before' in 'shop'",
    });
  });

  test('fails when its chart is of another namespace', () => {
    const app = new App();
    const fromSnapshot = dataIn(new Chart(app, 'shop', { namespace: 'shop' })).snapshot('before');
    const other = new Chart(app, 'other', { namespace: 'other' });
    expect(refusal(() => dataIn(other, { fromSnapshot }))).toEqual({
      code: 'SnapshotNamespace',
      path: 'other/data',
      message:
        "other/data: 'fromSnapshot' must be in the claim's namespace 'other', got 'shop-data-before' in 'shop'",
    });
  });

  test('takes a snapshot that exists, of which the name alone is known', () => {
    const objects = chartObjects((chart) =>
      dataIn(chart, {
        size: '1',
        fromSnapshot: VolumeSnapshot.fromSnapshotName('nightly.2026-01-01'),
      }),
    );
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).toHaveProperty(
      'dataSource.name',
      'nightly.2026-01-01',
    );
    expect(checkObjects(objects)).toEqual([]);
  });

  test.each<[Partial<IVolumeSnapshot>, string]>([
    [
      { driver: 'nfs.example.com' },
      "shop/data: 'fromSnapshot' must be of the class's driver 'disk.example.com', got 'old' of 'nfs.example.com'",
    ],
    [
      { namespace: 'old' },
      "shop/data: 'fromSnapshot' must be in the claim's namespace 'shop', got 'old' in 'old'",
    ],
    [
      { size: quantity('1Ti') },
      "shop/data: 'size' must be at least that of snapshot 'old' (1Ti), got 10Gi",
    ],
  ])('fails by what is known of one that exists: %j', (known, message) => {
    expect(refusedClaim({ fromSnapshot: { snapshotName: 'old', ...known } }).message).toBe(message);
  });

  test.each(['', 'Nightly', 'n'.repeat(254), 7])('fails by a name that is none: %p', (name) => {
    const { code, path, message } = refusal(() => VolumeSnapshot.fromSnapshotName(name as string));
    expect([code, path]).toEqual(['SnapshotName', '']);
    expect(message).toMatch(
      /^a snapshot's name must be a DNS subdomain \(lower case letters, digits, '-' and '\.', at most 253\), got /,
    );
  });
});
