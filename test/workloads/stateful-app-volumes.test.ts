import { Size } from 'cdk8s';
import { ConfigMap, Secret, Volume } from 'cdk8s-plus-28';
import { Claim } from '../../src/claims/claim';
import { checkObjects } from '../support/api-objects';
import { listAt, objectAt } from '../support/json';
import { SampleClass } from '../support/sample-class';
import { chartObjects, objectOf } from '../support/synth';
import { appObjects, dataOf, podOf, refusedApp, statefulApp } from './stateful-app';

describe('the scratch folders of a StatefulApp', () => {
  test('are empty directories, at /tmp and where they are asked for', () => {
    const objects = appObjects({ scratch: ['/run/db', '/var/cache'], storage: [] });
    const pod = objectAt(objectOf(objects, 'StatefulSet').spec, 'template', 'spec');
    expect(pod.volumes).toEqual([
      { name: 'scratch-tmp', emptyDir: {} },
      { name: 'scratch-run-db', emptyDir: {} },
      { name: 'scratch-var-cache', emptyDir: {} },
    ]);
    expect(listAt(pod, 'containers')[0]).toHaveProperty('volumeMounts', [
      { name: 'scratch-tmp', mountPath: '/tmp' },
      { name: 'scratch-run-db', mountPath: '/run/db' },
      { name: 'scratch-var-cache', mountPath: '/var/cache' },
    ]);
    expect(checkObjects(objects)).toEqual([]);
  });

  test('keep away from the name of a storage', () => {
    const objects = appObjects((chart) => ({
      storage: [dataOf(new SampleClass(chart), { name: 'scratch-tmp' })],
    }));
    expect(objectOf(objects, 'StatefulSet').spec).toHaveProperty('template.spec.volumes', [
      { name: 'scratch-tmp-2', emptyDir: {} },
    ]);
    expect(checkObjects(objects)).toEqual([]);
  });

  test('fail where a storage is', () => {
    expect(refusedApp({ scratch: ['/data'] })).toEqual({
      code: 'MountPath',
      path: 'shop/db',
      message:
        "shop/db: 'scratch[0]' must be a path of its own, got '/data', which 'storage[0].mountPath' has",
    });
  });
});

