import {
  claimRef,
  EXTERNAL,
  type Fields,
  MANUAL,
  pod,
  pv,
  pvc,
  storageClass,
  WAIT,
} from '../../planner/objects';
import { statefulSet } from '../bound-objects';
import { fixes, severities, told } from '../told';

const CLASSLESS = { storageClassName: '' };
const ZONE = 'topology.kubernetes.io/zone';

function inZone(zone: string): Fields {
  return {
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              { key: 'topology.ebs.csi.aws.com/zone', operator: 'In', values: [zone] },
            ],
          },
        ],
      },
    },
  };
}

function onEbs(handle: string, rest: Fields = {}): Fields {
  return { nfs: undefined, csi: { driver: 'ebs.csi.aws.com', volumeHandle: handle }, ...rest };
}

describe('pvc-outcome-ambiguous', () => {
  const rule = 'pvc-outcome-ambiguous';
  const event =
    'kubectl describe pvc shows "FailedBinding: no persistent volumes available for this claim and no storage class is set"';

  it('tells of each claim that other claims can leave without a volume', () => {
    const objects = [pv('disk', CLASSLESS), pvc('a', CLASSLESS), pvc('b', CLASSLESS)];
    expect(told(rule, objects)).toEqual([
      `warning PersistentVolumeClaim shop/a: PersistentVolumeClaim shop/a binds to PersistentVolume disk, or stays Pending where other claims take it first; ${event}`,
      `warning PersistentVolumeClaim shop/b: PersistentVolumeClaim shop/b binds to PersistentVolume disk, or stays Pending where other claims take it first; ${event}`,
    ]);
    expect(fixes(rule, objects)[0]).toBe(
      'add a PersistentVolume for each claim, or set spec.claimRef: { namespace: shop, name: a } on PersistentVolume disk and volumeName: disk on the claim',
    );
  });

  it('counts the volumes that it may get', () => {
    const objects = [
      pv('disk-0', CLASSLESS),
      pv('disk-1', CLASSLESS),
      ...['a', 'b', 'c'].map((name) => pvc(name, CLASSLESS)),
    ];
    expect(told(rule, objects)[2]).toBe(
      `warning PersistentVolumeClaim shop/c: PersistentVolumeClaim shop/c binds to one of 2 PersistentVolumes, such as disk-0, or stays Pending where other claims take them first; ${event}`,
    );
  });

  it('tells of a claim whose volume another claim may take, because nothing reserves it', () => {
    const objects = [pv('disk'), pvc('data', { volumeName: 'disk' }), pvc('other')];
    expect(told(rule, objects)[0]).toBe(
      'warning PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data names PersistentVolume disk, which another claim may take first: then it stays Pending; kubectl describe pvc shows "FailedBinding: volume "disk" already bound to a different claim."',
    );
    expect(fixes(rule, objects)[0]).toBe(
      'set spec.claimRef: { namespace: shop, name: data } on PersistentVolume disk',
    );
  });

  it.each([
    [
      'driver',
      pv('a'),
      pv('b', onEbs('vol-1')),
      'PersistentVolume a (driver nfs) or PersistentVolume b (driver ebs.csi.aws.com)',
    ],
    [
      'reclaim policy',
      pv('a'),
      pv('b', { persistentVolumeReclaimPolicy: 'Delete' }),
      'PersistentVolume a (reclaim policy Retain) or PersistentVolume b (reclaim policy Delete)',
    ],
    [
      'zone, by their labels,',
      pv('a', { metadata: { labels: { [ZONE]: 'a' } } }),
      pv('b', { metadata: { labels: { [ZONE]: 'b' } } }),
      'PersistentVolume a (zone a) or PersistentVolume b (zone b)',
    ],
    [
      'zone, by their node affinity,',
      pv('a', onEbs('vol-1', inZone('a'))),
      pv('b', onEbs('vol-2', inZone('b'))),
      'PersistentVolume a (zone a) or PersistentVolume b (zone b)',
    ],
    [
      'zone, of which one has none,',
      pv('a'),
      pv('b', { metadata: { labels: { [ZONE]: 'b' } } }),
      'PersistentVolume a (zone none) or PersistentVolume b (zone b)',
    ],
    [
      'driver and policy',
      pv('a'),
      pv('b', onEbs('vol-1', { persistentVolumeReclaimPolicy: 'Delete' })),
      'PersistentVolume a (driver nfs, reclaim policy Retain) or PersistentVolume b (driver ebs.csi.aws.com, reclaim policy Delete)',
    ],
  ])('tells of volumes that tie and differ in their %s', (_, a, b, which) => {
    expect(told(rule, [MANUAL, a, b, pvc('data')])).toEqual([
      `warning PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data binds to ${which}, as chance has it`,
    ]);
    expect(fixes(rule, [MANUAL, a, b, pvc('data')])).toEqual([
      'set spec.claimRef: { namespace: shop, name: data } on PersistentVolume a and volumeName: a on the claim',
    ]);
  });

  it('sees the one that differs among many that do not', () => {
    const volumes = Array.from({ length: 50 }, (_, index) => pv(`disk-${index}`));
    const odd = pv('odd', { persistentVolumeReclaimPolicy: 'Delete' });
    const claims = [pvc('a'), pvc('b'), pvc('c')];
    expect(told(rule, [...volumes, odd, ...claims])).toHaveLength(3);
    expect(told(rule, [...volumes, ...claims])).toEqual([]);
  });

  it('leaves volumes alone that no claim can come to', () => {
    const volumes = [
      pv('a'),
      pv('b'),
      pv('larger', { size: '20Gi', persistentVolumeReclaimPolicy: 'Delete' }),
    ];
    expect(told(rule, [...volumes, pvc('data')])).toEqual([]);
  });

  it.each([
    ['a pool of equal volumes is large enough', [pv('a'), pv('b'), pvc('x'), pvc('y')]],
    [
      'each claim has its own by its size',
      [
        pv('a', { size: '1Gi' }),
        pv('b', { size: '5Gi', persistentVolumeReclaimPolicy: 'Delete' }),
        pvc('x', { size: '1Gi' }),
        pvc('y', { size: '5Gi' }),
      ],
    ],
    [
      'volumes are reserved for the claims',
      [
        pv('a', { claimRef: claimRef('x') }),
        pv('b', { ...onEbs('vol-1'), claimRef: claimRef('y') }),
        pvc('x'),
        pvc('y'),
      ],
    ],
    [
      'the claim and the volume name each other',
      [pv('a', { claimRef: claimRef('x') }), pvc('x', { volumeName: 'a' }), pv('b'), pvc('y')],
    ],
    ['the volume that it names is nobody else’s', [pv('a'), pvc('x', { volumeName: 'a' })]],
    [
      'two volumes are reserved for it, which is told as such',
      [
        pv('a', { claimRef: claimRef('x') }),
        pv('b', { ...onEbs('vol-1'), claimRef: claimRef('x') }),
        pvc('x'),
      ],
    ],
    [
      'the scheduler chooses among zones',
      [
        WAIT,
        pv('a', { ...onEbs('vol-1', inZone('a')), storageClassName: 'wait' }),
        pv('b', { ...onEbs('vol-2', inZone('b')), storageClassName: 'wait' }),
        pvc('x', { storageClassName: 'wait' }),
        pod('web', 'x'),
      ],
    ],
    [
      'its class is not known',
      [pv('a'), pv('b', onEbs('vol-1')), pvc('x', { storageClassName: undefined })],
    ],
    ['nothing serves', [pvc('x'), pvc('y')]],
    [
      'it is bound, in a dump',
      [
        pv('a', {
          metadata: { uid: 'v' },
          claimRef: claimRef('x', 'c'),
          status: { phase: 'Bound' },
        }),
        pvc('x', { metadata: { uid: 'c' }, volumeName: 'a', status: { phase: 'Bound' } }),
      ],
    ],
  ])('is silent where %s', (_, objects) => {
    expect(told(rule, objects)).toEqual([]);
  });

  it('tells once of a StatefulSet, and reserves without naming the volume in the template', () => {
    const set = statefulSet('kafka', 3, CLASSLESS);
    const volumes = [pv('disk-0', CLASSLESS), pv('disk-1', CLASSLESS)];
    expect(told(rule, [...volumes, set])).toEqual([
      `warning StatefulSet shop/kafka: PersistentVolumeClaim shop/data-kafka-0 binds to one of 2 PersistentVolumes, such as disk-0, or stays Pending where other claims take them first; ${event}`,
    ]);
    expect(fixes(rule, [...volumes, set])).toEqual([
      'add a PersistentVolume for each claim, or set spec.claimRef: { namespace: shop, name: data-kafka-0 } on PersistentVolume disk-0',
    ]);
    expect(told(rule, [...volumes, pv('disk-2', CLASSLESS), set])).toEqual([]);
  });
});

