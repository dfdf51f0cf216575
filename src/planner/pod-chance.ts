import type { EarlyPlace } from './claim-places';
import type { NodeEntry } from './inventory';
import { type Assignment, assignmentsAt, reachesOf } from './late-binding';
import type { LateClaim } from './late-claim';
import type { LatePool } from './late-pool';
import type { NodeSets } from './node-sets';
import { combinations } from './placements';

/**
 * Whether some node takes the first of pods that are alike; `open` where that depends, on what other
 * pods do first or on what the input does not hold.
 */
export type PodChance = 'some' | 'none' | 'open';

/** What a pod asks of its node. */
export interface AskedOfNode {
  readonly early: readonly (readonly EarlyPlace[])[];
  readonly late: readonly LateClaim[];

  /** What pods of other workloads can have made of some of the late claims first. */
  readonly others: readonly Assignment[];

  /** Topology keys of a required affinity of the pods to each other. */
  readonly together: readonly string[];
}

// Beyond so many claims of one pod the orders in which they can be bound are not all tried.
const MOST_ORDERED = 3;

const NONE_TAKEN: ReadonlySet<string> = new Set();

/** Whether one of the nodes takes a pod, as far as its volumes go. */
export function podChance(
  nodes: readonly NodeEntry[],
  asked: AskedOfNode,
  pool: LatePool,
  sets: NodeSets,
): PodChance {
  return joint(
    combinations(asked.early).map((combination): PodChance => {
      if (combination?.some(({ kind }) => kind === 'unbound')) {
        return 'none';
      }
      const reaches = (combination ?? []).flatMap((place) =>
        place.kind === 'bound' ? [place.reach] : [],
      );
      const chance = onAny(sets.within(nodes, reaches), asked, pool, sets);
      const isKnown = combination?.every(({ kind }) => kind !== 'unknown');
      return chance === 'some' && !isKnown ? 'open' : chance;
    }),
  );
}

/** What holds where any of the cases can come about. */
export function joint(cases: readonly PodChance[]): PodChance {
  const [first, ...others] = cases;
  return first !== undefined && others.every((each) => each === first) ? first : 'open';
}

function onAny(
  nodes: readonly NodeEntry[],
  { late, others, together }: AskedOfNode,
  pool: LatePool,
  sets: NodeSets,
): PodChance {
  const open = sets.labelled(nodes, together);
  return joint(
    [undefined, ...others].map((start) => {
      if (start === undefined) {
        return onOne(open, late, pool);
      }
      const left = late.filter(({ entry }) => !start.bound.has(entry.key));
      const near = sets.within(open, reachesOf(start));
      const chance = onOne(near, left, pool);
      return chance === 'some' && start.unsure ? 'open' : chance;
    }),
  );
}

function onOne(nodes: readonly NodeEntry[], late: readonly LateClaim[], pool: LatePool): PodChance {
  let isOpen = false;
  for (const node of nodes) {
    if (!pool.effort.spend(1)) {
      return 'open';
    }
    // Other pods may have taken the smallest volumes, so that any may be the smallest left.
    const takes = (claims: readonly LateClaim[]) =>
      assignmentsAt(node, claims, pool, NONE_TAKEN, true).length > 0;
    if (!late.every((claim) => takes([claim]))) {
      continue;
    }
    if (late.length < 2 || takes(late)) {
      return 'some';
    }
    isOpen ||= late.length > MOST_ORDERED;
  }
  return isOpen ? 'open' : 'none';
}
