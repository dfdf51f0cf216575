import { apart, deployment, node, type TestObject, workload } from '../../planner/workload-cluster';
import { fixes, severities, told } from '../told';

const EXCLUDES = 'anti-affinity-namespace-excludes-self';
const MISSES = 'anti-affinity-misses-self';
const HOST = 'kubernetes.io/hostname';

/** A pod of several terms of anti-affinity, required or preferred. */
function pod(terms: readonly TestObject[], preferred: readonly TestObject[] = []): TestObject {
  const podAntiAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: terms,
    preferredDuringSchedulingIgnoredDuringExecution: preferred.map((podAffinityTerm) => ({
      weight: 100,
      podAffinityTerm,
    })),
  };
  return { affinity: { podAntiAffinity } };
}

function labelled(matchLabels: TestObject, rest: TestObject = {}): TestObject {
  return { labelSelector: { matchLabels }, topologyKey: HOST, ...rest };
}

const WEB = labelled({ app: 'web' });

describe(EXCLUDES, () => {
  const listing = (...namespaces: string[]) => deployment(2, apart({ namespaces }));

  it('names the list and the pods’ namespace', () => {
    expect(told(EXCLUDES, [listing('n1', 'n2')])).toEqual([
      'error Deployment shop/web: the anti-affinity of Deployment shop/web is for its own pods in the namespaces n1, n2, and they are in shop: it does nothing, and all of them may come to one node',
    ]);
    expect(fixes(EXCLUDES, [listing('n1')])).toEqual([
      "drop 'namespaces' from the term: it is then about the pods' own namespace",
    ]);
  });

  it('warns of a preference', () => {
    const term = { ...WEB, namespaces: ['n1'] };
    expect(severities(EXCLUDES, [deployment(2, pod([], [term]))])).toEqual(['warning']);
  });

  it('reads an object without a namespace as one of default', () => {
    const web = (...namespaces: string[]) => ({
      ...listing(...namespaces),
      metadata: { name: 'web' },
    });
    expect(severities(EXCLUDES, [web('k8s-worker-1', 'k8s-worker-2')])).toEqual(['error']);
    expect(severities(EXCLUDES, [web('k8s-worker-1')])).toEqual(['error']);
    expect(severities(EXCLUDES, [web('n1'), node('n1')])).toEqual(['error']);
    expect(told(EXCLUDES, [web('default')])).toEqual([]);
    // It may be applied with `-n shop`.
    expect(severities(EXCLUDES, [web('shop')])).toEqual(['info']);
  });

  it.each([
    ['the own namespace', { namespaces: ['shop', 'stage'] }],
    ['no namespaces', { namespaces: [] }],
    ['all namespaces', { namespaces: ['stage'], namespaceSelector: {} }],
    ['namespaces by labels', { namespaceSelector: { matchLabels: { team: 'shop' } } }],
    [
      'pods of another app',
      { namespaces: ['stage'], labelSelector: { matchLabels: { app: 'x' } } },
    ],
  ])('is silent about %s', (_, term) => {
    expect(told(EXCLUDES, [deployment(2, apart(term))])).toEqual([]);
  });

  it('is silent where the pods of a listed namespace are in the input', () => {
    const other = { ...deployment(2, {}), metadata: { name: 'web', namespace: 'stage' } };
    expect(told(EXCLUDES, [listing('stage'), other])).toEqual([]);
    expect(told(EXCLUDES, [listing('test'), other])).toHaveLength(1);
  });

  it('is silent where another term is about the own namespace', () => {
    const listed = { ...WEB, namespaces: ['stage'] };
    expect(told(EXCLUDES, [deployment(2, pod([listed, WEB]))])).toEqual([]);
    expect(told(EXCLUDES, [deployment(2, pod([listed], [WEB]))])).toEqual([]);
  });

  it('is silent about what exists', () => {
    expect(told(EXCLUDES, [], { existing: [listing('n1')] })).toEqual([]);
  });
});

