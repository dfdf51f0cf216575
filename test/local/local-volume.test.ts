import { App, Chart } from 'cdk8s';
import { VolumePool } from '../../src/claims/volume-pool';
import { LocalVolume, type PooledLocalVolumeProps } from '../../src/local/local-volume';
import { checkObjects } from '../support/api-objects';
import { type Refusal, refusal } from '../support/refusal';
import { chartObjects, objectOf } from '../support/synth';

const DISK: PooledLocalVolumeProps = {
  hostname: 'worker-1',
  path: '/mnt/disks/ssd1',
  capacity: '100Gi',
};

/** What a pool of these volumes renders. */
function poolObjects(...disks: readonly Partial<PooledLocalVolumeProps>[]) {
  const [first, ...others] = disks.map((disk) => LocalVolume.pooled({ ...DISK, ...disk }));
  return chartObjects(
    (chart) =>
      new VolumePool(chart, 'pool', {
        volumes: [first ?? LocalVolume.pooled(DISK), ...others],
      }),
  );
}

/** What a pool says that refuses a volume of these props, which no type checks. */
function refusedVolume(props: unknown): Refusal {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  return refusal(
    () =>
      new VolumePool(chart, 'pool', {
        volumes: [LocalVolume.pooled(DISK), LocalVolume.pooled(props as PooledLocalVolumeProps)],
      }),
  );
}

describe('a folder of a node', () => {
  test('is a local volume that its node alone has', () => {
    const objects = poolObjects({});
    expect(objectOf(objects, 'PersistentVolume')).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: {
        name: 'shop-shop-pool-worker-1-mnt-disks-ssd1',
        labels: {
          'app.kubernetes.io/name': 'pool',
          'app.kubernetes.io/part-of': 'shop',
          'app.kubernetes.io/managed-by': 'cdk8s',
        },
        annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
      },
      spec: {
        capacity: { storage: '100Gi' },
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: 'shop-shop-pool',
        local: { path: '/mnt/disks/ssd1' },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: 'kubernetes.io/hostname', operator: 'In', values: ['worker-1'] },
                ],
              },
            ],
          },
        },
      },
    });
    expect(checkObjects(objects)).toEqual([]);
  });

  test('is one of many: of one node, or at one path of several', () => {
    const objects = poolObjects({}, { path: '/mnt/disks/ssd2' }, { hostname: 'worker-2' });
    expect(objects.slice(1).map(({ metadata }) => metadata.name)).toEqual([
      'shop-shop-pool-worker-1-mnt-disks-ssd1',
      'shop-shop-pool-worker-1-mnt-disks-ssd2',
      'shop-shop-pool-worker-2-mnt-disks-ssd1',
    ]);
    expect(checkObjects(objects)).toEqual([]);
  });

  test.each(['Worker_1', 'ip-10-0-0-1.ec2.internal', 'w'.repeat(63)])(
    'is of a node with the hostname label %s',
    (hostname) => {
      const objects = poolObjects({ hostname });
      expect(objectOf(objects, 'PersistentVolume').spec).toHaveProperty(
        'nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values',
        [hostname],
      );
      expect(checkObjects(objects)).toEqual([]);
    },
  );

  test('gives its files to the pod’s group, is not attached and may hold a lost+found', () => {
    const chart = new Chart(new App(), 'shop');
    const pool = new VolumePool(chart, 'pool', { volumes: [LocalVolume.pooled(DISK)] });
    expect(pool.traits).toEqual({
      driver: 'kubernetes.io/local-volume',
      attaches: false,
      honoursFsGroup: true,
      hasLostAndFound: true,
    });
    expect(pool.claim(chart, 'data', { size: '1Gi' })).toMatchObject({
      accessMode: 'ReadWriteOnce',
      volumeMode: 'Filesystem',
    });
  });
});

