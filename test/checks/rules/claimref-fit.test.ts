import { planStorage } from '../../../src/checks/plan-storage';
import { claimRef, EXTERNAL, MANUAL, pv, pvc } from '../../planner/objects';
import { boundPair, statefulSet } from '../bound-objects';
import { fixes, severities, told } from '../told';

const UID = '2f1c6d1e-7f0a-4c1b-9d57-3a6f0e8b5c11';
const BOTH = ['ReadWriteOnce', 'ReadWriteMany'];

describe('claimref-shadowed', () => {
  const rule = 'claimref-shadowed';
  const own = pv('own', { modes: BOTH, claimRef: claimRef('data') });

  it('tells of a free volume of fewer access modes', () => {
    const objects = [MANUAL, own, pv('free'), pvc('data')];
    expect(told(rule, objects)).toEqual([
      'warning PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data takes PersistentVolume free (ReadWriteOnce), although PersistentVolume own (ReadWriteOnce, ReadWriteMany) is reserved for it: free volumes of fewer access modes come first',
    ]);
    expect(fixes(rule, objects)).toEqual(['set volumeName: own']);
  });

  it('says that it may be so where another claim can take the free one', () => {
    const [text] = told(rule, [MANUAL, own, pv('free'), pvc('data'), pvc('other')]);
    expect(text).toContain('PersistentVolumeClaim shop/data may take PersistentVolume free');
  });

  it('mends the volume where a template makes the claim', () => {
    const reserved = pv('own', { modes: BOTH, claimRef: claimRef('data-kafka-0') });
    const objects = [MANUAL, reserved, pv('free'), statefulSet('kafka', 1)];
    expect(severities(rule, objects)).toEqual(['warning']);
    expect(fixes(rule, objects)).toEqual([
      'set accessModes: [ReadWriteOnce] on PersistentVolume own',
    ]);
  });

  it('is info where the claim may be given a default class', () => {
    const objects = [
      own,
      pv('free', { storageClassName: '' }),
      pvc('data', { storageClassName: undefined }),
    ];
    expect(severities(rule, objects)).toEqual(['info']);
  });

  it.each([
    ['the claim names its volume', pv('free'), { volumeName: 'own' }],
    ['the free one has as many modes', pv('free', { modes: BOTH }), {}],
    ['the free one is too small', pv('free', { size: '512Mi' }), {}],
    ['the free one is of another class', pv('free', { storageClassName: 'slow' }), {}],
    ['the free one lacks the mode', pv('free', { modes: ['ReadOnlyMany'] }), {}],
    ['the other one is reserved too', pv('free', { claimRef: claimRef('other') }), {}],
  ])('is silent where %s', (_, free, asked) => {
    expect(told(rule, [MANUAL, own, free, pvc('data', asked)])).toEqual([]);
  });
});

