import type { Problem } from '../../src/planner/object-list';
import { MOST_MADE, templateClaims } from '../../src/planner/template-claims';
import {
  answers,
  apart,
  claim,
  deployment,
  judge,
  node,
  onlyOn,
  reason,
  using,
  volume,
  waitingClass,
  workload,
} from './workload-cluster';

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function counted(objects: readonly unknown[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { runs, rollsOut } of judge(objects)) {
    const answer = `${runs}/${rollsOut}`;
    counts[answer] = (counts[answer] ?? 0) + 1;
  }
  return counts;
}

const nodes = many(50, (index) => node(`n${index}`));

function web(name: string, pod: object, spec: object = {}) {
  return workload('Deployment', { ...pod }, { replicas: 2, ...spec }, name);
}

const template = (name: string) => ({ metadata: { name }, spec: claim('', 'wait').spec });

describe('what is asked of many is answered for all of them', () => {
  test('pods that keep off those of every other workload depend on who comes first', () => {
    const keepsOff = apart({
      labelSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
    });
    expect(counted([...nodes, ...many(30, (index) => web(`w${index}`, keepsOff))])).toEqual({
      'depends/depends': 30,
    });
    expect(counted([...nodes, ...many(24, (index) => web(`w${index}`, keepsOff))])).toEqual({
      'yes/yes': 24,
    });
  });

  test('each workload keeps off itself alone where its terms say so', () => {
    const own = (app: string) => apart({ labelSelector: { matchLabels: { app } } });
    const all = many(1_000, (index) => web(`w${index}`, own(`w${index}`)));
    expect(counted([...nodes, ...all])).toEqual({ 'yes/yes': 1_000 });
    const more = many(10, (index) => web(`m${index}`, own(`m${index}`), { replicas: 51 }));
    expect(counted([...nodes, ...all, ...more])).toEqual({ 'yes/yes': 1_000, 'no/no': 10 });
  });

  test('pods that others keep off are told so', () => {
    const first = web('first', apart({ labelSelector: { matchLabels: { app: 'web' } } }));
    const [, verdict] = judge([node('n0'), node('n1'), first, deployment(1, {})]);
    expect(verdict).toMatchObject({
      runs: 'depends',
      message:
        "0/2 nodes are available: 2 node(s) didn't satisfy existing pods anti-affinity rules.",
    });
  });

  test('claims of which each selects volumes of its own contest none', () => {
    const tier = (index: number) => ({ selector: { matchLabels: { tier: `t${index}` } } });
    const volumes = (count: number) =>
      many(count, (index) => ({
        ...volume(`v${index}`, 'wait'),
        metadata: { name: `v${index}`, labels: { tier: `t${index}` } },
      }));
    const users = many(300, (index) => [
      claim(`c${index}`, 'wait', tier(index)),
      web(`w${index}`, using(`c${index}`)),
    ]).flat();
    const rest = [waitingClass(), ...nodes, ...users];
    expect(counted([...rest, ...volumes(300)])).toEqual({ 'yes/yes': 300 });
    expect(counted([...rest, ...volumes(299)])).toEqual({ 'yes/yes': 299, 'no/no': 1 });
  });

  test('claims of many sizes contest the volumes of a class', () => {
    const size = (index: number) => ({ resources: { requests: { storage: `${index + 1}Mi` } } });
    const users = many(300, (index) => [
      claim(`c${index}`, 'wait', size(index)),
      web(`w${index}`, using(`c${index}`)),
    ]).flat();
    const volumes = (count: number) => many(count, (index) => volume(`v${index}`, 'wait'));
    const rest = [waitingClass(), ...nodes, ...users];
    expect(counted([...rest, ...volumes(300)])).toEqual({ 'yes/yes': 300 });
    expect(counted([...rest, ...volumes(299)])).toEqual({ 'depends/depends': 300 });
  });
});

