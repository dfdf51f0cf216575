import { App, Chart, Cron } from 'cdk8s';
import {
  type AbstractPod,
  type Container,
  CronJob,
  DaemonSet,
  Deployment,
  Job,
  Pod,
  Service,
  StatefulSet,
  Volume,
} from 'cdk8s-plus-28';
import { Claim } from '../../src/claims/claim';
import type { IBlockClaim } from '../../src/claims/contracts';
import { addBlockDevice } from '../../src/workloads/block-device';
import { checkObjects } from '../support/api-objects';
import { listAt, objectAt, valueAt } from '../support/json';
import { type Refusal, refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';
import { statefulApp } from './stateful-app';

/** A container that asks for nothing: what cdk8s-plus asks for is not canonical. */
const MAIN = { name: 'main', image: 'registry.example.com/db:1.0.0', resources: {} };

/** A claim that exists, as a device. */
function disk(chart: Chart, name = 'disk'): IBlockClaim {
  return Claim.fromClaimName(chart, name, name, {
    accessMode: 'ReadWriteOnce',
    volumeMode: 'Block',
  });
}

/** Pods of every kind, each with one container, and where the kind keeps its pods. */
const KINDS: readonly (readonly [
  kind: string,
  make: (chart: Chart) => AbstractPod,
  podSpec: readonly string[],
])[] = [
  ['Pod', (chart) => new Pod(chart, 'db', { containers: [MAIN] }), ['spec']],
  ['Deployment', deployment, ['spec', 'template', 'spec']],
  [
    'DaemonSet',
    (chart) => new DaemonSet(chart, 'db', { containers: [MAIN] }),
    ['spec', 'template', 'spec'],
  ],
  ['Job', (chart) => new Job(chart, 'db', { containers: [MAIN] }), ['spec', 'template', 'spec']],
  [
    'StatefulSet',
    (chart) =>
      new StatefulSet(chart, 'db', {
        containers: [MAIN],
        service: new Service(chart, 'service', { ports: [{ port: 5432 }] }),
      }),
    ['spec', 'template', 'spec'],
  ],
  [
    'CronJob',
    (chart) => new CronJob(chart, 'db', { containers: [MAIN], schedule: Cron.daily() }),
    ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ],
];

function deployment(chart: Chart): Deployment {
  return new Deployment(chart, 'db', { containers: [MAIN] });
}

function mainOf(pod: AbstractPod): Container {
  return pod.containers[0] as Container;
}

/** The pod spec of a Deployment with one container, which `shape` shapes. */
function podSpec(shape: (pod: Deployment, chart: Chart) => void): unknown {
  const objects = chartObjects((chart) => shape(deployment(chart), chart));
  expect(checkObjects(objects)).toEqual([]);
  return podSpecOf(objectOf(objects, 'Deployment'));
}

function podSpecOf(object: RenderedObject): unknown {
  return objectAt(object.spec, 'template', 'spec');
}

const VOLUME = {
  name: 'pvc-disk',
  persistentVolumeClaim: { claimName: 'disk', readOnly: false },
};

describe('a Block claim as a device', () => {
  test.each(KINDS)('reaches the container of a %s', (kind, make, path) => {
    const objects = chartObjects((chart) => {
      const pod = make(chart);
      addBlockDevice(pod, mainOf(pod), disk(chart), '/dev/xvda');
    });
    const pod = objectAt(objectOf(objects, kind), ...path);
    expect(pod.volumes).toEqual([VOLUME]);
    expect(listAt(pod, 'containers')).toEqual([
      expect.objectContaining({
        name: 'main',
        volumeDevices: [{ name: 'pvc-disk', devicePath: '/dev/xvda' }],
      }),
    ]);
    expect(listAt(pod, 'containers')[0]).not.toHaveProperty('volumeMounts');
    expect(checkObjects(objects)).toEqual([]);
  });

  test('reaches the container that is named, and no other', () => {
    const pod = podSpec((pod, chart) => {
      const log = pod.addContainer({ ...MAIN, name: 'log' });
      addBlockDevice(pod, log, disk(chart), '/dev/xvda');
    });
    expect(listAt(pod, 'containers').map((each) => valueAt(each, 'volumeDevices'))).toEqual([
      undefined,
      [{ name: 'pvc-disk', devicePath: '/dev/xvda' }],
    ]);
  });

  test('stays with its container when another is added later', () => {
    const pod = podSpec((pod, chart) => {
      addBlockDevice(pod, mainOf(pod), disk(chart), '/dev/xvda');
      pod.addContainer({ ...MAIN, name: 'log' });
    });
    expect(listAt(pod, 'containers').map((each) => valueAt(each, 'volumeDevices'))).toEqual([
      [{ name: 'pvc-disk', devicePath: '/dev/xvda' }],
      undefined,
    ]);
  });

  test('reaches an init container', () => {
    const pod = podSpec((pod, chart) => {
      pod.addInitContainer({ ...MAIN, name: 'first' });
      const format = pod.addInitContainer({ ...MAIN, name: 'format' });
      addBlockDevice(pod, format, disk(chart), '/dev/xvda');
    });
    expect(listAt(pod, 'initContainers').map((each) => valueAt(each, 'volumeDevices'))).toEqual([
      undefined,
      [{ name: 'pvc-disk', devicePath: '/dev/xvda' }],
    ]);
    expect(listAt(pod, 'containers')[0]).not.toHaveProperty('volumeDevices');
  });

  test('is one volume of the pod in two containers', () => {
    const pod = podSpec((pod, chart) => {
      const claim = disk(chart);
      addBlockDevice(pod, pod.addInitContainer({ ...MAIN, name: 'format' }), claim, '/dev/a');
      addBlockDevice(pod, mainOf(pod), claim, '/dev/b');
    });
    expect(valueAt(pod, 'volumes')).toEqual([VOLUME]);
    expect(listAt(pod, 'initContainers')[0]).toHaveProperty('volumeDevices', [
      { name: 'pvc-disk', devicePath: '/dev/a' },
    ]);
    expect(listAt(pod, 'containers')[0]).toHaveProperty('volumeDevices', [
      { name: 'pvc-disk', devicePath: '/dev/b' },
    ]);
  });

  test('is one of two in a container, in the order in which they were added', () => {
    const pod = podSpec((pod, chart) => {
      addBlockDevice(pod, mainOf(pod), disk(chart, 'wal'), '/dev/xvdb');
      addBlockDevice(pod, mainOf(pod), disk(chart, 'data'), '/dev/xvda');
    });
    expect(listAt(pod, 'volumes').map((volume) => valueAt(volume, 'name'))).toEqual([
      'pvc-wal',
      'pvc-data',
    ]);
    expect(listAt(pod, 'containers')[0]).toHaveProperty('volumeDevices', [
      { name: 'pvc-wal', devicePath: '/dev/xvdb' },
      { name: 'pvc-data', devicePath: '/dev/xvda' },
    ]);
  });

  test('is in two workloads at the same path', () => {
    const objects = chartObjects((chart) => {
      const claim = disk(chart);
      for (const id of ['a', 'b']) {
        const pod = new Deployment(chart, id, { containers: [MAIN] });
        addBlockDevice(pod, mainOf(pod), claim, '/dev/xvda');
      }
    });
    expect(objects.map(podSpecOf)).toEqual([
      expect.objectContaining({ volumes: [VOLUME] }),
      expect.objectContaining({ volumes: [VOLUME] }),
    ]);
  });

  test('reaches a container that two workloads share, in each by itself', () => {
    const objects = chartObjects((chart) => {
      const claim = disk(chart);
      const first = new Deployment(chart, 'a', { containers: [MAIN] });
      const second = new Deployment(chart, 'b');
      second.attachContainer(mainOf(first));
      addBlockDevice(first, mainOf(first), claim, '/dev/xvda');
      addBlockDevice(second, mainOf(first), claim, '/dev/xvda');
    });
    for (const object of objects) {
      expect(listAt(podSpecOf(object), 'containers')[0]).toHaveProperty('volumeDevices', [
        { name: 'pvc-disk', devicePath: '/dev/xvda' },
      ]);
    }
  });

  test('comes from a claim that is rendered beside it', () => {
    const objects = chartObjects((chart) => {
      const claim = new Claim(chart, 'disk', {
        size: '10Gi',
        accessMode: 'ReadWriteOnce',
        volumeMode: 'Block',
        storageClassName: 'fast',
      });
      const pod = deployment(chart);
      addBlockDevice(pod, mainOf(pod), claim, '/dev/xvda');
    });
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).toHaveProperty('volumeMode', 'Block');
    expect(podSpecOf(objectOf(objects, 'Deployment'))).toHaveProperty('volumes', [
      { name: 'pvc-shop-disk', persistentVolumeClaim: { claimName: 'shop-disk', readOnly: false } },
    ]);
    expect(checkObjects(objects)).toEqual([]);
  });

  test('leaves mounts as they are', () => {
    const pod = podSpec((pod, chart) => {
      mainOf(pod).mount('/tmp', Volume.fromEmptyDir(chart, 'tmp', 'tmp'));
      addBlockDevice(pod, mainOf(pod), disk(chart), '/dev/xvda');
      mainOf(pod).mount('/run', Volume.fromEmptyDir(chart, 'run', 'run'));
    });
    expect(listAt(pod, 'containers')[0]).toMatchObject({
      volumeMounts: [{ mountPath: '/tmp' }, { mountPath: '/run' }],
      volumeDevices: [{ devicePath: '/dev/xvda' }],
    });
    expect(
      listAt(pod, 'volumes')
        .map((volume) => valueAt(volume, 'name'))
        .sort(),
    ).toEqual(['pvc-disk', 'run', 'tmp']);
  });

  test.each([
    ['that only dots tell apart', 'disk.a', 'disk-a'],
    ['whose first 63 characters are alike', `${'d'.repeat(80)}-a`, `${'d'.repeat(80)}-b`],
  ])('is the right one of two with names %s', (_, one, other) => {
    const pod = podSpec((pod, chart) => {
      addBlockDevice(pod, mainOf(pod), disk(chart, one), '/dev/a');
      addBlockDevice(pod, mainOf(pod), disk(chart, other), '/dev/b');
    });
    const claims = new Map(
      listAt(pod, 'volumes').map((volume) => [
        valueAt(volume, 'name'),
        valueAt(volume, 'persistentVolumeClaim', 'claimName'),
      ]),
    );
    const devices = listAt(listAt(pod, 'containers')[0], 'volumeDevices');
    expect(
      devices.map((device) => [valueAt(device, 'devicePath'), claims.get(valueAt(device, 'name'))]),
    ).toEqual([
      ['/dev/a', one],
      ['/dev/b', other],
    ]);
  });
});

