import { planStorage } from '../../src/checks/plan-storage';
import { podsByClaim } from '../../src/planner/consumers';
import { readInventory } from '../../src/planner/read-inventory';
import {
  answers,
  claim,
  deployment,
  node,
  using,
  waitingClass,
  workload,
} from './workload-cluster';

/** The pods that each claim waits for. */
function waitedFor(...objects: readonly unknown[]): Record<string, readonly string[]> {
  return Object.fromEntries(podsByClaim(readInventory(objects, undefined)));
}

function bare(name: string, spec: object, rest: object = {}): unknown {
  const metadata = { name, namespace: 'shop' };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec, ...rest };
}

const template = { spec: { ...claim('', 'wait').spec } };

function set(name: string, pod: object, spec: object = {}) {
  const volumeClaimTemplates = [{ metadata: { name: 'data' }, ...template }];
  return workload('StatefulSet', { ...pod }, { replicas: 2, volumeClaimTemplates, ...spec }, name);
}

const scratch = { volumes: [{ name: 'scratch', ephemeral: { volumeClaimTemplate: template } }] };

describe('a claim waits for', () => {
  test('the pods that use it, made up names cut short', () => {
    const generated = { apiVersion: 'v1', kind: 'Pod', spec: using('c') };
    expect(
      waitedFor(bare('lone', using('c')), deployment(2, using('c')), {
        ...generated,
        metadata: { generateName: 'task-', namespace: 'shop' },
      }),
    ).toEqual({ 'shop/c': ['lone', 'web-…', 'task-…'] });
  });

  test('each pod of a set, and its own claim for one of them', () => {
    expect(waitedFor(set('db', using('c'), { ordinals: { start: 3 } }))).toEqual({
      'shop/c': ['db-3', 'db-4'],
      'shop/data-db-3': ['db-3'],
      'shop/data-db-4': ['db-4'],
    });
  });

  test("nobody where a set's template takes its place", () => {
    const shadowed = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'c' } }] };
    expect(waitedFor(set('db', shadowed, { replicas: 1 }))).toEqual({
      'shop/data-db-0': ['db-0'],
    });
  });

  test('the pod of a generic ephemeral volume', () => {
    expect(waitedFor(bare('lone', scratch))).toEqual({ 'shop/lone-scratch': ['lone'] });
  });

  test.each<[string, unknown]>([
    ['a pod that names its node', bare('lone', { ...using('c'), nodeName: 'n0' })],
    ['a pod that has ended', bare('lone', using('c'), { status: { phase: 'Succeeded' } })],
    ['a workload of no replicas', deployment(0, using('c'))],
    ['a Job that is suspended', workload('Job', using('c'), { suspend: true })],
    [
      'a Job that is done',
      {
        ...workload('Job', using('c')),
        status: { conditions: [{ type: 'Complete', status: 'True' }] },
      },
    ],
    [
      'a CronJob that is suspended',
      {
        ...workload('CronJob', {}),
        spec: { suspend: true, jobTemplate: { spec: workload('Job', using('c')).spec } },
      },
    ],
  ])('nobody where it is %s', (_, user) => {
    expect(waitedFor(user)).toEqual({});
  });

  test('its name in the event', () => {
    const { claims } = planStorage([waitingClass(), claim('c', 'wait'), set('db', using('c'))], {
      existing: [],
    });
    expect(claims[0]?.message).toBe('waiting for pods db-0,db-1 to be scheduled');
  });
});

describe('the claim of a generic ephemeral volume', () => {
  const ebs = waitingClass('ebs.csi.aws.com');

  test('is made with a pod whose name is known', () => {
    const plan = planStorage([ebs, bare('lone', scratch), set('db', scratch)], { existing: [] });
    expect(plan.claims.map((each) => each.claim)).toEqual([
      'shop/lone-scratch',
      'shop/data-db-0',
      'shop/data-db-1',
      'shop/db-0-scratch',
      'shop/db-1-scratch',
    ]);
    expect(answers(ebs, node('n0'), bare('lone', scratch))).toBe('yes/yes');
  });

  test('leaves open whether other pods run', () => {
    expect(answers(ebs, node('n0'), deployment(1, scratch))).toBe('unknown/unknown');
  });
});

test('claims of the pods that an autoscaler adds are like the first pod’s', () => {
  const scale = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { maxReplicas: 5, scaleTargetRef: { kind: 'StatefulSet', name: 'web' } },
  };
  const some = [node('n0'), set('web', {}), scale];
  expect(answers(...some, waitingClass('ebs.csi.aws.com'))).toBe('yes/yes');
  expect(answers(...some, waitingClass())).toBe('no/no');
});
