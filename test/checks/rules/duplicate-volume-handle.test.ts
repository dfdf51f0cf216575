import { pv } from '../../planner/objects';
import { found, messages } from './found';

const RULE = 'duplicate-volume-handle';
const EBS = 'ebs.csi.aws.com';

function disk(name: string, volumeHandle: string, driver = EBS, more: object = {}): unknown {
  return pv(name, { nfs: undefined, csi: { driver, volumeHandle }, ...more });
}

it('tells of each volume after the first', () => {
  const objects = [disk('a', 'vol-1'), disk('b', 'vol-2'), disk('c', 'vol-1'), disk('d', 'vol-1')];
  expect(found(RULE, objects)).toMatchObject([
    {
      severity: 'error',
      object: 'PersistentVolume c',
      message:
        'PersistentVolume c and PersistentVolume a are both vol-1 of ebs.csi.aws.com: two claims can be bound to one disk',
      fix: 'keep one of the two, or give PersistentVolume c a disk of its own',
    },
    { object: 'PersistentVolume d' },
  ]);
});

it('knows an in-tree disk by the driver that serves it', () => {
  const inTree = (volumeID: string) =>
    pv('b', { nfs: undefined, awsElasticBlockStore: { volumeID } });
  expect(found(RULE, [disk('a', 'vol-1'), inTree('vol-1')])).toHaveLength(1);
  expect(found(RULE, [disk('a', 'vol-1'), inTree('aws://ap-northeast-1a/vol-1')])).toHaveLength(1);
  expect(found(RULE, [disk('a', 'vol-1'), inTree('vol-2')])).toEqual([]);
});

describe('a LUN of iSCSI', () => {
  const lun = (name: string, more: object = {}) =>
    pv(name, {
      nfs: undefined,
      iscsi: {
        targetPortal: '10.0.0.5:3260',
        iqn: 'iqn.2001-04.com.example:shop',
        lun: 0,
        ...more,
      },
    });

  it('is one by its portal, its target and its number', () => {
    expect(messages(RULE, [lun('a'), lun('b', { lun: undefined })])).toEqual([
      'PersistentVolume b and PersistentVolume a are both LUN 0 of iqn.2001-04.com.example:shop at 10.0.0.5:3260 of iscsi: two claims can be bound to one disk',
    ]);
  });

  it.each([
    { lun: 1 },
    { iqn: 'iqn.2001-04.com.example:other' },
    { targetPortal: '10.0.0.6:3260' },
    { readOnly: true },
  ])('is another, or for many, with %j', (more) => {
    expect(found(RULE, [lun('a'), lun('b', more)])).toEqual([]);
  });
});

it('tells of the planned one where the other exists', () => {
  expect(messages(RULE, [disk('b', 'vol-1')], { existing: [disk('a', 'vol-1')] })).toEqual([
    'PersistentVolume b and PersistentVolume a are both vol-1 of ebs.csi.aws.com: two claims can be bound to one disk',
  ]);
});

it.each([
  ['the drivers differ', [disk('a', 'x'), disk('b', 'x', 'disk.csi.azure.com')]],
  [
    'the driver attaches nothing',
    [disk('a', 'x', 'nfs.csi.k8s.io'), disk('b', 'x', 'nfs.csi.k8s.io')],
  ],
  [
    'nobody knows the driver',
    [disk('a', 'x', 'csi.example.com'), disk('b', 'x', 'csi.example.com')],
  ],
  ['one of them is on its way out', [disk('a', 'x'), disk('b', 'x', EBS, leaving())]],
  ['two exports are one', [pv('a'), pv('b')]],
])('is silent where %s', (_, objects) => {
  expect(found(RULE, objects)).toEqual([]);
});

function leaving(): object {
  return { metadata: { deletionTimestamp: '2024-01-01T00:00:00Z' } };
}
