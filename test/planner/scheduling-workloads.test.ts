import {
  answers,
  apart,
  claim,
  deployment,
  judge,
  node,
  onlyOn,
  rolling,
  using,
  volume,
  waitingClass,
  workload,
} from './workload-cluster';

const nodes = [node('n0', 'a'), node('n1', 'a'), node('n2', 'c')];
const local = ['n0', 'n1', 'n2'].map((name, index) => volume(`v${index}`, 'wait', onlyOn([name])));

describe('a StatefulSet', () => {
  const set = (replicas: number, pod = {}, spec = {}) => {
    const { metadata, spec: asked } = claim('data', 'wait');
    return workload('StatefulSet', pod, {
      replicas,
      volumeClaimTemplates: [{ metadata: { name: metadata.name }, spec: asked }],
      ...spec,
    });
  };
  const rest = [waitingClass(), ...nodes];

  test('gives each pod a claim, and each claim a volume', () => {
    expect(answers(...rest, ...local, set(3))).toBe('yes/yes');
    expect(answers(...rest, ...local, set(4))).toBe('no/no');
    expect(answers(...rest, ...local, set(3, apart()))).toBe('yes/yes');
  });

  test('a volume of which two nodes are in reach may be taken on the wrong one', () => {
    const wide = [volume('v0', 'wait', onlyOn(['n0', 'n1'])), volume('v1', 'wait', onlyOn(['n0']))];
    expect(answers(...rest, ...wide, set(2, apart()))).toBe('depends/depends');
    expect(answers(...rest, ...wide, set(2))).toBe('yes/yes');
  });

  test('has volumes made for its pods', () => {
    expect(answers(waitingClass('ebs.csi.aws.com'), ...nodes, set(9))).toBe('yes/yes');
    expect(answers(waitingClass('ebs.csi.aws.com'), ...nodes, set(4, apart()))).toBe('no/no');
  });

  test('adopts a claim that is there, and its volume with it', () => {
    const taken = claim('data-web-0', '', { volumeName: 'old' });
    const on = (name: string) => volume('old', '', onlyOn([name]));
    expect(answers(...rest, ...local, on('n0'), taken, set(1))).toBe('yes/yes');
    expect(answers(...rest, ...local, on('n9'), taken, set(1))).toBe('no/no');
  });

  test("replaces a pod's volume of a template's name", () => {
    const shadowed = {
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'missing' } }],
    };
    expect(answers(...rest, ...local, set(1, shadowed))).toBe('yes/yes');
    const beside = using('missing');
    expect(answers(...rest, ...local, set(1, beside))).toBe('no/no');
  });

  test('is rolled out one pod after the other, or by hand', () => {
    expect(answers(...nodes, workload('StatefulSet', apart(), { replicas: 3 }))).toBe('yes/yes');
    const byHand = { replicas: 1, updateStrategy: { type: 'OnDelete' } };
    expect(answers(...nodes, workload('StatefulSet', {}, byHand))).toBe('yes/no');
  });
});

describe('a DaemonSet', () => {
  const stored = (name: string) => [
    volume('v0', '', name === '' ? {} : onlyOn([name])),
    claim('data', ''),
  ];

  test('runs where all its nodes can use its volume', () => {
    expect(answers(...nodes, ...stored(''), workload('DaemonSet', using('data')))).toBe('yes/yes');
    expect(answers(...nodes, ...stored('n0'), workload('DaemonSet', using('data')))).toBe('no/no');
    const nodeSelector = { 'kubernetes.io/hostname': 'n0' };
    const pinned = workload('DaemonSet', { ...using('data'), nodeSelector });
    expect(answers(...nodes, ...stored('n0'), pinned)).toBe('yes/yes');
  });

  test('runs on a cordoned node, which other pods do not', () => {
    const cordoned = node('n0', 'a', { unschedulable: true });
    expect(answers(cordoned, deployment(1, {}))).toBe('no/no');
    expect(answers(cordoned, ...stored('n9'), workload('DaemonSet', using('data')))).toBe('no/no');
    expect(answers(cordoned, workload('DaemonSet', {}))).toBe('yes/yes');
  });

  test('with surge, its new pod has to fit beside the old one', () => {
    const updateStrategy = rolling(1, 0);
    expect(answers(...nodes, workload('DaemonSet', {}, { updateStrategy }))).toBe('yes/yes');
    expect(answers(...nodes, workload('DaemonSet', apart(), { updateStrategy }))).toBe('yes/no');
    expect(answers(...nodes, workload('DaemonSet', apart()))).toBe('yes/yes');
  });
});

