import { App, Chart, Size } from 'cdk8s';
import { VolumePool } from '../../src/claims/volume-pool';
import { ACCESS_MODES } from '../../src/kube/access-mode';
import { quantity } from '../../src/kube/quantity';
import { LocalVolume } from '../../src/local/local-volume';
import { checkObjects } from '../support/api-objects';
import { listAt, valueAt } from '../support/json';
import { refusal } from '../support/refusal';
import { DISK, FOLDER, SampleClass } from '../support/sample-class';
import { chartObjects, objectOf } from '../support/synth';
import {
  appObjects,
  containerOf,
  dataOf,
  podOf,
  refusedApp,
  refusedStorage,
  SELECTING,
  specOf,
  statefulApp,
} from './stateful-app';

/** The names of a pod's volumes. */
function volumeNames(pod: unknown): readonly unknown[] {
  return listAt(pod, 'volumes').map((volume) => valueAt(volume, 'name'));
}

describe('the template of a claim', () => {
  test('says its kind, its class, its modes and its size, and carries the selecting labels', () => {
    expect(specOf('StatefulSet', { labels: { team: 'data' } })).toHaveProperty(
      'volumeClaimTemplates',
      [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'data', labels: SELECTING },
          spec: {
            accessModes: ['ReadWriteOnce'],
            volumeMode: 'Filesystem',
            storageClassName: 'fast',
            resources: { requests: { storage: '10Gi' } },
          },
        },
      ],
    );
  });

  test.each([
    ['1024Mi', '1Gi'],
    ['1.5Ti', '1536Gi'],
    ['1', '1'],
    [Size.gibibytes(2048), '2Ti'],
    [quantity('5G'), '5G'],
  ] as const)('has a canonical size: %s', (size, text) => {
    const objects = appObjects((chart) => ({
      storage: [dataOf(new SampleClass(chart), { size })],
    }));
    expect(objectOf(objects, 'StatefulSet').spec).toHaveProperty(
      'volumeClaimTemplates[0].spec.resources.requests.storage',
      text,
    );
    expect(checkObjects(objects)).toEqual([]);
  });

  test.each(ACCESS_MODES)(
    'has the access mode that is given or the class’s own: %s',
    (accessMode) => {
      const modes = (storage: Parameters<typeof dataOf>[1], own = accessMode) =>
        valueAt(
          listAt(
            specOf('StatefulSet', (chart) => ({
              storage: [dataOf(new SampleClass(chart, 'fast', DISK, own), storage)],
            })),
            'volumeClaimTemplates',
          )[0],
          'spec',
          'accessModes',
        );
      expect(modes({})).toEqual([accessMode]);
      expect(modes({ accessMode }, 'ReadWriteOnce')).toEqual([accessMode]);
      expect(modes({ accessMode }, 'ReadWriteMany')).toEqual([accessMode]);
    },
  );

  test('has a class of its own in each of several storages, in their order', () => {
    const objects = appObjects((chart) => {
      const fast = new SampleClass(chart);
      const slow = new SampleClass(chart, 'slow', FOLDER, 'ReadWriteMany');
      return {
        replicas: 2,
        storage: [
          dataOf(fast, { name: 'wal', mountPath: '/wal' }),
          dataOf(slow, { name: 'archive', mountPath: '/archive', size: '1Ti' }),
        ],
      };
    });
    expect(objectOf(objects, 'StatefulSet').spec).toMatchObject({
      volumeClaimTemplates: [
        {
          metadata: { name: 'wal' },
          spec: { storageClassName: 'fast', accessModes: ['ReadWriteOnce'] },
        },
        {
          metadata: { name: 'archive' },
          spec: { storageClassName: 'slow', accessModes: ['ReadWriteMany'] },
        },
      ],
    });
    expect(checkObjects(objects)).toEqual([]);
  });

  test('is absent where the app has no storage of its own', () => {
    const objects = appObjects({ storage: [] });
    expect(objectOf(objects, 'StatefulSet').spec).not.toHaveProperty('volumeClaimTemplates');
    expect(checkObjects(objects)).toEqual([]);
  });

  test('stands for the volume of its name: the pod has none', () => {
    expect(containerOf()).toHaveProperty('volumeMounts', [
      { name: 'data', mountPath: '/data', subPath: 'data' },
      { name: 'scratch-tmp', mountPath: '/tmp' },
    ]);
    expect(podOf()).toHaveProperty('volumes', [{ name: 'scratch-tmp', emptyDir: {} }]);
  });

  test('leaves the pod without a list of volumes where it is all that is mounted', () => {
    const objects = appObjects((chart) => ({
      storage: [dataOf(new SampleClass(chart), { mountPath: '/tmp' })],
    }));
    expect(objectOf(objects, 'StatefulSet').spec).not.toHaveProperty('template.spec.volumes');
    expect(checkObjects(objects)).toEqual([]);
  });
});