describe('a folder of a node fails', () => {
  test.each([
    ['mnt/ssd', "must be an absolute path, got 'mnt/ssd'"],
    ['/mnt/../etc', "must not have '..' in it, got '/mnt/../etc'"],
    ['/', "must be a folder below '/', got '/'"],
    ['//', "must be a folder below '/', got '//'"],
    ['/./', "must be a folder below '/', got '/./'"],
    ['/mnt/\tssd', "must not have control characters in it, got '/mnt/\\tssd'"],
  ])('with the path %j', (path, problem) => {
    expect(refusedVolume({ ...DISK, path })).toEqual({
      code: 'LocalPath',
      path: 'shop/pool',
      message: `shop/pool: 'volumes[1].path' ${problem}`,
    });
  });

  test.each(['/mnt/disks/ssd1', '/mnt/disks/ssd1/', '/mnt//disks/ssd1', '/mnt/./disks/ssd1'])(
    'when it is there already: %s',
    (path) => {
      expect(refusedVolume({ ...DISK, path })).toEqual({
        code: 'Duplicate',
        path: 'shop/pool',
        message:
          "shop/pool: 'volumes[1]', the PersistentVolume over 'local/worker-1/mnt/disks/ssd1', is already made by 'shop/pool volumes[0]'; name each volume once",
      });
    },
  );

  test('when another pool has it', () => {
    const chart = new Chart(new App(), 'shop');
    new VolumePool(chart, 'pool', { volumes: [LocalVolume.pooled(DISK)] });
    const again = LocalVolume.pooled({ ...DISK, path: `${DISK.path}/` });
    expect(refusal(() => new VolumePool(chart, 'other', { volumes: [again] }))).toMatchObject({
      code: 'Duplicate',
      path: 'shop/other',
    });
  });

  test('when its name comes out as that of another', () => {
    expect(refusedVolume({ ...DISK, path: '/mnt/disks-ssd1' })).toEqual({
      code: 'Duplicate',
      path: 'shop/pool',
      message:
        "shop/pool: 'volumes[1]', PersistentVolume 'shop-shop-pool-worker-1-mnt-disks-ssd1', is already made by 'shop/pool volumes[0]'; their names come out alike: give one another path",
    });
  });

  test.each([
    [
      'hostname',
      "'volumes[1].hostname' must be the value of a kubernetes.io/hostname label, got undefined",
    ],
    ['path', "'volumes[1].path' must be a string that is not empty, got undefined"],
    [
      'capacity',
      "'volumes[1].capacity' must be a Kubernetes quantity: a string such as '10Gi', '1.5Ti', '5G' or '1024', got undefined",
    ],
  ])('without %s', (prop, message) => {
    expect(refusedVolume({ ...DISK, [prop]: undefined })).toEqual({
      code: 'PropMissing',
      path: 'shop/pool',
      message: `shop/pool: ${message}`,
    });
  });

  test.each(['', 'a b', 'w'.repeat(64), 7])('with the hostname %p', (hostname) => {
    const got = typeof hostname === 'string' ? `'${hostname}'` : hostname;
    expect(refusedVolume({ ...DISK, hostname })).toEqual({
      code: 'PropType',
      path: 'shop/pool',
      message: `shop/pool: 'volumes[1].hostname' must be the value of a kubernetes.io/hostname label, got ${got}`,
    });
  });

  test('with a capacity of nothing', () => {
    expect(refusedVolume({ ...DISK, capacity: '0' })).toEqual({
      code: 'SizeInvalid',
      path: 'shop/pool',
      message:
        "shop/pool: 'volumes[1].capacity' must be more than 0 and at most 2^63 - 1 bytes, got '0'",
    });
  });

  test('with a prop that it does not have', () => {
    expect(refusedVolume({ ...DISK, hostName: 'worker-1' })).toEqual({
      code: 'PropUnknown',
      path: 'shop/pool',
      message:
        "shop/pool: 'volumes[1].hostName' is no prop of LocalVolume.pooled; did you mean 'hostname'?",
    });
  });

  test('with props that are no object', () => {
    expect(refusedVolume(undefined)).toEqual({
      code: 'PropType',
      path: 'shop/pool',
      message: "shop/pool: 'volumes[1]' must be an object, got undefined",
    });
  });
});
