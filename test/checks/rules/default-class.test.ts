import { claimRef, EXTERNAL, pod, pv, pvc, storageClass } from '../../planner/objects';
import { boundPair, statefulSet } from '../bound-objects';
import { fixes, severities, told } from '../told';

const UNSAID = { storageClassName: undefined };
const NONE = { storageClassName: '' };

function marked(
  name: string,
  created?: string,
  annotation = 'storageclass.kubernetes.io/is-default-class',
): unknown {
  return storageClass(name, 'ebs.csi.aws.com', {
    metadata: {
      annotations: { [annotation]: 'true' },
      ...(created === undefined ? {} : { creationTimestamp: created, uid: name }),
    },
  });
}

describe('default-class-hijack', () => {
  const rule = 'default-class-hijack';

  it('tells of the volume that a claim passes by for the default class', () => {
    const objects = [marked('fast'), pv('disk', NONE), pvc('data', UNSAID)];
    expect(told(rule, objects)).toEqual([
      `error PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data names no class and is given the default class "fast", so that it passes by PersistentVolume disk of class "", which serves it otherwise; kubectl describe pvc shows "ExternalProvisioning: Waiting for a volume to be created either by the external provisioner 'ebs.csi.aws.com' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered."`,
    ]);
    expect(fixes(rule, objects)).toEqual(['set storageClassName: ""']);
  });

  it('believes the options, and names the smallest volume that serves', () => {
    const volumes = [
      pv('large', { ...NONE, size: '50Gi' }),
      pv('small', { ...NONE, size: '5Gi' }),
      pv('tiny', { ...NONE, size: '1Mi' }),
    ];
    const [text] = told(rule, [...volumes, pvc('data', UNSAID)], { defaultClass: 'fast' });
    expect(text).toContain('so that it passes by PersistentVolume small of class ""');
  });

  it('tells of it rather than of the selector, which the volume matches', () => {
    const selector = { matchLabels: { type: 'nfs' } };
    const disk = pv('disk', { ...NONE, metadata: { labels: { type: 'nfs' } } });
    const objects = [marked('fast'), disk, pvc('data', { ...UNSAID, selector })];
    expect(severities(rule, objects)).toEqual(['error']);
    expect(told('selector-with-provisioner', objects)).toEqual([]);
  });

  it('is info of a volume of the cluster, unless the claim selects it', () => {
    const labels = { type: 'nfs' };
    const existing = [marked('fast'), pv('disk', { ...NONE, metadata: { labels } })];
    expect(severities(rule, [pvc('data', UNSAID)], { existing })).toEqual(['info']);
    const selecting = pvc('data', { ...UNSAID, selector: { matchLabels: labels } });
    expect(severities(rule, [selecting], { existing })).toEqual(['error']);
  });

  it('tells once of a StatefulSet', () => {
    const set = statefulSet('kafka', 3, UNSAID);
    expect(severities(rule, [marked('fast'), pv('disk', NONE), set])).toEqual(['error']);
  });

  it.each([
    ['the claim says that it has no class', [marked('fast'), pv('disk', NONE), pvc('data', NONE)]],
    [
      'the volume is for a claim that says so',
      [marked('fast'), pv('disk', NONE), pvc('own', NONE), pvc('data', UNSAID)],
    ],
    [
      'the volume is reserved for another claim',
      [marked('fast'), pv('disk', { ...NONE, claimRef: claimRef('own') }), pvc('data', UNSAID)],
    ],
    [
      'the volume is reserved for this claim',
      [marked('fast'), pv('disk', { ...NONE, claimRef: claimRef('data') }), pvc('data', UNSAID)],
    ],
    [
      'the volume would not serve',
      [marked('fast'), pv('disk', { ...NONE, size: '1Mi' }), pvc('data', UNSAID)],
    ],
    [
      'the volume is of the default class',
      [marked('fast'), pv('disk', { storageClassName: 'fast' }), pvc('data', UNSAID)],
    ],
    ['the default class is not known', [EXTERNAL, pv('disk', NONE), pvc('data', UNSAID)]],
    [
      'the claim was made before there was a default class',
      [marked('fast'), pv('disk', NONE), pvc('data', { ...UNSAID, metadata: { uid: 'c' } })],
    ],
    [
      'the default class has a volume for the claim',
      [
        storageClass('own', 'kubernetes.io/no-provisioner', {
          metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
        }),
        pv('disk', NONE),
        pv('other', { storageClassName: 'own' }),
        pvc('data', UNSAID),
      ],
    ],
  ])('is silent where %s', (_, objects) => {
    expect(told(rule, objects)).toEqual([]);
  });

  it('is silent where there is no default class', () => {
    expect(told(rule, [pv('disk', NONE), pvc('data', UNSAID)], { defaultClass: null })).toEqual([]);
  });
});

