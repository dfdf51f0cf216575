import { App, Chart } from 'cdk8s';
import { VolumeSnapshot } from '../../src/claims/volume-snapshot';
import { EbsSnapshotClass } from '../../src/ebs/ebs-snapshot-class';
import { EbsStorageClass } from '../../src/ebs/ebs-storage-class';
import type { EbsStorageClassProps } from '../../src/ebs/ebs-storage-class-props';
import { quantity } from '../../src/kube/quantity';
import { checkObjects } from '../support/api-objects';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

/** A class as plain JavaScript sees it: without types. */
interface UntypedClass {
  claim(scope: Chart, id: string, props: unknown): unknown;
}

function rendered(build: (chart: Chart) => void): readonly RenderedObject[] {
  const objects = chartObjects(build);
  expect(checkObjects(objects)).toEqual([]);
  return objects;
}

/** What a claim of a class is refused with, both as plain JavaScript gives them. */
function refused(ofClass: unknown, props: unknown): string {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  const storage = new EbsStorageClass(chart, 'fast', ofClass as EbsStorageClassProps);
  const { code, path, message } = refusal(() =>
    (storage as UntypedClass).claim(chart, 'data', props),
  );
  expect(path).toBe('shop/data');
  return `${code} ${message}`;
}

const GP3 = { volume: { type: 'gp3' } } as const;
const IO1 = { volume: { type: 'io1', iops: 5000 } } as const;
const IO2 = { volume: { type: 'io2', iops: 1000 } } as const;

describe('a claim of an EbsStorageClass', () => {
  test('asks its class for a folder that one node can write', () => {
    const objects = rendered((chart) => {
      new EbsStorageClass(chart, 'fast', GP3).claim(chart, 'data', { size: '300Gi' });
    });
    expect(objectOf(objects, 'PersistentVolumeClaim')).toMatchObject({
      metadata: {
        name: 'shop-data',
        namespace: 'shop',
        annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
      },
      spec: {
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
        storageClassName: 'shop-shop-fast',
        resources: { requests: { storage: '300Gi' } },
      },
    });
  });

  test('may be for one pod, or a device', () => {
    const objects = rendered((chart) => {
      const fast = new EbsStorageClass(chart, 'fast', GP3);
      fast.claim(chart, 'pod', { size: '1Gi', accessMode: 'ReadWriteOncePod' });
      fast.claim(chart, 'device', { size: '1Gi', volumeMode: 'Block' });
    });
    const pod = objectOf(objects, 'PersistentVolumeClaim', 'shop-pod');
    expect(pod.spec).toMatchObject({ accessModes: ['ReadWriteOncePod'], volumeMode: 'Filesystem' });
    const device = objectOf(objects, 'PersistentVolumeClaim', 'shop-device');
    expect(device.spec).toMatchObject({ accessModes: ['ReadWriteOnce'], volumeMode: 'Block' });
  });

  test('may be a device of io2 that several nodes have', () => {
    const objects = rendered((chart) => {
      new EbsStorageClass(chart, 'shared', IO2).claim(chart, 'device', {
        size: '4Gi',
        accessMode: 'ReadWriteMany',
        volumeMode: 'Block',
      });
    });
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).toMatchObject({
      accessModes: ['ReadWriteMany'],
      volumeMode: 'Block',
    });
  });

  test('gives a snapshot, from which another one is filled', () => {
    const objects = rendered((chart) => {
      const fast = new EbsStorageClass(chart, 'fast', GP3);
      const snapshotClass = new EbsSnapshotClass(chart, 'kept');
      const data = fast.claim(chart, 'data', { size: '10Gi' });
      const fromSnapshot = data.snapshot('before', { snapshotClass });
      fast.claim(chart, 'copy', { size: '10Gi', fromSnapshot });
    });
    expect(objectOf(objects, 'VolumeSnapshot').spec).toEqual({
      volumeSnapshotClassName: 'shop-shop-kept',
      source: { persistentVolumeClaimName: 'shop-data' },
    });
    expect(objectOf(objects, 'PersistentVolumeClaim', 'shop-copy').spec).toMatchObject({
      dataSource: {
        apiGroup: 'snapshot.storage.k8s.io',
        kind: 'VolumeSnapshot',
        name: 'shop-data-before',
      },
    });
  });

  test('may be filled from a snapshot that exists', () => {
    const objects = rendered((chart) => {
      new EbsStorageClass(chart, 'fast', GP3).claim(chart, 'data', {
        size: '10Gi',
        fromSnapshot: VolumeSnapshot.fromSnapshotName('nightly'),
      });
    });
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).toMatchObject({
      dataSource: { name: 'nightly' },
    });
  });

  test('rounds its size up to whole GiB before it is compared', () => {
    expect(() =>
      rendered((chart) => {
        const slow = new EbsStorageClass(chart, 'slow', { volume: { type: 'st1' } });
        slow.claim(chart, 'a', { size: '124.5Gi' });
        new EbsStorageClass(chart, 'io1', IO1).claim(chart, 'b', { size: '99.5Gi' });
      }),
    ).not.toThrow();
  });
});

