import { planStorage } from '../../src/checks/plan-storage';
import type { ClaimVerdict, PlanOptions } from '../../src/planner/plan';
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
} from './objects';

const CLASSES = [MANUAL, WAIT, EXTERNAL];

/** Plans claims in a cluster that is known; volumes and classes are there already. */
function plan(
  claims: readonly unknown[],
  existing: readonly unknown[],
  options: PlanOptions = {},
): readonly ClaimVerdict[] {
  return planStorage(claims, {
    existing: [...CLASSES, ...existing],
    defaultClass: null,
    ...options,
  }).claims;
}

function planOne(
  claim: unknown,
  existing: readonly unknown[],
  options: PlanOptions = {},
): ClaimVerdict {
  return plan([claim], existing, options)[0] as ClaimVerdict;
}

/** Whether the claim surely binds to the volume. */
function expectBound(verdict: ClaimVerdict | undefined, ...volumes: readonly string[]): void {
  expect(verdict?.outcomes).toEqual(['bound']);
  expect(verdict?.volumes).toEqual(volumes);
  expect(verdict?.deterministic).toBe(volumes.length === 1);
  expect(verdict?.reason).toBeUndefined();
}

function expectPending(verdict: ClaimVerdict | undefined, reason?: string, message?: string): void {
  expect(verdict?.outcomes).toEqual(['pending']);
  expect(verdict?.volumes).toEqual([]);
  expect(verdict?.reason).toBe(reason);
  expect(verdict?.message).toBe(message);
}

const LEGACY = 'volume.beta.kubernetes.io/storage-class';
const DEFAULT = { 'storageclass.kubernetes.io/is-default-class': 'true' };

describe('the class of a claim', () => {
  const volumes = [pv('of-manual'), pv('of-none', { storageClassName: undefined })];

  test('is what the annotation says, even beside another field', () => {
    const annotated = pvc('c', {
      storageClassName: '',
      metadata: { annotations: { [LEGACY]: 'manual' } },
    });
    expectBound(planOne(annotated, volumes), 'of-manual');
  });

  test('is no class where the field is empty, whatever the default class', () => {
    const claim = pvc('c', { storageClassName: '' });
    expectBound(planOne(claim, volumes, { defaultClass: 'manual' }), 'of-none');
  });

  test('is the default class where nothing is said, and none where there is no default', () => {
    const claim = pvc('c', { storageClassName: undefined });
    expectBound(planOne(claim, volumes, { defaultClass: 'manual' }), 'of-manual');
    expectBound(planOne(claim, volumes, { defaultClass: null }), 'of-none');
  });

  test('is unknown where nothing is said and nobody said what the default is', () => {
    const verdict = planOne(pvc('c', { storageClassName: undefined }), volumes, {
      defaultClass: undefined,
    });
    expect(verdict.outcomes).toEqual(['unknown']);
    expect(verdict.deterministic).toBe(false);
  });

  test('is the newest of several defaults, ties by name', () => {
    const marked = (name: string, creationTimestamp: string) =>
      storageClass(name, 'kubernetes.io/no-provisioner', {
        metadata: { annotations: DEFAULT, creationTimestamp, uid: name },
      });
    const existing = [
      marked('c', '2025-01-01T00:00:00Z'),
      marked('b', '2026-01-01T00:00:00Z'),
      marked('a', '2026-01-01T00:00:00Z'),
      ...['a', 'b', 'c'].map((name) => pv(`of-${name}`, { storageClassName: name })),
    ];
    const claim = pvc('claim', { storageClassName: undefined });
    expectBound(planOne(claim, existing, { defaultClass: undefined }), 'of-a');
  });

  test('is tried as none first, for a claim that is there without one', () => {
    const claim = pvc('c', { storageClassName: undefined, metadata: { uid: 'u' } });
    expectBound(planOne(claim, volumes, { defaultClass: 'manual' }), 'of-none');
    expectBound(planOne(claim, volumes.slice(0, 1), { defaultClass: 'manual' }), 'of-manual');
  });
});

