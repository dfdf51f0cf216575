import { type PooledVolume, VolumePool, type VolumePoolProps } from '../../src/claims/volume-pool';
import { LocalVolume } from '../../src/local/local-volume';
import { NfsVolume } from '../../src/nfs/nfs-volume';
import { checkObjects } from '../support/api-objects';
import { type Refusal, refusal } from '../support/refusal';
import { chartObjects, objectOf } from '../support/synth';
import { disk, disks, shop } from './sample-pool';

const LABELS = {
  'app.kubernetes.io/name': 'pool',
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'cdk8s',
};
const KEEP = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

/** What a pool with these props renders. */
function poolObjects(props: VolumePoolProps) {
  return chartObjects((chart) => new VolumePool(chart, 'pool', props));
}

/** What a pool says that refuses these props, which no type checks. */
function refusedPool(props: unknown): Refusal {
  return refusal(() => new VolumePool(shop(), 'pool', props as VolumePoolProps));
}

describe('a VolumePool', () => {
  test('is a class that makes no volumes and waits for the pod', () => {
    expect(objectOf(poolObjects({ volumes: disks('1Gi') }), 'StorageClass')).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'shop-shop-pool', labels: LABELS },
      provisioner: 'kubernetes.io/no-provisioner',
      volumeBindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Retain',
    });
  });

  test('is a PersistentVolume for each volume', () => {
    const objects = poolObjects({ volumes: disks('1024Mi', '1.5Ti') });
    expect(objects.map(({ kind }) => kind)).toEqual([
      'StorageClass',
      'PersistentVolume',
      'PersistentVolume',
    ]);
    expect(objectOf(objects, 'PersistentVolume', 'shop-shop-pool-d0')).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'shop-shop-pool-d0', labels: LABELS, annotations: KEEP },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: 'shop-shop-pool',
        csi: { driver: 'disk.example.com', volumeHandle: 'd0 as shop-shop-pool-d0' },
      },
    });
    expect(objectOf(objects, 'PersistentVolume', 'shop-shop-pool-d1').spec).toHaveProperty(
      'capacity.storage',
      '1536Gi',
    );
    expect(checkObjects(objects)).toEqual([]);
  });

  test('is named as it is told', () => {
    const objects = poolObjects({ name: 'brokers', volumes: disks('1Gi') });
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(['brokers', 'brokers-d0']);
    expect(objectOf(objects, 'PersistentVolume').spec).toHaveProperty(
      'storageClassName',
      'brokers',
    );
  });

  test('has labels of its own on all objects', () => {
    for (const { metadata } of poolObjects({ labels: { tier: 'gold' }, volumes: disks('1Gi') })) {
      expect(metadata.labels).toEqual({ ...LABELS, tier: 'gold' });
    }
  });

  test.each([
    [{}, KEEP],
    [{ deletable: false }, KEEP],
    [{ deletable: true }, undefined],
  ])('keeps its volumes from Argo CD unless they may go: %j', (props, annotations) => {
    const objects = poolObjects({ ...props, volumes: disks('1Gi', '1Gi') });
    expect(objectOf(objects, 'StorageClass').metadata.annotations).toBeUndefined();
    for (const { metadata } of objects.filter(({ kind }) => kind === 'PersistentVolume')) {
      expect(metadata.annotations).toEqual(annotations);
    }
  });

  test('writes the modes, the mount options and the nodes of its volumes', () => {
    const nodes = {
      nodeSelectorTerms: [
        { matchExpressions: [{ key: 'zone', operator: 'In' as const, values: ['a'] }] },
      ],
    };
    const objects = poolObjects({
      volumes: [
        disk('a', '1Gi', {
          accessMode: 'ReadWriteMany',
          volumeMode: 'Block',
          mountOptions: ['hard'],
          nodes,
        }),
      ],
    });
    expect(objectOf(objects, 'PersistentVolume').spec).toMatchObject({
      accessModes: ['ReadWriteMany'],
      volumeMode: 'Block',
      mountOptions: ['hard'],
      nodeAffinity: { required: nodes },
    });
    const { spec } = objectOf(poolObjects({ volumes: disks('1Gi') }), 'PersistentVolume');
    expect(spec).not.toHaveProperty('mountOptions');
    expect(spec).not.toHaveProperty('nodeAffinity');
    expect(spec).not.toHaveProperty('claimRef');
  });

  test('renders the same objects from a list in another order', () => {
    const volumes = ['a', 'b', 'c'].map((hostname, index) =>
      LocalVolume.pooled({ hostname, path: '/mnt/data', capacity: `${index + 1}Gi` }),
    );
    const [a, b, c] = volumes as [PooledVolume, PooledVolume, PooledVolume];
    const inOrder = (...list: VolumePoolProps['volumes']) =>
      poolObjects({ volumes: list })
        .map((object) => JSON.stringify(object))
        .sort();
    expect(inOrder(c, a, b)).toEqual(inOrder(a, b, c));
    expect(inOrder(b, c, a)).toEqual(inOrder(a, b, c));
  });

  test('shows what it is', () => {
    const pool = new VolumePool(shop(), 'pool', { volumes: disks('1Gi', '3Gi', '2Gi') });
    expect(pool.storageClassName).toBe('shop-shop-pool');
    expect(pool.defaultAccessMode).toBe('ReadWriteOnce');
    expect(pool.volumeMode).toBe('Filesystem');
    expect(pool.traits).toMatchObject({ driver: 'disk.example.com', attaches: true });
    expect(pool.volumes.map(({ name }) => name)).toEqual([
      'shop-shop-pool-d0',
      'shop-shop-pool-d1',
      'shop-shop-pool-d2',
    ]);
  });
});

