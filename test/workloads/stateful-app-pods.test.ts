import { Duration, Size } from 'cdk8s';
import {
  ConfigMap,
  Container,
  Env,
  EnvValue,
  Probe,
  Secret,
  ServiceAccount,
  Volume,
} from 'cdk8s-plus-28';
import { Claim } from '../../src/claims/claim';
import { podName, podOrdinal } from '../../src/workloads/pod-env';
import type { StatefulApp } from '../../src/workloads/stateful-app';
import { checkObjects } from '../support/api-objects';
import { everyPlace, listAt, objectAt, valueAt } from '../support/json';
import { brokenControls } from '../support/pod-security';
import { refusal } from '../support/refusal';
import { FOLDER, SampleClass } from '../support/sample-class';
import { chartObjects, objectOf } from '../support/synth';
import { appObjects, containerOf, dataOf, podOf, refusedApp, statefulApp } from './stateful-app';

const SELECTING = { 'app.kubernetes.io/name': 'db', 'app.kubernetes.io/part-of': 'shop' };

describe('the pods of a StatefulApp', () => {
  test('are, by default, exactly this', () => {
    const probe = { tcpSocket: { port: 5432 }, periodSeconds: 10 };
    expect(podOf()).toEqual({
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              podAffinityTerm: {
                labelSelector: { matchLabels: SELECTING },
                topologyKey: 'kubernetes.io/hostname',
              },
            },
          ],
        },
      },
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'app',
          image: 'registry.example.com/db:1.4.2',
          imagePullPolicy: 'IfNotPresent',
          ports: [{ containerPort: 5432, name: 'sql', protocol: 'TCP' }],
          readinessProbe: { ...probe, failureThreshold: 3 },
          livenessProbe: { ...probe, failureThreshold: 6 },
          startupProbe: { ...probe, periodSeconds: 5, failureThreshold: 30 },
          resources: { requests: { cpu: '100m', memory: '128Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            privileged: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
          },
          volumeMounts: [
            { name: 'data', mountPath: '/data', subPath: 'data' },
            { name: 'scratch-tmp', mountPath: '/tmp' },
          ],
        },
      ],
      securityContext: {
        fsGroup: 1000,
        fsGroupChangePolicy: 'OnRootMismatch',
        runAsGroup: 1000,
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      terminationGracePeriodSeconds: 30,
      volumes: [{ name: 'scratch-tmp', emptyDir: {} }],
    });
  });

  test('pass the restricted Pod Security Standard', () => {
    expect(brokenControls(podOf())).toEqual([]);
    expect(
      brokenControls(podOf({ scratch: ['/run', '/var/cache'], envFrom: [], healthPath: '/ok' })),
    ).toEqual([]);
  });

  test.each([
    [{ runAsUser: 999, runAsGroup: 998 }, 'securityContext', { runAsUser: 999, runAsGroup: 998 }],
    [
      { runAsUser: 0, runAsNonRoot: false },
      'securityContext',
      { runAsUser: 0, runAsNonRoot: false },
    ],
    [{ supplementalGroups: [5, 6] }, 'securityContext', { supplementalGroups: [5, 6] }],
    [
      { seccompProfile: 'Unconfined' },
      'securityContext',
      { seccompProfile: { type: 'Unconfined' } },
    ],
    [{ runAsNonRoot: false }, 'containers[0].securityContext', { runAsNonRoot: false }],
    [
      { allowPrivilegeEscalation: true },
      'containers[0].securityContext',
      { allowPrivilegeEscalation: true },
    ],
    [
      { readOnlyRootFilesystem: false },
      'containers[0].securityContext',
      { readOnlyRootFilesystem: false },
    ],
    [
      { capabilities: { add: ['NET_BIND_SERVICE'] } },
      'containers[0].securityContext',
      { capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } },
    ],
  ] as const)('are confined otherwise by %j', (props, field, expected) => {
    const objects = appObjects(props as object);
    expect(objectOf(objects, 'StatefulSet').spec).toHaveProperty(
      `template.spec.${field}`,
      expect.objectContaining(expected),
    );
    expect(checkObjects(objects)).toEqual([]);
  });

  test('fail as root where root is not allowed', () => {
    expect(refusedApp({ runAsUser: 0 })).toMatchObject({ code: 'RunAsRoot', path: 'shop/db' });
  });

  test.each([
    [{ containerName: 'kafka' }, 'containers[0].name', 'kafka'],
    [{ terminationGracePeriodSeconds: 0 }, 'terminationGracePeriodSeconds', 0],
    [{ terminationGracePeriodSeconds: 300 }, 'terminationGracePeriodSeconds', 300],
    [{ automountServiceAccountToken: true }, 'automountServiceAccountToken', true],
    [{ imagePullSecrets: ['a', 'b'] }, 'imagePullSecrets', [{ name: 'a' }, { name: 'b' }]],
    [{ command: ['db'], args: ['--sync', ''] }, 'containers[0].args', ['--sync', '']],
    [{ command: ['db'] }, 'containers[0].command', ['db']],
    [{ nodeLabels: {} }, 'affinity.nodeAffinity', undefined],
    [{ imagePullSecrets: [] }, 'imagePullSecrets', undefined],
    [{ command: [], args: [] }, 'containers[0].args', undefined],
  ])('have with %j the field %s', (props, field, expected) => {
    const objects = appObjects(props);
    const pod = objectAt(objectOf(objects, 'StatefulSet').spec, 'template', 'spec');
    if (expected === undefined) {
      expect(pod).not.toHaveProperty(field);
    } else {
      expect(pod).toHaveProperty(field, expected);
    }
    expect(checkObjects(objects)).toEqual([]);
  });

  test('run as a ServiceAccount, without its token', () => {
    const objects = chartObjects((chart) => {
      const serviceAccount = new ServiceAccount(chart, 'identity', {
        metadata: { name: 'db-identity' },
      });
      statefulApp(chart, { storage: [], serviceAccount });
    });
    expect(objectOf(objects, 'StatefulSet').spec).toMatchObject({
      template: {
        spec: { serviceAccountName: 'db-identity', automountServiceAccountToken: false },
      },
    });
    expect(checkObjects(objects)).toEqual([]);
  });

  test('pull a mutable tag whenever they start, where one is allowed', () => {
    expect(containerOf({ image: 'db', allowMutableTag: true })).toMatchObject({
      image: 'db',
      imagePullPolicy: 'Always',
    });
    expect(refusedApp({ image: 'db:latest' })).toMatchObject({ code: 'ImageTag', path: 'shop/db' });
    expect(refusedApp({ image: 'DB:1' })).toMatchObject({ code: 'ImageInvalid', path: 'shop/db' });
  });
});