describe('a claim that names its volume', () => {
  const named = (fields: object = {}) => pvc('c', { volumeName: 'v', ...fields });

  test('is bound without a pod, even where its class waits for one', () => {
    const claim = named({ storageClassName: 'wait' });
    expectBound(planOne(claim, [pv('v', { storageClassName: 'wait' })]), 'v');
  });

  test('is bound whatever the labels of the volume', () => {
    expectBound(planOne(named({ selector: { matchLabels: { tier: 'gold' } } }), [pv('v')]), 'v');
  });

  test('waits without an event for a volume that is not there', () => {
    expectPending(planOne(named(), [pv('other')]));
  });

  test('is bound without any check where the volume is reserved for it', () => {
    const reserved = pv('v', {
      claimRef: claimRef('c'),
      size: '1Mi',
      modes: ['ReadOnlyMany'],
      storageClassName: 'other',
      volumeMode: 'Block',
    });
    expectBound(planOne(named(), [reserved]), 'v');
  });

  test.each([
    [
      'the volume is marked for deletion "v"',
      { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' }, size: '1Mi' },
    ],
    ['requested PV is too small', { size: '1Mi', storageClassName: 'other' }],
    ['storageClassName does not match', { storageClassName: 'other', volumeMode: 'Block' }],
    [
      'volumeAttributesClassName does not match',
      { volumeAttributesClassName: 'fast', volumeMode: 'Block' },
    ],
    ['incompatible volumeMode', { volumeMode: 'Block', modes: ['ReadOnlyMany'] }],
    ['incompatible accessMode', { modes: ['ReadOnlyMany'] }],
  ])('fails when %s', (why, fields) => {
    const message = `Cannot bind to requested volume "v": ${why}`;
    expectPending(planOne(named(), [pv('v', fields)]), 'VolumeMismatch', message);
  });

  test.each([
    ['reserved for another claim', { claimRef: claimRef('other') }],
    ['that was bound to an earlier claim of the same name', { claimRef: claimRef('c', 'gone') }],
  ])('fails when the volume is one %s', (_, fields) => {
    const message = 'volume "v" already bound to a different claim.';
    expectPending(planOne(named(), [pv('v', fields)]), 'FailedBinding', message);
  });

  test('may lose the volume to a claim that takes what it finds', () => {
    const [first, second] = plan([named(), pvc('d')], [pv('v')]);
    expect(first?.outcomes).toEqual(['bound', 'pending']);
    expect(first?.message).toBe('volume "v" already bound to a different claim.');
    expect(second?.outcomes).toEqual(['bound', 'pending']);
    expect([first?.deterministic, second?.deterministic]).toEqual([false, false]);
  });
});

describe('a claim takes', () => {
  test('the volume of fewest access modes, though it is larger', () => {
    const two = pv('two', { modes: ['ReadWriteOnce', 'ReadOnlyMany'] });
    expectBound(planOne(pvc('c'), [two, pv('one', { size: '100Gi' })]), 'one');
  });

  test('the smallest that is large enough, compared exactly', () => {
    const sizes = ['999M', '1Gi', '1024Mi', '1.5Gi'].map((size) =>
      pv(`v-${size.toLowerCase()}`, { size }),
    );
    expectBound(planOne(pvc('c'), sizes), 'v-1gi', 'v-1024mi');
  });

  test('either of two buckets of as many modes', () => {
    const volumes = [
      pv('a', { modes: ['ReadWriteOnce', 'ReadOnlyMany'], size: '100Gi' }),
      pv('b', { modes: ['ReadWriteOnce', 'ReadWriteMany'] }),
    ];
    expectBound(planOne(pvc('c'), volumes), 'a', 'b');
  });

  test('the volume reserved for it before any other of its bucket, whatever class and labels', () => {
    const reserved = pv('r', { claimRef: claimRef('c'), storageClassName: 'other' });
    const claim = pvc('c', { selector: { matchLabels: { tier: 'gold' } } });
    expectBound(
      planOne(claim, [pv('v', { size: '1Gi', metadata: { labels: { tier: 'gold' } } }), reserved]),
      'r',
    );
  });

  test('a free volume of fewer modes before the one reserved for it', () => {
    const reserved = pv('r', { claimRef: claimRef('c'), modes: ['ReadWriteOnce', 'ReadOnlyMany'] });
    expectBound(planOne(pvc('c'), [reserved, pv('v')]), 'v');
  });

  test('the volume reserved for it without a pod, where its class waits for one', () => {
    const claim = pvc('c', { storageClassName: 'wait' });
    const reserved = pv('r', { claimRef: claimRef('c'), storageClassName: 'wait' });
    expectBound(planOne(claim, [reserved, pv('v', { storageClassName: 'wait' })]), 'r');
  });

  test('a volume of its class though the class does not exist', () => {
    expectBound(
      planOne(pvc('c', { storageClassName: 'ghost' }), [pv('v', { storageClassName: 'ghost' })]),
      'v',
    );
  });

  test('a volume reserved with its own uid', () => {
    const claim = pvc('c', { metadata: { uid: 'u' } });
    expectBound(planOne(claim, [pv('r', { claimRef: claimRef('c', 'u') })]), 'r');
  });
});

describe('a claim passes over a volume', () => {
  test.each<[string, string, Fields]>([
    ['reserved for another claim', 'claimed', { claimRef: claimRef('d') }],
    ['reserved in no namespace', 'claimed', { claimRef: { name: 'c' } }],
    [
      'that is Released',
      'released',
      { claimRef: claimRef('c', 'gone'), status: { phase: 'Released' } },
    ],
    ['that is too small', 'size', { size: '1G' }],
    ['of another volume mode', 'volume-mode', { volumeMode: 'Block' }],
    [
      'of another VolumeAttributesClass',
      'volume-attributes-class',
      { volumeAttributesClassName: 'fast' },
    ],
    [
      'that is being deleted',
      'deleting',
      { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } },
    ],
    ['of another class', 'class', { storageClassName: '' }],
    ['without its modes', 'access-modes', { modes: ['ReadOnlyMany', 'ReadWriteMany'] }],
  ])('%s', (_, rule, fields) => {
    const verdict = planOne(pvc('c'), [pv('v', fields)]);
    expect(verdict.outcomes).toEqual(['pending']);
    expect(verdict.rejected()).toMatchObject([{ volume: 'v', rule }]);
  });

  test('whose labels do not match its selector', () => {
    const selector = { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['gold'] }] };
    const labelled = (name: string, labels: object) => pv(name, { metadata: { labels } });
    const verdict = planOne(pvc('c', { selector }), [
      labelled('gold', { tier: 'gold' }),
      labelled('silver', { tier: 'silver' }),
    ]);
    expectBound(verdict, 'silver');
    expect(verdict.rejected()).toMatchObject([{ volume: 'gold', rule: 'selector' }]);
  });

  test('of another VolumeAttributesClass, but not before 1.34', () => {
    const volume = pv('v', { volumeAttributesClassName: 'fast' });
    expectBound(planOne(pvc('c'), [volume], { kubernetes: '1.33' }), 'v');
  });

  test('that would serve, where another is smaller', () => {
    const verdict = planOne(pvc('c'), [pv('large'), pv('small', { size: '1Gi' })]);
    expect(verdict.rejected()).toEqual([
      { volume: 'large', rule: 'outranked', detail: expect.any(String) },
    ]);
  });
});

