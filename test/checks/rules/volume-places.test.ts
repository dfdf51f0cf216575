import { planStorage } from '../../../src/checks/plan-storage';
import {
  claim,
  deployment,
  inZone,
  node,
  onlyOn,
  type TestObject,
  using,
  volume,
  waitingClass,
  workload,
} from '../../planner/workload-cluster';
import { fixes, severities, told } from '../told';

const AFFINITY = 'pv-affinity-unsatisfiable';
const LABEL = 'pv-zone-label-conflict';
const SPLIT = 'pod-volumes-split';
const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';

function required(...expressions: readonly TestObject[]): TestObject {
  const nodeSelectorTerms = [{ matchExpressions: expressions }];
  const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
  return { affinity: { nodeAffinity } };
}

function within(key: string, ...values: string[]): TestObject {
  return { key, operator: 'In', values };
}

/** A volume with labels. */
function labelled(labels: TestObject, spec: TestObject = {}) {
  const made = volume('v', '', spec);
  return { ...made, metadata: { name: 'v', labels } };
}

describe(AFFINITY, () => {
  const bound = (spec: TestObject) => [volume('v', '', spec), claim('data', '')];
  const web = (pod: TestObject = {}) => deployment(1, { ...using('data'), ...pod });

  it('names both and the event', () => {
    const objects = [...bound(inZone('a')), web({ nodeSelector: { [ZONE]: 'b' } })];
    expect(told(AFFINITY, objects)).toEqual([
      "error Deployment shop/web: PersistentVolume v of claim shop/data is for nodes with topology.kubernetes.io/zone a, and Deployment shop/web asks for nodes with topology.kubernetes.io/zone b: a volume node affinity conflict, its pods stay Pending with 'node(s) didn't match PersistentVolume's node affinity'",
    ]);
    expect(fixes(AFFINITY, objects)).toEqual([
      'let the nodeSelector or node affinity of the pods and the nodeAffinity of the volume name the same nodes',
    ]);
  });

  it.each([
    ['the same zone', inZone('a'), { nodeSelector: { [ZONE]: 'a' } }, 0],
    [
      'another name of the label',
      inZone('a'),
      {
        nodeSelector: { 'failure-domain.beta.kubernetes.io/zone': 'b' },
      },
      1,
    ],
    ['another label', inZone('a'), { nodeSelector: { type: 'worker' } }, 0],
    ['one zone of several', inZone('a'), required(within(ZONE, 'a', 'b')), 0],
    ['several other zones', inZone('a'), required(within(ZONE, 'b', 'c')), 1],
    [
      'all zones but one',
      inZone('a'),
      required({ key: ZONE, operator: 'NotIn', values: ['a'] }),
      1,
    ],
    [
      'all zones but another',
      inZone('a'),
      required({ key: ZONE, operator: 'NotIn', values: ['b'] }),
      0,
    ],
    ['nodes without the label', inZone('a'), required({ key: ZONE, operator: 'DoesNotExist' }), 1],
    ['nodes with the label', inZone('a'), required({ key: ZONE, operator: 'Exists' }), 0],
    ['another node', onlyOn(['n1']), { nodeSelector: { [HOST]: 'n2' } }, 1],
    ['no node', inZone('a'), {}, 0],
    ['a named node', onlyOn(['n1']), { nodeName: 'n2', nodeSelector: { [HOST]: 'n2' } }, 0],
  ])('compares without nodes: pods of %s', (_, spec, pod, found) => {
    expect(told(AFFINITY, [...bound(spec), web(pod)])).toHaveLength(found);
  });

  it('is silent where one of the terms agrees', () => {
    const nodeSelectorTerms = ['a', 'b'].map((zone) => ({
      matchExpressions: [within(ZONE, zone)],
    }));
    const spec = { nodeAffinity: { required: { nodeSelectorTerms } } };
    expect(told(AFFINITY, [...bound(spec), web({ nodeSelector: { [ZONE]: 'b' } })])).toEqual([]);
    expect(told(AFFINITY, [...bound(spec), web({ nodeSelector: { [ZONE]: 'c' } })])).toHaveLength(
      1,
    );
  });

  it('looks at the nodes of the input', () => {
    const nodes = [node('n1'), node('n2', 'b'), node('n3', 'b', { unschedulable: true })];
    expect(told(AFFINITY, [...nodes, ...bound(onlyOn(['gone'])), web()])).toEqual([
      "error Deployment shop/web: PersistentVolume v of claim shop/data is for nodes with kubernetes.io/hostname gone, and no node that is open to Deployment shop/web is one: a volume node affinity conflict, its pods stay Pending with '0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match PersistentVolume's node affinity.'",
    ]);
    expect(told(AFFINITY, [...nodes, ...bound(onlyOn(['n3'])), web()])).toHaveLength(1);
    expect(told(AFFINITY, [...nodes, ...bound(onlyOn(['n1', 'gone'])), web()])).toEqual([]);
  });

  describe('of a claim that waits', () => {
    const nodes = [node('n1', 'a'), node('n2', 'b')];
    const waits = (spec: TestObject) => [
      waitingClass(),
      volume('v', 'wait', spec),
      claim('data', 'wait'),
    ];
    const picky = web({ nodeSelector: { [ZONE]: 'b' } });
    const opening =
      'error Deployment shop/web: PersistentVolume v of claim shop/data is for nodes with topology.kubernetes.io/zone a, and Deployment shop/web asks for nodes with topology.kubernetes.io/zone b: ';

    it('tells the event of one that finds no volume', () => {
      expect(told(AFFINITY, [...nodes, ...waits(inZone('a')), picky])).toEqual([
        `${opening}no volume for it, and its pods stay Pending with '0/2 nodes are available: 1 node(s) didn't find available persistent volumes to bind, 1 node(s) didn't match Pod's node affinity/selector.'`,
      ]);
      expect(told(AFFINITY, [...waits(inZone('a')), picky])).toEqual([
        `${opening}no volume for it, and its pods stay Pending with 'node(s) didn't find available persistent volumes to bind'`,
      ]);
    });

    it('tells a conflict where the pods of another workload have it bound', () => {
      const other = workload('Deployment', using('data'), {}, 'other');
      expect(told(AFFINITY, [...nodes, ...waits(inZone('a')), picky, other])).toEqual([
        expect.stringContaining(`${opening}a volume node affinity conflict, its pods stay Pending`),
      ]);
    });

    it('tells a conflict where the volume is reserved for it', () => {
      const claimRef = { namespace: 'shop', name: 'data' };
      expect(told(AFFINITY, [...nodes, ...waits({ ...inZone('a'), claimRef }), picky])).toEqual([
        expect.stringContaining(`${opening}a volume node affinity conflict, its pods stay Pending`),
      ]);
    });

    it('is the only rule that finds fault with claim and pods', () => {
      const { findings } = planStorage([...nodes, ...waits(inZone('a')), picky]);
      const faults = findings.filter(({ rule }) => rule.startsWith('pv'));
      expect(faults.map(({ rule }) => rule)).toEqual([AFFINITY]);
    });
  });

  it('tells a volume that no node can use, whatever the pods ask for', () => {
    const empty = { nodeAffinity: { required: { nodeSelectorTerms: [{}] } } };
    expect(told(AFFINITY, [...bound(empty), web()])).toEqual([
      expect.stringContaining('is for nodes with what no node has'),
    ]);
  });

  it('is silent where no node is open to the pods at all', () => {
    const objects = [node('n1'), ...bound(inZone('a')), web({ nodeSelector: { type: 'gpu' } })];
    expect(told(AFFINITY, objects)).toEqual([]);
  });

  it('is silent where the claim may have another volume', () => {
    const other = volume('w', '', inZone('b'));
    const pod = web({ nodeSelector: { [ZONE]: 'b' } });
    expect(told(AFFINITY, [...bound(inZone('a')), other, pod])).toEqual([]);
    const third = volume('w', '', inZone('c'));
    expect(told(AFFINITY, [...bound(inZone('a')), third, pod])).toEqual([
      expect.stringContaining(
        'of claim shop/data, one of 2 places where its volume may be, is for',
      ),
    ]);
  });

  it('looks at volumes that wait for a pod, unless one can be made', () => {
    const late = [volume('v', 'wait', inZone('a')), claim('data', 'wait')];
    const pod = web({ nodeSelector: { [ZONE]: 'b' } });
    expect(told(AFFINITY, [waitingClass(), ...late, pod])).toHaveLength(1);
    expect(told(AFFINITY, [waitingClass('ebs.csi.aws.com'), ...late, pod])).toEqual([]);
  });

  it('is silent about claims of which nothing is known', () => {
    const pod = web({ nodeSelector: { [ZONE]: 'b' } });
    expect(told(AFFINITY, [pod])).toEqual([]);
    expect(told(AFFINITY, [claim('data', 'gp3'), pod])).toEqual([]);
    expect(told(AFFINITY, [claim('data', ''), pod])).toEqual([]);
  });

  it('looks at claims that the pods of a StatefulSet have to themselves', () => {
    const volumeClaimTemplates = [
      {
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: '',
          resources: { requests: { storage: '1Gi' } },
        },
      },
    ];
    const pods = { nodeSelector: { [ZONE]: 'b' } };
    const set = workload('StatefulSet', pods, { replicas: 2, volumeClaimTemplates });
    const pool = ['v', 'w'].map((name) => volume(name, '', inZone('a')));
    expect(told(AFFINITY, [...pool, set])).toEqual([
      expect.stringContaining('PersistentVolume v of claim shop/data-web-0 is for nodes with'),
    ]);
  });

  it('tells the volume where the workload exists', () => {
    const existing = [web({ nodeSelector: { [ZONE]: 'b' } }), claim('data', '')];
    expect(told(AFFINITY, [volume('v', '', inZone('a'))], { existing })).toEqual([
      expect.stringMatching(/^error PersistentVolume v: /),
    ]);
  });
});

