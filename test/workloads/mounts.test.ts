import { type Chart, Size } from 'cdk8s';
import { ConfigMap, type IStorage, Volume } from 'cdk8s-plus-28';
import { Claim } from '../../src/claims/claim';
import { NfsVolume } from '../../src/nfs/nfs-volume';
import { checkObjects } from '../support/api-objects';
import { listAt, valueAt } from '../support/json';
import { chartObjects, objectOf } from '../support/synth';
import { appObjects, containerOf, nfsVolume, podOf, refusedApp, uploadApp } from './upload-app';

function mountsOf(props: Parameters<typeof containerOf>[0]): readonly unknown[] {
  return listAt(containerOf(props), 'volumeMounts');
}

const UPLOADS = { mountPath: '/data', name: 'pvc-shop-uploads' };
const TMP = { mountPath: '/tmp', name: 'scratch-tmp' };

describe('the uploads of an app', () => {
  test('are mounted with /tmp as scratch beside them', () => {
    expect(mountsOf({})).toEqual([UPLOADS, TMP]);
    expect(podOf()).toHaveProperty('volumes', [
      {
        name: 'pvc-shop-uploads',
        persistentVolumeClaim: { claimName: 'shop-uploads', readOnly: false },
      },
      { name: 'scratch-tmp', emptyDir: {} },
    ]);
  });

  test('are mounted where they are asked for, in part', () => {
    expect(
      mountsOf((chart) => ({
        uploads: { claim: nfsVolume(chart), mountPath: '/srv/files', subPath: 'shop/uploads' },
      })),
    ).toContainEqual({ ...UPLOADS, mountPath: '/srv/files', subPath: 'shop/uploads' });
  });

  test('can take the place of scratch at /tmp', () => {
    expect(
      mountsOf((chart) => ({ uploads: { claim: nfsVolume(chart), mountPath: '/tmp' } })),
    ).toEqual([{ ...UPLOADS, mountPath: '/tmp' }]);
  });
});

