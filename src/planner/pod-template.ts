import type { WorkloadEntry } from './inventory';
import { objectAt, type PlainObject } from './plain-object';

/** What a workload makes its pods from: an object with their metadata and spec; a pod is its own. */
export function podTemplateOf({
  kind,
  object,
}: Pick<WorkloadEntry, 'kind' | 'object'>): PlainObject {
  const spec = objectAt(object, 'spec');
  switch (kind) {
    case 'Pod':
      return object;
    case 'CronJob':
      return objectAt(objectAt(objectAt(spec, 'jobTemplate'), 'spec'), 'template');
    default:
      return objectAt(spec, 'template');
  }
}

/** The spec of the pods that a workload makes; empty for what makes none. */
export function podSpecOf(entry: Pick<WorkloadEntry, 'kind' | 'object'>): PlainObject {
  return objectAt(podTemplateOf(entry), 'spec');
}
