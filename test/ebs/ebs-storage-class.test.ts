import { App, Chart } from 'cdk8s';
import { EbsStorageClass } from '../../src/ebs/ebs-storage-class';
import type { EbsStorageClassProps } from '../../src/ebs/ebs-storage-class-props';
import { EBS_LIMITS, EBS_VOLUME_TYPES } from '../../src/ebs/limits';
import { checkObjects } from '../support/api-objects';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

const GP3 = { volume: { type: 'gp3' } } as const;
const KEY = 'arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** `new EbsStorageClass` as plain JavaScript sees it: without types. */
const UntypedClass = EbsStorageClass as unknown as new (
  scope: Chart,
  id: string,
  props: unknown,
) => EbsStorageClass;

function rendered(props: EbsStorageClassProps, chartProps?: object): RenderedObject {
  const objects = chartObjects((chart) => {
    new EbsStorageClass(chart, 'fast', props);
  }, chartProps);
  expect(checkObjects(objects)).toEqual([]);
  return objectOf(objects, 'StorageClass');
}

function refused(props: unknown): string {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  const { code, message } = refusal(() => new UntypedClass(chart, 'fast', props));
  return `${code} ${message}`;
}

describe('an EbsStorageClass', () => {
  test('renders a class with everything written out, and no namespace', () => {
    expect(rendered(GP3)).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: 'shop-shop-fast',
        labels: {
          'app.kubernetes.io/managed-by': 'cdk8s',
          'app.kubernetes.io/name': 'fast',
          'app.kubernetes.io/part-of': 'shop',
        },
      },
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', 'csi.storage.k8s.io/fstype': 'ext4', encrypted: 'true' },
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    });
  });

  test('renders every parameter as text', () => {
    const { parameters } = rendered({
      volume: { type: 'gp3', iops: 6000, throughput: 500 },
      fsType: 'ext4',
      format: {
        blockSize: 4096,
        inodeSize: 512,
        bytesPerInode: 8192,
        numberOfInodes: 1000,
        ext4BigAlloc: true,
        ext4ClusterSize: 65536,
      },
      encrypted: true,
      kmsKeyId: KEY,
      tags: { team: 'shop', pvc: '{{ .PVCName }}' },
    });
    expect(parameters).toEqual({
      type: 'gp3',
      iops: '6000',
      throughput: '500',
      'csi.storage.k8s.io/fstype': 'ext4',
      blockSize: '4096',
      inodeSize: '512',
      bytesPerInode: '8192',
      numberOfInodes: '1000',
      ext4BigAlloc: 'true',
      ext4ClusterSize: '65536',
      encrypted: 'true',
      kmsKeyId: KEY,
      tagSpecification_1: 'team=shop',
      tagSpecification_2: 'pvc={{ .PVCName }}',
    });
  });

  test.each([
    [{ type: 'gp2' }, { type: 'gp2' }],
    [
      { type: 'io1', iops: 100 },
      { type: 'io1', iops: '100' },
    ],
    [
      { type: 'io2', iopsPerGB: 500 },
      { type: 'io2', iopsPerGB: '500' },
    ],
    [
      { type: 'gp3', iopsPerGB: 3, allowAutoIOPSPerGBIncrease: true },
      { type: 'gp3', iopsPerGB: '3', allowAutoIOPSPerGBIncrease: 'true' },
    ],
    [{ type: 'st1' }, { type: 'st1' }],
    [{ type: 'sc1' }, { type: 'sc1' }],
    [{ type: 'standard' }, { type: 'standard' }],
  ] as const)('renders %j', (volume, parameters) => {
    expect(rendered({ volume } as EbsStorageClassProps).parameters).toEqual({
      ...parameters,
      'csi.storage.k8s.io/fstype': 'ext4',
      encrypted: 'true',
    });
  });

  test('renders the zones as those where volumes may be made', () => {
    const zones = ['ap-northeast-1a', 'ap-northeast-1c'];
    expect(rendered({ ...GP3, zones }).allowedTopologies).toEqual([
      { matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: zones }] },
    ]);
  });

  test.each([
    [{ reclaimPolicy: 'Retain' }, { reclaimPolicy: 'Retain' }],
    [{ allowVolumeExpansion: false }, { allowVolumeExpansion: false }],
    [{ mountOptions: ['noatime', 'discard'] }, { mountOptions: ['noatime', 'discard'] }],
    [{ name: 'fast' }, { metadata: { name: 'fast' } }],
    [{ labels: { tier: 'db' } }, { metadata: { labels: { tier: 'db' } } }],
    [
      { isDefault: true },
      { metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } } },
    ],
    [{ encrypted: false }, { parameters: { encrypted: 'false' } }],
    [{ fsType: 'xfs' }, { parameters: { 'csi.storage.k8s.io/fstype': 'xfs' } }],
    [{ fsType: 'ext3' }, { parameters: { 'csi.storage.k8s.io/fstype': 'ext3' } }],
  ])('renders %j', (props, fields) => {
    expect(rendered({ ...GP3, ...props } as EbsStorageClassProps)).toMatchObject(fields);
  });

  test('leaves out what is empty', () => {
    const object = rendered({ ...GP3, mountOptions: [], tags: {}, format: {}, isDefault: false });
    expect(object).toEqual(rendered(GP3));
  });

  test('says what a workload has to know of its volumes', () => {
    chartObjects((chart) => {
      const fast = new EbsStorageClass(chart, 'fast', GP3);
      expect(fast.volumeType).toBe('gp3');
      expect(fast.defaultAccessMode).toBe('ReadWriteOnce');
      expect(fast.storageClassName).toBe('shop-shop-fast');
      expect(fast.traits).toEqual({
        driver: 'ebs.csi.aws.com',
        attaches: true,
        honoursFsGroup: true,
        hasLostAndFound: true,
      });
      const ext3 = new EbsStorageClass(chart, 'ext3', { ...GP3, fsType: 'ext3' });
      expect(ext3.traits.hasLostAndFound).toBe(true);
      const xfs = new EbsStorageClass(chart, 'xfs', { ...GP3, fsType: 'xfs' });
      expect(xfs.traits.hasLostAndFound).toBe(false);
    });
  });

  test('does not change its props', () => {
    const props = Object.freeze({ ...GP3, zones: Object.freeze(['ap-northeast-1a']) });
    rendered(props);
    expect(props).toEqual({ volume: { type: 'gp3' }, zones: ['ap-northeast-1a'] });
  });
});