describe('further volumes of an app', () => {
  test('have the size of an emptyDir as the API server writes it, whatever is mounted later', () => {
    const objects = chartObjects((chart) => {
      const volumes = [1, 2].map((gibibytes) => ({
        storage: Volume.fromEmptyDir(chart, `v${gibibytes}`, `v${gibibytes}`, {
          sizeLimit: Size.gibibytes(gibibytes),
        }),
        mountPath: `/v${gibibytes}`,
      }));
      const { container, deployment } = uploadApp(chart, { volumes });
      deployment.addVolume(Volume.fromEmptyDir(chart, 'added', 'added'));
      container.mount('/later', Volume.fromEmptyDir(chart, 'later', 'later'));
    });
    expect(checkObjects(objects)).toEqual([]);
    const pod = valueAt(objectOf(objects, 'Deployment'), 'spec', 'template', 'spec');
    expect(listAt(pod, 'volumes').slice(1)).toEqual([
      { name: 'v1', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'v2', emptyDir: { sizeLimit: '2Gi' } },
      { name: 'scratch-tmp', emptyDir: {} },
      { name: 'later', emptyDir: {} },
      { name: 'added', emptyDir: {} },
    ]);
  });

  test('are claims and volumes of cdk8s-plus', () => {
    const props: Parameters<typeof appObjects>[0] = (chart) => ({
      volumes: [
        {
          storage: Claim.fromClaimName(chart, 'cache', 'cache', { accessMode: 'ReadWriteOnce' }),
          mountPath: '/cache',
        },
        {
          storage: Volume.fromConfigMap(
            chart,
            'config-volume',
            ConfigMap.fromConfigMapName(chart, 'config', 'shop-config'),
          ),
          mountPath: '/etc/shop',
          subPath: 'shop.yaml',
          readOnly: true,
        },
      ],
    });
    expect(mountsOf(props)).toEqual([
      UPLOADS,
      { mountPath: '/cache', name: 'pvc-cache' },
      {
        mountPath: '/etc/shop',
        name: 'configmap-shop-config',
        subPath: 'shop.yaml',
        readOnly: true,
      },
      TMP,
    ]);
    expect(podOf(props)).toHaveProperty('volumes', [
      expect.objectContaining({ name: 'pvc-shop-uploads' }),
      { name: 'pvc-cache', persistentVolumeClaim: { claimName: 'cache', readOnly: false } },
      { name: 'configmap-shop-config', configMap: { name: 'shop-config' } },
      { name: 'scratch-tmp', emptyDir: {} },
    ]);
  });

  test('are read-only in the pod where the claim is ReadOnlyMany', () => {
    expect(
      podOf((chart) => ({
        volumes: [
          {
            storage: new NfsVolume(chart, 'assets', {
              server: '172.26.1.10',
              path: '/mnt/assets',
              capacity: '1Gi',
              accessMode: 'ReadOnlyMany',
            }),
            mountPath: '/assets',
          },
        ],
      })),
    ).toHaveProperty(
      'volumes',
      expect.arrayContaining([
        {
          name: 'pvc-shop-assets',
          persistentVolumeClaim: { claimName: 'shop-assets', readOnly: true },
        },
      ]),
    );
  });

  test('mount one claim at two paths as one volume', () => {
    const props: Parameters<typeof appObjects>[0] = (chart) => {
      const claim = nfsVolume(chart);
      return {
        uploads: { claim, mountPath: '/data', subPath: 'new' },
        volumes: [{ storage: claim, mountPath: '/archive', subPath: 'old', readOnly: true }],
      };
    };
    expect(mountsOf(props)).toEqual([
      { ...UPLOADS, subPath: 'new' },
      { ...UPLOADS, mountPath: '/archive', subPath: 'old', readOnly: true },
      TMP,
    ]);
    expect(listAt(podOf(props), 'volumes')).toHaveLength(2);
  });

  test('let two apps share one claim', () => {
    const objects = chartObjects((chart) => {
      const claim = nfsVolume(chart);
      uploadApp(chart, { uploads: { claim, mountPath: '/data' }, name: 'web' }, 'web');
      uploadApp(chart, { uploads: { claim, mountPath: '/in' }, name: 'worker' }, 'worker');
    });
    for (const name of ['web', 'worker']) {
      expect(objectOf(objects, 'Deployment', name).spec).toHaveProperty(
        'template.spec.volumes[0].persistentVolumeClaim.claimName',
        'shop-uploads',
      );
    }
  });

  test.each([
    [
      'one claim by two constructs',
      'pvc-files',
      (chart: Chart): IStorage[] => [
        Claim.fromClaimName(chart, 'a', 'files', { accessMode: 'ReadWriteMany' }),
        Claim.fromClaimName(chart, 'b', 'files', { accessMode: 'ReadWriteMany' }),
      ],
    ],
    [
      'two volumes of cdk8s-plus with one name',
      'files',
      (chart: Chart): IStorage[] => [
        Volume.fromEmptyDir(chart, 'a', 'files'),
        Volume.fromEmptyDir(chart, 'b', 'files'),
      ],
    ],
  ])('fail as %s', (_, name, storages) => {
    expect(
      refusedApp((chart) => ({
        volumes: storages(chart).map((storage, index) => ({ storage, mountPath: `/${index}` })),
      })),
    ).toEqual({
      code: 'VolumeName',
      path: 'shop/web',
      message: `shop/web: 'volumes[1]' must be a volume with a name of its own, got '${name}', which 'volumes[0]' has; mount one construct twice, or name one of them otherwise`,
    });
  });

  test('fail as the claim of the uploads by another construct', () => {
    expect(
      refusedApp((chart) => ({
        volumes: [
          {
            storage: Claim.fromClaimName(chart, 'same', 'shop-uploads', {
              accessMode: 'ReadWriteMany',
            }),
            mountPath: '/same',
          },
        ],
      })).message,
    ).toBe(
      "shop/web: 'volumes[0]' must be a volume with a name of its own, got 'pvc-shop-uploads', which 'uploads' has; mount one construct twice, or name one of them otherwise",
    );
  });

  test('fail as something that cannot be mounted', () => {
    expect(refusedApp({ volumes: [{ storage: 'cache', mountPath: '/cache' }] })).toEqual({
      code: 'PropType',
      path: 'shop/web',
      message: "shop/web: 'volumes[0].storage' must be a claim or a cdk8s-plus Volume, got 'cache'",
    });
  });

  test('fail as a Block claim, which is a device', () => {
    expect(
      refusedApp((chart) => ({
        volumes: [
          {
            storage: Claim.fromClaimName(chart, 'disk', 'disk', {
              accessMode: 'ReadWriteOnce',
              volumeMode: 'Block',
            }),
            mountPath: '/disk',
          },
        ],
      })),
    ).toEqual({
      code: 'BlockMounted',
      path: 'shop/disk',
      message:
        "shop/disk: claim 'disk' has volumeMode Block; a container takes it by 'volumeDevices', it cannot be mounted",
    });
  });

  test('fail with a misspelt prop', () => {
    expect(
      refusedApp((chart) => ({
        volumes: [{ storage: nfsVolume(chart, 'other'), mountpath: '/other' }],
      })).message,
    ).toBe(
      "shop/web: 'volumes[0].mountpath' is no prop of SharedUploadApp; did you mean 'mountPath'?",
    );
  });
});

