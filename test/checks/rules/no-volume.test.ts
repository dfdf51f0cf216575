import {
  claimRef,
  EXTERNAL,
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
const NO_CLASS =
  'kubectl describe pvc shows "FailedBinding: no persistent volumes available for this claim and no storage class is set"';
const NO_PLUGIN =
  'kubectl describe pvc shows "ProvisioningFailed: no volume plugin matched name: kubernetes.io/no-provisioner"';

describe('pvc-no-matching-pv', () => {
  const rule = 'pvc-no-matching-pv';
  const stays =
    'error PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data stays Pending, because no volume serves it;';

  it.each([
    [
      'fails on size',
      pv('disk', { size: '5Gi' }),
      { size: '10Gi' },
      '5Gi is less than the 10Gi requested',
      'request 5Gi or less, or set spec.capacity.storage of PersistentVolume disk to 10Gi',
    ],
    [
      'fails on volume-mode',
      pv('disk'),
      { volumeMode: 'Block' },
      'Filesystem, the claim asks for Block',
      'set volumeMode: Filesystem',
    ],
    [
      'fails on access-modes',
      pv('disk'),
      { modes: ['ReadWriteMany'] },
      'ReadWriteOnce, the claim asks for ReadWriteMany',
      'set accessModes: [ReadWriteOnce], or give PersistentVolume disk those that are asked for if what is behind it can',
    ],
    [
      'fails on selector',
      pv('disk'),
      { selector: { matchLabels: { type: 'ssd' } } },
      "its labels do not match the claim's selector",
      'give PersistentVolume disk the labels that spec.selector asks for',
    ],
    [
      'is claimed',
      pv('disk', { claimRef: claimRef('other') }),
      {},
      'reserved for shop/other',
      'add a PersistentVolume of class "manual" with at least 1Gi, ReadWriteOnce',
    ],
    [
      'is released',
      pv('disk', {
        metadata: { uid: 'v' },
        status: { phase: 'Released' },
        claimRef: claimRef('data', 'earlier'),
      }),
      {},
      'bound to an earlier shop/data of uid earlier, which is gone',
      'remove spec.claimRef from PersistentVolume disk',
    ],
  ])(
    'names the nearest volume, which %s, and how to mend that',
    (how, volume, asked, detail, fix) => {
      const objects = [MANUAL, volume, pvc('data', asked)];
      expect(told(rule, objects)).toEqual([
        `${stays} the nearest, PersistentVolume disk, ${how}: ${detail}; ${NO_PLUGIN}`,
      ]);
      expect(fixes(rule, objects)).toEqual([fix]);
    },
  );

  it('sees a volume that is reserved for a claim of that name in another namespace', () => {
    const objects = [
      MANUAL,
      pv('disk', { claimRef: { namespace: 'web', name: 'data' } }),
      pvc('data'),
    ];
    expect(told(rule, objects)[0]).toContain('is claimed: reserved for web/data; ');
    expect(fixes(rule, objects)).toEqual([
      'set spec.claimRef.namespace: shop on PersistentVolume disk',
    ]);
  });

  it('leaves a VolumeAttributesClass to its own rule where the volume is meant for the claim', () => {
    const gold = { volumeAttributesClassName: 'gold' };
    const free = [MANUAL, pv('disk', gold), pvc('data')];
    expect(fixes(rule, free)).toEqual(['set volumeAttributesClassName: gold']);
    expect(fixes(rule, [MANUAL, pv('disk'), pvc('data', gold)])).toEqual([
      'drop volumeAttributesClassName',
    ]);
    const reserved = [MANUAL, pv('disk', { ...gold, claimRef: claimRef('data') }), pvc('data')];
    expect(told(rule, reserved)).toEqual([]);
    expect(severities('vac-mismatch', reserved)).toEqual(['error']);
  });

  it('names the class of the nearest volume', () => {
    const objects = [pv('disk'), pvc('data', CLASSLESS)];
    expect(told(rule, objects)).toEqual([
      `${stays} the nearest, PersistentVolume disk, fails on class: class "manual", the claim's is ""; ${NO_CLASS}`,
    ]);
    expect(fixes(rule, objects)).toEqual(['set storageClassName: "manual"']);
  });

  it('asks for another volume where the nearest one fails more than one rule', () => {
    const objects = [
      MANUAL,
      pv('disk', { volumeMode: 'Block', size: '1Gi' }),
      pvc('data', { size: '2Gi' }),
    ];
    expect(told(rule, objects)).toEqual([
      `${stays} the nearest, PersistentVolume disk, fails on size: 1Gi is less than the 2Gi requested; ${NO_PLUGIN}`,
    ]);
    expect(fixes(rule, objects)).toEqual([
      'add a PersistentVolume of class "manual" with at least 2Gi, ReadWriteOnce',
    ]);
  });

  it('takes the volume of the same class before a free one of another, and the larger of two', () => {
    const objects = [
      MANUAL,
      pv('other', { storageClassName: 'slow' }),
      pv('small', { size: '2Gi' }),
      pv('larger', { size: '4Gi' }),
      pvc('data', { size: '8Gi' }),
    ];
    expect(told(rule, objects)[0]).toContain('the nearest, PersistentVolume larger, fails on size');
  });

  it('names the volume that is reserved for the claim, whatever else is near', () => {
    const objects = [
      pv('near', { ...CLASSLESS, size: '9Gi' }),
      pv('own', { ...CLASSLESS, size: '1Gi', claimRef: claimRef('data') }),
      pvc('data', { ...CLASSLESS, size: '10Gi' }),
    ];
    expect(told(rule, objects)[0]).toContain('the nearest, PersistentVolume own, fails on size');
  });

  it('is info where there is no volume in the input, and an error where the cluster has none', () => {
    const objects = [pvc('data', CLASSLESS)];
    expect(told(rule, objects)).toEqual([
      `info PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data stays Pending, because no volume serves it; there is no PersistentVolume; ${NO_CLASS} (not in the input; if the cluster has it, pass --existing)`,
    ]);
    expect(told(rule, objects, { existing: [] })).toEqual([
      `${stays} there is no PersistentVolume; ${NO_CLASS}`,
    ]);
  });

  it('tells of a claim that waits for a pod, whose class makes no volumes', () => {
    const wanted = pvc('data', { storageClassName: 'wait', size: '20Gi' });
    const objects = [WAIT, pv('disk', { storageClassName: 'wait' }), wanted];
    expect(told(rule, objects)[0]).toContain(
      'waiting for first consumer to be created before binding',
    );
    expect(told(rule, [...objects, pod('web', 'data')])).toEqual([
      `${stays} the nearest, PersistentVolume disk, fails on size: 10Gi is less than the 20Gi requested; kubectl describe pvc shows "WaitForPodScheduled: waiting for pod web to be scheduled"`,
    ]);
  });

  it('tells once of a StatefulSet whose claims find nothing, and names the first', () => {
    const objects = [
      pv('disk', { size: '512Mi', ...CLASSLESS }),
      statefulSet('kafka', 3, CLASSLESS),
    ];
    expect(told(rule, objects)).toEqual([
      `error StatefulSet shop/kafka: PersistentVolumeClaim shop/data-kafka-0 stays Pending, because no volume serves it; the nearest, PersistentVolume disk, fails on size: 512Mi is less than the 1Gi requested; ${NO_CLASS}`,
    ]);
  });

  it('knows that there is no default class where the options say so', () => {
    const objects = [pv('disk'), pvc('data', { storageClassName: undefined })];
    expect(severities(rule, objects, { defaultClass: null })).toEqual(['error']);
  });

  it('goes on naming a volume where there are too many claims to compare each with all', () => {
    const volumes = Array.from({ length: 2000 }, (_, index) => pv(`disk-${index}`));
    const claims = Array.from({ length: 300 }, (_, index) =>
      pvc(`data-${index}`, { size: `${11 + index}Gi` }),
    );
    const found = told(rule, [MANUAL, ...volumes, ...claims]);
    expect(found).toHaveLength(300);
    expect(
      found.every((text) =>
        text.includes('the nearest, PersistentVolume disk-0, fails on size: 10Gi is less than'),
      ),
    ).toBe(true);
  });

  it.each([
    ['a volume serves', [pv('disk', CLASSLESS), pvc('data', CLASSLESS)]],
    ['its class provisions', [EXTERNAL, pvc('data', { storageClassName: 'external' })]],
    ['its class is not there', [pv('disk'), pvc('data', { storageClassName: 'ghost' })]],
    ['the default class is not known', [pv('disk'), pvc('data', { storageClassName: undefined })]],
    ['it names its volume', [pv('disk'), pvc('data', { ...CLASSLESS, volumeName: 'disk' })]],
    [
      'other claims may leave it one',
      [pv('disk', CLASSLESS), pvc('a', CLASSLESS), pvc('b', CLASSLESS)],
    ],
    [
      'it waits for a pod, and a volume serves',
      [WAIT, pv('disk', { storageClassName: 'wait' }), pvc('data', { storageClassName: 'wait' })],
    ],
    ['it is refused', [pvc('data', { ...CLASSLESS, modes: [] })]],
    [
      'it is on its way out',
      [pvc('data', { ...CLASSLESS, metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } })],
    ],
    [
      'it has lost its volume',
      [
        pvc('data', {
          ...CLASSLESS,
          volumeName: 'gone',
          metadata: { uid: 'c' },
          status: { phase: 'Lost' },
        }),
      ],
    ],
  ])('is silent where %s', (_, objects) => {
    expect(told(rule, objects)).toEqual([]);
  });
});

