import { pv, pvc, storageClass } from '../../planner/objects';
import { found, messages } from './found';

function disk(modes: readonly string[], more: object = {}): unknown {
  return pv('v', {
    nfs: undefined,
    csi: { driver: 'cephfs.csi.ceph.com', volumeHandle: 'x' },
    modes,
    ...more,
  });
}

describe('rwop-invalid', () => {
  it('is told of a claim and of a volume', () => {
    const modes = ['ReadWriteOncePod', 'ReadOnlyMany'];
    expect(found('rwop-invalid', [pvc('c', { modes }), pv('v', { modes })])).toMatchObject([
      {
        severity: 'error',
        object: 'PersistentVolumeClaim shop/c',
        message:
          'PersistentVolumeClaim shop/c has ReadWriteOncePod beside ReadOnlyMany: spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes',
        fix: 'set accessModes: [ReadWriteOncePod], or leave ReadWriteOncePod out',
      },
      { object: 'PersistentVolume v' },
    ]);
  });

  it.each([
    [['ReadWriteOncePod']],
    [['ReadWriteOncePod', 'ReadWriteOncePod']],
    [['ReadWriteOnce', 'ReadOnlyMany']],
  ])('is silent on %p', (modes) => {
    expect(found('rwop-invalid', [pvc('c', { modes }), pv('v', { modes })])).toEqual([]);
  });
});

describe('csi-access-mode-order', () => {
  it('names the mode that the driver is told, and the one that a claim can ask for', () => {
    expect(found('csi-access-mode-order', [disk(['ReadOnlyMany', 'ReadWriteMany'])])).toMatchObject(
      [
        {
          severity: 'warning',
          message:
            'PersistentVolume v lists ReadOnlyMany, ReadWriteMany: cephfs.csi.ceph.com is told the first, ReadOnlyMany, also where a claim asks for ReadWriteMany',
          fix: 'set accessModes: [ReadWriteMany, ReadOnlyMany], the intended one first',
        },
      ],
    );
  });

  it('goes by the claim that the volume is reserved for', () => {
    const claimRef = { namespace: 'shop', name: 'c' };
    const volume = disk(['ReadWriteMany', 'ReadWriteOnce'], { claimRef });
    const claim = (mode: string) => pvc('c', { modes: [mode], volumeName: 'v' });
    expect(found('csi-access-mode-order', [volume, claim('ReadWriteMany')])).toEqual([]);
    expect(messages('csi-access-mode-order', [volume, claim('ReadWriteOnce')])).toEqual([
      'PersistentVolume v lists ReadWriteMany, ReadWriteOnce: cephfs.csi.ceph.com is told the first, ReadWriteMany, also where a claim asks for ReadWriteOnce',
    ]);
  });

  it('counts in-tree disks that a CSI driver serves', () => {
    const modes = ['ReadOnlyMany', 'ReadWriteOnce'];
    const volume = pv('v', { nfs: undefined, gcePersistentDisk: { pdName: 'x' }, modes });
    expect(found('csi-access-mode-order', [volume])).toHaveLength(1);
  });

  it.each([
    ['one mode', disk(['ReadOnlyMany'])],
    ['the widest first', disk(['ReadWriteMany', 'ReadWriteOnce', 'ReadOnlyMany'])],
    ['no driver', pv('v', { modes: ['ReadWriteOnce', 'ReadWriteMany'] })],
  ])('is silent on %s', (_, volume) => {
    expect(found('csi-access-mode-order', [volume])).toEqual([]);
  });
});

