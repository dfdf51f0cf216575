import type { Inventory, WorkloadEntry } from './inventory';
import { isPlainObject, listAt, nameAt, objectAt, type PlainObject, textAt } from './plain-object';
import { ordinalsOf } from './template-claims';

/** The spec of the pods that a workload makes; empty for what makes none. */
export function podSpecOf({ kind, object }: WorkloadEntry): PlainObject {
  const spec = objectAt(object, 'spec');
  switch (kind) {
    case 'Pod':
      return spec;
    case 'CronJob':
      return podTemplateSpec(objectAt(objectAt(spec, 'jobTemplate'), 'spec'));
    default:
      return podTemplateSpec(spec);
  }
}

/**
 * Names of the pods that the scheduler places for each claim, by the claim's key.
 *
 * A pod whose name its controller makes up is named by its prefix and `…`. Pods that name their
 * node pass the scheduler by, so that a claim waits for them in vain.
 */
export function podsByClaim({ workloads }: Inventory): ReadonlyMap<string, readonly string[]> {
  const pods = new Map<string, string[]>();
  for (const workload of workloads) {
    for (const [claim, pod] of uses(workload)) {
      const key = `${workload.namespace}/${claim}`;
      const known = pods.get(key);
      if (known === undefined) {
        pods.set(key, [pod]);
      } else {
        known.push(pod);
      }
    }
  }
  return pods;
}

function uses(workload: WorkloadEntry): readonly (readonly [claim: string, pod: string])[] {
  const { kind, name, object } = workload;
  const spec = podSpecOf(workload);
  if (nameAt(spec, 'nodeName') !== undefined || isDone(workload) || makesNoPods(object)) {
    return [];
  }
  const claims = listAt(spec, 'volumes')
    .filter(isPlainObject)
    .flatMap((volume) => nameAt(objectAt(volume, 'persistentVolumeClaim'), 'claimName') ?? []);
  if (kind !== 'StatefulSet') {
    const pod = kind === 'Pod' && !name.endsWith('-') ? name : `${name.replace(/-$/, '')}-…`;
    return claims.map((claim) => [claim, pod]);
  }
  const { start, count } = ordinalsOf(object) ?? { start: 0, count: 0 };
  const prefixes = listAt(objectAt(object, 'spec'), 'volumeClaimTemplates')
    .filter(isPlainObject)
    .flatMap((template) => nameAt(objectAt(template, 'metadata'), 'name') ?? []);
  const used: [string, string][] = [];
  for (let ordinal = start; ordinal < start + count; ordinal += 1) {
    const pod = `${name}-${ordinal}`;
    for (const prefix of prefixes) {
      used.push([`${prefix}-${pod}`, pod]);
    }
    for (const claim of claims) {
      used.push([claim, pod]);
    }
  }
  return used;
}

function podTemplateSpec(spec: PlainObject): PlainObject {
  return objectAt(objectAt(spec, 'template'), 'spec');
}

function isDone({ kind, object }: WorkloadEntry): boolean {
  const phase = textAt(objectAt(object, 'status'), 'phase');
  return kind === 'Pod' && (phase === 'Succeeded' || phase === 'Failed');
}

function makesNoPods(object: PlainObject): boolean {
  const { replicas } = objectAt(object, 'spec');
  return replicas === 0;
}
