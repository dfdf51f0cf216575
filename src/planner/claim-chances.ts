import type { ClaimPlaces } from './claim-places';
import type { NodeEntry } from './inventory';
import type { LateClaim } from './late-claim';
import type { PodChance } from './pod-chance';
import { podClaims } from './pod-claims';
import type { UsedPlaces } from './used-claims';
import type { Workload } from './workload';

/**
 * Whether some node takes a pod of a claim that waits for one; `no-pods` where the DaemonSets that
 * use it have a node for none, and make none.
 */
export type ClaimChance = PodChance | 'no-pods';

/** What places the pods of workloads. */
export interface PodScheduler {
  /** The claims of the workload's pods. */
  usedBy(workload: Workload): UsedPlaces;

  /** The nodes that the workload's pods may run on, volumes aside. */
  nodesOf(workload: Workload): readonly NodeEntry[];

  /**
   * Whether some node takes a pod of the workload, for a claim of its that waits.
   *
   * @param own - the claims that the pod has to itself
   * @param of - the claim
   */
  chanceOf(workload: Workload, own: readonly ClaimPlaces[], of: LateClaim): PodChance;
}

/** Whether some node takes a pod of each claim that waits for one, whichever workload's it is. */
export function claimChances(
  workloads: readonly Workload[],
  scheduler: PodScheduler,
): ReadonlyMap<string, ClaimChance> {
  const chances = new Map<string, ClaimChance>();
  for (const workload of workloads) {
    if (workload.replicas.most === 0 || workload.pod.nodeName) {
      continue;
    }
    const used = scheduler.usedBy(workload);
    if (!used.waits) {
      continue;
    }
    for (const [claim, chance] of chancesIn(workload, used, scheduler)) {
      const known = chances.get(claim);
      chances.set(claim, known === undefined ? chance : better(known, chance));
    }
  }
  return chances;
}

const NONE: readonly ClaimPlaces[] = [];

function* chancesIn(
  workload: Workload,
  used: UsedPlaces,
  scheduler: PodScheduler,
): Generator<readonly [claim: string, chance: ClaimChance]> {
  const runs = used.own.length === 0 ? [{ claims: NONE, pods: 1 }] : used.own;
  // The controller makes pods for those nodes alone that it finds fit, whatever their volumes.
  const isIdle = workload.kind === 'DaemonSet' && scheduler.nodesOf(workload).length === 0;
  const chance = (own: readonly ClaimPlaces[], of: LateClaim) =>
    isIdle ? 'no-pods' : scheduler.chanceOf(workload, own, of);
  for (const claim of used.late) {
    const found = runs.map(({ claims }) => chance(claims, claim));
    yield [claim.entry.key, found.reduce(better)];
  }
  const { ownOf } = podClaims(workload);
  let first = 0;
  for (const { claims, pods } of used.own) {
    for (const [index, each] of claims.entries()) {
      if (each.kind === 'late') {
        const found = chance(claims, each.claim);
        for (let position = first; position < first + pods; position += 1) {
          yield [ownOf(position)[index] ?? '', found];
        }
      }
    }
    first += pods;
  }
}

// From the surest that the claim gets its volume.
const ORDER: readonly ClaimChance[] = ['some', 'open', 'none', 'no-pods'];

function better(one: ClaimChance, other: ClaimChance): ClaimChance {
  return ORDER.indexOf(one) <= ORDER.indexOf(other) ? one : other;
}