describe('how many pods there are', () => {
  const scale = (maxReplicas: number, minReplicas = 1) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { minReplicas, maxReplicas, scaleTargetRef: { kind: 'Deployment', name: 'web' } },
  });

  test("an autoscaler's maximum counts", () => {
    expect(judge([...nodes, deployment(1, apart()), scale(3)])[0]?.runs).toBe('yes');
    expect(judge([...nodes, deployment(1, apart()), scale(4)])[0]?.runs).toBe('no');
  });

  test('a roll-out has to complete at every number in between', () => {
    // 25% of four may be missing, and nothing of three.
    const more = [...nodes, node('n3')];
    expect(answers(...more, deployment(1, apart()), scale(4))).toBe('yes/yes');
    expect(answers(...nodes, deployment(1, apart()), scale(3))).toBe('yes/no');
    expect(answers(...nodes, deployment(1, apart()), scale(2))).toBe('yes/yes');
  });

  test('a Job has as many pods as it may run at once', () => {
    const job = (spec: object) => answers(...nodes, workload('Job', apart(), { ...spec }));
    expect(job({ parallelism: 3 })).toBe('yes/yes');
    expect(job({ parallelism: 4 })).toBe('no/no');
    expect(job({ parallelism: 4, completions: 3 })).toBe('yes/yes');
    expect(job({ parallelism: 4, suspend: true })).toBe('yes/yes');
  });

  test('a CronJob has those of its Job', () => {
    const { spec } = workload('Job', apart(), { parallelism: 4 });
    const cron = { ...workload('CronJob', {}), spec: { jobTemplate: { spec } } };
    expect(answers(...nodes, cron)).toBe('no/no');
  });

  test('none at all run', () => {
    expect(answers(...nodes, deployment(0, using('missing')))).toBe('yes/yes');
  });
});

test('what a workload of the input has made is judged with it', () => {
  const owned = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web-0',
      namespace: 'shop',
      labels: { app: 'web' },
      ownerReferences: [{ kind: 'StatefulSet', name: 'web' }],
    },
    spec: {},
  };
  const set = workload('StatefulSet', apart(), { replicas: 3 });
  expect(judge([...nodes, set, owned]).map((each) => each.workload)).toEqual([
    'shop/StatefulSet/web',
  ]);
});

test('only what is planned is judged, beside what exists', () => {
  expect(judge([deployment(1, {})], nodes)).toHaveLength(1);
  expect(judge(nodes, [deployment(1, {})])).toEqual([]);
});

test('odd objects are no reason to throw', () => {
  const odd = [null, 7, 'x', [], {}, { volumes: [null, 7] }, { affinity: 3, tolerations: 'x' }];
  for (const pod of odd) {
    const web = { ...deployment(1, {}), spec: { replicas: 'x', template: { spec: pod } } };
    expect(() => judge([...nodes, web])).not.toThrow();
    const terms = { requiredDuringSchedulingIgnoredDuringExecution: [pod] };
    const affinity = { podAffinity: terms, podAntiAffinity: terms, nodeAffinity: pod };
    const constraint = { topologySpreadConstraints: [pod], nodeSelector: pod, affinity };
    expect(() => judge([...nodes, deployment(2, constraint)])).not.toThrow();
    expect(() => judge([node('n9', 'a', { taints: [pod] }), deployment(2, {})])).not.toThrow();
  }
});