describe('default-class-multiple', () => {
  const rule = 'default-class-multiple';

  it('tells of each class but the first', () => {
    const objects = [marked('a'), marked('b'), storageClass('c', 'ebs.csi.aws.com')];
    expect(told(rule, objects)).toEqual([
      'warning StorageClass b: StorageClass b is marked as default, as StorageClass a is: claims without a class are given the one that is created last',
    ]);
    expect(fixes(rule, objects)).toEqual([
      'set annotation storageclass.kubernetes.io/is-default-class: "false" on all but one',
    ]);
  });

  it('tells in a dump of those that are not the newest', () => {
    const [text, ...others] = told(rule, [
      marked('old', '2024-01-01T00:00:00Z'),
      marked('new', '2025-01-01T00:00:00Z'),
    ]);
    expect(text).toContain('StorageClass old is marked as default, as StorageClass new is');
    expect(others).toEqual([]);
  });

  it('tells of what is applied beside a default class of the cluster', () => {
    const [text] = told(rule, [marked('mine')], {
      existing: [marked('theirs', '2024-01-01T00:00:00Z')],
    });
    expect(text).toContain('StorageClass mine is marked as default, as StorageClass theirs is');
  });

  it('reads the annotation of old', () => {
    const old = marked('b', undefined, 'storageclass.beta.kubernetes.io/is-default-class');
    expect(severities(rule, [marked('a'), old])).toEqual(['warning']);
  });

  it.each([
    ['one is marked', [marked('a'), EXTERNAL]],
    [
      'the mark says false',
      [
        marked('a'),
        storageClass('b', 'x.example', {
          metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'false' } },
        }),
      ],
    ],
  ])('is silent where %s', (_, objects) => {
    expect(told(rule, objects)).toEqual([]);
  });
});

describe('default-class-implicit', () => {
  const rule = 'default-class-implicit';
  const start =
    'info PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data names no class and is given the default class of the cluster, which is not known; ';

  it('says what becomes of the claim without a default class', () => {
    expect(told(rule, [pvc('data', UNSAID)])).toEqual([
      `${start}without one, it stays Pending: no persistent volumes available for this claim and no storage class is set`,
    ]);
    expect(fixes(rule, [pvc('data', UNSAID)])).toEqual([
      'set storageClassName to the class that is meant',
    ]);
  });

  it('says that a volume without a class is there for it', () => {
    const objects = [pv('disk', NONE), pvc('data', UNSAID)];
    expect(told(rule, objects)).toEqual([
      `${start}without one, it binds to a PersistentVolume that has no class`,
    ]);
    expect(fixes(rule, objects)).toEqual([
      'set storageClassName: "" for a volume that has no class, or name the class that is meant',
    ]);
  });

  it('says what a default class does to a claim that names its volume', () => {
    const objects = [pv('disk', NONE), pvc('data', { ...UNSAID, volumeName: 'disk' })];
    expect(told(rule, objects)).toEqual([
      `${start}with one, it does not bind to PersistentVolume disk unless that is of this class`,
    ]);
  });

  it.each([
    ['it says that it has no class', [pvc('data', NONE)], {}],
    ['it names a class', [pvc('data')], {}],
    [
      'it names one by annotation',
      [
        pvc('data', {
          ...UNSAID,
          metadata: { annotations: { 'volume.beta.kubernetes.io/storage-class': 'slow' } },
        }),
      ],
      {},
    ],
    ['a class is marked as default', [marked('fast'), pvc('data', UNSAID)], {}],
    ['the options say which it is', [pvc('data', UNSAID)], { defaultClass: 'fast' }],
    ['the options say that there is none', [pvc('data', UNSAID)], { defaultClass: null }],
    [
      'a volume is reserved for it',
      [pv('disk', { claimRef: claimRef('data') }), pvc('data', UNSAID)],
      {},
    ],
    [
      'it and its volume name each other',
      [pv('disk', { claimRef: claimRef('data') }), pvc('data', { ...UNSAID, volumeName: 'disk' })],
      {},
    ],
    ['its volume is not there', [pvc('data', { ...UNSAID, volumeName: 'disk' })], {}],
    ['it is bound, in a dump', boundPair('c'), {}],
    ['it is refused', [pvc('data', { ...UNSAID, modes: [] })], {}],
  ])('is silent where %s', (_, objects, options) => {
    expect(told(rule, objects, options)).toEqual([]);
  });
});