describe('static-dynamic-race', () => {
  const rule = 'static-dynamic-race';
  const own = { storageClassName: 'external' };

  it('tells of a free volume beside a provisioner of its class', () => {
    const objects = [EXTERNAL, pv('disk', own), pvc('data', own)];
    expect(told(rule, objects)).toEqual([
      `warning PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data binds to PersistentVolume disk or is given a new volume by ebs.csi.aws.com, the provisioner of its class "external", whichever comes first; kubectl describe pvc shows "ExternalProvisioning: Waiting for a volume to be created either by the external provisioner 'ebs.csi.aws.com' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered."`,
    ]);
    expect(fixes(rule, objects)).toEqual([
      'set spec.claimRef: { namespace: shop, name: data } on PersistentVolume disk',
    ]);
  });

  it('tells of a volume of some nodes, where the node of the pod decides', () => {
    const late = storageClass('external', 'ebs.csi.aws.com', { waits: true });
    const disk = pv('disk', { ...own, ...onEbs('vol-1', inZone('a')) });
    expect(told(rule, [late, disk, pvc('data', own)])).toEqual([
      'warning PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data binds to PersistentVolume disk or is given a new volume by ebs.csi.aws.com, the provisioner of its class "external", as the node of its pod has it; kubectl describe pvc shows "WaitForFirstConsumer: waiting for first consumer to be created before binding"',
    ]);
    expect(severities(rule, [late, disk, pvc('data', own), pod('web', 'data')])).toEqual([
      'warning',
    ]);
    expect(told(rule, [late, pv('disk', own), pvc('data', own)])).toEqual([]);
  });

  it('tells of it where a default class is the one that provisions', () => {
    const marked = storageClass('external', 'ebs.csi.aws.com', {
      metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    });
    const objects = [marked, pv('disk', own), pvc('data', { storageClassName: undefined })];
    expect(severities(rule, objects)).toEqual(['warning']);
  });

  it.each([
    [
      'the volume is reserved for the claim',
      [EXTERNAL, pv('disk', { ...own, claimRef: claimRef('data') }), pvc('data', own)],
    ],
    ['the volume is of another class', [EXTERNAL, pv('disk'), pvc('data', own)]],
    ['the volume is too small', [EXTERNAL, pv('disk', { ...own, size: '1Mi' }), pvc('data', own)]],
    [
      'the volume is reserved for another claim',
      [EXTERNAL, pv('disk', { ...own, claimRef: claimRef('other') }), pvc('data', own)],
    ],
    ['the class makes no volumes', [MANUAL, pv('disk'), pvc('data')]],
    [
      'the volume has been Available for long',
      [
        EXTERNAL,
        pv('disk', { ...own, metadata: { uid: 'v' }, status: { phase: 'Available' } }),
        pvc('data', own),
      ],
    ],
  ])('is silent where %s', (_, objects) => {
    expect(told(rule, objects)).toEqual([]);
  });
});
