import { App, Chart } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import { Claim } from '../../src/claims/claim';
import { NfsVolume } from '../../src/nfs/nfs-volume';
import { checkObjects } from '../support/api-objects';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf } from '../support/synth';
import {
  appObjects,
  containerOf,
  nfsVolume,
  podOf,
  refusedApp,
  specOf,
  uploadApp,
} from './upload-app';

const AUTOSCALE = { min: 2, max: 10, cpuPercent: 70 } as const;

function kindsOf(props: Parameters<typeof appObjects>[0]): readonly string[] {
  return appObjects(props)
    .map(({ kind }) => kind)
    .filter((kind) => !kind.startsWith('PersistentVolume'));
}

describe('a SharedUploadApp', () => {
  test('is a Deployment, a Service and a budget for drains', () => {
    expect(kindsOf({})).toEqual(['Deployment', 'Service', 'PodDisruptionBudget']);
  });

  test('renders what the API server takes', () => {
    expect(checkObjects(appObjects())).toEqual([]);
  });

  test('renders what the API server takes with everything in it', () => {
    const objects = appObjects((chart) => ({
      name: 'web',
      autoscale: AUTOSCALE,
      ingress: { host: 'shop.example.com', className: 'nginx', tlsSecretName: 'tls' },
      uploads: { claim: nfsVolume(chart), mountPath: '/data', subPath: 'web' },
      volumes: [{ storage: nfsVolume(chart, 'assets'), mountPath: '/assets', readOnly: true }],
      scratch: ['/var/cache'],
      env: { LOG_LEVEL: 'info' },
      command: ['/app'],
      args: ['serve'],
      imagePullSecrets: ['registry'],
      healthPath: '/healthz',
      spread: 'required',
      nodeLabels: { type: 'worker' },
      supplementalGroups: [4000],
      serviceAccount: new ServiceAccount(chart, 'account'),
      automountServiceAccountToken: true,
      serviceType: 'LoadBalancer',
      servicePort: 80,
      resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } },
    }));
    expect(checkObjects(objects)).toEqual([]);
  });

  test('gives its parts to be shaped further', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const app = uploadApp(chart);
    expect(app.deployment.kind).toBe('Deployment');
    expect(app.service.kind).toBe('Service');
    expect(app.container.name).toBe('app');
    expect(app.disruptionBudget?.kind).toBe('PodDisruptionBudget');
    expect(app.autoscaler).toBeUndefined();
    expect(app.ingress).toBeUndefined();
  });

  test('has the same bytes however often it is rendered', () => {
    const render = () => JSON.stringify(appObjects({ labels: { b: '1', a: '2' } }));
    expect(render()).toBe(render());
  });
});

describe('the replicas of an app', () => {
  test('are two by default', () => {
    expect(specOf('Deployment')).toHaveProperty('replicas', 2);
  });

  test.each([0, 1])(
    'have no budget for drains where they are %d, which would block one',
    (replicas) => {
      expect(specOf('Deployment', { replicas })).toHaveProperty('replicas', replicas);
      expect(kindsOf({ replicas })).toEqual(['Deployment', 'Service']);
    },
  );

  test.each([2, 6])('can be drained one by one where they are %d', (replicas) => {
    expect(specOf('PodDisruptionBudget', { replicas })).toEqual({
      maxUnavailable: 1,
      selector: {
        matchLabels: { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'shop' },
      },
    });
  });

  test.each([-1, 1.5, '3', null, Number.NaN, 2 ** 31])('fail as %p', (replicas) => {
    expect(refusedApp({ replicas })).toEqual({
      code: 'PropType',
      path: 'shop/web',
      message: expect.stringMatching(
        /^shop\/web: 'replicas' must be a whole number from 0 to 2147483647, got /,
      ),
    });
  });
});

