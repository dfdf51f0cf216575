import { Deployment } from 'cdk8s-plus-28';
import { Claim, type ExistingClaimProps, type IClaim } from '../../src';
import { type JsonObject, listAt, objectAt } from '../support/json';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf } from '../support/synth';

type Container = ReturnType<Deployment['addContainer']>;

const SHARED: ExistingClaimProps = { accessMode: 'ReadWriteMany' };

/** The pod spec of a Deployment with two containers, in which `mount` mounts a claim. */
function podSpec(
  mount: (app: Container, sidecar: Container, files: IClaim) => void,
  name = 'files',
  props = SHARED,
): JsonObject {
  const objects = chartObjects((chart) => {
    const deployment = new Deployment(chart, 'web');
    const app = deployment.addContainer({ name: 'app', image: 'web:1' });
    const sidecar = deployment.addContainer({ name: 'sidecar', image: 'backup:1' });
    mount(app, sidecar, Claim.fromClaimName(chart, 'files', name, props));
  });
  return objectAt(objectOf(objects, 'Deployment'), 'spec', 'template', 'spec');
}

const VOLUME = {
  name: 'pvc-files',
  persistentVolumeClaim: { claimName: 'files', readOnly: false },
};

function mountsOf(pod: object): readonly unknown[] {
  return listAt(pod, 'containers').map((container) => listAt(container, 'volumeMounts'));
}

describe('a claim in a pod', () => {
  test('is one volume, mounted where the container asks for it', () => {
    const pod = podSpec((app, _, files) => app.mount('/data', files));
    expect(pod.volumes).toEqual([VOLUME]);
    expect(mountsOf(pod)).toEqual([[{ name: 'pvc-files', mountPath: '/data' }], []]);
  });

  test('is one volume when two containers mount it', () => {
    const pod = podSpec((app, sidecar, files) => {
      app.mount('/data', files);
      sidecar.mount('/backup', files, { readOnly: true });
    });
    expect(pod.volumes).toEqual([VOLUME]);
    expect(mountsOf(pod)).toEqual([
      [{ name: 'pvc-files', mountPath: '/data' }],
      [{ name: 'pvc-files', mountPath: '/backup', readOnly: true }],
    ]);
  });

  test('is one volume when a container mounts it several times', () => {
    const pod = podSpec((app, _, files) => {
      app.mount('/data/a', files, { subPath: 'a' });
      app.mount('/data/b', files, { subPath: 'b' });
    });
    expect(pod.volumes).toEqual([VOLUME]);
    expect(mountsOf(pod)).toEqual([
      [
        { name: 'pvc-files', mountPath: '/data/a', subPath: 'a' },
        { name: 'pvc-files', mountPath: '/data/b', subPath: 'b' },
      ],
      [],
    ]);
  });

  test('is a volume of each of two workloads', () => {
    const objects = chartObjects((chart) => {
      const files = Claim.fromClaimName(chart, 'files', 'files', SHARED);
      for (const id of ['web', 'worker']) {
        new Deployment(chart, id).addContainer({ image: 'web:1' }).mount('/data', files);
      }
    });
    expect(objects.map((object) => objectAt(object, 'spec', 'template', 'spec').volumes)).toEqual([
      [VOLUME],
      [VOLUME],
    ]);
  });

  test('is read-only in every container where it is ReadOnlyMany', () => {
    const pod = podSpec((app, _, files) => app.mount('/data', files), 'files', {
      accessMode: 'ReadOnlyMany',
    });
    expect(pod.volumes).toEqual([
      { name: 'pvc-files', persistentVolumeClaim: { claimName: 'files', readOnly: true } },
    ]);
  });

  test('makes one volume however often it is asked', () => {
    chartObjects((chart) => {
      const files = Claim.fromClaimName(chart, 'files', 'files', SHARED);
      expect(files.asVolume()).toBe(files.asVolume());
    });
  });
});

describe("the name of a claim's volume in a pod", () => {
  test.each([
    ['files', 'pvc-files'],
    ['pg.data.old', 'pvc-pg-data-old-43bc8d36'],
    ['a'.repeat(59), `pvc-${'a'.repeat(59)}`],
  ])('for %s is %s', (name, volume) => {
    chartObjects((chart) => {
      expect(Claim.fromClaimName(chart, 'files', name, SHARED).asVolume().name).toBe(volume);
    });
  });

  test('is a DNS label for the longest name of a claim, whose full name is mounted', () => {
    for (const name of [
      'a'.repeat(253),
      `${'a.'.repeat(126)}a`,
      `${'a'.repeat(58)}-b.${'c'.repeat(190)}`,
    ]) {
      const pod = podSpec((app, _, files) => app.mount('/data', files), name);
      const [volume] = listAt(pod, 'volumes');
      expect(objectAt(volume).name).toMatch(/^pvc-[a-z0-9]([-a-z0-9]{0,57}[a-z0-9])?$/);
      expect(objectAt(volume, 'persistentVolumeClaim').claimName).toBe(name);
    }
  });

  test('differs for two claims, even where their names differ late or by a dot', () => {
    const pairs = [
      [`${'a'.repeat(80)}-one`, `${'a'.repeat(80)}-two`],
      [`${'a'.repeat(59)}`, `${'a'.repeat(60)}`],
      ['pg.data', 'pg-data'],
    ] as const;
    for (const [one, two] of pairs) {
      const pod = podSpec((app, sidecar, files) => {
        app.mount('/one', files);
        sidecar.mount('/two', Claim.fromClaimName(files, 'other', two, SHARED));
      }, one);
      const names = listAt(pod, 'volumes').map((volume) => objectAt(volume).name);
      expect(new Set(names).size).toBe(2);
    }
  });
});

describe('a Block claim', () => {
  test('is a device, and fails where it is mounted', () => {
    chartObjects((chart) => {
      const disk = new Claim(chart, 'disk', {
        size: '10Gi',
        accessMode: 'ReadWriteOnce',
        volumeMode: 'Block',
        storageClassName: 'fast',
      });
      const container = new Deployment(chart, 'web').addContainer({ image: 'web:1' });
      expect(refusal(() => container.mount('/data', disk))).toEqual({
        code: 'BlockMounted',
        path: 'shop/disk',
        message:
          "shop/disk: claim 'shop-disk' has volumeMode Block; a container takes it by 'volumeDevices', it cannot be mounted",
      });
    });
  });
});
