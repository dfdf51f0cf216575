import {
  answers,
  apart,
  claim,
  deployment,
  inZone,
  judge,
  node,
  reason,
  rolling,
  together,
  using,
  volume,
  workload,
} from './workload-cluster';

const ZONE = 'topology.kubernetes.io/zone';
const nodes = [node('n0', 'a'), node('n1', 'a'), node('n2', 'c')];

describe('which pods an anti-affinity is about', () => {
  const four = (term: object) => answers(...nodes, deployment(4, apart({ ...term })));

  test('without namespaces, those of its own', () => {
    expect(four({})).toBe('no/no');
    expect(four({ namespaces: [] })).toBe('no/no');
  });

  test('a list of namespaces replaces its own', () => {
    expect(four({ namespaces: ['n0', 'n1', 'n2'] })).toBe('yes/yes');
    expect(four({ namespaces: ['n0', 'shop'] })).toBe('no/no');
  });

  test('an empty namespace selector means all, another one those it matches', () => {
    const named = (name: string) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
    });
    expect(four({ namespaceSelector: {} })).toBe('no/no');
    expect(four(named('shop'))).toBe('no/no');
    expect(four(named('shelf'))).toBe('yes/yes');
    expect(four({ namespaceSelector: { matchLabels: { team: 'a' } } })).toBe('unknown/unknown');
  });

  test('a nil selector matches nothing, an empty one everything', () => {
    expect(four({ labelSelector: undefined })).toBe('yes/yes');
    expect(four({ labelSelector: {} })).toBe('no/no');
  });

  test('a selector that misses its own pods does nothing to them', () => {
    expect(four({ labelSelector: { matchLabels: { app: 'other' } } })).toBe('yes/yes');
  });

  test('a preferred one does nothing', () => {
    const term = { labelSelector: { matchLabels: { app: 'web' } }, topologyKey: ZONE };
    const preferredDuringSchedulingIgnoredDuringExecution = [{ weight: 1, podAffinityTerm: term }];
    const podAntiAffinity = { preferredDuringSchedulingIgnoredDuringExecution };
    expect(answers(...nodes, deployment(4, { affinity: { podAntiAffinity } }))).toBe('yes/yes');
  });
});

describe('a required anti-affinity and the number of nodes', () => {
  test('as many replicas as nodes run, one more does not', () => {
    expect(judge([...nodes, deployment(3, apart())])[0]?.runs).toBe('yes');
    expect(reason(...nodes, deployment(4, apart()))).toBe(
      "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.",
    );
  });

  test('nodes that the pod may not use do not count', () => {
    const tainted = node('n3', 'a', { taints: [{ key: 'gpu', effect: 'NoSchedule' }] });
    expect(judge([...nodes, tainted, deployment(4, apart())])[0]?.runs).toBe('no');
  });

  test('a roll-out that may miss no pod deadlocks where no node is left, and not where one is', () => {
    expect(answers(node('n0'), node('n1'), deployment(2, apart()))).toBe('yes/no');
    expect(answers(...nodes, deployment(2, apart()))).toBe('yes/yes');
    expect(reason(node('n0'), node('n1'), deployment(2, apart()))).toBe(
      "a roll-out: 0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.",
    );
  });

  test.each([
    [rolling(0, 1), 'yes/yes'],
    [{ type: 'Recreate' }, 'yes/yes'],
    [rolling(1, 1), 'yes/yes'],
    [rolling(1, 0), 'yes/no'],
    [rolling('25%', '25%'), 'yes/no'],
    [rolling('25%', '34%'), 'yes/yes'],
    [rolling('0%', '1%'), 'yes/yes'],
    [rolling('1%', '33%'), 'yes/no'],
  ])('three replicas on three nodes under %j: %s', (strategy, expected) => {
    expect(answers(...nodes, deployment(3, apart(), strategy))).toBe(expected);
  });

  test('a term that looks at its own revision lets the new pods in beside the old', () => {
    const own = apart({ matchLabelKeys: ['pod-template-hash'] });
    expect(answers(...nodes, deployment(3, own))).toBe('yes/yes');
    expect(answers(...nodes, deployment(4, own))).toBe('no/no');
  });

  test('zones are places, and a node without the label takes any number', () => {
    const zonal = apart({ topologyKey: ZONE });
    expect(judge([...nodes, deployment(2, zonal)])[0]?.runs).toBe('yes');
    expect(judge([...nodes, deployment(3, zonal)])[0]?.runs).toBe('no');
    const bare = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n3' } };
    expect(answers(...nodes, bare, deployment(9, zonal))).toBe('yes/yes');
  });

  test('only the nodes of the volume count', () => {
    const stored = [volume('v0', '', inZone('a')), claim('data', '')];
    const web = (replicas: number) => deployment(replicas, { ...using('data'), ...apart() });
    expect(judge([...nodes, ...stored, web(2)])[0]?.runs).toBe('yes');
    expect(judge([...nodes, ...stored, web(3)])[0]?.runs).toBe('no');
  });

  test('host ports keep pods apart too', () => {
    const pod = { containers: [{ ports: [{ containerPort: 80, hostPort: 80 }] }] };
    expect(answers(...nodes, deployment(3, pod))).toBe('yes/no');
    expect(answers(...nodes, deployment(4, pod))).toBe('no/no');
  });

  test('pods of another workload that it keeps off may come first', () => {
    const other = workload('Deployment', {}, { replicas: 2 }, 'other');
    const term = { labelSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } };
    const web = (replicas: number) => [...nodes, deployment(replicas, apart(term)), other];
    expect(judge(web(1)).map(({ runs }) => runs)).toEqual(['yes', 'yes']);
    expect(judge(web(2))[0]?.runs).toBe('depends');
  });
});

