import { claimRef, EXTERNAL, MANUAL, pv, pvc } from '../../planner/objects';
import { boundPair, statefulSet } from '../bound-objects';
import { fixes, severities, told } from '../told';

const UID = '2f1c6d1e-7f0a-4c1b-9d57-3a6f0e8b5c11';

describe('volumename-missing-pv', () => {
  const rule = 'volumename-missing-pv';
  const claim = pvc('data', { volumeName: 'disk' });

  it('is info where the cluster may have the volume, and an error where it has not', () => {
    const text =
      'PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data names PersistentVolume disk, which is not there: it stays Pending, and kubectl describe pvc shows no event';
    expect(told(rule, [claim])).toEqual([
      `info ${text} (not in the input; if the cluster has it, pass --existing)`,
    ]);
    expect(told(rule, [claim], { existing: [] })).toEqual([`error ${text}`]);
    expect(fixes(rule, [claim])).toEqual(['add PersistentVolume disk, or drop volumeName']);
  });

  it.each([
    ['of a like name', [pv('disks')], 'set volumeName: disks'],
    [
      'that is reserved for the claim',
      [pv('disks'), pv('other', { claimRef: claimRef('data') })],
      'set volumeName: other',
    ],
    [
      'but not one of another number',
      [pv('disk-2')],
      'add PersistentVolume disk, or drop volumeName',
    ],
    [
      'but not one that is reserved for another claim',
      [pv('disks', { claimRef: claimRef('other') })],
      'add PersistentVolume disk, or drop volumeName',
    ],
  ])('names the volume that is meant, %s', (_, volumes, fix) => {
    expect(fixes(rule, [claim, ...volumes])).toEqual([fix]);
  });

  it('tells once of a template that names a volume', () => {
    const set = statefulSet('kafka', 2, { volumeName: 'disk' });
    expect(told(rule, [set], { existing: [] })).toEqual([
      'error StatefulSet shop/kafka: PersistentVolumeClaim shop/data-kafka-0 names PersistentVolume disk, which is not there: it stays Pending, and kubectl describe pvc shows no event',
    ]);
  });

  it.each([
    ['the volume is there', [pv('disk'), claim], []],
    ['the cluster has the volume', [claim], [pv('disk')]],
    ['the volume is there and refused', [pv('disk', { modes: [] }), claim], []],
    ['the claim is bound, in a dump without volumes', boundPair(UID).slice(1), []],
    ['it names none', [pvc('data')], []],
  ])('is silent where %s', (_, objects, existing) => {
    expect(told(rule, objects, { existing })).toEqual([]);
  });
});