describe('a device fails', () => {
  /** What a Deployment says to a device that it refuses. */
  function refused(add: (pod: Deployment, main: Container, chart: Chart) => void): Refusal {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const pod = deployment(chart);
    return refusal(() => add(pod, mainOf(pod), chart));
  }

  test('when its claim comes as a folder, as plain JavaScript can ask', () => {
    expect(
      refused((pod, main, chart) => {
        const files: unknown = Claim.fromClaimName(chart, 'files', 'files', {
          accessMode: 'ReadWriteOnce',
        });
        addBlockDevice(pod, main, files as IBlockClaim, '/dev/xvda');
      }),
    ).toEqual({
      code: 'DeviceClaim',
      path: 'shop/db',
      message:
        "shop/db: a device must be a claim with volumeMode Block, got claim 'files' with volumeMode Filesystem; mount a folder with container.mount",
    });
  });

  test.each([
    ['disk', "'disk'"],
    [undefined, 'undefined'],
    [null, 'null'],
    [{ claimName: 'disk', volumeMode: 'Block' }, '{"claimName":"disk","volumeMode":"Block"}'],
  ])('when its claim is none: %j', (claim: unknown, got) => {
    expect(
      refused((pod, main) => addBlockDevice(pod, main, claim as IBlockClaim, '/dev/xvda')),
    ).toEqual({
      code: 'DeviceClaim',
      path: 'shop/db',
      message: `shop/db: a device must be a claim with volumeMode Block, got ${got}; mount a folder with container.mount`,
    });
  });

  test('when its claim is in another namespace', () => {
    expect(
      refused((pod, main, chart) => {
        const claim = Claim.fromClaimName(chart, 'disk', 'disk', {
          accessMode: 'ReadWriteOnce',
          volumeMode: 'Block',
          namespace: 'data',
        });
        addBlockDevice(pod, main, claim, '/dev/xvda');
      }),
    ).toEqual({
      code: 'ClaimNamespace',
      path: 'shop/db',
      message:
        "shop/db: claims must be in the pod's namespace 'shop', got claim 'disk' in 'data'; pods find claims of their own namespace only",
    });
  });

  test.each([
    ['dev/xvda', "must be an absolute path, got 'dev/xvda'"],
    ['', "must be an absolute path, got ''"],
    [undefined, 'must be an absolute path, got undefined'],
    [7, 'must be an absolute path, got 7'],
    ['/dev/../xvda', "must not have '..' in it, got '/dev/../xvda'"],
    ['/dev/\nxvda', "must not have control characters in it, got '/dev/\\nxvda'"],
  ])('when its path is none: %j', (path: unknown, problem) => {
    expect(
      refused((pod, main, chart) => addBlockDevice(pod, main, disk(chart), path as string)),
    ).toEqual({
      code: 'DevicePath',
      path: 'shop/db',
      message: `shop/db: 'devicePath' ${problem}`,
    });
  });

  test('when its path is that of another device of the container', () => {
    expect(
      refused((pod, main, chart) => {
        addBlockDevice(pod, main, disk(chart, 'a'), '/dev/xvda');
        addBlockDevice(pod, main, disk(chart, 'b'), '/dev/xvda');
      }),
    ).toEqual({
      code: 'DevicePath',
      path: 'shop/db',
      message: "shop/db: 'devicePath' must be a path of its own, got '/dev/xvda' again",
    });
  });

  test('when its path is that of a mount of the container', () => {
    expect(
      refused((pod, main, chart) => {
        main.mount('/data', Volume.fromEmptyDir(chart, 'data', 'data'));
        addBlockDevice(pod, main, disk(chart), '/data');
      }),
    ).toEqual({
      code: 'DevicePath',
      path: 'shop/db',
      message: "shop/db: 'devicePath' must be a path of its own, got '/data' again",
    });
  });

  test('when its container is of another pod, which is left as it was', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const pod = deployment(chart);
    const other = new Deployment(chart, 'other', { containers: [{ ...MAIN, name: 'web' }] });
    expect(refusal(() => addBlockDevice(pod, mainOf(other), disk(chart), '/dev/xvda'))).toEqual({
      code: 'DeviceContainer',
      path: 'shop/db',
      message: "shop/db: the container must be one of the pod's, got 'web'",
    });
    expect(pod.volumes).toEqual([]);
  });

  test('when a volume of its name is another one', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const pod = deployment(chart);
    pod.addVolume(Volume.fromEmptyDir(chart, 'empty', 'pvc-disk'));
    expect(() => addBlockDevice(pod, mainOf(pod), disk(chart), '/dev/xvda')).toThrow(
      'Volume with name pvc-disk already exists',
    );
  });
});

describe('what is no pod fails', () => {
  test('as nothing', () => {
    expect(refusal(() => (addBlockDevice as () => void)())).toEqual({
      code: 'DevicePod',
      path: '',
      message:
        "a device must go to a Pod or a workload of cdk8s-plus, got undefined; a StatefulApp takes one by 'storage' with volumeMode Block",
    });
  });

  test('as a StatefulApp, which has storage of its own', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const app = statefulApp(chart);
    expect(
      refusal(() =>
        addBlockDevice(app as unknown as AbstractPod, app.container, disk(chart), '/dev/x'),
      ),
    ).toEqual({
      code: 'DevicePod',
      path: 'shop/db',
      message:
        "shop/db: a device must go to a Pod or a workload of cdk8s-plus, got another construct; a StatefulApp takes one by 'storage' with volumeMode Block",
    });
  });
});