describe('an EbsStorageClass in plain JavaScript fails', () => {
  test.each([
    [
      { type: 'gp3', iops: 100 },
      "EbsIops shop/fast: 'iops' of gp3 must be between 3000 and 80000, got 100; leave it out for 3000",
    ],
    [
      { type: 'gp3', iops: 80001 },
      "EbsIops shop/fast: 'iops' of gp3 must be between 3000 and 80000, got 80001; leave it out for 3000",
    ],
    [
      { type: 'gp3', iops: 3000, iopsPerGB: 10 },
      "EbsIops shop/fast: 'iops' must not be given beside 'iopsPerGB', got 3000 and 10",
    ],
    [
      { type: 'gp2', iopsPerGB: 10 },
      "EbsIops shop/fast: 'iopsPerGB' must be left out for gp2; 'gp3', 'io1' or 'io2' take it",
    ],
    [
      { type: 'io2' },
      "EbsIops shop/fast: 'iops' or 'iopsPerGB' must be given for io2, got neither",
    ],
    [
      { type: 'io1', iopsPerGB: 51 },
      "EbsIops shop/fast: 'iopsPerGB' of io1 must be between 1 and 50, got 51",
    ],
    [
      { type: 'io1', iops: 100, throughput: 125 },
      "EbsThroughput shop/fast: 'throughput' must be left out for io1; 'gp3' takes it",
    ],
    [
      { type: 'gp3', throughput: 2001 },
      "EbsThroughput shop/fast: 'throughput' of gp3 must be between 125 and 2000 MiB/s, got 2001; leave it out for 125",
    ],
    [
      { type: 'gp3', throughput: 1000 },
      "EbsThroughput shop/fast: 'throughput' of gp3 must be at most 0.25 MiB/s for each of its 3000 IOPS (750), got 1000; set 'iops' to at least 4000",
    ],
    [
      { type: 'gp4' },
      "PropType shop/fast: 'volume.type' must be 'gp3', 'gp2', 'io1', 'io2', 'st1', 'sc1' or 'standard', got 'gp4'; did you mean 'gp3'?",
    ],
    [
      {},
      "PropMissing shop/fast: 'volume.type' must be 'gp3', 'gp2', 'io1', 'io2', 'st1', 'sc1' or 'standard', got undefined",
    ],
    [
      { type: 'gp3', iop: 3000 },
      "PropUnknown shop/fast: 'volume.iop' is no prop of EbsStorageClass; did you mean 'iops'?",
    ],
    [
      { type: 'gp3', iops: '3000' },
      "PropType shop/fast: 'volume.iops' must be a whole number of at least 1, got '3000'",
    ],
    [
      { type: 'gp3', iops: 3000.5 },
      "PropType shop/fast: 'volume.iops' must be a whole number of at least 1, got 3000.5",
    ],
    [
      { type: 'gp3', throughput: Number.NaN },
      "PropType shop/fast: 'volume.throughput' must be a whole number of at least 1, got NaN",
    ],
  ])('with volume %j', (volume, message) => {
    expect(refused({ volume })).toBe(message);
  });

  test.each([
    [
      { fsType: 'xfs', format: { bytesPerInode: 8192 } },
      "EbsFormat shop/fast: 'bytesPerInode' must be left out for xfs, which has no such option",
    ],
    [
      { format: { blockSize: 512 } },
      "EbsFormat shop/fast: 'blockSize' of ext4 must be a power of two from 1024 to 65536, got 512",
    ],
    [
      { format: { ext4ClusterSize: 65536 } },
      "EbsFormat shop/fast: 'ext4ClusterSize' must be given together with 'ext4BigAlloc', got it alone",
    ],
    [
      { fsType: 'ext2' },
      "PropType shop/fast: 'fsType' must be 'ext4', 'ext3' or 'xfs', got 'ext2'; did you mean 'ext4'?",
    ],
    [
      { kmsKeyId: 'alias/shop' },
      "EbsKmsKey shop/fast: 'kmsKeyId' must be the ARN of a key, 'arn:aws:kms:<region>:<account>:key/<id>', got 'alias/shop'",
    ],
    [
      { kmsKeyId: KEY, encrypted: false },
      "EbsKmsKey shop/fast: 'kmsKeyId' must be left out where 'encrypted' is false: with a key, it is true",
    ],
    [
      { tags: { 'aws:team': 'shop' } },
      "EbsTags shop/fast: 'tags' must not have a key that begins with 'aws:', got 'aws:team'; it is reserved",
    ],
    [
      { tags: { team: 1 } },
      'PropType shop/fast: \'tags\' must be an object of strings by key, got {"team":1}',
    ],
    [
      { zones: [] },
      "EbsZone shop/fast: 'zones' must have one zone at least, got none; leave it out for any",
    ],
    [
      { zones: ['ap-northeast-1a', 'ap-northeast-1'] },
      "EbsZone shop/fast: 'zones[1]' must be the name of a zone, such as 'ap-northeast-1a', got 'ap-northeast-1'",
    ],
    [
      { zones: ['apne1-az4'] },
      "EbsZone shop/fast: 'zones[0]' must be the name of a zone, such as 'ap-northeast-1a', got 'apne1-az4'; that is the id of a zone",
    ],
    [
      { zones: ['ap-northeast-1a', 'ap-northeast-1a'] },
      "EbsZone shop/fast: 'zones' must have each zone once, got 'ap-northeast-1a' again",
    ],
    [
      { mountOptions: ['noatime,discard'] },
      "PropType shop/fast: 'mountOptions[0]' must be one mount option, without commas and spaces, got 'noatime,discard'",
    ],
    [
      { reclaimPolicy: 'Recycle' },
      "PropType shop/fast: 'reclaimPolicy' must be 'Retain' or 'Delete', got 'Recycle'",
    ],
    [
      { zone: 'ap-northeast-1a' },
      "PropUnknown shop/fast: 'zone' is no prop of EbsStorageClass; did you mean 'zones'?",
    ],
  ])('with %j', (props, message) => {
    expect(refused({ ...GP3, ...props })).toBe(message);
  });

  test('when two of one name are made', () => {
    const app = new App();
    new EbsStorageClass(new Chart(app, 'a'), 'fast', { ...GP3, name: 'fast' });
    const again = () => new EbsStorageClass(new Chart(app, 'b'), 'fast', { ...GP3, name: 'fast' });
    expect(refusal(again).code).toBe('Duplicate');
  });
});

test.each(EBS_VOLUME_TYPES)('the shortest props of %s render what passes', (type) => {
  const iops = EBS_LIMITS[type].iops?.standard === undefined && EBS_LIMITS[type].iops?.least;
  const volume = { type, ...(iops && { iops }) };
  expect(rendered({ volume } as EbsStorageClassProps).parameters).toMatchObject({ type });
});