describe('pvc-class-not-found', () => {
  const rule = 'pvc-class-not-found';
  const ghost = pvc('data', { storageClassName: 'ghost' });
  const event =
    'kubectl describe pvc shows "ProvisioningFailed: storageclass.storage.k8s.io "ghost" not found"';

  it('is info where the cluster may have the class, and an error where it has not', () => {
    const text = `PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data is of class "ghost", of which there is no StorageClass, and no volume of that class serves it; ${event}`;
    expect(told(rule, [ghost])).toEqual([
      `info ${text} (not in the input; if the cluster has it, pass --existing)`,
    ]);
    expect(told(rule, [ghost], { existing: [] })).toEqual([`error ${text}`]);
    expect(fixes(rule, [ghost])).toEqual([
      'add StorageClass ghost, or set storageClassName to one that exists',
    ]);
  });

  it('names a volume of that class that does not serve', () => {
    const objects = [pv('disk', { storageClassName: 'ghost', size: '512Mi' }), ghost];
    expect(told(rule, objects)[0]).toContain(
      'no volume of that class serves it: PersistentVolume disk fails on size: 512Mi is less than the 1Gi requested; ',
    );
  });

  it('names the class that was meant', () => {
    const objects = [storageClass('ghosts', 'ebs.csi.aws.com'), ghost];
    expect(fixes(rule, objects)).toEqual(['set storageClassName: "ghosts"']);
  });

  it('tells of a default class that the options name and the cluster lacks', () => {
    const objects = [pvc('data', { storageClassName: undefined })];
    expect(severities(rule, objects, { defaultClass: 'ghost', existing: [] })).toEqual(['error']);
    expect(told(rule, objects, { defaultClass: 'ghost' })).toEqual([]);
  });

  it('is never beside pvc-no-matching-pv', () => {
    expect(told('pvc-no-matching-pv', [ghost], { existing: [] })).toEqual([]);
  });

  it.each([
    ['a volume of that class serves', [pv('disk', { storageClassName: 'ghost' }), ghost]],
    ['a volume is reserved for it', [pv('disk', { claimRef: claimRef('data') }), ghost]],
    ['the class is there', [storageClass('ghost', 'ebs.csi.aws.com'), ghost]],
    ['it has no class', [pvc('data', CLASSLESS)]],
    ['it names its volume', [pvc('data', { storageClassName: 'ghost', volumeName: 'disk' })]],
    [
      'it is bound',
      [
        pvc('data', {
          storageClassName: 'ghost',
          volumeName: 'disk',
          metadata: { uid: 'c' },
          status: { phase: 'Bound' },
        }),
      ],
    ],
  ])('is silent where %s', (_, objects) => {
    expect(told(rule, objects, { existing: [] })).toEqual([]);
  });
});

