import { claim, deployment, type TestObject, workload } from '../../planner/workload-cluster';
import { fixes, told, yaml } from '../told';

const ID = 'mutable-image-tag';
const SHARED = claim('data', '', { accessModes: ['ReadWriteMany'] });
const ALONE = claim('data', '');

/** A pod whose container runs an image and mounts the claim. */
function running(image: string, mount: TestObject = {}, source: TestObject = {}): TestObject {
  return {
    containers: [
      { name: 'app', image, volumeMounts: [{ name: 'data', mountPath: '/d', ...mount }] },
    ],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data', ...source } }],
  };
}

const LATEST = 'registry.example.com:5000/shop:latest';

it('names the container, the image and the claim', () => {
  expect(told(ID, [SHARED, deployment(2, running(LATEST))])).toEqual([
    `warning Deployment shop/web: container app of Deployment shop/web runs ${LATEST}, which may be another image tomorrow, and writes to claim shop/data, which is ReadWriteMany`,
  ]);
  expect(fixes(ID, [SHARED, deployment(2, running(LATEST))])).toEqual([
    'name a version of registry.example.com:5000/shop, or its digest',
  ]);
});

it.each([
  ['nginx', 1],
  ['nginx:latest', 1],
  ['registry.example.com:5000/shop', 1],
  ['nginx:1.27', 0],
  ['registry.example.com:5000/shop:1.4.2', 0],
  [`nginx@sha256:${'0'.repeat(64)}`, 0],
  [`nginx:latest@sha256:${'0'.repeat(64)}`, 0],
  ['', 0],
  [`\${IMAGE}`, 0],
  ['{{ .Values.image }}', 0],
])('reads the image %p', (image, found) => {
  expect(told(ID, [SHARED, deployment(1, running(image))])).toHaveLength(found);
});

it('is about a claim that several pods share, whatever its mode', () => {
  expect(told(ID, [ALONE, deployment(2, running('nginx'))])).toEqual([
    expect.stringContaining('writes to claim shop/data, which its pods share'),
  ]);
  expect(told(ID, [ALONE, workload('DaemonSet', running('nginx'))])).toHaveLength(1);
  const two = [deployment(1, running('nginx')), workload('CronJob', {}, cron('nginx:1.27'))];
  expect(told(ID, [ALONE, ...two])).toEqual([
    expect.stringContaining('writes to claim shop/data, which other pods have as well'),
  ]);
  expect(told(ID, [deployment(2, running('nginx'))])).toHaveLength(1);
});

function cron(image: string): TestObject {
  return { jobTemplate: { spec: { template: { spec: running(image) } } } };
}

it('looks into the pods of a CronJob, and at init containers and devices', () => {
  expect(told(ID, [SHARED, workload('CronJob', {}, cron('nginx'))])).toHaveLength(1);
  const pod = running('nginx:1.27');
  const initContainers = running('busybox').containers;
  expect(told(ID, [SHARED, deployment(1, { ...pod, initContainers })])).toEqual([
    expect.stringContaining('container app of Deployment shop/web runs busybox,'),
  ]);
  const device = yaml(`
    containers: [{ name: app, image: nginx, volumeDevices: [{ name: data, devicePath: /dev/a }] }]
    volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
  `);
  const block = claim('data', '', { accessModes: ['ReadWriteMany'], volumeMode: 'Block' });
  expect(told(ID, [block, deployment(1, device)])).toHaveLength(1);
});

describe('is silent', () => {
  it('about a claim of one pod', () => {
    expect(told(ID, [ALONE, deployment(1, running('nginx'))])).toEqual([]);
  });

  it('about a mount that is read only', () => {
    expect(told(ID, [SHARED, deployment(2, running('nginx', { readOnly: true }))])).toEqual([]);
    expect(told(ID, [SHARED, deployment(2, running('nginx', {}, { readOnly: true }))])).toEqual([]);
    const read = claim('data', '', { accessModes: ['ReadOnlyMany'] });
    expect(told(ID, [read, deployment(2, running('nginx'))])).toEqual([]);
  });

  it('about a container that does not mount it', () => {
    const { containers, volumes } = running('nginx:1.27');
    const both = [...(containers as unknown[]), { name: 'log', image: 'busybox' }];
    expect(told(ID, [SHARED, deployment(2, { containers: both, volumes })])).toEqual([]);
  });

  it('about a volume that is no claim, and about pods without volumes', () => {
    const empty = { ...running('redis'), volumes: [{ name: 'data', emptyDir: {} }] };
    expect(told(ID, [deployment(2, empty)])).toEqual([]);
    expect(told(ID, [deployment(2, { containers: [{ name: 'app', image: 'nginx' }] })])).toEqual(
      [],
    );
  });

  it('about claims that the pods of a StatefulSet have to themselves', () => {
    const volumeClaimTemplates = [
      { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteMany'] } },
    ];
    const { containers } = running('nginx');
    const set = workload('StatefulSet', { containers }, { replicas: 3, volumeClaimTemplates });
    expect(told(ID, [set])).toEqual([]);
  });

  it('about what exists', () => {
    const existing = [SHARED, deployment(2, running('nginx'))];
    expect(told(ID, [], { existing })).toEqual([]);
  });
});
