import {
  apart,
  claim,
  deployment,
  inZone,
  node,
  onlyOn,
  rolling,
  type TestObject,
  using,
  volume,
  workload,
} from '../../planner/workload-cluster';
import { fixes, severities, told } from '../told';

const FEW = 'anti-affinity-too-few-nodes';
const SURGE = 'anti-affinity-surge-deadlock';
const TWO = [node('n1'), node('n2')];
const FIRST_OUT = rolling(0, 1);

function autoscaler(minReplicas: number, maxReplicas: number): unknown {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas, maxReplicas },
  };
}

describe(FEW, () => {
  const few = (pods: number, pod: TestObject = {}) =>
    deployment(pods, { ...apart(), ...pod }, FIRST_OUT);

  it('names both numbers and the scheduler’s words', () => {
    const cordoned = node('n3', 'a', { unschedulable: true });
    expect(told(FEW, [...TWO, cordoned, few(4)])).toEqual([
      "error Deployment shop/web: Deployment shop/web has 4 pods that each need a node of their own, and 2 are open to them: 2 stay Pending with '0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match pod anti-affinity rules.'",
    ]);
    expect(fixes(FEW, [...TWO, few(3)])).toEqual([
      'add nodes, run at most 2, or make the anti-affinity a preferredDuringSchedulingIgnoredDuringExecution',
    ]);
  });

  it('is silent where there are as many nodes', () => {
    expect(told(FEW, [...TWO, few(2)])).toEqual([]);
  });

  it('counts the most pods of an autoscaler', () => {
    expect(told(FEW, [...TWO, few(1), autoscaler(1, 3)])).toEqual([
      expect.stringContaining('has up to 3 pods'),
    ]);
  });

  it('counts nodes that the pods ask for', () => {
    const nodes = [...TWO, node('n3', 'a', {}, { type: 'worker' })];
    expect(told(FEW, [...nodes, few(2, { nodeSelector: { type: 'worker' } })])).toEqual([
      expect.stringContaining('and 1 is open to them: 1 stays Pending'),
    ]);
  });

  it('counts nodes that their volume can be used on', () => {
    const objects = [...TWO, volume('v', '', onlyOn(['n1'])), claim('data', '')];
    expect(told(FEW, [...objects, few(2, using('data'))])).toEqual([
      "error Deployment shop/web: Deployment shop/web has 2 pods that each need a node of their own, and 1 is open to them: 1 stays Pending with 'node(s) didn't match pod anti-affinity rules'",
    ]);
  });

  it('counts zones where each pod needs one', () => {
    const zones = apart({ topologyKey: 'topology.kubernetes.io/zone' });
    const pods = deployment(2, zones, FIRST_OUT);
    expect(told(FEW, [...TWO, pods])).toEqual([
      expect.stringContaining(
        'has 2 pods that each need a topology.kubernetes.io/zone of their own, and 1 is open',
      ),
    ]);
    expect(told(FEW, [...TWO, node('n3', 'b'), pods])).toEqual([]);
  });

  it('needs no nodes where the pods name theirs', () => {
    expect(told(FEW, [few(3)])).toEqual([]);
    const pinned = few(2, { nodeSelector: { 'kubernetes.io/hostname': 'n1' } });
    expect(severities(FEW, [pinned])).toEqual(['error']);
    const { required } = onlyOn(['n1', 'n2']).nodeAffinity as { required: object };
    const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: required };
    const named = (pods: number) =>
      deployment(pods, { affinity: { ...(apart().affinity as object), nodeAffinity } }, FIRST_OUT);
    expect(told(FEW, [named(2)])).toEqual([]);
    expect(severities(FEW, [named(3)])).toEqual(['error']);
  });

  it('is silent where no node is open for another reason', () => {
    expect(told(FEW, [...TWO, few(2, { nodeSelector: { type: 'gpu' } })])).toEqual([]);
  });

  it('is silent about other pods and preferences', () => {
    const other = apart({ labelSelector: { matchLabels: { app: 'cache' } } });
    expect(told(FEW, [...TWO, deployment(3, other, FIRST_OUT)])).toEqual([]);
    const elsewhere = apart({ namespaces: ['n1'] });
    expect(told(FEW, [...TWO, deployment(3, elsewhere, FIRST_OUT)])).toEqual([]);
    const [term] = (apart().affinity as { podAntiAffinity: Record<string, unknown[]> })
      .podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution as [unknown];
    const podAntiAffinity = {
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term }],
    };
    expect(told(FEW, [...TWO, deployment(3, { affinity: { podAntiAffinity } })])).toEqual([]);
  });

  it('is silent about a DaemonSet, and about pods past the scheduler', () => {
    expect(told(FEW, [...TWO, workload('DaemonSet', apart())])).toEqual([]);
    expect(told(FEW, [...TWO, few(3, { nodeName: 'n1' })])).toEqual([]);
  });

  it('knows a StatefulSet', () => {
    const set = workload('StatefulSet', apart(), { replicas: 3 });
    expect(severities(FEW, [...TWO, set])).toEqual(['error']);
  });

  it('takes nodes that exist', () => {
    expect(severities(FEW, [few(3)], { existing: TWO })).toEqual(['error']);
  });
});