describe('the part of a volume that is mounted', () => {
  const mounted = (traits: typeof DISK, subPath?: string) =>
    listAt(
      containerOf((chart) => ({
        storage: [
          dataOf(new SampleClass(chart, 'fast', traits), {
            name: 'files',
            ...(subPath !== undefined && { subPath }),
          }),
        ],
      })),
      'volumeMounts',
    )[0];

  test('is a folder of the storage’s name where a fresh file system holds a lost+found', () => {
    expect(mounted(DISK)).toEqual({ name: 'files', mountPath: '/data', subPath: 'files' });
  });

  test('is all of it where a fresh volume is empty', () => {
    expect(mounted(FOLDER)).toEqual({ name: 'files', mountPath: '/data' });
  });

  test.each([
    ['a disk', DISK],
    ['a folder', FOLDER],
  ])('is what is asked for on %s', (_, traits) => {
    expect(mounted(traits, '')).toEqual({ name: 'files', mountPath: '/data' });
    expect(mounted(traits, 'pg/data')).toEqual({
      name: 'files',
      mountPath: '/data',
      subPath: 'pg/data',
    });
  });

  test.each([
    ['/pg', "must be a relative path, got '/pg'"],
    ['pg/../..', "must not have '..' in it, got 'pg/../..'"],
  ])('fails when it is %s', (subPath, problem) => {
    expect(refusedStorage({ mountPath: '/data', subPath })).toEqual({
      code: 'SubPath',
      path: 'shop/db',
      message: `shop/db: 'storage[0].subPath' ${problem}`,
    });
  });
});

describe('the group of the files', () => {
  const groupOf = (traits: typeof DISK, props: object = {}) => {
    const { fsGroup, fsGroupChangePolicy } = valueAt(
      podOf((chart) => ({ ...props, storage: [dataOf(new SampleClass(chart, 'fast', traits))] })),
      'securityContext',
    ) as Readonly<Record<string, unknown>>;
    return [fsGroup, fsGroupChangePolicy];
  };

  test.each([
    ['is that of the process', {}, 1000],
    ['follows runAsGroup', { runAsGroup: 999 }, 999],
    ['can be given', { runAsGroup: 999, fsGroup: 2000 }, 2000],
    ['can be 0', { fsGroup: 0 }, 0],
    ['can be the largest', { fsGroup: 2147483647 }, 2147483647],
  ])('%s where the driver honours it', (_, props, group) => {
    expect(groupOf(DISK, props)).toEqual([group, 'OnRootMismatch']);
  });

  test('is left alone where the driver ignores it, as NFS does', () => {
    expect(groupOf(FOLDER)).toEqual([undefined, undefined]);
    expect(groupOf(FOLDER, { runAsGroup: 999 })).toEqual([undefined, undefined]);
    expect(groupOf(FOLDER, { fsGroup: 2000 })).toEqual([2000, 'OnRootMismatch']);
  });

  test('is set where one of several drivers honours it', () => {
    const pod = podOf((chart) => ({
      storage: [
        dataOf(new SampleClass(chart, 'nfs', FOLDER), { name: 'a', mountPath: '/a' }),
        dataOf(new SampleClass(chart), { name: 'b', mountPath: '/b' }),
      ],
    }));
    expect(pod).toHaveProperty('securityContext.fsGroup', 1000);
  });

  test('is left alone where the app has no storage of its own', () => {
    expect(podOf({ storage: [] })).not.toHaveProperty('securityContext.fsGroup');
  });
});

