import type { Workload } from '../planner/workload';
import type { Facts } from './facts';

// The pods of a set are alike: what these show, the rest would show again.
const MOST_PODS = 100;

/** Keys of the claims of each of a workload's pods that are in the input: of all or, of many, of the first. */
export function claimsOfPods(workload: Workload, facts: Facts): readonly (readonly string[])[] {
  const { shared, own, ownOf } = facts.claimsOf(workload);
  const known = (keys: readonly string[]) => keys.filter((key) => facts.inventory.claims.has(key));
  if (own.length === 0) {
    return shared.length === 0 ? [] : [known(shared)];
  }
  const pods = Math.min(workload.replicas.most, MOST_PODS);
  return Array.from({ length: pods }, (_, position) => known([...shared, ...ownOf(position)]));
}

/** Keys of all these claims, each once. */
export function claimsToPlace(workload: Workload, facts: Facts): ReadonlySet<string> {
  return new Set(claimsOfPods(workload, facts).flat());
}