describe('claimref-ineffective', () => {
  const rule = 'claimref-ineffective';
  const reserved = { claimRef: claimRef('data') };
  const event =
    'kubectl describe pvc shows "ProvisioningFailed: no volume plugin matched name: kubernetes.io/no-provisioner"';

  it.each([
    [
      'size',
      { size: '5Gi' },
      { size: '10Gi' },
      '5Gi is less than the 10Gi requested',
      'set spec.capacity.storage: 10Gi, or request 5Gi or less on the claim',
    ],
    [
      'volume-mode',
      { volumeMode: 'Block' },
      {},
      'Block, the claim asks for Filesystem',
      'set spec.volumeMode: Filesystem, or set volumeMode: Block on the claim',
    ],
    [
      'access-modes',
      {},
      { modes: ['ReadWriteMany'] },
      'ReadWriteOnce, the claim asks for ReadWriteMany',
      'set spec.accessModes: [ReadWriteMany], or set accessModes: [ReadWriteOnce] on the claim',
    ],
  ])('tells of a reserved volume that fails on %s', (fault, has, asks, detail, fix) => {
    const objects = [MANUAL, pv('disk', { ...reserved, ...has }), pvc('data', asks)];
    expect(told(rule, objects)).toEqual([
      `error PersistentVolume disk: PersistentVolume disk is reserved for PersistentVolumeClaim shop/data, and fails on ${fault}: ${detail}; ${event}`,
    ]);
    expect(fixes(rule, objects)).toEqual([fix]);
  });

  it('says what the claim gets instead', () => {
    const small = { ...reserved, size: '512Mi' };
    expect(told(rule, [pv('disk', small), pv('free'), pvc('data')])[0]).toMatch(
      /; the claim binds to another one$/,
    );
    const own = { storageClassName: 'external' };
    expect(told(rule, [EXTERNAL, pv('disk', small), pvc('data', own)])[0]).toMatch(
      /; a new one is made for the claim$/,
    );
  });

  it('tells of the claim where the volume exists, unless that is told to find nothing', () => {
    const existing = [EXTERNAL, pv('disk', { ...reserved, size: '512Mi' })];
    const made = [pvc('data', { storageClassName: 'external' })];
    expect(planStorage(made, { existing }).findings).toMatchObject([
      {
        rule,
        severity: 'error',
        object: 'PersistentVolumeClaim shop/data',
        fix: 'request 512Mi or less',
      },
    ]);
    const left = planStorage([pvc('data', { storageClassName: '' })], { existing });
    expect(left.findings.map((finding) => finding.rule)).toEqual(['pvc-no-matching-pv']);
  });

  it('sees the claim of a StatefulSet', () => {
    const small = pv('disk', { size: '512Mi', claimRef: claimRef('data-kafka-1') });
    expect(severities(rule, [small, statefulSet('kafka', 2)])).toEqual(['error']);
  });

  it.each([
    ['it serves', {}, {}],
    ['it is of another class', { storageClassName: 'slow' }, {}],
    ['its labels do not match', {}, { selector: { matchLabels: { type: 'ssd' } } }],
    ['the claim names it, so that nothing is compared', { size: '512Mi' }, { volumeName: 'disk' }],
    ['the claim is refused', { size: '512Mi' }, { modes: [] }],
    ['it is reserved for an earlier claim', { size: '512Mi', claimRef: claimRef('data', UID) }, {}],
    ['it is reserved for nobody who is there', { size: '512Mi', claimRef: claimRef('other') }, {}],
    ['it is refused itself', { modes: [] }, {}],
  ])('is silent where %s', (_, has, asks) => {
    expect(told(rule, [MANUAL, pv('disk', { ...reserved, ...has }), pvc('data', asks)])).toEqual(
      [],
    );
  });
});

describe('claimref-skips-class', () => {
  const rule = 'claimref-skips-class';
  const reserved = pv('disk', { claimRef: claimRef('data') });

  it('tells of another class, on the volume', () => {
    const objects = [reserved, pvc('data', { storageClassName: '' })];
    expect(told(rule, objects)).toEqual([
      'warning PersistentVolume disk: PersistentVolumeClaim shop/data is bound to PersistentVolume disk, which is reserved for it, in spite of the class: class "manual", the claim\'s is ""',
    ]);
    expect(fixes(rule, objects)).toEqual([
      'set the same storageClassName on both, such as "manual"',
    ]);
  });

  it('tells of the claim where the volume exists', () => {
    const text = told(rule, [pvc('data', { storageClassName: '' })], { existing: [reserved] });
    expect(text[0]).toMatch(/^warning PersistentVolumeClaim shop\/data: /);
  });

  it('tells of labels that do not match', () => {
    const objects = [reserved, pvc('data', { selector: { matchLabels: { type: 'ssd' } } })];
    expect(told(rule, objects)[0]).toMatch(
      /in spite of the selector: its labels do not match the claim's selector$/,
    );
    expect(fixes(rule, objects)).toEqual([
      'drop spec.selector of the claim, or give the volume the labels that it asks for',
    ]);
  });

  it('tells of the default class that the claim is given, where that is known', () => {
    const objects = [reserved, pvc('data', { storageClassName: undefined })];
    expect(severities(rule, objects, { defaultClass: 'fast' })).toEqual(['warning']);
    expect(told(rule, objects, { defaultClass: 'manual' })).toEqual([]);
    expect(told(rule, objects)).toEqual([]);
  });

  it.each([
    ['they agree', [reserved, pvc('data')]],
    [
      'it does not bind, being too small',
      [reserved, pvc('data', { storageClassName: '', size: '20Gi' })],
    ],
    ['they name each other', [reserved, pvc('data', { storageClassName: '', volumeName: 'disk' })]],
    ['it is reserved for another claim', [reserved, pvc('other', { storageClassName: '' })]],
    ['the pair is bound, in a dump', boundPair(UID)],
  ])('is silent where %s', (_, objects) => {
    expect(told(rule, objects)).toEqual([]);
  });
});