describe(LABEL, () => {
  const web = (pod: TestObject = {}) => deployment(1, { ...using('data'), ...pod });
  const bound = (labels: TestObject, spec: TestObject = {}) => [
    labelled(labels, spec),
    claim('data', ''),
  ];

  it('names the label and what the pods ask for', () => {
    const objects = [...bound({ [ZONE]: 'a' }), web({ nodeSelector: { [ZONE]: 'b' } })];
    expect(told(LABEL, objects)).toEqual([
      "error PersistentVolume v: PersistentVolume v of claim shop/data is by its labels for nodes with topology.kubernetes.io/zone a, and Deployment shop/web asks for nodes with topology.kubernetes.io/zone b: its pods stay Pending with 'node(s) had no available volume zone'",
    ]);
    expect(fixes(LABEL, objects)).toEqual([
      'set the label to the zone in which the volume is, and let the pods run there',
    ]);
  });

  it('looks at the nodes of the input', () => {
    const nodes = [node('n1', 'b'), node('n2', 'c')];
    expect(told(LABEL, [...nodes, ...bound({ [ZONE]: 'a' }), web()])).toEqual([
      "error PersistentVolume v: PersistentVolume v of claim shop/data is by its labels for nodes with topology.kubernetes.io/zone a, and no node that is open to Deployment shop/web is one: its pods stay Pending with '0/2 nodes are available: 2 node(s) had no available volume zone.'",
    ]);
    expect(told(LABEL, [...nodes, ...bound({ [ZONE]: 'a__c' }), web()])).toEqual([]);
    const old = { 'failure-domain.beta.kubernetes.io/zone': 'b' };
    expect(told(LABEL, [...nodes, ...bound(old), web()])).toEqual([]);
  });

  it('is silent where nodes have no zones', () => {
    const bare = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } };
    expect(told(LABEL, [bare, ...bound({ [ZONE]: 'a' }), web()])).toEqual([]);
    const without = required({ key: ZONE, operator: 'DoesNotExist' });
    expect(told(LABEL, [...bound({ [ZONE]: 'a' }), web(without)])).toEqual([]);
  });

  it('leaves a conflict of the node affinity to the rule for it', () => {
    const objects = [
      ...bound({ [ZONE]: 'a' }, inZone('a')),
      web({ nodeSelector: { [ZONE]: 'b' } }),
    ];
    expect(told(LABEL, objects)).toEqual([]);
    expect(severities(AFFINITY, objects)).toEqual(['error']);
  });

  it('is silent without a label, and about another label', () => {
    const pod = web({ nodeSelector: { [ZONE]: 'b' } });
    expect(told(LABEL, [...bound({}), pod])).toEqual([]);
    expect(told(LABEL, [...bound({ type: 'nfs' }), pod])).toEqual([]);
    expect(told(LABEL, [...bound({ [ZONE]: 'b' }), pod])).toEqual([]);
  });

  it('tells the workload where the volume exists', () => {
    const existing = bound({ [ZONE]: 'a' });
    expect(told(LABEL, [web({ nodeSelector: { [ZONE]: 'b' } })], { existing })).toEqual([
      expect.stringMatching(/^error Deployment shop\/web: PersistentVolume v of claim/),
    ]);
  });
});

