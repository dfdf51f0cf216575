import fc from 'fast-check';
import { KUBERNETES_VERSIONS } from '../../src/planner/plan';
import { predict } from '../../src/planner/prediction';
import {
  apart,
  claim,
  deployment,
  inZone,
  node,
  onlyOn,
  rolling,
  together,
  using,
  volume,
  waitingClass,
  workload,
} from './workload-cluster';

const HOST = 'kubernetes.io/hostname';
const selected = { selector: { matchLabels: { tier: 'a' } } };
const template = { metadata: { name: 'data' }, spec: claim('', 'wait').spec };
const spread = {
  topologySpreadConstraints: [
    { topologyKey: HOST, maxSkew: 1, labelSelector: { matchLabels: { app: 'web' } } },
  ],
};
const asked = {
  nodeSelector: { type: 'worker' },
  tolerations: [{ key: 'gpu', operator: 'Exists' }],
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: 'cores', operator: 'Gt', values: ['8'] }] },
          { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n0'] }] },
        ],
      },
    },
  },
};

/** Sound objects of every kind that the planner reads. */
const CLUSTER: readonly unknown[] = [
  node('n0', 'a', { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] }, { cores: '9' }),
  node('n1', 'a', { unschedulable: true }, { type: 'worker' }),
  node('n2', 'c'),
  waitingClass('ebs.csi.aws.com', {
    allowedTopologies: [{ matchLabelExpressions: [{ key: HOST, values: ['n0', 'n2'] }] }],
  }),
  volume('v0', 'wait', onlyOn(['n0'])),
  volume('v1', 'wait', inZone('a')),
  volume('v2', '', { claimRef: { namespace: 'shop', name: 'c2' } }),
  volume('v3', 'wait', { capacity: { storage: '5Gi' } }),
  claim('c0', 'wait'),
  claim('c1', 'wait', selected),
  claim('c2', ''),
  claim('c3', '', { volumeName: 'v2' }),
  deployment(3, { ...using('c0', 'c1'), ...apart() }, rolling(1, 0)),
  workload('StatefulSet', spread, { replicas: 2, volumeClaimTemplates: [template] }, 'db'),
  workload('DaemonSet', { ...using('c2'), ...asked }, {}, 'agent'),
  workload('Job', { ...using('c3'), ...together() }, { parallelism: 2 }, 'task'),
  workload('Deployment', { ...asked, ...using('c1') }, { replicas: 2 }, 'api'),
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { maxReplicas: 5, scaleTargetRef: { kind: 'StatefulSet', name: 'db' } },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'lone', namespace: 'shop', uid: 'u' },
    spec: { volumes: [{ name: 's', ephemeral: { volumeClaimTemplate: template } }] },
    status: { phase: 'Running' },
  },
];

/** What a YAML anchor can make: it holds itself, wherever one looks. */
function cyclic(): unknown {
  const value: Record<string, unknown> = { key: 'x', operator: 'In', values: ['x'] };
  for (const field of ['labelSelector', 'matchLabels', 'metadata', 'spec', 'required']) {
    value[field] = value;
  }
  for (const field of ['nodeSelectorTerms', 'matchExpressions', 'volumes', 'accessModes']) {
    value[field] = [value];
  }
  return value;
}

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, 0, -1, 1.5, 1e9, 1e308, Number.NaN, 1n, ''),
  fc.constantFrom<unknown>([], {}, [null], [[]], ['__proto__', 'constructor'], '25%', '1e9%'),
  fc.constantFrom<unknown>(Symbol('odd'), () => 1, { toString: null }, Object.create(null)),
  fc.constantFrom<unknown>('10Gi', '-5Gi', '9e99', 'Gt', 'NotIn', 'n0', 'wait', 'c0', 'v0'),
  fc.constant(null).map(cyclic),
  fc.anything({ maxDepth: 2 }),
);

type Holder = Record<string, unknown>;

function placesIn(value: unknown, seen = new Set<unknown>()): [Holder, string][] {
  if (typeof value !== 'object' || value === null || seen.has(value)) {
    return [];
  }
  seen.add(value);
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key): [Holder, string][] => [
    [holder, key],
    ...placesIn(holder[key], seen),
  ]);
}

const changes = fc.array(fc.record({ at: fc.nat(), value: odd, drop: fc.boolean() }), {
  minLength: 1,
  maxLength: 5,
});

function mutated(given: readonly { at: number; value: unknown; drop: boolean }[]): unknown[] {
  const copy = structuredClone(CLUSTER) as unknown[];
  for (const { at, value, drop } of given) {
    const places = placesIn(copy);
    const [holder, key] = places[at % places.length] ?? [];
    if (holder === undefined || key === undefined) {
      continue;
    }
    if (drop) {
      delete holder[key];
    } else {
      holder[key] = value;
    }
  }
  return copy;
}

test('a verdict comes of whatever the fields of any object hold', () => {
  const options = fc.record(
    {
      kubernetes: fc.constantFrom(...KUBERNETES_VERSIONS),
      existing: changes.map(mutated),
      defaultClass: fc.constantFrom(null, 'wait', 'none'),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(changes.map(mutated), options, (objects, given) => {
      const { claims, volumes, workloads } = predict(objects, given);
      for (const each of claims) {
        expect(each.outcomes).not.toHaveLength(0);
        expect(each.rejected().length + each.volumes.length).toBeGreaterThanOrEqual(0);
      }
      for (const each of volumes) {
        expect(each.outcomes).not.toHaveLength(0);
        expect(Array.isArray(each.claims)).toBe(true);
      }
      for (const { runs, rollsOut, message } of workloads) {
        // What does not run does not roll out, and there is a word on what is not certain.
        expect([runs, rollsOut]).not.toEqual(['no', 'yes']);
        expect(message !== undefined).toBe(runs !== 'yes' || rollsOut !== 'yes');
      }
    }),
    { numRuns: 1_000 },
  );
});