describe('where the pods of a StatefulApp run', () => {
  const TERM = {
    labelSelector: { matchLabels: SELECTING },
    topologyKey: 'kubernetes.io/hostname',
  };
  const PREFERRED = {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: TERM }],
    },
  };

  test.each([
    ['preferred', PREFERRED],
    ['required', { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [TERM] } }],
  ] as const)('is a node of their own: %s', (spread, affinity) => {
    const objects = appObjects({ spread });
    expect(objectOf(objects, 'StatefulSet').spec).toHaveProperty(
      'template.spec.affinity',
      affinity,
    );
    expect(checkObjects(objects)).toEqual([]);
  });

  test('is anywhere', () => {
    expect(podOf({ spread: 'none' })).not.toHaveProperty('affinity');
    expect(podOf({ spread: 'none', nodeLabels: {} })).not.toHaveProperty('affinity');
  });

  test('is a node with all of the labels', () => {
    const nodeAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              { key: 'type', operator: 'In', values: ['worker'] },
              { key: 'disk', operator: 'In', values: ['ssd'] },
            ],
          },
        ],
      },
    };
    const nodeLabels = { type: 'worker', disk: 'ssd' };
    expect(podOf({ nodeLabels })).toHaveProperty('affinity', { nodeAffinity, ...PREFERRED });
    expect(podOf({ nodeLabels, spread: 'none' })).toHaveProperty('affinity', { nodeAffinity });
    expect(checkObjects(appObjects({ nodeLabels }))).toEqual([]);
  });

  test('is told by the labels that select, without namespaces', () => {
    const pod = podOf({ selectorLabels: { role: 'db' }, spread: 'required' });
    expect(pod).toHaveProperty(
      'affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector',
      { matchLabels: { role: 'db' } },
    );
    expect([...everyPlace(pod)].filter(({ path }) => /namespace/i.test(path))).toEqual([]);
  });
});

