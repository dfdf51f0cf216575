import { App, Chart } from 'cdk8s';
import { VolumePool } from '../../src/claims/volume-pool';
import { EbsSnapshotClass } from '../../src/ebs/ebs-snapshot-class';
import { EbsStorageClass } from '../../src/ebs/ebs-storage-class';
import { EbsVolume } from '../../src/ebs/ebs-volume';
import { NfsVolume } from '../../src/nfs/nfs-volume';
import { SharedUploadApp } from '../../src/workloads/shared-upload-app';
import type { StatefulAppProps } from '../../src/workloads/stateful-app-props';
import { checkObjects } from '../support/api-objects';
import { listAt, valueAt } from '../support/json';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf } from '../support/synth';
import { podOf, refusedApp, statefulApp } from '../workloads/stateful-app';

const DISK = { volumeId: 'vol-688d7099', zone: 'ap-northeast-1a', capacity: '300Gi' } as const;
const OTHER = { ...DISK, volumeId: 'vol-688d709a' } as const;
const CLASS = { volume: { type: 'gp3' } } as const;

/** An app on a disk that exists, and nothing else. */
function onDisk(chart: Chart): Partial<StatefulAppProps> {
  return {
    storage: [],
    volumes: [{ storage: new EbsVolume(chart, 'disk', DISK), mountPath: '/data' }],
  };
}

describe('an app on a disk that exists', () => {
  test('may write a fresh one: its files are given to the group of the process', () => {
    expect(podOf((chart) => ({ ...onDisk(chart), runAsGroup: 999 }))).toMatchObject({
      securityContext: { fsGroup: 999, fsGroupChangePolicy: 'OnRootMismatch' },
    });
  });

  test('sees all of it: what is there is not hidden below a subPath', () => {
    const [container] = listAt(podOf(onDisk), 'containers');
    expect(listAt(container, 'volumeMounts')[0]).toEqual({
      mountPath: '/data',
      name: 'pvc-shop-disk',
    });
  });

  test('asks for no group where the volume ignores it', () => {
    const onShare = (chart: Chart) => ({
      storage: [],
      volumes: [
        {
          storage: new NfsVolume(chart, 'share', { server: 'a', path: '/', capacity: '1Gi' }),
          mountPath: '/data',
        },
      ],
    });
    expect(podOf(onShare)).not.toHaveProperty('securityContext.fsGroup');
  });
});

describe('a disk that one node has at a time', () => {
  const message =
    "'volumes' must not have a claim that one node has at a time with 2 replicas on nodes of their own, got 'shop-disk'; replicas on other nodes would wait for it for ever, set 'spread' to 'none' where all run on one node";

  test('fails with replicas on nodes of their own', () => {
    for (const spread of ['preferred', 'required', undefined]) {
      expect(refusedApp((chart) => ({ ...onDisk(chart), replicas: 2, spread }))).toEqual({
        code: 'ClaimExclusive',
        path: 'shop/db',
        message: `shop/db: ${message}`,
      });
    }
  });

  test('fails with them where it is claimed of a class, beside files that are shared', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const uploads = new NfsVolume(chart, 'up', { server: 'a', path: '/', capacity: '1Gi' });
    const disk = new EbsStorageClass(chart, 'class', CLASS).claim(chart, 'disk', { size: '1Gi' });
    expect(
      refusal(
        () =>
          new SharedUploadApp(chart, 'web', {
            image: 'web:1',
            port: 80,
            uploads: { claim: uploads, mountPath: '/data' },
            volumes: [{ storage: disk, mountPath: '/cache' }],
          }),
      ),
    ).toMatchObject({ code: 'ClaimExclusive', message: `shop/web: ${message}` });
  });

  test('serves one replica, and several that keep to one node', () => {
    for (const props of [{ replicas: 1 }, { replicas: 2, spread: 'none' } as const]) {
      expect(() => podOf((chart) => ({ ...onDisk(chart), ...props }))).not.toThrow();
    }
  });
});

describe('a snapshot of a disk that exists', () => {
  test('is one of its claim', () => {
    const objects = chartObjects((chart) => {
      const snapshotClass = new EbsSnapshotClass(chart, 'kept', { name: 'kept' });
      new EbsVolume(chart, 'disk', DISK).snapshot('before', { snapshotClass });
    });
    expect(checkObjects(objects)).toEqual([]);
    expect(objectOf(objects, 'VolumeSnapshot')).toMatchObject({
      metadata: { name: 'shop-disk-before', namespace: 'shop' },
      spec: {
        volumeSnapshotClassName: 'kept',
        source: { persistentVolumeClaimName: 'shop-disk' },
      },
    });
  });

  test('fills a claim that is as large as the disk, and no smaller one', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    // The snapshot is of the whole disk, whatever of it was asked for.
    const disk = new EbsVolume(chart, 'disk', { ...DISK, request: '1Gi' });
    const fromSnapshot = disk.snapshot('before');
    const ebs = new EbsStorageClass(chart, 'class', CLASS);
    expect(() => ebs.claim(chart, 'same', { size: '300Gi', fromSnapshot })).not.toThrow();
    expect(refusal(() => ebs.claim(chart, 'less', { size: '299Gi', fromSnapshot }))).toEqual({
      code: 'SnapshotSize',
      path: 'shop/less',
      message:
        "shop/less: 'size' must be at least that of snapshot 'shop-disk-before' (300Gi), got 299Gi",
    });
  });
});

describe('a pool of disks', () => {
  test.each([
    [{ ...OTHER, zone: 'eu' }, 'EbsZone', 'zone'],
    [{ ...OTHER, volumeId: 'vol-1' }, 'EbsVolumeId', 'volumeId'],
    [{ ...OTHER, capacity: '65537Gi' } as const, 'EbsSize', 'capacity'],
    [{ ...OTHER, capacity: '0Gi' } as const, 'SizeInvalid', 'capacity'],
  ])('names the one that is wrong: %j', (wrong, code, prop) => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const volumes = [EbsVolume.pooled(DISK), EbsVolume.pooled(wrong)] as const;
    const refused = refusal(() => new VolumePool(chart, 'pool', { volumes: [...volumes] }));
    expect(refused).toMatchObject({ code, path: 'shop/pool' });
    expect(refused.message).toContain(`shop/pool: 'volumes[1].${prop}' must be `);
  });

  test('keeps apps out of lost+found where any of them has one', () => {
    const objects = chartObjects((chart) => {
      const volumes = [
        EbsVolume.pooled({ ...DISK, fsType: 'xfs' }),
        EbsVolume.pooled(OTHER),
      ] as const;
      const pool = new VolumePool(chart, 'pool', { volumes: [...volumes] });
      statefulApp(chart, {
        replicas: 2,
        storage: [{ name: 'data', mountPath: '/data', from: pool, size: '1Gi' }],
      });
    });
    const [container] = listAt(
      objectOf(objects, 'StatefulSet').spec,
      'template',
      'spec',
      'containers',
    );
    expect(valueAt(listAt(container, 'volumeMounts')[0], 'subPath')).toBe('data');
  });

  test('fails when a claim on it says nothing', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const pool = new VolumePool(chart, 'pool', { volumes: [EbsVolume.pooled(DISK)] });
    expect(refusal(() => pool.claim(chart, 'data', undefined as never))).toMatchObject({
      code: 'PropType',
      message: 'shop/data: the props of the claim must be an object, got undefined',
    });
  });
});