describe('a required affinity', () => {
  test('of pods to each other keeps them in the place of the first', () => {
    const zonal = together({ topologyKey: ZONE });
    expect(answers(...nodes, deployment(9, zonal))).toBe('yes/yes');
  });

  test('to pods that are nowhere keeps a pod waiting', () => {
    const other = together({ labelSelector: { matchLabels: { app: 'db' } } });
    expect(answers(...nodes, deployment(1, other))).toBe('no/no');
    expect(reason(...nodes, deployment(1, other))).toBe(
      "0/3 nodes are available: 3 node(s) didn't match pod affinity rules.",
    );
  });

  test('to pods that are there lets it run near them', () => {
    const near = together({ labelSelector: { matchLabels: { app: 'db' } } });
    const db = workload('Deployment', {}, { replicas: 1 }, 'db');
    expect(answers(...nodes, deployment(2, near), db)).toBe('yes/yes');
  });
});

describe('a hard topology spread', () => {
  const spread = (maxSkew: number, topologyKey = ZONE) => ({
    topologySpreadConstraints: [
      {
        maxSkew,
        topologyKey,
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: 'web' } },
      },
    ],
  });

  test('lets any number in where every place has room', () => {
    expect(answers(...nodes, deployment(9, spread(1)))).toBe('yes/yes');
  });

  test('holds the pods of a volume of one zone at its skew', () => {
    const stored = [volume('v0', '', inZone('a')), claim('data', '')];
    const web = (replicas: number) =>
      deployment(replicas, { ...using('data'), ...spread(2) }, rolling(0, 1));
    expect(answers(...nodes, ...stored, web(2))).toBe('yes/yes');
    expect(answers(...nodes, ...stored, web(3))).toBe('no/no');
  });

  test('counts with an anti-affinity: the smallest zone holds the others back', () => {
    const more = [...nodes, node('n3', 'a'), node('n4', 'a')];
    const web = (replicas: number) => deployment(replicas, { ...apart(), ...spread(1) });
    expect(judge([...more, web(3)])[0]?.runs).toBe('yes');
    expect(judge([...more, web(4)])[0]?.runs).toBe('no');
  });

  test('of several keys is unknown', () => {
    const both = [
      ...spread(1).topologySpreadConstraints,
      ...spread(1, 'kubernetes.io/hostname').topologySpreadConstraints,
    ];
    const web = deployment(6, { topologySpreadConstraints: both });
    expect(answers(...nodes, web)).toBe('unknown/unknown');
  });
});

describe('ReadWriteOnce and the scheduler', () => {
  const ebs = (modes: readonly string[]) => [
    volume('v0', '', {
      nfs: undefined,
      csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1' },
      accessModes: modes,
    }),
    claim('data', '', { accessModes: modes }),
  ];

  test('ReadWriteOnce does not stop the scheduler', () => {
    const web = deployment(2, { ...using('data'), ...apart() }, rolling(0, 1));
    expect(answers(...nodes, ...ebs(['ReadWriteOnce']), web)).toBe('yes/yes');
  });

  test('ReadWriteOncePod does: one pod, and no roll-out beside it', () => {
    const once = ebs(['ReadWriteOncePod']);
    expect(answers(...nodes, ...once, deployment(2, using('data')))).toBe('no/no');
    expect(answers(...nodes, ...once, deployment(1, using('data')))).toBe('yes/no');
    expect(answers(...nodes, ...once, deployment(1, using('data'), { type: 'Recreate' }))).toBe(
      'yes/yes',
    );
  });

  test('ReadWriteOncePod does without nodes, too', () => {
    const once = ebs(['ReadWriteOncePod']);
    expect(answers(...once, deployment(2, using('data')))).toBe('no/no');
    expect(answers(...once, deployment(1, using('data')))).toBe('unknown/no');
  });
});