describe('the scratch folders of an app', () => {
  test('are /tmp and those that are asked for', () => {
    const props = { scratch: ['/var/cache', '/home/app/.cache'] };
    expect(mountsOf(props)).toEqual([
      UPLOADS,
      TMP,
      { mountPath: '/var/cache', name: 'scratch-var-cache' },
      { mountPath: '/home/app/.cache', name: 'scratch-home-app-cache' },
    ]);
    expect(listAt(podOf(props), 'volumes').slice(1)).toEqual([
      { name: 'scratch-tmp', emptyDir: {} },
      { name: 'scratch-var-cache', emptyDir: {} },
      { name: 'scratch-home-app-cache', emptyDir: {} },
    ]);
  });

  test.each(['/tmp', '/tmp/'])('may name %s themselves', (folder) => {
    expect(mountsOf({ scratch: [folder] })).toEqual([UPLOADS, { ...TMP, mountPath: folder }]);
  });

  test('leave /tmp/ to the uploads', () => {
    expect(
      mountsOf((chart) => ({ uploads: { claim: nfsVolume(chart), mountPath: '/tmp/' } })),
    ).toEqual([{ ...UPLOADS, mountPath: '/tmp/' }]);
  });

  test('leave /tmp to a further volume', () => {
    expect(
      mountsOf((chart) => ({
        volumes: [{ storage: Volume.fromEmptyDir(chart, 'v', 'memory'), mountPath: '/tmp' }],
      })),
    ).toEqual([UPLOADS, { mountPath: '/tmp', name: 'memory' }]);
  });

  test.each([
    [
      ['/home/cache', '/home/.cache', '/Home/Cache', '/home-cache'],
      [
        'scratch-home-cache',
        'scratch-home-cache-2',
        'scratch-home-cache-3',
        'scratch-home-cache-4',
      ],
    ],
    [
      [`/${'a'.repeat(70)}/x`, `/${'a'.repeat(70)}/y`],
      [`scratch-${'a'.repeat(55)}`, `scratch-${'a'.repeat(53)}-2`],
    ],
  ])('have names of their own where paths come out alike: %j', (scratch, names) => {
    const props = { scratch };
    expect(
      listAt(podOf(props), 'volumes')
        .slice(2)
        .map((volume) => valueAt(volume, 'name')),
    ).toEqual(names);
    expect(checkObjects(appObjects(props))).toEqual([]);
  });

  test('have names beside volumes that are called so', () => {
    expect(
      mountsOf((chart) => ({
        volumes: [{ storage: Volume.fromEmptyDir(chart, 'v', 'scratch-tmp'), mountPath: '/v' }],
      })),
    ).toEqual([
      UPLOADS,
      { mountPath: '/v', name: 'scratch-tmp' },
      { mountPath: '/tmp', name: 'scratch-tmp-2' },
    ]);
  });

  test('fail as no list of paths', () => {
    expect(refusedApp({ scratch: '/cache' }).message).toBe(
      "shop/web: 'scratch' must be a list, each a string that is not empty, got '/cache'",
    );
  });
});

