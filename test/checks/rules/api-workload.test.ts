import type { Fields } from '../../planner/objects';
import { only, refusal } from './api-refusal';

describe('a workload', () => {
  const labels = { app: 'web' };

  function workload(kind: string, pod: Fields, more: Fields = {}, apiVersion = 'apps/v1'): unknown {
    const spec = {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: pod },
    };
    return {
      apiVersion,
      kind,
      metadata: { name: 'web', namespace: 'shop' },
      spec: { ...spec, ...more },
    };
  }

  function mounting(mounts: readonly object[], more: Fields = {}): Fields {
    return {
      volumes: [
        { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
        { name: 'tmp', emptyDir: {} },
      ],
      containers: [{ name: 'web', image: 'web:1', volumeMounts: mounts, ...more }],
    };
  }

  const CONTAINER = 'spec.template.spec.containers[0]';

  it.each([
    [
      { volumes: [{ name: 'data', emptyDir: {}, hostPath: { path: '/data' } }] },
      'spec.template.spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type',
    ],
    [
      {
        volumes: [
          { name: 'data', emptyDir: {} },
          { name: 'data', emptyDir: {} },
        ],
      },
      'spec.template.spec.volumes[1].name: Duplicate value: "data"',
    ],
    [
      { volumes: [{ name: 'My_Data', emptyDir: {} }] },
      'spec.template.spec.volumes[0].name: Invalid value: "My_Data": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or \'-\', and must start and end with an alphanumeric character',
    ],
    [{ volumes: [{ emptyDir: {} }] }, 'spec.template.spec.volumes[0].name: Required value'],
    [
      { volumes: [{ name: 'data', persistentVolumeClaim: {} }] },
      'spec.template.spec.volumes[0].persistentVolumeClaim.claimName: Required value',
    ],
    [
      {
        volumes: [
          {
            name: 'data',
            ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } },
          },
        ],
      },
      'spec.template.spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value',
    ],
    [
      mounting([{ name: 'dta', mountPath: '/a' }]),
      `${CONTAINER}.volumeMounts[0].name: Not found: "dta"`,
    ],
    [mounting([{ name: 'data' }]), `${CONTAINER}.volumeMounts[0].mountPath: Required value`],
    [
      mounting([
        { name: 'data', mountPath: '/a' },
        { name: 'tmp', mountPath: '/a' },
      ]),
      `${CONTAINER}.volumeMounts[1].mountPath: Invalid value: "/a": must be unique`,
    ],
    [
      mounting([{ name: 'data', mountPath: '/a', subPath: '/b' }]),
      `${CONTAINER}.volumeMounts[0].subPath: Invalid value: "/b": must be a relative path`,
    ],
    [
      mounting([{ name: 'data', mountPath: '/a', subPath: 'b/../c' }]),
      `${CONTAINER}.volumeMounts[0].subPath: Invalid value: "b/../c": must not contain '..'`,
    ],
    [
      mounting([{ name: 'data', mountPath: '/a', subPath: 'b', subPathExpr: 'c' }]),
      `${CONTAINER}.volumeMounts[0].subPathExpr: Invalid value: "c": subPathExpr and subPath are mutually exclusive`,
    ],
    [
      mounting([], { volumeDevices: [{ name: 'tmp', devicePath: '/dev/a' }] }),
      `${CONTAINER}.volumeDevices[0].name: Invalid value: "tmp": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode`,
    ],
    [
      mounting([], { volumeDevices: [{ name: 'disk', devicePath: '/dev/a' }] }),
      `${CONTAINER}.volumeDevices[0].name: Not found: "disk"`,
    ],
    [
      mounting([{ name: 'data', mountPath: '/a' }], {
        volumeDevices: [{ name: 'data', devicePath: '/b' }],
      }),
      `${CONTAINER}.volumeMounts[0].name: Invalid value: "data": must not already exist in volumeDevices`,
    ],
  ])('is refused for its pods (%#)', (pod, text) => {
    expect(refusal(workload('Deployment', pod))).toBe(text);
  });

  it('is told what volumes there are', () => {
    expect(only(workload('Deployment', mounting([{ name: 'dta', mountPath: '/a' }])))?.fix).toBe(
      'name a volume of the pod, which has data, tmp, or add one called dta',
    );
  });

  it.each([
    [{ selector: undefined }, 'spec.selector: Required value'],
    [
      { selector: {} },
      'spec.selector: Invalid value: {}: empty selector is invalid for deployment',
    ],
    [
      { selector: { matchLabels: { app: 'api' } } },
      'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
    ],
    [
      { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } },
      "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
    ],
    [
      { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } },
      'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0',
    ],
    [
      { strategy: { rollingUpdate: { maxUnavailable: '120%' } } },
      'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "120%": must not be greater than 100%',
    ],
    [
      { strategy: { type: 'Canary' } },
      'spec.strategy.type: Unsupported value: "Canary": supported values: "Recreate", "RollingUpdate"',
    ],
    [{ replicas: -1 }, 'spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
    [
      { replicas: '2' },
      'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
  ])('is refused for its roll-out (%#)', (more, text) => {
    expect(refusal(workload('Deployment', {}, more))).toBe(text);
  });

  it.each([
    [
      '0 beside 1%',
      workload(
        'Deployment',
        {},
        { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '1%' } } },
      ),
    ],
    [
      '0 beside the default',
      workload('Deployment', {}, { strategy: { rollingUpdate: { maxSurge: 0 } } }),
    ],
    ['Recreate alone', workload('Deployment', {}, { strategy: { type: 'Recreate' } })],
    [
      'a volume without a source, which is an emptyDir',
      workload('Deployment', { volumes: [{ name: 'tmp' }] }),
    ],
    [
      'one volume mounted twice',
      workload(
        'Deployment',
        mounting([
          { name: 'data', mountPath: '/a' },
          { name: 'data', mountPath: '/b', subPath: 'b' },
        ]),
      ),
    ],
    [
      'an API version that is gone',
      workload('Deployment', {}, { selector: undefined }, 'extensions/v1beta1'),
    ],
    ['a Job without a selector', workload('Job', {}, { selector: undefined }, 'batch/v1')],
    [
      'a StatefulSet whose pods are judged elsewhere',
      workload('StatefulSet', mounting([{ name: 'dta', mountPath: '/a' }])),
    ],
  ])('is taken with %s', (_, object) => {
    expect(refusal(object)).toBeUndefined();
  });

  it('is a pod as well, or a CronJob', () => {
    const pod = mounting([{ name: 'dta', mountPath: '/a' }]);
    const bare = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: pod };
    expect(refusal(bare)).toBe('spec.containers[0].volumeMounts[0].name: Not found: "dta"');
    const cron = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'web' },
      spec: { jobTemplate: { spec: { template: { spec: pod } } } },
    };
    expect(refusal(cron)).toBe(
      'spec.jobTemplate.spec.template.spec.containers[0].volumeMounts[0].name: Not found: "dta"',
    );
  });

  it('of apps/v1 needs its selector, whatever its kind', () => {
    for (const kind of ['DaemonSet', 'ReplicaSet', 'StatefulSet']) {
      expect(refusal(workload(kind, {}, { selector: undefined }))).toBe(
        'spec.selector: Required value',
      );
    }
  });
});

it('tells six problems, and counts the rest', () => {
  const volumes = Array.from({ length: 8 }, () => ({ emptyDir: {} }));
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { volumes } };
  expect(only(pod)?.message).toMatch(/spec\.volumes\[5\]\.name: Required value; and 2 more$/);
});