describe(SPLIT, () => {
  /** Two claims, each with a volume of its own, and a pod of both. */
  const pair = (one: TestObject, other: TestObject) => [
    volume('v1', '', { ...one, claimRef: { namespace: 'shop', name: 'data' } }),
    volume('v2', '', { ...other, claimRef: { namespace: 'shop', name: 'logs' } }),
    claim('data', '', { volumeName: 'v1' }),
    claim('logs', '', { volumeName: 'v2' }),
    deployment(1, using('data', 'logs')),
  ];

  it('names both places', () => {
    const objects = pair(inZone('a'), inZone('b'));
    expect(told(SPLIT, objects)).toEqual([
      "error Deployment shop/web: Deployment shop/web has in one pod claim shop/data, whose volume is PersistentVolume v1 for nodes with topology.kubernetes.io/zone a, and claim shop/logs, whose volume is PersistentVolume v2 for nodes with topology.kubernetes.io/zone b: no node is both, and it stays Pending with 'node(s) didn't match PersistentVolume's node affinity'",
    ]);
    expect(fixes(SPLIT, objects)).toEqual([
      'use volumes of one place, or a class with volumeBindingMode: WaitForFirstConsumer for both claims',
    ]);
  });

  it.each([
    ['one zone', inZone('a'), inZone('a'), 0],
    ['a zone and everywhere', inZone('a'), {}, 0],
    ['two nodes', onlyOn(['n1']), onlyOn(['n2']), 1],
    ['zones in common', onlyOn(['a', 'b'], ZONE), onlyOn(['b', 'c'], ZONE), 0],
    ['a node and a zone', onlyOn(['n1']), inZone('b'), 0],
  ])('compares %s', (_, one, other, found) => {
    expect(told(SPLIT, pair(one, other))).toHaveLength(found);
  });

  it('knows by the nodes of the input which zone a node is in', () => {
    const nodes = [node('n1', 'a'), node('n2', 'b')];
    expect(severities(SPLIT, [...nodes, ...pair(onlyOn(['n1']), inZone('b'))])).toEqual(['error']);
    expect(told(SPLIT, [...nodes, ...pair(onlyOn(['n1']), inZone('a'))])).toEqual([]);
    expect(told(SPLIT, [...nodes, ...pair(onlyOn(['n1']), inZone('c'))])).toEqual([]);
  });

  it('compares zone labels', () => {
    const [first, second, ...rest] = pair({}, {});
    const zoned = (object: unknown, zone: string) => ({
      ...(object as { metadata: object }),
      metadata: { ...(object as { metadata: object }).metadata, labels: { [ZONE]: zone } },
    });
    expect(told(SPLIT, [zoned(first, 'a'), zoned(second, 'b'), ...rest])).toHaveLength(1);
    expect(told(SPLIT, [zoned(first, 'a'), zoned(second, 'a__b'), ...rest])).toEqual([]);
  });

  it('compares the zones of classes that make volumes at once', () => {
    const zonal = (name: string, values: string[]) => ({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name },
      provisioner: 'ebs.csi.aws.com',
      allowedTopologies: [{ matchLabelExpressions: [{ key: ZONE, values }] }],
    });
    const pods = [claim('data', 'one'), claim('logs', 'two'), deployment(1, using('data', 'logs'))];
    expect(told(SPLIT, [zonal('one', ['a']), zonal('two', ['b', 'c']), ...pods])).toEqual([
      expect.stringContaining(
        'claim shop/data, whose volume is StorageClass one for nodes with topology.kubernetes.io/zone a, and',
      ),
    ]);
    expect(told(SPLIT, [zonal('one', ['a']), zonal('two', ['a', 'b']), ...pods])).toEqual([]);
    const old = (name: string, zone: string) => ({
      ...zonal(name, []),
      provisioner: 'kubernetes.io/aws-ebs',
      allowedTopologies: undefined,
      parameters: { zone },
    });
    expect(told(SPLIT, [old('one', 'a'), old('two', 'b'), ...pods])).toHaveLength(1);
  });

  it('is silent where the claims may get volumes of one place', () => {
    const pool = [volume('v1', '', inZone('a')), volume('v2', '', inZone('b'))];
    const pods = [claim('data', ''), claim('logs', ''), deployment(1, using('data', 'logs'))];
    expect(told(SPLIT, [...pool, ...pods])).toEqual([]);
  });

  it('is silent about claims of two pods', () => {
    const [first, second, data, logs] = pair(inZone('a'), inZone('b'));
    const pods = [
      workload('Deployment', using('data'), {}, 'web'),
      workload('Deployment', using('logs'), {}, 'api'),
    ];
    expect(told(SPLIT, [first, second, data, logs, ...pods])).toEqual([]);
  });

  it('looks at each pod of a StatefulSet', () => {
    const template = (name: string) => ({
      metadata: { name },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: '',
        resources: { requests: { storage: '1Gi' } },
      },
    });
    const volumeClaimTemplates = [template('data'), template('logs')];
    const set = workload('StatefulSet', {}, { replicas: 2, volumeClaimTemplates });
    const reserved = (name: string, claimName: string, zone: string) =>
      volume(name, '', { ...inZone(zone), claimRef: { namespace: 'shop', name: claimName } });
    const volumes = (zone: string) => [
      reserved('v1', 'data-web-0', 'a'),
      reserved('v2', 'logs-web-0', 'a'),
      reserved('v3', 'data-web-1', 'b'),
      reserved('v4', 'logs-web-1', zone),
    ];
    expect(told(SPLIT, [...volumes('b'), set])).toEqual([]);
    expect(told(SPLIT, [...volumes('c'), set])).toEqual([
      expect.stringContaining('has in one pod claim shop/data-web-1, whose volume is'),
    ]);
  });
});
