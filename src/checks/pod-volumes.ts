import { isPlainObject, listAt, nameAt, objectAt, type PlainObject } from '../planner/plain-object';
import type { Workload } from '../planner/workload';
import type { Facts } from './facts';

/** Names and positions that lead to a field. */
export type Path = readonly (string | number)[];

/** A volume that all pods of a workload share, and where it stands. */
export interface PodVolume {
  /** What mounts call it. */
  readonly name: string;

  /** As the pod's spec has it. */
  readonly fields: PlainObject;
  readonly path: Path;

  /** Key of the claim that is behind it, such as `shop/uploads`. */
  readonly claim?: string;
}

/** Where a workload of this kind has the spec of its pods. */
export function podPath(kind: string): readonly string[] {
  switch (kind) {
    case 'Pod':
      return ['spec'];
    case 'CronJob':
      return ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
    default:
      return ['spec', 'template', 'spec'];
  }
}

/** The volumes that all pods of a workload share; what each pod has to itself is not among them. */
export function sharedVolumes(workload: Workload, facts: Facts): readonly PodVolume[] {
  const { kind, namespace, pod } = workload;
  const { own } = facts.claimsOf(workload);
  const found: PodVolume[] = [];
  listAt(pod, 'volumes').forEach((fields, index) => {
    const name = isPlainObject(fields) ? nameAt(fields, 'name') : undefined;
    if (isPlainObject(fields) && name !== undefined && !own.includes(name)) {
      const claim = nameAt(objectAt(fields, 'persistentVolumeClaim'), 'claimName');
      const path = [...podPath(kind), 'volumes', index];
      found.push({ name, fields, path, claim: claim && `${namespace}/${claim}` });
    }
  });
  return found;
}
