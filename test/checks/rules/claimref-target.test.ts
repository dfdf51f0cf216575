import { claimRef, MANUAL, pv, pvc } from '../../planner/objects';
import { boundPair, statefulSet } from '../bound-objects';
import { fixes, severities, told } from '../told';

const UID = '2f1c6d1e-7f0a-4c1b-9d57-3a6f0e8b5c11';

describe('claimref-no-namespace', () => {
  const rule = 'claimref-no-namespace';

  it('names the namespace of the claim that is meant', () => {
    const objects = [pv('disk', { claimRef: { name: 'data' } }), pvc('data')];
    expect(told(rule, objects)).toEqual([
      'error PersistentVolume disk: PersistentVolume disk is reserved for claim "data" in no namespace, which no claim matches, not even PersistentVolumeClaim shop/data',
    ]);
    expect(fixes(rule, objects)).toEqual(['set spec.claimRef.namespace: shop']);
  });

  it.each([
    ['no claim has that name', [pvc('other')]],
    [
      'claims of several namespaces have it',
      [pvc('data'), pvc('data', { metadata: { namespace: 'web' } })],
    ],
  ])('leaves the namespace open where %s', (_, claims) => {
    const objects = [pv('disk', { claimRef: { name: 'data', namespace: '' } }), ...claims];
    expect(severities(rule, objects)).toEqual(['error']);
    expect(fixes(rule, objects)).toEqual([
      'set spec.claimRef.namespace: the namespace of claim data',
    ]);
  });

  it('says nothing else of the reference', () => {
    const objects = [
      pv('a', { claimRef: { name: 'data' } }),
      pv('b', { claimRef: { name: 'data' } }),
      pvc('data'),
    ];
    expect(severities(rule, objects)).toEqual(['error', 'error']);
    expect(told('claimref-target-missing', objects, { existing: [] })).toEqual([]);
    expect(told('claimref-duplicate', objects)).toEqual([]);
  });

  it('is silent where the namespace is there, or no reference', () => {
    const objects = [pv('a', { claimRef: claimRef('data') }), pv('b', { claimRef: null }), pv('c')];
    expect(told(rule, [...objects, pvc('data')])).toEqual([]);
  });
});

describe('claimref-has-uid', () => {
  const rule = 'claimref-has-uid';
  const volume = pv('disk', { claimRef: claimRef('data', UID) });
  const text = `error PersistentVolume disk: PersistentVolume disk is reserved for PersistentVolumeClaim shop/data of uid ${UID}, and that claim`;

  it('tells of the uid of a claim that is made anew', () => {
    expect(told(rule, [volume, pvc('data')])).toEqual([
      `${text} is made anew: the volume becomes Released, and no claim can bind to it`,
    ]);
    expect(fixes(rule, [volume, pvc('data')])).toEqual(['remove spec.claimRef.uid']);
  });

  it('tells of the uid of another claim, and of one that is not there', () => {
    const other = pvc('data', { metadata: { uid: 'another' } });
    expect(told(rule, [volume, other])[0]).toContain(`${text} has uid another: `);
    expect(told(rule, [volume])[0]).toContain(`${text} is not there: `);
  });

  it('says that the data goes where the policy is to delete', () => {
    const deleted = pv('disk', {
      claimRef: claimRef('data', UID),
      persistentVolumeReclaimPolicy: 'Delete',
    });
    expect(told(rule, [deleted, pvc('data')])[0]).toMatch(
      /becomes Released, and its reclaim policy Delete takes its data away$/,
    );
  });

  it('tells of a volume that was read from a cluster, applied with a claim made anew', () => {
    const [read] = boundPair(UID);
    expect(severities(rule, [read, pvc('data')])).toEqual(['error']);
  });

  it.each([
    ['the pair is bound, in a dump', boundPair(UID), {}],
    ['the dump holds no claims', boundPair(UID).slice(0, 1), {}],
    [
      'the volume was released before the dump',
      [
        pv('disk', {
          metadata: { uid: 'v' },
          claimRef: claimRef('data', UID),
          status: { phase: 'Released' },
        }),
        pvc('data', { metadata: { uid: 'later' }, status: { phase: 'Pending' } }),
      ],
      {},
    ],
    ['the cluster has filled it in', [pv('disk'), pvc('data')], { existing: boundPair(UID) }],
    ['the cluster has the claim', [volume], { existing: boundPair(UID) }],
    ['there is no uid', [pv('disk', { claimRef: claimRef('data') }), pvc('data')], {}],
    ['it is in the cluster', [pvc('data')], { existing: [volume] }],
  ])('is silent where %s', (_, objects, options) => {
    expect(told(rule, objects, options)).toEqual([]);
  });
});