describe('volumename-taken', () => {
  const rule = 'volumename-taken';
  const claim = pvc('data', { volumeName: 'disk' });
  const taken =
    'kubectl describe pvc shows "FailedBinding: volume "disk" already bound to a different claim."';

  it('tells of a volume that is reserved for another claim', () => {
    const objects = [pv('disk', { claimRef: claimRef('other') }), claim];
    expect(told(rule, objects)).toEqual([
      `error PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data names PersistentVolume disk, which is that of PersistentVolumeClaim shop/other; ${taken}`,
    ]);
    expect(fixes(rule, objects)).toEqual([
      'name a volume that is free, or set spec.claimRef: { namespace: shop, name: data } on PersistentVolume disk',
    ]);
  });

  it('tells of a volume that another claim has in the cluster', () => {
    const mine = pvc('mine', { volumeName: 'disk' });
    expect(told(rule, [mine], { existing: boundPair(UID) })).toEqual([
      `error PersistentVolumeClaim shop/mine: PersistentVolumeClaim shop/mine names PersistentVolume disk, which is that of PersistentVolumeClaim shop/data; ${taken}`,
    ]);
  });

  it('tells of a volume that an earlier claim of that name had', () => {
    const [released] = boundPair('earlier');
    const objects = [released, claim];
    expect(told(rule, objects)).toEqual([
      `error PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data names PersistentVolume disk, which is that of PersistentVolumeClaim shop/data, an earlier one of that name; ${taken}`,
    ]);
    expect(fixes(rule, objects)).toEqual(['remove spec.claimRef.uid from PersistentVolume disk']);
  });

  it('tells of a volume that is reserved for nobody', () => {
    const objects = [pv('disk', { claimRef: { name: 'data' } }), claim];
    expect(told(rule, objects)[0]).toContain('which is that of claim "data" in no namespace; ');
  });

  it('tells of a claim that was bound elsewhere before it was written out', () => {
    const annotations = { 'pv.kubernetes.io/bind-completed': 'yes' };
    const copy = pvc('copy', { volumeName: 'disk', metadata: { annotations } });
    const objects = [pv('disk', { claimRef: claimRef('data') }), copy];
    expect(told(rule, objects)[0]).toMatch(
      /which is that of PersistentVolumeClaim shop\/data; kubectl describe pvc shows "ClaimMisbound: Two claims are bound to the same volume, this one is bound incorrectly"$/,
    );
  });

  it.each([
    ['it is reserved for this claim', [pv('disk', { claimRef: claimRef('data') }), claim]],
    ['it is free', [pv('disk'), claim]],
    [
      'another claim names it too, so that either may have it',
      [pv('disk'), claim, pvc('b', { volumeName: 'disk' })],
    ],
    ['it does not serve, of which another rule tells', [pv('disk', { size: '1Mi' }), claim]],
    ['it is not there', [claim]],
    ['they are bound, in a dump', boundPair(UID)],
  ])('is silent where %s', (_, objects) => {
    expect(told(rule, objects)).toEqual([]);
  });
});

describe('volumename-mismatch', () => {
  const rule = 'volumename-mismatch';
  const shown = (why: string): string =>
    `kubectl describe pvc shows "VolumeMismatch: Cannot bind to requested volume "disk": ${why}"`;

  it.each([
    [
      'size',
      { size: '5Gi' },
      { size: '10Gi' },
      '5Gi is less than the 10Gi requested',
      'requested PV is too small',
      'request 5Gi or less, or set spec.capacity.storage of PersistentVolume disk to 10Gi',
    ],
    [
      'class',
      { storageClassName: 'slow' },
      {},
      'class "slow", the claim\'s is "manual"',
      'storageClassName does not match',
      'set storageClassName: "slow"',
    ],
    [
      'volume-mode',
      { volumeMode: 'Block' },
      {},
      'Block, the claim asks for Filesystem',
      'incompatible volumeMode',
      'set volumeMode: Block',
    ],
    [
      'access-modes',
      {},
      { modes: ['ReadWriteMany'] },
      'ReadWriteOnce, the claim asks for ReadWriteMany',
      'incompatible accessMode',
      'set accessModes: [ReadWriteOnce], or give PersistentVolume disk those that are asked for if what is behind it can',
    ],
  ])('tells of a volume that fails on %s', (fault, has, asks, detail, event, fix) => {
    const objects = [pv('disk', has), pvc('data', { volumeName: 'disk', ...asks })];
    expect(told(rule, objects)).toEqual([
      `error PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data names PersistentVolume disk, which fails on ${fault}: ${detail}; ${shown(event)}`,
    ]);
    expect(fixes(rule, objects)).toEqual([fix]);
  });

  it('tells of the default class that keeps a claim from a volume without a class', () => {
    const objects = [
      pv('disk', { storageClassName: '' }),
      pvc('data', { storageClassName: undefined, volumeName: 'disk' }),
    ];
    expect(told(rule, objects, { defaultClass: 'fast' })).toEqual([
      `error PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data names PersistentVolume disk, which fails on class: class "", the claim's is "fast"; ${shown('storageClassName does not match')}`,
    ]);
    expect(told('default-class-hijack', objects, { defaultClass: 'fast' })).toEqual([]);
  });

  it('tells of a volume that is on its way out', () => {
    const going = pv('disk', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } });
    expect(told(rule, [going, pvc('data', { volumeName: 'disk' })])[0]).toContain(
      'names PersistentVolume disk, which does not serve it; kubectl describe pvc shows "VolumeMismatch: ',
    );
  });

  it.each([
    ['it serves', {}, {}],
    [
      'its labels do not match, which is not asked',
      {},
      { selector: { matchLabels: { type: 'ssd' } } },
    ],
    [
      'it is reserved for the claim, so that nothing is asked',
      { size: '1Mi', claimRef: claimRef('data') },
      {},
    ],
    ['it is reserved for another claim', { size: '1Mi', claimRef: claimRef('other') }, {}],
    [
      'the class of the claim is not known',
      { storageClassName: '' },
      { storageClassName: undefined },
    ],
    [
      'they differ in their VolumeAttributesClass, of which another rule tells',
      { volumeAttributesClassName: 'gold' },
      {},
    ],
  ])('is silent where %s', (_, has, asks) => {
    const objects = [EXTERNAL, pv('disk', has), pvc('data', { volumeName: 'disk', ...asks })];
    expect(told(rule, objects)).toEqual([]);
  });
});