describe('paths of mounts fail', () => {
  test.each([
    ['data', "must be an absolute path, got 'data'"],
    ['/data/../etc', "must not have '..' in it, got '/data/../etc'"],
    ['/data:ro', "must not have ':' in it, got '/data:ro'"],
    ['C:/data', "must be an absolute path, got 'C:/data'"],
    ['/', "must be a folder below '/', got '/'"],
    ['//', "must be a folder below '/', got '//'"],
  ])('as %s, of uploads, further volumes and scratch', (mountPath, problem) => {
    const expected = (prop: string) => ({
      code: 'MountPath',
      path: 'shop/web',
      message: `shop/web: '${prop}' ${problem}`,
    });
    expect(refusedApp((chart) => ({ uploads: { claim: nfsVolume(chart), mountPath } }))).toEqual(
      expected('uploads.mountPath'),
    );
    expect(
      refusedApp((chart) => ({ volumes: [{ storage: nfsVolume(chart, 'other'), mountPath }] })),
    ).toEqual(expected('volumes[0].mountPath'));
    expect(refusedApp({ scratch: ['/cache', mountPath] })).toEqual(expected('scratch[1]'));
  });

  test.each([
    ['/abs', "must be a relative path, got '/abs'"],
    ['a/../b', "must not have '..' in it, got 'a/../b'"],
    ['..', "must not have '..' in it, got '..'"],
  ])('as the part %s', (subPath, problem) => {
    expect(
      refusedApp((chart) => ({
        uploads: { claim: nfsVolume(chart), mountPath: '/data', subPath },
      })),
    ).toEqual({
      code: 'SubPath',
      path: 'shop/web',
      message: `shop/web: 'uploads.subPath' ${problem}`,
    });
    expect(
      refusedApp((chart) => ({
        volumes: [{ storage: nfsVolume(chart, 'other'), mountPath: '/other', subPath }],
      })).message,
    ).toBe(`shop/web: 'volumes[0].subPath' ${problem}`);
  });

  test('where a further volume takes the path of the uploads', () => {
    expect(
      refusedApp((chart) => ({
        volumes: [{ storage: nfsVolume(chart, 'other'), mountPath: '/data/' }],
      })),
    ).toEqual({
      code: 'MountPath',
      path: 'shop/web',
      message:
        "shop/web: 'volumes[0].mountPath' must be a path of its own, got '/data/', which 'uploads.mountPath' has",
    });
  });

  test('where scratch takes the path of the uploads', () => {
    expect(refusedApp({ scratch: ['/data'] }).message).toBe(
      "shop/web: 'scratch[0]' must be a path of its own, got '/data', which 'uploads.mountPath' has",
    );
  });

  test('where two scratch folders are one', () => {
    expect(refusedApp({ scratch: ['/cache', '/cache'] }).message).toBe(
      "shop/web: 'scratch[1]' must be a path of its own, got '/cache', which 'scratch[0]' has",
    );
  });
});

describe('the claim of the uploads fails', () => {
  test.each([
    ['a text', 'shop-uploads', "'shop-uploads'"],
    ['null', null, 'null'],
    [
      'an object that only looks like a claim',
      { claimName: 'a', accessMode: 'ReadWriteMany', volumeMode: 'Filesystem' },
      '{"claimName":"a","accessMode":"ReadWriteMany","volumeMode":"Filesystem"}',
    ],
  ])('as %s', (_, claim, got) => {
    expect(refusedApp({ uploads: { claim, mountPath: '/data' } })).toEqual({
      code: 'PropType',
      path: 'shop/web',
      message: `shop/web: 'uploads.claim' must be a claim, such as an NfsVolume, got ${got}`,
    });
  });
});
