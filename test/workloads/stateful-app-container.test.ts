import { Duration, Size } from 'cdk8s';
import { ConfigMap, Container, Env, EnvValue, Probe, Secret, Volume } from 'cdk8s-plus-28';
import { podName, podOrdinal } from '../../src/workloads/pod-env';
import type { StatefulApp } from '../../src/workloads/stateful-app';
import { checkObjects } from '../support/api-objects';
import { listAt, objectAt, valueAt } from '../support/json';
import { refusal } from '../support/refusal';
import { FOLDER, SampleClass } from '../support/sample-class';
import { chartObjects, objectOf } from '../support/synth';
import { appObjects, containerOf, dataOf, refusedApp, statefulApp } from './stateful-app';

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