describe('a claim of an EbsStorageClass fails', () => {
  test.each([
    [
      { volume: { type: 'st1' } },
      { size: '124Gi' },
      "EbsSize shop/data: 'size' of st1 must be between 125Gi and 16384Gi, got 124Gi",
    ],
    [
      GP3,
      { size: '65Ti' },
      "EbsSize shop/data: 'size' of gp3 must be between 1Gi and 65536Gi, got 65Ti",
    ],
    [
      IO1,
      { size: '99Gi' },
      "EbsIops shop/data: 'iops' of io1 must be at most 50 for each of 99Gi (4950), got 5000; claim at least 100Gi",
    ],
    [
      { volume: { type: 'gp3', iopsPerGB: 10 } },
      { size: '299Gi' },
      "EbsIops shop/data: 'iopsPerGB' of gp3 must make at least 3000 IOPS, got 10 for each of 299Gi (2990); claim at least 300Gi, or set 'allowAutoIOPSPerGBIncrease'",
    ],
    [
      { volume: { type: 'gp3', iopsPerGB: 40, throughput: 1000 } },
      { size: '99Gi' },
      "EbsThroughput shop/data: 'throughput' of gp3 must be at most 0.25 MiB/s for each of its 3960 IOPS (990), got 1000; claim at least 100Gi",
    ],
    [
      { ...GP3, format: { blockSize: 4096 } },
      { size: '1Gi', volumeMode: 'Block' },
      "EbsFormat shop/data: 'blockSize' must be left out for volumeMode Block: a device is not formatted",
    ],
    [
      GP3,
      { size: '1Gi', accessMode: 'ReadWriteMany', volumeMode: 'Block' },
      "EbsAccessMode shop/data: 'accessMode' of gp3 must be 'ReadWriteOnce' or 'ReadWriteOncePod', got 'ReadWriteMany'; that is for io2 with volumeMode Block, and a file system that nodes share needs another driver, such as NFS",
    ],
    [
      IO2,
      { size: '4Gi', accessMode: 'ReadWriteMany' },
      "EbsAccessMode shop/data: 'volumeMode' must be 'Block' for ReadWriteMany, got 'Filesystem'; a file system that nodes share needs another driver, such as NFS",
    ],
    [
      IO2,
      { size: '4Gi', accessMode: 'ReadOnlyMany', volumeMode: 'Block' },
      "EbsAccessMode shop/data: 'accessMode' of io2 must be 'ReadWriteOnce' or 'ReadWriteOncePod', got 'ReadOnlyMany'",
    ],
    [
      GP3,
      { size: '1Gi', storageClassName: 'slow' },
      "PropUnknown shop/data: 'storageClassName' is no prop of the claim; it takes 'size', 'accessMode', 'volumeMode', 'name', 'namespace', 'labels', 'deletable' or 'fromSnapshot'",
    ],
  ])('of %j with %j', (ofClass, props, message) => {
    expect(refused(ofClass, props)).toBe(message);
  });

  test('where a StatefulSet asks for as many as it has replicas', () => {
    const chart = new Chart(new App(), 'shop');
    const slow = new EbsStorageClass(chart, 'slow', { volume: { type: 'sc1' } });
    const request = { accessMode: 'ReadWriteOnce', volumeMode: 'Filesystem', count: 3 } as const;
    expect(() =>
      slow.checkClaim('shop/kafka', { ...request, size: quantity('125Gi') }),
    ).not.toThrow();
    expect(
      refusal(() => slow.checkClaim('shop/kafka', { ...request, size: quantity('1Gi') })),
    ).toEqual({
      code: 'EbsSize',
      path: 'shop/kafka',
      message: "shop/kafka: 'size' of sc1 must be between 125Gi and 16384Gi, got 1Gi",
    });
  });
});