describe('further volumes of a StatefulApp', () => {
  test('are rendered as cdk8s-plus would in a workload of its own', () => {
    const objects = chartObjects((chart) => {
      const config = ConfigMap.fromConfigMapName(chart, 'config', 'db-config');
      const secret = Secret.fromSecretName(chart, 'secret', 'db-secret');
      statefulApp(chart, {
        storage: [],
        volumes: [
          {
            mountPath: '/etc/db',
            readOnly: true,
            storage: Volume.fromConfigMap(chart, 'conf', config, {
              defaultMode: 0o440,
              items: { 'db.conf': { path: 'db.conf', mode: 0o400 } },
            }),
          },
          {
            mountPath: '/etc/tls',
            storage: Volume.fromSecret(chart, 'tls', secret, {
              defaultMode: 0o400,
              optional: true,
            }),
          },
          {
            mountPath: '/cache',
            subPath: 'a',
            storage: Volume.fromEmptyDir(chart, 'cache', 'cache', {
              sizeLimit: Size.gibibytes(2),
            }),
          },
          {
            mountPath: '/export',
            storage: Volume.fromNfs(chart, 'export', 'export', {
              server: '10.0.0.1',
              path: '/export',
              readOnly: true,
            }),
          },
          {
            mountPath: '/secrets',
            storage: Volume.fromCsi(chart, 'csi', 'secrets-store.csi.k8s.io', {
              name: 'secrets',
              readOnly: true,
              attributes: { secretProviderClass: 'db' },
            }),
          },
        ],
      });
    });
    const pod = objectAt(objectOf(objects, 'StatefulSet').spec, 'template', 'spec');
    expect(pod.volumes).toEqual([
      {
        name: 'configmap-db-config',
        configMap: {
          name: 'db-config',
          defaultMode: 0o440,
          items: [{ key: 'db.conf', path: 'db.conf', mode: 0o400 }],
        },
      },
      {
        name: 'secret-db-secret',
        secret: { secretName: 'db-secret', defaultMode: 0o400, optional: true },
      },
      { name: 'cache', emptyDir: { sizeLimit: '2Gi' } },
      { name: 'export', nfs: { server: '10.0.0.1', path: '/export', readOnly: true } },
      {
        name: 'secrets',
        csi: {
          driver: 'secrets-store.csi.k8s.io',
          readOnly: true,
          volumeAttributes: { secretProviderClass: 'db' },
        },
      },
      { name: 'scratch-tmp', emptyDir: {} },
    ]);
    expect(listAt(pod, 'containers')[0]).toHaveProperty('volumeMounts', [
      { name: 'configmap-db-config', mountPath: '/etc/db', readOnly: true },
      { name: 'secret-db-secret', mountPath: '/etc/tls' },
      { name: 'cache', mountPath: '/cache', subPath: 'a' },
      { name: 'export', mountPath: '/export' },
      { name: 'secrets', mountPath: '/secrets' },
      { name: 'scratch-tmp', mountPath: '/tmp' },
    ]);
    expect(checkObjects(objects)).toEqual([]);
  });

  test('are claims that exist, in several places too', () => {
    const pod = podOf((chart) => {
      const files = Claim.fromClaimName(chart, 'files', 'files', { accessMode: 'ReadWriteMany' });
      return {
        volumes: [
          { mountPath: '/in', subPath: 'in', storage: files, readOnly: true },
          { mountPath: '/out', subPath: 'out', storage: files },
        ],
      };
    });
    expect(listAt(pod, 'volumes')[0]).toEqual({
      name: 'pvc-files',
      persistentVolumeClaim: { claimName: 'files', readOnly: false },
    });
    expect(listAt(pod, 'volumes')).toHaveLength(2);
    expect(listAt(listAt(pod, 'containers')[0], 'volumeMounts')).toMatchObject([
      { name: 'data' },
      { name: 'pvc-files', mountPath: '/in', subPath: 'in', readOnly: true },
      { name: 'pvc-files', mountPath: '/out', subPath: 'out' },
      { name: 'scratch-tmp' },
    ]);
  });

  test.each([
    [
      'a claim of another namespace',
      1,
      { accessMode: 'ReadWriteMany', namespace: 'data' } as const,
      'ClaimNamespace',
      "shop/db: claims must be in the app's namespace 'shop', got claim 'files' in 'data'; pods find claims of their own namespace only",
    ],
    [
      'a claim of one pod in several',
      2,
      { accessMode: 'ReadWriteOncePod' } as const,
      'ClaimExclusive',
      "shop/db: 'volumes' must not have a ReadWriteOncePod claim with 2 replicas, got 'files'; all but one replica would stay Pending",
    ],
  ])('fail with %s', (_, replicas, claim, code, message) => {
    expect(
      refusedApp((chart) => ({
        replicas,
        volumes: [
          { mountPath: '/in', storage: Claim.fromClaimName(chart, 'files', 'files', claim) },
        ],
      })),
    ).toEqual({ code, path: 'shop/db', message });
  });

  test('fail with a Block claim, which cannot be mounted', () => {
    expect(
      refusedApp((chart) => ({
        volumes: [
          {
            mountPath: '/in',
            storage: Claim.fromClaimName(chart, 'raw', 'raw', {
              accessMode: 'ReadWriteOnce',
              volumeMode: 'Block',
            }),
          },
        ],
      })),
    ).toEqual({
      code: 'BlockMounted',
      path: 'shop/raw',
      message:
        "shop/raw: claim 'raw' has volumeMode Block; a container takes it by 'volumeDevices', it cannot be mounted",
    });
  });
});