describe('the resources of a StatefulApp', () => {
  test('are canonical', () => {
    const objects = appObjects({
      resources: {
        requests: { cpu: '0.5', memory: '1024Mi', 'ephemeral-storage': Size.gibibytes(2) },
        limits: { cpu: '2000m', memory: '1.5Gi' },
      },
    });
    expect(objectOf(objects, 'StatefulSet').spec).toHaveProperty(
      'template.spec.containers[0].resources',
      {
        requests: { cpu: '500m', memory: '1Gi', 'ephemeral-storage': '2Gi' },
        limits: { cpu: '2', memory: '1536Mi' },
      },
    );
    expect(checkObjects(objects)).toEqual([]);
  });

  test.each([
    [{}, {}],
    [{ requests: {}, limits: {} }, {}],
    [{ limits: { memory: '1Gi' } }, { limits: { memory: '1Gi' } }],
  ] as const)('can be %j', (resources, expected) => {
    expect(containerOf({ resources })).toHaveProperty('resources', expected);
  });

  test('fail with a limit below its request', () => {
    expect(refusedApp({ resources: { requests: { cpu: '2' }, limits: { cpu: '1999m' } } })).toEqual(
      {
        code: 'ResourceLimit',
        path: 'shop/db',
        message: "shop/db: 'resources.limits.cpu' must be at least the request (2), got 1999m",
      },
    );
  });
});