describe('Block storage', () => {
  test('is a device of the container', () => {
    const objects = appObjects((chart) => {
      const from = new SampleClass(chart);
      return {
        storage: [
          dataOf(from, { name: 'wal', mountPath: '/wal' }),
          { name: 'raw', from, size: '10Gi', volumeMode: 'Block', devicePath: '/dev/xvda' },
          { name: 'log', from, size: '1Gi', volumeMode: 'Block', devicePath: '/dev/xvdb' },
        ],
      };
    });
    const { spec } = objectOf(objects, 'StatefulSet');
    expect(spec).toHaveProperty('volumeClaimTemplates[1].spec.volumeMode', 'Block');
    expect(spec).toHaveProperty('volumeClaimTemplates[2].spec.volumeMode', 'Block');
    expect(listAt(spec, 'template', 'spec', 'containers')).toEqual([
      expect.objectContaining({
        volumeDevices: [
          { name: 'raw', devicePath: '/dev/xvda' },
          { name: 'log', devicePath: '/dev/xvdb' },
        ],
        volumeMounts: [
          { name: 'wal', mountPath: '/wal', subPath: 'wal' },
          { name: 'scratch-tmp', mountPath: '/tmp' },
        ],
      }),
    ]);
    expect(volumeNames(valueAt(spec, 'template', 'spec'))).toEqual(['scratch-tmp']);
    expect(checkObjects(objects)).toEqual([]);
  });

  test('is not there where nobody asks for it', () => {
    expect(containerOf()).not.toHaveProperty('volumeDevices');
  });

  test('is refused by a pool of folders', () => {
    expect(
      refusedApp((chart) => {
        const from = new VolumePool(chart, 'pool', {
          volumes: [LocalVolume.pooled({ hostname: 'a', path: '/mnt/a', capacity: '10Gi' })],
        });
        return {
          storage: [
            { name: 'raw', from, size: '10Gi', volumeMode: 'Block', devicePath: '/dev/xvda' },
          ],
        };
      }),
    ).toEqual({
      code: 'PoolMode',
      path: 'shop/db',
      message:
        "shop/db: a claim on pool 'shop-shop-pool' must be ReadWriteOnce and Filesystem like its volumes, got ReadWriteOnce and Block",
    });
  });
});

describe('storage of a pool', () => {
  const pool = (chart: Chart, ...hostnames: readonly string[]) => {
    const [first, ...others] = hostnames.map((hostname) =>
      LocalVolume.pooled({ hostname, path: '/mnt/data', capacity: '100Gi' }),
    );
    return new VolumePool(chart, 'pool', {
      volumes: [first as NonNullable<typeof first>, ...others],
    });
  };

  test('is rendered with the pool, and passes as a whole', () => {
    const objects = chartObjects((chart) => {
      statefulApp(chart, { replicas: 2, storage: [dataOf(pool(chart, 'a', 'b'))] });
    });
    expect(objects.map(({ kind }) => kind)).toEqual([
      'StorageClass',
      'PersistentVolume',
      'PersistentVolume',
      'Service',
      'StatefulSet',
      'PodDisruptionBudget',
    ]);
    const { spec } = objectOf(objects, 'StatefulSet');
    expect(spec).toHaveProperty('volumeClaimTemplates[0].spec', {
      accessModes: ['ReadWriteOnce'],
      volumeMode: 'Filesystem',
      storageClassName: 'shop-shop-pool',
      resources: { requests: { storage: '10Gi' } },
    });
    expect(spec).toHaveProperty('template.spec.securityContext.fsGroup', 1000);
    expect(checkObjects(objects)).toEqual([]);
  });

  test('fails when there are more replicas than volumes', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const from = pool(chart, 'a', 'b');
    expect(refusal(() => statefulApp(chart, { replicas: 3, storage: [dataOf(from)] }))).toEqual({
      code: 'PoolExhausted',
      path: 'shop/db',
      message:
        "shop/db: claims on pool 'shop-shop-pool' must be at most its volumes, got 3 claims of 10Gi or more for 2 such volumes; add volumes, or ask for fewer replicas",
    });
  });

  test('fails when two storages of each replica draw more than there is', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const from = pool(chart, 'a', 'b', 'c');
    const storage = ['a', 'b'].map((name) => dataOf(from, { name, mountPath: `/${name}` }));
    expect(refusal(() => statefulApp(chart, { replicas: 2, storage }))).toEqual({
      code: 'PoolExhausted',
      path: 'shop/db',
      message:
        "shop/db: claims on pool 'shop-shop-pool' must be at most its volumes, got 4 claims of 10Gi or more for 3 such volumes; add volumes, or ask for fewer replicas",
    });
  });

  test('fails when a replica asks for more room than any volume has', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const from = pool(chart, 'a');
    expect(
      refusal(() => statefulApp(chart, { storage: [dataOf(from, { size: '101Gi' })] })),
    ).toEqual({
      code: 'PoolTooSmall',
      path: 'shop/db',
      message:
        "shop/db: a claim on pool 'shop-shop-pool' must ask for at most its largest volume (100Gi), got 101Gi",
    });
  });
});

test('storage may have a name that every object has', () => {
  const spec = specOf('StatefulSet', (chart) => ({
    storage: [dataOf(new SampleClass(chart), { name: 'constructor' })],
  }));
  expect(spec).toHaveProperty('volumeClaimTemplates.0.metadata.name', 'constructor');
});