describe('scaling by the load', () => {
  test('leaves the replicas out of the Deployment, so that no sync undoes it', () => {
    expect(specOf('Deployment', { autoscale: AUTOSCALE })).not.toHaveProperty('replicas');
  });

  test('is a HorizontalPodAutoscaler of the Deployment', () => {
    const objects = appObjects({ name: 'web', autoscale: AUTOSCALE });
    const autoscaler = objectOf(objects, 'HorizontalPodAutoscaler');
    expect(autoscaler.apiVersion).toBe('autoscaling/v2');
    expect(autoscaler.metadata).toMatchObject({ name: 'web', namespace: 'shop' });
    expect(autoscaler.spec).toMatchObject({
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    });
  });

  test('has a budget for drains where there can be two replicas', () => {
    expect(kindsOf({ autoscale: AUTOSCALE })).toEqual([
      'Deployment',
      'Service',
      'HorizontalPodAutoscaler',
      'PodDisruptionBudget',
    ]);
    expect(kindsOf({ autoscale: { ...AUTOSCALE, min: 1 } })).toContain('PodDisruptionBudget');
    expect(kindsOf({ autoscale: { ...AUTOSCALE, min: 1, max: 1 } })).toEqual([
      'Deployment',
      'Service',
      'HorizontalPodAutoscaler',
    ]);
  });

  test('may have one size only', () => {
    expect(
      specOf('HorizontalPodAutoscaler', { autoscale: { min: 3, max: 3, cpuPercent: 150 } }),
    ).toMatchObject({ minReplicas: 3, maxReplicas: 3 });
  });

  test('counts a limit of cpu as its request, as Kubernetes does', () => {
    expect(kindsOf({ autoscale: AUTOSCALE, resources: { limits: { cpu: '1' } } })).toContain(
      'HorizontalPodAutoscaler',
    );
  });

  test('fails beside replicas', () => {
    expect(refusedApp({ autoscale: AUTOSCALE, replicas: 3 })).toEqual({
      code: 'ReplicasAndAutoscale',
      path: 'shop/web',
      message:
        "shop/web: 'replicas' must not be set beside 'autoscale', got 3; every sync would undo the scaling",
    });
  });

  test('fails where the most are fewer than the fewest', () => {
    expect(refusedApp({ autoscale: { min: 3, max: 2, cpuPercent: 70 } })).toEqual({
      code: 'AutoscaleRange',
      path: 'shop/web',
      message: "shop/web: 'autoscale.max' must be at least 'autoscale.min' (3), got 2",
    });
  });

  test.each([
    [{}, 'undefined'],
    [{ requests: { memory: '1Gi' } }, 'undefined'],
    [{ limits: { memory: '1Gi' } }, 'undefined'],
    [{ requests: { cpu: '0' }, limits: { cpu: '1' } }, '0'],
  ])('fails where no cpu is asked for: %j', (resources, got) => {
    expect(refusedApp({ autoscale: AUTOSCALE, resources })).toEqual({
      code: 'AutoscaleCpu',
      path: 'shop/web',
      message: `shop/web: 'resources.requests.cpu' must be more than 0 beside 'autoscale', got ${got}; use is measured in percent of it`,
    });
  });

  test.each([
    [
      { min: 0, max: 2, cpuPercent: 70 },
      /^shop\/web: 'autoscale\.min' must be a whole number .*, got 0$/,
    ],
    [
      { min: 1, max: 2, cpuPercent: 0 },
      /^shop\/web: 'autoscale\.cpuPercent' must be a whole number .*, got 0$/,
    ],
    [
      { min: 1, max: 2, cpuPercent: 0.7 },
      /^shop\/web: 'autoscale\.cpuPercent' must be a whole number .*, got 0\.7$/,
    ],
    [
      { min: 1, max: 2 },
      /^shop\/web: 'autoscale\.cpuPercent' must be a whole number .*, got undefined$/,
    ],
    [
      { min: 1, max: 2, cpuPercent: 70, cpu: 1 },
      /^shop\/web: 'autoscale\.cpu' is no prop of SharedUploadApp; /,
    ],
    [
      true,
      /^shop\/web: 'autoscale' must be an object with 'min', 'max' and 'cpuPercent', got true$/,
    ],
  ])('fails as %j', (autoscale, problem) => {
    expect(refusedApp({ autoscale }).message).toMatch(problem);
  });
});