describe('claimref-target-missing', () => {
  const rule = 'claimref-target-missing';
  const volume = pv('disk', { claimRef: claimRef('data') });

  it('is info where the cluster may have the claim, and a warning where it has not', () => {
    const text =
      'PersistentVolume disk: PersistentVolume disk is reserved for PersistentVolumeClaim shop/data, which is not there: the volume stays idle';
    expect(told(rule, [volume])).toEqual([
      `info ${text} (not in the input; if the cluster has it, pass --existing)`,
    ]);
    expect(told(rule, [volume], { existing: [] })).toEqual([`warning ${text}`]);
    expect(fixes(rule, [volume])).toEqual([
      'add PersistentVolumeClaim shop/data, or remove spec.claimRef',
    ]);
  });

  it('names the namespace in which a claim of that name is', () => {
    const objects = [volume, pvc('data', { metadata: { namespace: 'web' } })];
    expect(told(rule, objects)[0]).toContain(
      'which is not there; claim data is in namespace web: the volume stays idle',
    );
    expect(fixes(rule, objects)).toEqual(['set spec.claimRef.namespace: web']);
    const unsaid = [volume, pvc('data', { metadata: { namespace: undefined } })];
    expect(fixes(rule, unsaid)).toEqual(['set metadata.namespace: shop on the claim']);
  });

  it.each([
    ['the claim is there', [volume, pvc('data')], []],
    ['the claim is in the cluster', [volume], [pvc('data')]],
    [
      'a StatefulSet makes it',
      [pv('disk', { claimRef: claimRef('data-kafka-1') }), statefulSet('kafka', 2)],
      [],
    ],
    [
      'a StatefulSet makes it when it has more replicas',
      [pv('disk', { claimRef: claimRef('data-kafka-7') }), statefulSet('kafka', 2)],
      [],
    ],
    [
      'it has a uid, of which another rule tells',
      [pv('disk', { claimRef: claimRef('data', UID) })],
      [],
    ],
    ['it is refused', [pv('disk', { claimRef: claimRef('data'), modes: [] })], []],
    ['it names nothing', [pv('disk', { claimRef: { namespace: 'shop' } })], []],
  ])('is silent where %s', (_, objects, existing) => {
    expect(told(rule, objects, { existing })).toEqual([]);
  });

  it.each([
    ['another namespace', { namespace: 'web', name: 'data-kafka-1' }],
    ['another template', { namespace: 'shop', name: 'logs-kafka-1' }],
    ['another set', { namespace: 'shop', name: 'data-kafkas-1' }],
    ['no pod', { namespace: 'shop', name: 'data-kafka' }],
  ])('tells of a name like that of a StatefulSet, of %s', (_, reference) => {
    const objects = [pv('disk', { claimRef: reference }), statefulSet('kafka', 2)];
    expect(severities(rule, objects, { existing: [] })).toEqual(['warning']);
  });
});

describe('claimref-duplicate', () => {
  const rule = 'claimref-duplicate';
  const own = { claimRef: claimRef('data') };

  it('tells of each volume but the first', () => {
    const objects = [pv('a', own), pv('b', own), pv('c', own), pvc('data')];
    expect(told(rule, objects)).toEqual([
      'warning PersistentVolume b: PersistentVolume b is reserved for PersistentVolumeClaim shop/data, as PersistentVolume a is: the claim binds to one of them, and the other stays idle',
      'warning PersistentVolume c: PersistentVolume c is reserved for PersistentVolumeClaim shop/data, as PersistentVolume a is: the claim binds to one of them, and the other stays idle',
    ]);
    expect(fixes(rule, objects)[0]).toBe(
      'remove spec.claimRef from one of them, or reserve it for another claim',
    );
  });

  it('takes the one that the claim names for the right one', () => {
    const [text] = told(rule, [pv('a', own), pv('b', own), pvc('data', { volumeName: 'b' })]);
    expect(text).toContain('warning PersistentVolume a: ');
  });

  it('tells of the one that is applied where the other exists', () => {
    expect(told(rule, [pv('a', own), pvc('data')], { existing: [pv('b', own)] })[0]).toContain(
      'PersistentVolume a is reserved for PersistentVolumeClaim shop/data, as PersistentVolume b is',
    );
  });

  it('tells of a volume beside the one that the claim is bound to', () => {
    expect(told(rule, [...boundPair(UID), pv('spare', own)])[0]).toContain(
      'warning PersistentVolume spare: PersistentVolume spare is reserved for PersistentVolumeClaim shop/data, as PersistentVolume disk is',
    );
  });

  it.each([
    ['they are for different claims', [pv('a', own), pv('b', { claimRef: claimRef('other') })]],
    [
      'they are for different namespaces',
      [pv('a', own), pv('b', { claimRef: { namespace: 'web', name: 'data' } })],
    ],
    [
      'one was the volume of an earlier claim of that name',
      [
        ...boundPair(UID),
        pv('old', {
          metadata: { uid: 'w' },
          claimRef: claimRef('data', 'earlier'),
          status: { phase: 'Released' },
        }),
      ],
    ],
    [
      'one is on its way out',
      [pv('a', own), pv('b', { ...own, metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } })],
    ],
  ])('is silent where %s', (_, objects) => {
    expect(told(rule, [...objects, MANUAL])).toEqual([]);
  });
});
