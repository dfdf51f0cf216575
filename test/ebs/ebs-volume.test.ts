import { App, Chart } from 'cdk8s';
import { EbsVolume, type EbsVolumeProps } from '../../src/ebs/ebs-volume';
import { checkObjects } from '../support/api-objects';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

const DISK = { volumeId: 'vol-688d7099', zone: 'ap-northeast-1a', capacity: '300Gi' } as const;

function rendered(props: Partial<EbsVolumeProps> = {}): readonly RenderedObject[] {
  const objects = chartObjects((chart) => {
    new EbsVolume(chart, 'kafka', { ...DISK, ...props });
  });
  expect(checkObjects(objects)).toEqual([]);
  return objects;
}

const volumeOf = (props: Partial<EbsVolumeProps> = {}) =>
  objectOf(rendered(props), 'PersistentVolume');

function refused(props: object): string {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  const all = { ...DISK, ...props } as EbsVolumeProps;
  const { code, message } = refusal(() => new EbsVolume(chart, 'kafka', all));
  return `${code} ${message}`;
}

describe('an EbsVolume', () => {
  test('renders a volume and its claim, reserved for each other', () => {
    const labels = {
      'app.kubernetes.io/managed-by': 'cdk8s',
      'app.kubernetes.io/name': 'kafka',
      'app.kubernetes.io/part-of': 'shop',
    };
    const annotations = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };
    expect(rendered()).toEqual([
      {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: 'shop-shop-kafka', labels, annotations },
        spec: {
          capacity: { storage: '300Gi' },
          accessModes: ['ReadWriteOnce'],
          volumeMode: 'Filesystem',
          persistentVolumeReclaimPolicy: 'Retain',
          storageClassName: '',
          csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-688d7099', fsType: 'ext4' },
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [
                {
                  matchExpressions: [
                    {
                      key: 'topology.kubernetes.io/zone',
                      operator: 'In',
                      values: ['ap-northeast-1a'],
                    },
                  ],
                },
              ],
            },
          },
          claimRef: {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            namespace: 'shop',
            name: 'shop-kafka',
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'shop-kafka', namespace: 'shop', labels, annotations },
        spec: {
          accessModes: ['ReadWriteOnce'],
          volumeMode: 'Filesystem',
          storageClassName: '',
          volumeName: 'shop-shop-kafka',
          resources: { requests: { storage: '300Gi' } },
        },
      },
    ]);
  });

  test.each([
    [{ fsType: 'xfs' }, { csi: { fsType: 'xfs' } }],
    [{ partition: 1 }, { csi: { volumeAttributes: { partition: '1' } } }],
    [{ accessMode: 'ReadWriteOncePod' }, { accessModes: ['ReadWriteOncePod'] }],
    [{ volumeId: 'vol-0123456789abcdef0' }, { csi: { volumeHandle: 'vol-0123456789abcdef0' } }],
    [{ storageClassName: 'pool' }, { storageClassName: 'pool' }],
    [{ capacity: '65536Gi' }, { capacity: { storage: '64Ti' } }],
  ] as const)('renders %j', (props, spec) => {
    expect(volumeOf(props).spec).toMatchObject(spec);
  });

  test('renders a device without a file system', () => {
    const { spec } = volumeOf({ volumeMode: 'Block', partition: 2 });
    expect(spec).toMatchObject({
      volumeMode: 'Block',
      csi: {
        driver: 'ebs.csi.aws.com',
        volumeHandle: 'vol-688d7099',
        volumeAttributes: { partition: '2' },
      },
    });
    expect(spec).not.toHaveProperty('csi.fsType');
  });

  test('knows its volume, its zone and its modes', () => {
    chartObjects((chart) => {
      expect(new EbsVolume(chart, 'kafka', DISK)).toMatchObject({
        volumeId: 'vol-688d7099',
        zone: 'ap-northeast-1a',
        accessMode: 'ReadWriteOnce',
        volumeMode: 'Filesystem',
        claimName: 'shop-kafka',
      });
    });
  });
});

describe('an EbsVolume fails', () => {
  test.each([
    [
      { volumeId: 'vol-1' },
      "EbsVolumeId shop/kafka: 'volumeId' must be 'vol-' and 8 or 17 hexadecimal digits, got 'vol-1'",
    ],
    [
      { volumeId: 'aws://ap-northeast-1a/vol-688d7099' },
      "EbsVolumeId shop/kafka: 'volumeId' must be 'vol-' and 8 or 17 hexadecimal digits, got 'aws://ap-northeast-1a/vol-688d7099'",
    ],
    [
      { zone: 'ap-northeast-1' },
      "EbsZone shop/kafka: 'zone' must be the name of a zone, such as 'ap-northeast-1a', got 'ap-northeast-1'",
    ],
    [
      { zone: undefined },
      "PropMissing shop/kafka: 'zone' must be a string that is not empty, got undefined",
    ],
    [
      { volumeMode: 'Block', fsType: 'ext4' },
      "EbsFormat shop/kafka: 'fsType' must be left out for volumeMode Block: a device is not formatted, got 'ext4'",
    ],
    [
      { partition: 0 },
      "PropType shop/kafka: 'partition' must be a whole number of at least 1, got 0",
    ],
    [
      { capacity: '65537Gi' },
      "EbsSize shop/kafka: 'capacity' must be at most 65536Gi, got 65537Gi",
    ],
    [
      { accessMode: 'ReadWriteMany' },
      "PropType shop/kafka: 'accessMode' must be 'ReadWriteOnce' or 'ReadWriteOncePod', since one node at a time has it, got 'ReadWriteMany'",
    ],
    [
      { reclaimPolicy: 'Delete' },
      "PropType shop/kafka: 'reclaimPolicy' must be 'Retain': with 'Delete', the driver would delete the volume and its data, got 'Delete'",
    ],
    [
      { request: '301Gi' },
      "RequestTooLarge shop/kafka: 'request' must be at most 'capacity' (300Gi), got 301Gi; no other volume would be taken either",
    ],
    [
      { volumeID: 'vol-688d7099' },
      "PropUnknown shop/kafka: 'volumeID' is no prop of EbsVolume; did you mean 'volumeId'?",
    ],
  ])('with %j', (props, message) => {
    expect(refused(props)).toBe(message);
  });

  test('when another one of the app is over the same volume', () => {
    const app = new App();
    new EbsVolume(new Chart(app, 'a', { namespace: 'a' }), 'kafka', DISK);
    const again = new Chart(app, 'b', { namespace: 'b' });
    expect(refusal(() => new EbsVolume(again, 'kafka', DISK))).toEqual({
      code: 'Duplicate',
      path: 'b/kafka',
      message:
        "b/kafka: the PersistentVolume over 'vol-688d7099' is already made by 'a/kafka'; use the claim of that one",
    });
    const other = { ...DISK, volumeId: 'vol-688d709a' } as const;
    expect(() => new EbsVolume(again, 'other', other)).not.toThrow();
  });
});