describe('a VolumePool fails', () => {
  test('without volumes', () => {
    expect(refusedPool({ volumes: [] })).toEqual({
      code: 'PoolEmpty',
      path: 'shop/pool',
      message: "shop/pool: 'volumes' must have at least one volume, got none",
    });
    expect(refusedPool({})).toEqual({
      code: 'PropMissing',
      path: 'shop/pool',
      message:
        "shop/pool: 'volumes' must be a list, each a pooled volume, such as EbsVolume.pooled makes, got undefined",
    });
  });

  test.each([
    [{ accessMode: 'ReadWriteMany' as const }, 'disk.example.com, ReadWriteMany, Filesystem'],
    [{ volumeMode: 'Block' as const }, 'disk.example.com, ReadWriteOnce, Block'],
    [
      {
        traits: {
          driver: 'other.example.com',
          attaches: true,
          honoursFsGroup: true,
          hasLostAndFound: true,
        },
      },
      'other.example.com, ReadWriteOnce, Filesystem',
    ],
  ])('with a volume of another kind: %j', (description, got) => {
    expect(
      refusedPool({ volumes: [...disks('1Gi', '1Gi'), disk('other', '1Gi', description)] }),
    ).toEqual({
      code: 'PoolMixed',
      path: 'shop/pool',
      message: `shop/pool: 'volumes[2]' must be like the first (disk.example.com, ReadWriteOnce, Filesystem), got ${got}; make a pool of each kind`,
    });
  });

  test('with volumes whose files are of different owners', () => {
    const folder = (path: string, anonUid: number) =>
      NfsVolume.pooled({
        server: '172.26.1.10',
        path,
        capacity: '1Gi',
        users: { squash: 'all', anonUid, anonGid: 7 },
      });
    expect(
      refusal(() =>
        chartObjects((chart) => {
          new VolumePool(chart, 'pool', { volumes: [folder('/a', 5), folder('/b', 6)] });
        }),
      ),
    ).toEqual({
      code: 'PoolMixed',
      path: 'shop/pool',
      message:
        "shop/pool: 'volumes[1]' must be like the first (kubernetes.io/nfs, ReadWriteMany, Filesystem, files of 5:7), got kubernetes.io/nfs, ReadWriteMany, Filesystem, files of 6:7; make a pool of each kind",
    });
  });

  test('with a volume that is there twice', () => {
    expect(
      refusedPool({ volumes: [disk('a', '1Gi'), disk('b', '1Gi'), disk('a', '2Gi')] }),
    ).toEqual({
      code: 'Duplicate',
      path: 'shop/pool',
      message:
        "shop/pool: 'volumes[2]', the PersistentVolume over 'disk/a', is already made by 'shop/pool volumes[0]'; name each volume once",
    });
  });

  test('with a volume of another pool', () => {
    const chart = shop();
    new VolumePool(chart, 'pool', { volumes: [disk('a', '1Gi')] });
    expect(
      refusal(() => new VolumePool(chart, 'other', { volumes: [disk('a', '1Gi')] })),
    ).toMatchObject({
      code: 'Duplicate',
      message:
        "shop/other: 'volumes[0]', the PersistentVolume over 'disk/a', is already made by 'shop/pool volumes[0]'; name each volume once",
    });
  });

  test('with a volume that describes nothing', () => {
    expect(refusedPool({ volumes: [{ describe: () => ({}) } as never] })).toMatchObject({
      code: 'PropType',
      message:
        "shop/pool: 'volumes[0]' must be a pooled volume, such as EbsVolume.pooled makes, got {}",
    });
  });

  test('with two volumes whose names come out alike', () => {
    expect(
      refusedPool({
        volumes: [
          disk('a', '1Gi', { identity: ['x', 'y'] }),
          disk('b', '1Gi', { identity: ['x-y'] }),
        ],
      }),
    ).toEqual({
      code: 'Duplicate',
      path: 'shop/pool',
      message:
        "shop/pool: 'volumes[1]', PersistentVolume 'shop-shop-pool-x-y', is already made by 'shop/pool volumes[0]'; their names come out alike: give one another path",
    });
  });

  test('with a volume whose name is too long', () => {
    const fits = 'v'.repeat(253 - 'shop-shop-pool-'.length);
    const objects = poolObjects({ volumes: [disk(fits, '1Gi')] });
    expect(objectOf(objects, 'PersistentVolume').metadata.name).toHaveLength(253);
    expect(refusedPool({ volumes: [disk('a', '1Gi'), disk(`${fits}v`, '1Gi')] })).toEqual({
      code: 'NameTooLong',
      path: 'shop/pool',
      message:
        "shop/pool: the name of 'volumes[1]' must be a DNS subdomain of at most 253 characters, got 254; give the pool a shorter 'name'",
    });
  });

  test.each([
    [{ volume: [] }, "'volume' is no prop of VolumePool; did you mean 'volumes'?"],
    [
      { reclaimPolicy: 'Delete' },
      "'reclaimPolicy' is no prop of VolumePool; it takes 'volumes', 'name', 'labels' or 'deletable'",
    ],
    [
      { isDefault: true },
      "'isDefault' is no prop of VolumePool; it takes 'volumes', 'name', 'labels' or 'deletable'",
    ],
  ])('with a prop that it does not have: %j', (props, message) => {
    expect(refusedPool({ volumes: disks('1Gi'), ...props })).toEqual({
      code: 'PropUnknown',
      path: 'shop/pool',
      message: `shop/pool: ${message}`,
    });
  });

  test.each([
    [
      { volumes: ['vol-1'] },
      "'volumes[0]' must be a pooled volume, such as EbsVolume.pooled makes, got 'vol-1'",
    ],
    [
      { volumes: [{ volumeId: 'vol-1' }] },
      `'volumes[0]' must be a pooled volume, such as EbsVolume.pooled makes, got {"volumeId":"vol-1"}`,
    ],
    [
      { name: 'Pool' },
      "'name' must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got 'Pool'",
    ],
    [{ deletable: 1 }, "'deletable' must be true or false, got 1"],
  ])('with a value that it does not take: %j', (props, message) => {
    expect(refusedPool({ volumes: disks('1Gi'), ...props })).toEqual({
      code: 'PropType',
      path: 'shop/pool',
      message: `shop/pool: ${message}`,
    });
  });
});
