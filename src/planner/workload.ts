import type { Labels } from '../kube/label-selector';
import { oncePer } from '../kube/once-per';
import type { Inventory, WorkloadEntry } from './inventory';
import { labelsOf } from './metadata';
import { isPlainObject, listAt, nameAt, objectAt, type PlainObject, textAt } from './plain-object';
import { podSpecOf, podTemplateOf } from './pod-template';

/** More pods are a slip or an attack: no cluster runs them. */
const MOST_PODS = 100_000;

/** How many pods a workload has at once. */
export interface Replicas {
  readonly least: number;

  /** With an autoscaler, its maximum. */
  readonly most: number;
}

/** What makes pods, and the pods that it makes. */
export interface Workload {
  /** Namespace, kind and name, such as `shop/Deployment/web`. */
  readonly key: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;

  /** As it came. */
  readonly object: PlainObject;

  /** Whether it came as something that exists, and not in the objects that are planned. */
  readonly existing: boolean;

  /** The spec of the object itself. */
  readonly spec: PlainObject;
  readonly replicas: Replicas;

  /** Labels of its pods. */
  readonly labels: Labels;

  /** The spec of its pods. */
  readonly pod: PlainObject;
}

/**
 * The workloads of the inventory whose pods have to be scheduled.
 *
 * Left out are those that another one of the input made (the ReplicaSets and pods of a live
 * Deployment: its verdict is theirs) and what has ended.
 */
export const readWorkloads = oncePer(({ workloads }: Inventory): readonly Workload[] => {
  const keys = new Set(workloads.map(({ key }) => key));
  const scales = readAutoscalers(workloads);
  return workloads
    .filter((entry) => entry.kind !== AUTOSCALER && !isMade(entry, keys) && !hasEnded(entry))
    .map((entry) => readWorkload(entry, scales));
});

const AUTOSCALER = 'HorizontalPodAutoscaler';

function readWorkload(entry: WorkloadEntry, scales: ReadonlyMap<string, Replicas>): Workload {
  const { key, kind, namespace, name, object, existing } = entry;
  return {
    object,
    existing,
    key,
    kind,
    namespace,
    name,
    spec: objectAt(object, 'spec'),
    replicas: scales.get(key) ?? replicasOf(kind, objectAt(object, 'spec')),
    labels: labelsOf(objectAt(podTemplateOf(entry), 'metadata')) ?? {},
    pod: podSpecOf(entry),
  };
}

function replicasOf(kind: string, spec: PlainObject): Replicas {
  switch (kind) {
    case 'Pod':
      return both(1);
    case 'Job':
      return both(podsOfJob(spec));
    case 'CronJob':
      return both(
        spec.suspend === true ? 0 : podsOfJob(objectAt(objectAt(spec, 'jobTemplate'), 'spec')),
      );
    default:
      return both(countOf(spec.replicas) ?? 1);
  }
}

// A Job never has more pods at once than it still has to complete.
function podsOfJob(spec: PlainObject): number {
  if (spec.suspend === true) {
    return 0;
  }
  const parallelism = countOf(spec.parallelism) ?? 1;
  return Math.min(parallelism, countOf(spec.completions) ?? parallelism);
}

function both(count: number): Replicas {
  return { least: count, most: count };
}

function countOf(value: unknown): number | undefined {
  return Number.isInteger(value) && Number(value) >= 0
    ? Math.min(Number(value), MOST_PODS)
    : undefined;
}

/** What autoscalers make of replicas, by the key of the workload that they scale. */
function readAutoscalers(entries: readonly WorkloadEntry[]): ReadonlyMap<string, Replicas> {
  const scales = new Map<string, Replicas>();
  for (const { kind, namespace, object } of entries) {
    const spec = objectAt(object, 'spec');
    const target = objectAt(spec, 'scaleTargetRef');
    const most = countOf(spec.maxReplicas);
    if (kind === AUTOSCALER && most !== undefined) {
      const least = Math.min(countOf(spec.minReplicas) ?? 1, most);
      const key = `${namespace}/${textAt(target, 'kind')}/${textAt(target, 'name')}`;
      scales.set(key, { least, most });
    }
  }
  return scales;
}

function isMade({ namespace, object }: WorkloadEntry, keys: ReadonlySet<string>): boolean {
  return listAt(objectAt(object, 'metadata'), 'ownerReferences')
    .filter(isPlainObject)
    .some((owner) => keys.has(`${namespace}/${nameAt(owner, 'kind')}/${nameAt(owner, 'name')}`));
}

// Source: Kubernetes API, PodPhase and JobConditionType.
function hasEnded({ kind, object }: WorkloadEntry): boolean {
  const status = objectAt(object, 'status');
  if (kind === 'Job') {
    return listAt(status, 'conditions')
      .filter(isPlainObject)
      .some(
        ({ type, status: holds }) => (type === 'Complete' || type === 'Failed') && holds === 'True',
      );
  }
  const phase = textAt(status, 'phase');
  return kind === 'Pod' && (phase === 'Succeeded' || phase === 'Failed');
}