describe('prebound-unchecked', () => {
  const rule = 'prebound-unchecked';

  it.each([
    [
      'size',
      { size: '5Gi' },
      { size: '10Gi' },
      '5Gi is less than the 10Gi requested',
      'request 5Gi, which is what there is',
    ],
    [
      'class',
      { storageClassName: '' },
      {},
      'class "", the claim\'s is "manual"',
      'set storageClassName: ""',
    ],
    [
      'volume-mode',
      { volumeMode: 'Block' },
      {},
      'Block, the claim asks for Filesystem',
      'set volumeMode: Block',
    ],
    [
      'access-modes',
      {},
      { modes: ['ReadWriteMany'] },
      'ReadWriteOnce, the claim asks for ReadWriteMany',
      'set accessModes: [ReadWriteOnce]',
    ],
    [
      'selector',
      {},
      { selector: { matchLabels: { type: 'ssd' } } },
      "its labels do not match the claim's selector",
      'drop spec.selector: volumeName says which volume it is',
    ],
  ])('tells of a pair that disagrees on %s', (fault, has, asks, detail, fix) => {
    const objects = [
      MANUAL,
      pv('disk', { claimRef: claimRef('data'), ...has }),
      pvc('data', { volumeName: 'disk', ...asks }),
    ];
    expect(told(rule, objects)).toEqual([
      `warning PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data and PersistentVolume disk name each other, so that they are bound unchecked, in spite of the ${fault}: ${detail}`,
    ]);
    expect(fixes(rule, objects)).toEqual([fix]);
  });

  it('tells of the class that the claim is given, where that is known', () => {
    const objects = [
      pv('disk', { storageClassName: '', claimRef: claimRef('data') }),
      pvc('data', { storageClassName: undefined, volumeName: 'disk' }),
    ];
    expect(severities(rule, objects, { defaultClass: 'fast' })).toEqual(['warning']);
    expect(told(rule, objects, { defaultClass: null })).toEqual([]);
    expect(told(rule, objects)).toEqual([]);
  });

  it.each([
    [
      'they agree',
      [pv('disk', { claimRef: claimRef('data') }), pvc('data', { volumeName: 'disk' })],
    ],
    [
      'the claim names the volume alone',
      [pv('disk', { size: '512Mi' }), pvc('data', { volumeName: 'disk' })],
    ],
    [
      'the volume names the claim alone',
      [pv('disk', { size: '512Mi', claimRef: claimRef('data') }), pvc('data')],
    ],
    [
      'the volume is refused',
      [pv('disk', { size: '0', claimRef: claimRef('data') }), pvc('data', { volumeName: 'disk' })],
    ],
    ['they are bound, in a dump', boundPair(UID)],
  ])('is silent where %s', (_, objects) => {
    expect(told(rule, objects)).toEqual([]);
  });
});