describe(MISSES, () => {
  const web = (...terms: TestObject[]) => deployment(2, pod(terms));

  it.each([
    ['no selector', { topologyKey: HOST }],
    ['a null selector', { topologyKey: HOST, labelSelector: null }],
  ])('tells %s, whatever else there is', (_, term) => {
    expect(told(MISSES, [web(WEB, term)])).toEqual([
      'warning Deployment shop/web: the anti-affinity of Deployment shop/web has a term without a labelSelector, which matches no pod: it does nothing, and all of its pods may come to one node',
    ]);
    expect(fixes(MISSES, [web(term)])).toEqual([
      'set labelSelector: { matchLabels: { app: web } }, or drop the term',
    ]);
  });

  it('tells a preference without a selector', () => {
    expect(severities(MISSES, [deployment(2, pod([], [{ topologyKey: HOST }]))])).toEqual([
      'warning',
    ]);
  });

  it('names both labels', () => {
    expect(told(MISSES, [web(labelled({ role: 'web' }))])).toEqual([
      'warning Deployment shop/web: the anti-affinity of Deployment shop/web selects pods with role=web, which no workload has, and its own have { app: web }: it does nothing, and all of them may come to one node',
    ]);
    expect(fixes(MISSES, [web(labelled({ role: 'web' }))])).toEqual([
      'set labelSelector: { matchLabels: { app: web } }, if it is about its own pods',
    ]);
  });

  it.each(['wbe', 'Web', 'we_b'])('warns of a slip such as app=%s', (app) => {
    expect(severities(MISSES, [web(labelled({ app }))])).toEqual(['warning']);
  });

  it('says as info that another app is not in the input, and warns where it is nowhere', () => {
    const objects = [web(labelled({ app: 'other' }))];
    expect(told(MISSES, objects)).toEqual([
      'info Deployment shop/web: the anti-affinity of Deployment shop/web selects pods with app=other, which no workload has, and its own have { app: web }: it does nothing, and all of them may come to one node (not in the input; if the cluster has it, pass --existing)',
    ]);
    expect(severities(MISSES, objects, { existing: [] })).toEqual(['warning']);
    const other = workload('Deployment', {}, {}, 'other');
    expect(told(MISSES, objects, { existing: [other] })).toEqual([]);
  });

  describe('is silent', () => {
    it('about the pods’ own labels', () => {
      expect(told(MISSES, [web(WEB)])).toEqual([]);
      const empty = { topologyKey: HOST, labelSelector: {} };
      expect(told(MISSES, [web(empty)])).toEqual([]);
    });

    it('about another app of the input', () => {
      const cache = workload('Deployment', {}, {}, 'cache');
      expect(told(MISSES, [web(labelled({ app: 'cache' })), cache])).toEqual([]);
    });

    it('about another app beside the pods’ own', () => {
      expect(told(MISSES, [web(WEB, labelled({ app: 'cache' }))])).toEqual([]);
    });

    it('about other labels than the pods have, as of an app elsewhere', () => {
      expect(told(MISSES, [web(labelled({ security: 'S2' }))])).toEqual([]);
    });

    it('about one pod that keeps clear of another app', () => {
      expect(told(MISSES, [deployment(1, pod([labelled({ app: 'cache' })]))])).toEqual([]);
    });

    it('about a preference for another app', () => {
      expect(told(MISSES, [deployment(2, pod([], [labelled({ app: 'cache' })]))])).toEqual([]);
    });

    it.each([
      ['everything but the own pods', { key: 'app', operator: 'NotIn', values: ['web'] }],
      ['pods without the label', { key: 'app', operator: 'DoesNotExist' }],
      ['pods that have a label', { key: 'gpu', operator: 'Exists' }],
      [
        'a label that controllers give',
        { key: 'pod-template-hash', operator: 'In', values: ['web'] },
      ],
    ])('about %s', (_, requirement) => {
      const term = { labelSelector: { matchExpressions: [requirement] }, topologyKey: HOST };
      expect(told(MISSES, [web(term)])).toEqual([]);
    });

    it('about a selector that the API server refuses', () => {
      const matchExpressions = [{ key: 'app', operator: 'Equals', values: ['x'] }];
      expect(
        told(MISSES, [web({ labelSelector: { matchExpressions }, topologyKey: HOST })]),
      ).toEqual([]);
    });

    it('about shards that keep off each other by name', () => {
      const shard = (name: string, other: string) =>
        workload('StatefulSet', pod([labelled({ app: other })]), { replicas: 1 }, name);
      expect(told(MISSES, [shard('shard-a', 'shard-b'), shard('shard-b', 'shard-a')])).toEqual([]);
      expect(told(MISSES, [shard('shard-a', 'shard-b')])).toEqual([]);
    });
  });
});