describe('the Service of an app', () => {
  test('has the port of the app', () => {
    expect(specOf('Service')).toEqual({
      type: 'ClusterIP',
      ports: [{ name: 'http', port: 8080, targetPort: 8080, protocol: 'TCP' }],
      selector: { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'shop' },
    });
    expect(containerOf()).toHaveProperty('ports', [
      { name: 'http', containerPort: 8080, protocol: 'TCP' },
    ]);
  });

  test('can have a port of its own', () => {
    expect(specOf('Service', { servicePort: 80 })).toHaveProperty('ports', [
      { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' },
    ]);
  });

  test.each(['ClusterIP', 'NodePort', 'LoadBalancer'] as const)('can be a %s', (serviceType) => {
    expect(specOf('Service', { serviceType })).toHaveProperty('type', serviceType);
  });

  test.each([
    [{ port: 0 }, "'port' must be a whole number from 1 to 65535, got 0"],
    [{ port: 65536 }, "'port' must be a whole number from 1 to 65535, got 65536"],
    [{ port: '8080' }, "'port' must be a whole number from 1 to 65535, got '8080'"],
    [{ port: undefined }, "'port' must be a whole number from 1 to 65535, got undefined"],
    [{ servicePort: 0 }, "'servicePort' must be a whole number from 1 to 65535, got 0"],
    [
      { serviceType: 'ExternalName' },
      "'serviceType' must be 'ClusterIP', 'NodePort' or 'LoadBalancer', got 'ExternalName'",
    ],
    [
      { serviceType: 'clusterIP' },
      "'serviceType' must be 'ClusterIP', 'NodePort' or 'LoadBalancer', got 'clusterIP'; did you mean 'ClusterIP'?",
    ],
  ])('fails with %j', (props, problem) => {
    expect(refusedApp(props).message).toBe(`shop/web: ${problem}`);
  });

  test('fails where its name could be no Service’s', () => {
    const chart = new Chart(new App(), '1shop', { namespace: 'shop' });
    const claim = nfsVolume(chart);
    expect(refusal(() => uploadApp(chart, { uploads: { claim, mountPath: '/data' } }))).toEqual({
      code: 'ServiceName',
      path: '1shop/web',
      message: expect.stringMatching(
        /^1shop\/web: the Service's name must start with a letter, got '1shop-web-service-c8[0-9a-f]+'; set 'name'$/,
      ),
    });
  });
});

describe('the names of an app', () => {
  test('are made by cdk8s, each of its own', () => {
    const names = appObjects({ autoscale: AUTOSCALE, ingress: { host: 'a.b' } })
      .filter(({ kind }) => !kind.startsWith('PersistentVolume'))
      .map(({ metadata }) => metadata.name);
    expect(new Set(names).size).toBe(5);
    for (const name of names) {
      expect(name).toMatch(/^shop-web-[a-z]+-c8[0-9a-f]{6}$/);
    }
  });

  test('are one name where it is given, and another of the container', () => {
    const objects = appObjects({
      name: 'upload',
      containerName: 'server',
      autoscale: AUTOSCALE,
      ingress: { host: 'a.b' },
    }).filter(({ kind }) => !kind.startsWith('PersistentVolume'));
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(Array(5).fill('upload'));
    expect(containerOf({ containerName: 'server' })).toHaveProperty('name', 'server');
    expect(containerOf()).toHaveProperty('name', 'app');
  });

  test('are in the namespace of the prop before the chart’s', () => {
    const objects = appObjects((chart) => ({
      namespace: 'files',
      ingress: { host: 'a.b' },
      autoscale: AUTOSCALE,
      uploads: {
        claim: new NfsVolume(chart, 'uploads', {
          server: '172.26.1.10',
          path: '/mnt',
          capacity: '1Gi',
          namespace: 'files',
        }),
        mountPath: '/data',
      },
    }));
    for (const { kind, metadata } of objects) {
      expect([kind, metadata.namespace]).toEqual([
        kind,
        kind === 'PersistentVolume' ? undefined : 'files',
      ]);
    }
  });

  test.each([
    ['name', 'Upload'],
    ['name', '1upload'],
    ['name', 'a.b'],
    ['name', 'a'.repeat(64)],
    ['containerName', 'Main'],
    ['containerName', 'a.b'],
    ['namespace', 'a.b'],
    ['namespace', ''],
  ])('fail: %s %s', (prop, name) => {
    const { code, message } = refusedApp({ [prop]: name });
    expect(code).toBe('PropType');
    expect(message).toMatch(
      new RegExp(
        `^shop/web: '${prop}' must be a DNS label (that starts with a letter )?\\(lower case letters, digits and '-', at most 63\\), got '${name}'$`,
      ),
    );
  });

  test('fail where another app has them', () => {
    expect(
      refusal(() =>
        chartObjects((chart) => {
          const uploads = { claim: nfsVolume(chart), mountPath: '/data' };
          uploadApp(chart, { uploads, name: 'upload', replicas: 1 }, 'a');
          uploadApp(chart, { uploads, name: 'upload', replicas: 1 }, 'b');
        }),
      ),
    ).toEqual({
      code: 'Duplicate',
      path: 'shop/b',
      message:
        "shop/b: Deployment 'upload' in 'shop' is already made by 'shop/a'; give one of them another 'name'",
    });
  });

  test('fail where another app has them, and neither renders anything else', () => {
    const build = (chart: Chart) => {
      const claim = Claim.fromClaimName(chart, 'files', 'files', { accessMode: 'ReadWriteMany' });
      const uploads = { claim, mountPath: '/data' };
      uploadApp(chart, { uploads, name: 'upload', replicas: 1 }, 'a');
      uploadApp(chart, { uploads, name: 'upload', replicas: 1 }, 'b');
    };
    expect(refusal(() => chartObjects(build))).toMatchObject({ code: 'Duplicate', path: 'shop/b' });
  });
});

describe('the identity of an app', () => {
  test('can be a service account', () => {
    expect(
      podOf((chart) => ({
        serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'uploader'),
      })),
    ).toHaveProperty('serviceAccountName', 'uploader');
  });

  test('fails as a text', () => {
    expect(refusedApp({ serviceAccount: 'uploader' }).message).toBe(
      "shop/web: 'serviceAccount' must be a cdk8s-plus ServiceAccount, got 'uploader'",
    );
  });
});