describe(SURGE, () => {
  it('names the numbers and the scheduler’s words', () => {
    expect(told(SURGE, [...TWO, deployment(2, apart())])).toEqual([
      "error Deployment shop/web: Deployment shop/web rolls out with maxUnavailable 0 (25% of 2), with 2 pods and 2 nodes open to them: the new pod stays Pending with '0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.', and the old ones wait for it",
    ]);
    expect(fixes(SURGE, [...TWO, deployment(2, apart())])).toEqual([
      'set spec.strategy.rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }',
    ]);
  });

  it.each([
    ['25% of both, as by default', undefined, ['error']],
    ['maxUnavailable 0', rolling(1, 0), ['error']],
    ['maxSurge 0 and maxUnavailable 1', rolling(0, 1), []],
    ['maxUnavailable 50%', rolling('25%', '50%'), []],
    ['both that come to nothing', rolling(0, '1%'), []],
    ['Recreate', { type: 'Recreate' }, []],
  ])('looks at %s', (_, strategy, expected) => {
    expect(severities(SURGE, [...TWO, deployment(2, apart(), strategy)])).toEqual(expected);
  });

  it('is silent where a node is left over', () => {
    expect(told(SURGE, [...TWO, deployment(1, apart())])).toEqual([]);
    expect(told(SURGE, [...TWO, node('n3'), deployment(2, apart())])).toEqual([]);
  });

  it('is silent where more pods than nodes may miss one', () => {
    const four = ['n1', 'n2', 'n3', 'n4'].map((name) => node(name));
    expect(told(SURGE, [...four, deployment(4, apart())])).toEqual([]);
    expect(severities(SURGE, [...four.slice(1), deployment(3, apart())])).toEqual(['error']);
  });

  it('finds the number of pods of an autoscaler that takes all nodes', () => {
    const objects = [...TWO, deployment(1, apart()), autoscaler(1, 2)];
    expect(told(SURGE, objects)).toEqual([
      expect.stringContaining('(25% of 2), with 2 pods and 2 nodes'),
    ]);
    const five = ['n1', 'n2', 'n3', 'n4', 'n5'].map((name) => node(name));
    expect(told(SURGE, [...five, deployment(1, apart()), autoscaler(1, 5)])).toEqual([]);
  });

  it('is silent without nodes, unless the pods name theirs', () => {
    expect(told(SURGE, [deployment(2, apart())])).toEqual([]);
    const pinned = { ...apart(), nodeSelector: { 'kubernetes.io/hostname': 'n1' } };
    expect(told(SURGE, [deployment(1, pinned)])).toEqual([
      "error Deployment shop/web: Deployment shop/web rolls out with maxUnavailable 0 (25% of 1), with 1 pod and 1 node open to them: the new pod stays Pending with 'node(s) didn't match pod anti-affinity rules', and the old ones wait for it",
    ]);
  });

  it('is silent where pods of two revisions do not keep off each other', () => {
    const term = { matchLabelKeys: ['pod-template-hash'] };
    expect(told(SURGE, [...TWO, deployment(2, apart(term))])).toEqual([]);
  });

  it('counts nodes of a volume’s zone', () => {
    const nodes = [node('n1', 'a'), node('n2', 'b')];
    const data = [volume('v', '', inZone('a')), claim('data', '')];
    const pods = deployment(1, { ...apart(), ...using('data') });
    expect(severities(SURGE, [...nodes, ...data, pods])).toEqual(['error']);
    expect(told(SURGE, [...nodes, deployment(1, apart())])).toEqual([]);
  });

  it('is silent about what does not roll out by surge', () => {
    expect(told(SURGE, [...TWO, workload('StatefulSet', apart(), { replicas: 2 })])).toEqual([]);
    expect(told(SURGE, [...TWO, deployment(0, apart())])).toEqual([]);
  });
});
