import type { Inventory } from './inventory';
import { podClaims } from './pod-claims';
import { readWorkloads, type Workload } from './workload';

/**
 * Names of the pods that the scheduler places for each claim, by the claim's key.
 *
 * A pod whose name its controller makes up is named by its prefix and `…`. Pods that name their
 * node pass the scheduler by, so that a claim waits for them in vain.
 * Source: Kubernetes, pv_controller.go, findNonScheduledPodsByPVC.
 *
 * @param hasPods - whether a workload's controller makes pods at all
 */
export function podsByClaim(
  inventory: Inventory,
  hasPods: (workload: Workload) => boolean = () => true,
): ReadonlyMap<string, readonly string[]> {
  const pods = new Map<string, string[]>();
  const add = (claim: string, names: readonly string[]) => {
    const known = pods.get(claim) ?? [];
    pods.set(claim, known);
    for (const name of names) {
      known.push(name);
    }
  };
  for (const workload of readWorkloads(inventory)) {
    const { most } = workload.replicas;
    if (most === 0 || workload.pod.nodeName || !hasPods(workload)) {
      continue;
    }
    const { shared, own, ownOf, podOf } = podClaims(workload);
    if (shared.length > 0) {
      const names = namesOf(workload, podOf);
      for (const claim of shared) {
        add(claim, names);
      }
    }
    // Pods with made up names have claims of made up names; those of others are in the inventory.
    const named = own.length === 0 ? 0 : workload.kind === 'StatefulSet' ? most : 1;
    for (let position = 0; position < named; position += 1) {
      const claims = ownOf(position);
      if (!claims.some((claim) => inventory.claims.has(claim))) {
        break;
      }
      const names = [podOf(position)];
      for (const claim of claims) {
        add(claim, names);
      }
    }
  }
  return pods;
}

// An autoscaled set has its fewest pods to begin with.
function namesOf({ kind, replicas }: Workload, podOf: (position: number) => string) {
  const count = kind === 'StatefulSet' ? Math.max(1, replicas.least) : 1;
  return Array.from({ length: count }, (_, position) => podOf(position));
}