describe('vac-mismatch', () => {
  const gold = { volumeAttributesClassName: 'gold' };
  const silver = { volumeAttributesClassName: 'silver' };
  const reserved = { claimRef: { namespace: 'shop', name: 'c' } };

  it('is told of a claim that names its volume', () => {
    const objects = [pvc('c', { ...gold, volumeName: 'v' }), pv('v', silver)];
    expect(found('vac-mismatch', objects)).toMatchObject([
      {
        severity: 'error',
        object: 'PersistentVolumeClaim shop/c',
        message:
          'PersistentVolumeClaim shop/c is of VolumeAttributesClass "gold", and PersistentVolume v, which is meant for it, of VolumeAttributesClass "silver": Cannot bind to requested volume "v": volumeAttributesClassName does not match',
        fix: 'set volumeAttributesClassName: silver of the claim',
      },
    ]);
  });

  it('is told of a volume that is reserved for the claim', () => {
    const objects = [pvc('c'), pv('v', { ...silver, ...reserved })];
    expect(messages('vac-mismatch', objects)[0]).toMatch(
      /^PersistentVolumeClaim shop\/c is of no VolumeAttributesClass, and PersistentVolume v, which is meant for it, of VolumeAttributesClass "silver"/,
    );
  });

  it('is told of the volume where the claim exists', () => {
    const objects = [pv('v', { ...silver, ...reserved })];
    expect(found('vac-mismatch', objects, { existing: [pvc('c', gold)] })).toMatchObject([
      { object: 'PersistentVolume v', fix: 'set volumeAttributesClassName: gold of the volume' },
    ]);
  });

  it('is silent before 1.34, where the field is dropped', () => {
    const objects = [pvc('c', { ...gold, volumeName: 'v' }), pv('v', silver)];
    expect(found('vac-mismatch', objects, { kubernetes: '1.33' })).toEqual([]);
  });

  it.each([
    ['they agree', [pvc('c', { ...gold, volumeName: 'v' }), pv('v', gold)]],
    ['they are not meant for each other', [pvc('c', gold), pv('v', silver)]],
    ['the claim is bound, and its class is being changed', [bound(), pv('v', silver)]],
    [
      'the volume is another claim’s',
      [pvc('d', { ...gold, volumeName: 'v' }), pv('v', { ...silver, ...reserved })],
    ],
  ])('is silent where %s', (_, objects) => {
    expect(found('vac-mismatch', objects)).toEqual([]);
  });

  function bound(): unknown {
    return pvc('c', { ...gold, volumeName: 'v', status: { phase: 'Bound' } });
  }
});

describe('reclaim-risk', () => {
  const policy = (name: string) => ({ persistentVolumeReclaimPolicy: name });

  it.each([
    [
      disk(['ReadWriteOnce'], policy('Delete')),
      'Delete',
      'cephfs.csi.ceph.com deletes x with its data',
    ],
    [
      pv('v', policy('Delete')),
      'Delete',
      'it becomes Failed, unless something deletes nfs volumes',
    ],
    [pv('v', policy('Recycle')), 'Recycle', 'a pod removes all files of it'],
    [
      disk(['ReadWriteOnce'], policy('Recycle')),
      'Recycle',
      'it becomes Failed, because csi volumes cannot be recycled',
    ],
  ])('says what becomes of the data', (volume, name, harm) => {
    expect(found('reclaim-risk', [volume])).toMatchObject([
      {
        severity: 'warning',
        message: `PersistentVolume v is made by hand and has persistentVolumeReclaimPolicy ${name}: when its claim is deleted, ${harm}`,
        fix: 'set persistentVolumeReclaimPolicy: Retain',
      },
    ]);
  });

  it.each([
    ['Retain', pv('v', policy('Retain'))],
    ['no policy, which is Retain', pv('v')],
    [
      'a volume that was provisioned',
      pv('v', {
        ...policy('Delete'),
        metadata: { annotations: { 'pv.kubernetes.io/provisioned-by': 'ebs.csi.aws.com' } },
      }),
    ],
    ['a class that deletes', storageClass('slow', 'ebs.csi.aws.com')],
  ])('is silent on %s', (_, object) => {
    expect(found('reclaim-risk', [object])).toEqual([]);
  });
});

describe('cluster-scoped-namespace', () => {
  const metadata = { namespace: 'shop' };

  it('is told of volumes and of classes', () => {
    const objects = [pv('v', { metadata }), storageClass('slow', 'ebs.csi.aws.com', { metadata })];
    expect(found('cluster-scoped-namespace', objects)).toMatchObject([
      {
        severity: 'warning',
        message:
          'PersistentVolume v belongs to the cluster and to no namespace, and names namespace "shop"',
        fix: 'drop metadata.namespace',
      },
      { message: expect.stringMatching(/^StorageClass slow belongs to the cluster/) },
    ]);
  });

  it.each([
    ['a claim', pvc('c')],
    ['a volume without one', pv('v')],
    [
      'a kind of another group',
      { apiVersion: 'example.com/v1', kind: 'StorageClass', metadata: { name: 'x', ...metadata } },
    ],
  ])('is silent on %s', (_, object) => {
    expect(found('cluster-scoped-namespace', [object])).toEqual([]);
  });
});