describe('pvc-size-unit-gap', () => {
  const rule = 'pvc-size-unit-gap';

  it('tells of the volume that counts by 1000 where the claim counts by 1024', () => {
    const objects = [pv('disk', { size: '10G' }), pvc('data', { size: '10Gi' })];
    expect(told(rule, objects)).toEqual([
      'warning PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data requests 10Gi, and PersistentVolume disk has 10G: too small for it, because one counts by 1024 and the other by 1000',
    ]);
    expect(fixes(rule, objects)).toEqual([
      'request 10G, or set spec.capacity.storage of PersistentVolume disk to 10Gi if it is that large',
    ]);
  });

  it.each([
    ['10000M', '10Gi'],
    ['10000000000', '10Gi'],
    ['1T', '1024Gi'],
    ['1.5T', '1.5Ti'],
    ['500M', '500Mi'],
    ['10240M', '10Gi'],
  ])('sees that %s was meant by %s', (size, asked) => {
    expect(severities(rule, [pv('disk', { size }), pvc('data', { size: asked })])).toEqual([
      'warning',
    ]);
  });

  it.each([
    ['the units are the same', '9Gi', '10Gi'],
    ['the volume counts by 1024 and is the larger', '10Gi', '10G'],
    ['the number is another one', '9G', '10Gi'],
    ['both count by 1000', '10G', '11G'],
  ])('is silent where %s', (_, size, asked) => {
    expect(told(rule, [pv('disk', { size }), pvc('data', { size: asked })])).toEqual([]);
  });

  it('tells of it where a larger volume is taken instead', () => {
    const objects = [
      pv('disk', { size: '10G' }),
      pv('large', { size: '20Gi' }),
      pvc('data', { size: '10Gi' }),
    ];
    expect(severities(rule, objects)).toEqual(['warning']);
  });

  it.each([
    [
      'a volume of that very size serves',
      [pv('disk', { size: '10G' }), pv('exact', { size: '10Gi' })],
    ],
    [
      'the volume is reserved for another claim',
      [pv('disk', { size: '10G', claimRef: claimRef('other') })],
    ],
    ['the volume would not serve anyway', [pv('disk', { size: '10G', storageClassName: 'slow' })]],
    [
      'the volume is on its way out',
      [pv('disk', { size: '10G', metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } })],
    ],
  ])('is silent where %s', (_, volumes) => {
    expect(told(rule, [...volumes, pvc('data', { size: '10Gi' })])).toEqual([]);
  });

  it('is silent where volume and claim name each other, which is told as unchecked', () => {
    const objects = [
      pv('disk', { size: '10G', claimRef: claimRef('data') }),
      pvc('data', { size: '10Gi', volumeName: 'disk' }),
    ];
    expect(told(rule, objects)).toEqual([]);
    expect(severities('prebound-unchecked', objects)).toEqual(['warning']);
  });
});