describe('where no volume matches', () => {
  test.each([
    [
      'wait',
      'waits-for-consumer',
      'WaitForFirstConsumer',
      'waiting for first consumer to be created before binding',
    ],
    [
      '',
      'pending',
      'FailedBinding',
      'no persistent volumes available for this claim and no storage class is set',
    ],
    ['ghost', 'pending', 'ProvisioningFailed', 'storageclass.storage.k8s.io "ghost" not found'],
    [
      'manual',
      'pending',
      'ProvisioningFailed',
      'no volume plugin matched name: kubernetes.io/no-provisioner',
    ],
    [
      'external',
      'provisioned',
      'ExternalProvisioning',
      "Waiting for a volume to be created either by the external provisioner 'ebs.csi.aws.com' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
    ],
  ])('a claim of class "%s" is %s: %s', (storageClassName, outcome, reason, message) => {
    expect(planOne(pvc('c', { storageClassName }), [])).toMatchObject({
      outcomes: [outcome],
      volumes: [],
      deterministic: true,
      reason,
      message,
    });
  });

  test('a migrated in-tree provisioner is its CSI driver', () => {
    const verdict = planOne(pvc('c', { storageClassName: 'gp2' }), [
      storageClass('gp2', 'kubernetes.io/aws-ebs'),
    ]);
    expect(verdict.outcomes).toEqual(['provisioned']);
    expect(verdict.message).toContain("'ebs.csi.aws.com'");
  });

  test('an in-tree provisioner makes volumes until it is removed', () => {
    const claim = pvc('c', { storageClassName: 'rbd' });
    const existing = [storageClass('rbd', 'kubernetes.io/rbd')];
    expect(planOne(claim, existing, { kubernetes: '1.30' }).outcomes).toEqual(['provisioned']);
    expect(planOne(claim, existing, { kubernetes: '1.31' })).toMatchObject({
      outcomes: ['pending'],
      message: 'no volume plugin matched name: kubernetes.io/rbd',
    });
  });

  test('a class that is not in the input is unknown, unless the cluster is known', () => {
    const [verdict] = planStorage([pvc('c', { storageClassName: 'ghost' })]).claims;
    expect(verdict?.outcomes).toEqual(['unknown']);
  });

  test('a volume applied together with the claim races with a real provisioner', () => {
    const claim = pvc('c', { storageClassName: 'external' });
    const volume = pv('v', { storageClassName: 'external' });
    expectBound(planOne(claim, [volume]), 'v');
    const [verdict] = plan([claim, volume], []);
    expect(verdict).toMatchObject({ outcomes: ['bound', 'provisioned'], deterministic: false });
  });
});