describe('the variables of a StatefulApp', () => {
  test('come from texts, from the pod, from Secrets and ConfigMaps, in the order that is given', () => {
    const objects = chartObjects((chart) => {
      const config = ConfigMap.fromConfigMapName(chart, 'config', 'db-config');
      const secret = Secret.fromSecretName(chart, 'secret', 'db-secret');
      statefulApp(chart, {
        storage: [],
        env: {
          ZONE: 'a',
          NODE_ID: podOrdinal(),
          HOST: podName(),
          PASSWORD: EnvValue.fromSecretValue({ secret, key: 'password' }),
          LEVEL: EnvValue.fromConfigMap(config, 'level', { optional: true }),
          ADVERTISED: '$(HOST).shop-db:9092',
          EMPTY: '',
        },
        envFrom: [Env.fromConfigMap(config), Env.fromSecret(secret)],
      });
    });
    const [container] = listAt(
      objectOf(objects, 'StatefulSet').spec,
      'template',
      'spec',
      'containers',
    );
    expect(container).toHaveProperty('env', [
      { name: 'ZONE', value: 'a' },
      {
        name: 'NODE_ID',
        valueFrom: { fieldRef: { fieldPath: "metadata.labels['apps.kubernetes.io/pod-index']" } },
      },
      { name: 'HOST', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      {
        name: 'PASSWORD',
        valueFrom: { secretKeyRef: { name: 'db-secret', key: 'password' } },
      },
      {
        name: 'LEVEL',
        valueFrom: { configMapKeyRef: { name: 'db-config', key: 'level', optional: true } },
      },
      // Kubernetes replaces what stands above it only.
      { name: 'ADVERTISED', value: '$(HOST).shop-db:9092' },
      { name: 'EMPTY', value: '' },
    ]);
    expect(container).toHaveProperty('envFrom', [
      { configMapRef: { name: 'db-config' } },
      { secretRef: { name: 'db-secret' } },
    ]);
    expect(checkObjects(objects)).toEqual([]);
  });

  test('are absent where there are none', () => {
    expect(containerOf()).not.toHaveProperty('env');
    expect(containerOf()).not.toHaveProperty('envFrom');
    expect(containerOf({ env: {}, envFrom: [] })).not.toHaveProperty('env');
    expect(containerOf({ env: {}, envFrom: [] })).not.toHaveProperty('envFrom');
  });

  test('fail by a name that is none, without their values', () => {
    const { code, message } = refusedApp({ env: { 'DB PASSWORD': 'hunter2' } });
    expect(code).toBe('PropType');
    expect(message).not.toContain('hunter2');
  });
});

describe('the probes of a StatefulApp', () => {
  test('open the first port, or ask its health path', () => {
    const ports = { metrics: 9187, sql: 5432 };
    for (const field of ['readinessProbe', 'livenessProbe', 'startupProbe']) {
      expect(containerOf({ ports })).toHaveProperty(`${field}.tcpSocket`, { port: 9187 });
      expect(containerOf({ ports, healthPath: '/healthz' })).toHaveProperty(`${field}.httpGet`, {
        path: '/healthz',
        port: 9187,
        scheme: 'HTTP',
      });
    }
  });

  test.each([
    ['readiness', 'readinessProbe'],
    ['liveness', 'livenessProbe'],
    ['startup', 'startupProbe'],
  ] as const)('can be replaced, with a port that is a plain number: %s', (prop, field) => {
    const tcp = Probe.fromTcpSocket({ port: 5433, periodSeconds: Duration.seconds(7) });
    expect(containerOf({ [prop]: tcp })).toHaveProperty(field, {
      tcpSocket: { port: 5433 },
      periodSeconds: 7,
      failureThreshold: 3,
    });
    const http = Probe.fromHttpGet('/ready', { port: 8081, failureThreshold: 1 });
    expect(containerOf({ [prop]: http })).toHaveProperty(field, {
      httpGet: { path: '/ready', port: 8081, scheme: 'HTTP' },
      failureThreshold: 1,
    });
    const exec = Probe.fromCommand(['pg_isready'], { timeoutSeconds: Duration.seconds(5) });
    expect(containerOf({ [prop]: exec })).toHaveProperty(field, {
      exec: { command: ['pg_isready'] },
      timeoutSeconds: 5,
      failureThreshold: 3,
    });
    expect(checkObjects(appObjects({ [prop]: http }))).toEqual([]);
  });
});

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

describe('the container of a StatefulApp', () => {
  /** What an app renders whose container is shaped after it was made. */
  const shaped = (shape: (app: StatefulApp) => void) =>
    chartObjects((chart) => {
      const storage = [dataOf(new SampleClass(chart, 'fast', FOLDER))];
      shape(statefulApp(chart, { storage }));
    });

  test('can be shaped further, in what is rendered', () => {
    const objects = shaped(({ container, service }) => {
      container.mount('/etc/db', Volume.fromEmptyDir(service, 'conf', 'conf'), { readOnly: true });
      container.env.addVariable('LEVEL', EnvValue.fromValue('debug'));
      container.env.addVariable('NAME', podName());
      container.addPort({ name: 'metrics', number: 9187 });
    });
    const pod = objectAt(objectOf(objects, 'StatefulSet').spec, 'template', 'spec');
    expect(pod.volumes).toEqual([
      { name: 'scratch-tmp', emptyDir: {} },
      { name: 'conf', emptyDir: {} },
    ]);
    expect(listAt(pod, 'containers')).toEqual([
      expect.objectContaining({
        env: [
          { name: 'LEVEL', value: 'debug' },
          { name: 'NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        ],
        ports: [
          { name: 'sql', containerPort: 5432, protocol: 'TCP' },
          { name: 'metrics', containerPort: 9187 },
        ],
        volumeMounts: [
          { name: 'data', mountPath: '/data' },
          { name: 'scratch-tmp', mountPath: '/tmp' },
          { name: 'conf', mountPath: '/etc/db', readOnly: true },
        ],
      }),
    ]);
    expect(checkObjects(objects)).toEqual([]);
  });

  test('can mount its storage a second time', () => {
    const objects = shaped(({ container }) => {
      const [data] = container.mounts;
      container.mount('/backup', data?.volume as Volume, { subPath: 'backup', readOnly: true });
    });
    const pod = objectAt(objectOf(objects, 'StatefulSet').spec, 'template', 'spec');
    expect(pod.volumes).toEqual([{ name: 'scratch-tmp', emptyDir: {} }]);
    expect(valueAt(listAt(pod, 'containers')[0], 'volumeMounts')).toContainEqual({
      name: 'data',
      mountPath: '/backup',
      subPath: 'backup',
      readOnly: true,
    });
    expect(checkObjects(objects)).toEqual([]);
  });

  test('fails when a volume with the name of a storage is mounted later', () => {
    expect(
      refusal(() =>
        shaped(({ container, service }) => {
          container.mount('/etc/db', Volume.fromEmptyDir(service, 'conf', 'data'));
        }),
      ),
    ).toEqual({
      code: 'StorageName',
      path: 'shop/db',
      message:
        "shop/db: the name of a storage must differ from those of the pod's other volumes, got 'data'",
    });
  });

  test('fails when two volumes of one name are mounted later', () => {
    expect(
      refusal(() =>
        shaped(({ container, service }) => {
          container.mount('/a', Volume.fromEmptyDir(service, 'a', 'conf'));
          container.mount('/b', Volume.fromEmptyDir(service, 'b', 'conf'));
        }),
      ),
    ).toEqual({
      code: 'VolumeName',
      path: 'shop/db',
      message:
        "shop/db: the volumes of the pod must have names of their own, got 'conf' twice; mount one construct twice, or name one of them otherwise",
    });
  });
});

test('fails when cdk8s-plus renames the method by which it renders a container, a volume or a probe', () => {
  for (const part of [Container, Volume, Probe]) {
    expect(part.prototype).toHaveProperty('_toKube', expect.any(Function));
  }
});