describe('selector-with-provisioner', () => {
  const rule = 'selector-with-provisioner';
  const own = { storageClassName: 'external' };
  const selector = { matchLabels: { type: 'ssd' } };

  it('tells of a selector that nothing matches', () => {
    const objects = [EXTERNAL, pvc('data', { ...own, selector })];
    expect(told(rule, objects)).toEqual([
      'error PersistentVolumeClaim shop/data: PersistentVolumeClaim shop/data has a selector that no PersistentVolume matches, and ebs.csi.aws.com, the provisioner of its class "external", makes no volume for such a claim; kubectl describe pvc shows "ProvisioningFailed: failed to provision volume with StorageClass "external": claim Selector is not supported"',
    ]);
    expect(fixes(rule, objects)).toEqual([
      'drop spec.selector, or add a PersistentVolume of that class with the labels that it asks for',
    ]);
  });

  it.each([
    ['an empty selector, which is one too', [EXTERNAL, pvc('data', { ...own, selector: {} })]],
    [
      'volumes of other labels',
      [
        EXTERNAL,
        pv('disk', { ...own, metadata: { labels: { type: 'hdd' } } }),
        pvc('data', { ...own, selector }),
      ],
    ],
    [
      'a volume of another class',
      [
        EXTERNAL,
        pv('disk', { metadata: { labels: { type: 'ssd' } } }),
        pvc('data', { ...own, selector }),
      ],
    ],
    [
      'a claim that waits for a pod',
      [
        storageClass('external', 'ebs.csi.aws.com', { waits: true }),
        pvc('data', { ...own, selector }),
      ],
    ],
    [
      'a claim whose pod is there',
      [
        storageClass('external', 'ebs.csi.aws.com', { waits: true }),
        pvc('data', { ...own, selector }),
        pod('web', 'data'),
      ],
    ],
    [
      'a class that is handed to a CSI driver',
      [storageClass('external', 'kubernetes.io/aws-ebs'), pvc('data', { ...own, selector })],
    ],
  ])('tells of %s', (_, objects) => {
    expect(severities(rule, objects)).toEqual(['error']);
  });

  const labelled = pv('disk', { ...own, metadata: { labels: { type: 'ssd' } } });

  it.each([
    ['a volume matches', [EXTERNAL, labelled, pvc('data', { ...own, selector })]],
    [
      'a volume matches a claim that waits for a pod',
      [
        storageClass('external', 'ebs.csi.aws.com', { waits: true }),
        labelled,
        pvc('data', { ...own, selector }),
      ],
    ],
    ['the class makes no volumes', [pvc('data', { selector })]],
    ['the class is not there', [pvc('data', { ...own, selector })]],
    ['there is no selector', [EXTERNAL, pvc('data', own)]],
    [
      'the claim names its volume',
      [EXTERNAL, pvc('data', { ...own, selector, volumeName: 'disk' })],
    ],
    [
      'a volume is reserved for the claim',
      [EXTERNAL, pv('disk', { claimRef: claimRef('data') }), pvc('data', { ...own, selector })],
    ],
    [
      'the selector is refused',
      [
        EXTERNAL,
        pvc('data', { ...own, selector: { matchExpressions: [{ key: 'a', operator: 'Is' }] } }),
      ],
    ],
  ])('is silent where %s', (_, objects) => {
    expect(told(rule, objects)).toEqual([]);
  });
});