describe('a claim of a class that waits', () => {
  const claim = pvc('c', { storageClassName: 'wait' });

  test('is bound by the scheduler to the smallest volume, whatever its other modes', () => {
    const two = pv('two', { storageClassName: 'wait', modes: ['ReadWriteOnce', 'ReadOnlyMany'] });
    const one = pv('one', { storageClassName: 'wait', size: '100Gi' });
    expectBound(planOne(claim, [one, two, pod('web', 'c')]), 'two');
  });

  test('is bound to the smallest volume of a node, whichever node that is', () => {
    const on = (host: string, size: string) =>
      pv(`${host}-${size.toLowerCase()}`, {
        storageClassName: 'wait',
        size,
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: 'host', operator: 'In', values: [host] }] },
            ],
          },
        },
      });
    const volumes = [on('a', '5Gi'), on('a', '9Gi'), on('b', '7Gi')];
    expectBound(planOne(claim, [...volumes, pod('web', 'c')]), 'a-5gi', 'b-7gi');
  });

  test.each([
    ['pod web', ['web']],
    ['pods web,worker', ['web', 'worker']],
  ])('waits for %s where there is no volume', (who, names) => {
    const pods = names.map((name) => pod(name, 'c'));
    expectPending(
      planOne(claim, pods),
      'WaitForPodScheduled',
      `waiting for ${who} to be scheduled`,
    );
  });

  test('waits in vain for a pod that names its node', () => {
    expect(planOne(claim, [pod('web', 'c', { nodeName: 'n1' })])).toMatchObject({
      outcomes: ['waits-for-consumer'],
      reason: 'WaitForFirstConsumer',
    });
  });
});