describe('a StatefulSet of several templates', () => {
  const set = (replicas: number, pod: object = {}) =>
    workload(
      'StatefulSet',
      { ...pod },
      { replicas, volumeClaimTemplates: [template('data'), template('log')] },
    );

  test('runs where its class makes volumes, and there is room for its pods', () => {
    const made = [waitingClass('ebs.csi.aws.com'), ...nodes];
    expect(answers(...made, set(50, apart()))).toBe('yes/yes');
    expect(answers(...made, set(51, apart()))).toBe('no/no');
    expect(answers(...made, set(90))).toBe('yes/yes');
  });

  test('runs on the nodes alone for which its class makes volumes', () => {
    const values = ['n0', 'n1'];
    const allowedTopologies = [
      { matchLabelExpressions: [{ key: 'kubernetes.io/hostname', values }] },
    ];
    const made = [waitingClass('ebs.csi.aws.com', { allowedTopologies }), ...nodes];
    expect(answers(...made, set(2, apart()))).toBe('yes/yes');
    expect(answers(...made, set(3, apart()))).toBe('no/no');
  });
});

describe('a set whose pods take volumes of several nodes', () => {
  const pods = (replicas: number) =>
    workload('StatefulSet', apart(), { replicas, volumeClaimTemplates: [template('data')] });
  const zone = (name: string, count: number, ...hosts: string[]) =>
    many(count, (index) => volume(`${name}${index}`, 'wait', onlyOn(hosts)));
  const stored = [
    waitingClass(),
    ...nodes,
    ...zone('a', 2, 'n0', 'n1', 'n2'),
    ...zone('c', 9, 'n3'),
  ];

  test('fills each place as far as its nodes and volumes go', () => {
    expect(answers(...stored, pods(3))).toBe('yes/yes');
    expect(answers(...stored, pods(4))).toBe('no/no');
  });

  test('finds room on every node where every node can use them', () => {
    const shared = [waitingClass(), ...nodes, ...many(60, (index) => volume(`v${index}`, 'wait'))];
    expect(answers(...shared, pods(50))).toBe('yes/yes');
    expect(answers(...shared, pods(51))).toBe('no/no');
  });
});

describe('what could take for ever is left open', () => {
  const tooMany = 'there are too many ways to place its pods to try them all';

  test('pods of twenty claims of which each has many volumes to choose from', () => {
    const names = many(20, (index) => `c${index}`);
    const size = (index: number) => ({
      resources: { requests: { storage: `${1 + (index % 5)}Gi` } },
    });
    const claims = names.map((name, index) => claim(name, 'wait', size(index)));
    const zones = (index: number) => ({
      metadata: { name: `v${index}`, labels: { 'topology.kubernetes.io/zone': `z${index % 9}` } },
    });
    const volumes = many(900, (index) => ({ ...volume(`v${index}`, 'wait'), ...zones(index) }));
    const objects = [
      waitingClass(),
      ...nodes,
      ...volumes,
      ...claims,
      deployment(2, using(...names)),
    ];
    expect(answers(...objects)).toBe('unknown/unknown');
    expect(reason(...objects)).toBe(tooMany);
  });

  test('a thousand workloads that each keep off all others by terms of their own', () => {
    const keepsOff = (name: string) =>
      apart({
        labelSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: [name] }] },
      });
    const all = many(1_000, (index) => web(`w${index}`, keepsOff(`w${index}`)));
    expect(counted([...nodes, ...all])).toEqual({ 'unknown/unknown': 1_000 });
  });

  test('the claims of sets that make too many, and nothing else', () => {
    const object = workload(
      'StatefulSet',
      {},
      { replicas: 6, volumeClaimTemplates: [template('data')] },
    );
    const entry = {
      key: 'shop/StatefulSet/web',
      kind: 'StatefulSet',
      namespace: 'shop',
      name: 'web',
      object,
      existing: false,
    };
    const problems: Problem[] = [];
    expect(templateClaims(entry, problems, 6)).toHaveLength(6);
    expect(problems).toEqual([]);
    expect(templateClaims(entry, problems, 5)).toEqual([]);
    expect(problems).toEqual([
      {
        object,
        message: `the claims of StatefulSet 'web' are left out: more than ${MOST_MADE} are made in all`,
      },
    ]);
  });

  test('an autoscaler of any number is none of it', () => {
    const scale = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { maxReplicas: 1e9, scaleTargetRef: { kind: 'StatefulSet', name: 'web' } },
    };
    const set = workload('StatefulSet', {}, { volumeClaimTemplates: [template('data')] });
    expect(answers(waitingClass('ebs.csi.aws.com'), ...nodes, set, scale)).toBe('yes/yes');
  });
});
