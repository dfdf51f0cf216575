import { oncePer } from '../kube/once-per';
import { isPlainObject, listAt, objectAt, type PlainObject } from '../planner/plain-object';
import { ownNamespaceTerm, type PodTerm, podTerm } from '../planner/pod-terms';
import type { Workload } from '../planner/workload';
import { type Path, podPath } from './pod-volumes';

/** A term of a pod's anti-affinity. */
export interface AntiTerm {
  /** As it came. */
  readonly fields: PlainObject;
  readonly path: Path;

  /** Whether the scheduler keeps to it whatever happens. */
  readonly required: boolean;

  /** What it says. */
  readonly term: PodTerm;

  /** What it would say of pods of the pod's own namespace. */
  readonly inOwnNamespace: PodTerm;
}

/** The terms of a workload's pod anti-affinity: the required ones, then the preferred ones. */
export function antiTerms(workload: Workload): readonly AntiTerm[] {
  const anti = objectAt(workload.pod, 'affinity').podAntiAffinity;
  return isPlainObject(anti) ? readTerms(workload) : NO_TERMS;
}

const NO_TERMS: readonly AntiTerm[] = [];

// Several rules ask for them.
const readTerms = oncePer((workload: Workload): readonly AntiTerm[] => {
  const anti = objectAt(objectAt(workload.pod, 'affinity'), 'podAntiAffinity');
  const at = [...podPath(workload.kind), 'affinity', 'podAntiAffinity'];
  const found: AntiTerm[] = [];
  const add = (fields: unknown, path: Path, required: boolean) => {
    if (isPlainObject(fields)) {
      const term = podTerm(fields, workload);
      found.push({
        fields,
        path,
        required,
        term,
        inOwnNamespace: ownNamespaceTerm(fields, workload),
      });
    }
  };
  listAt(anti, REQUIRED).forEach((fields, index) => {
    add(fields, [...at, REQUIRED, index], true);
  });
  listAt(anti, PREFERRED).forEach((weighted, index) => {
    const { podAffinityTerm } = isPlainObject(weighted) ? weighted : {};
    add(podAffinityTerm, [...at, PREFERRED, index, 'podAffinityTerm'], false);
  });
  return found;
});

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