describe('a claim that is bound', () => {
  const bound = pvc('c', { volumeName: 'v', metadata: { uid: 'u' }, status: { phase: 'Bound' } });

  test('stays bound, and its volume is nobody else’s', () => {
    const [first, second] = plan([bound, pvc('d')], [pv('v', { claimRef: claimRef('c', 'u') })]);
    expectBound(first, 'v');
    expect(second?.outcomes).toEqual(['pending']);
  });

  test('is lost where the API server says so', () => {
    const lost = pvc('c', { volumeName: 'v', metadata: { uid: 'u' }, status: { phase: 'Lost' } });
    expectPending(
      planOne(lost, []),
      'ClaimLost',
      'Bound claim has lost its PersistentVolume. Data on the volume is lost!',
    );
  });

  test('is bound wrongly where the volume is another claim’s', () => {
    expectPending(
      planOne(bound, [pv('v', { claimRef: claimRef('other', 'x') })]),
      'ClaimMisbound',
      'Two claims are bound to the same volume, this one is bound incorrectly',
    );
  });

  test('is bound still when its manifest is applied again', () => {
    const manifest = pvc('c');
    expectBound(
      planOne(manifest, [
        bound,
        pv('v', { claimRef: claimRef('c', 'u') }),
        pv('w', { size: '1Gi' }),
      ]),
      'v',
    );
  });
});

describe('claims of one set', () => {
  test('share the list of volumes that they can bind to, frozen', () => {
    const [first, second] = plan([pvc('c'), pvc('d')], [pv('v'), pv('w')]);
    expect(first?.volumes).toEqual(['v', 'w']);
    expect(first?.volumes).toBe(second?.volumes);
    expect(Object.isFrozen(first?.volumes)).toBe(true);
    expect(first?.outcomes).toEqual(['bound']);
  });

  test('are certain where each has a size of its own', () => {
    const claims = ['1Gi', '2Gi', '3Gi'].map((size, index) => pvc(`c${index}`, { size }));
    const volumes = ['1Gi', '2Gi', '3Gi'].map((size, index) => pv(`v${index}`, { size }));
    const verdicts = plan(claims, volumes);
    expect(verdicts.map((verdict) => verdict.volumes)).toEqual([['v0'], ['v1'], ['v2']]);
    expect(verdicts.every(({ deterministic }) => deterministic)).toBe(true);
  });

  test('are certain where each selects a volume of its own', () => {
    const ids = ['a', 'b', 'c'];
    const verdicts = plan(
      ids.map((id) => pvc(id, { selector: { matchLabels: { id } } })),
      ids.map((id) => pv(`v-${id}`, { metadata: { labels: { id } } })),
    );
    expect(verdicts.map((verdict) => verdict.volumes)).toEqual([['v-a'], ['v-b'], ['v-c']]);
    expect(verdicts.every(({ deterministic }) => deterministic)).toBe(true);
  });

  test('compete where there are too few volumes', () => {
    const verdicts = plan([pvc('c'), pvc('d')], [pv('v')]);
    for (const verdict of verdicts) {
      expect(verdict.outcomes).toEqual(['bound', 'pending']);
      expect(verdict.deterministic).toBe(false);
    }
  });
});

test.each([
  ['no access mode', { modes: [] }],
  ['an access mode that does not exist', { modes: ['RWO'] }],
  ['ReadWriteOncePod beside another mode', { modes: ['ReadWriteOncePod', 'ReadWriteOnce'] }],
  ['no request', { resources: {} }],
  ['a request of nothing', { size: '0' }],
  ['a selector that is none', { selector: { matchExpressions: [{ key: 'a', operator: 'Is' }] } }],
  ['a volume mode that does not exist', { volumeMode: 'File' }],
])('a claim with %s is refused', (_, fields) => {
  const verdict = planOne(pvc('c', fields), [pv('v')]);
  expect(verdict.outcomes).toEqual(['refused']);
  expect(verdict.message).toMatch(/^spec\./);
});
