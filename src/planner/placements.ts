import type { EarlyPlace } from './claim-places';
import type { NodeEntry } from './inventory';
import { type Assignment, assignmentsAt, idOf, reachesOf } from './late-binding';
import type { LateClaim } from './late-claim';
import type { LatePool } from './late-pool';
import type { NodeSets } from './node-sets';
import { placeOf } from './pod-terms';
import { NO_VOLUMES, NOT_TOGETHER, UNBOUND_CLAIMS } from './schedule-reasons';
import type { Reach } from './volume-reach';

/** A way in which a workload's first pod can be scheduled, and what that leaves to the others. */
export interface Placement {
  /** Nodes for all its pods; none where its claims exclude each other. */
  readonly nodes: readonly NodeEntry[];

  /** The first pod's node, where it is unknown whether other nodes can use the volumes made for it. */
  readonly onlySureOf?: NodeEntry;

  /** Where its volumes can be used. */
  readonly volumes?: readonly Reach[];

  /** Whether these exclude each other, or every node. */
  readonly conflicts?: boolean;

  /** Another reason why no pod can be scheduled. */
  readonly stuck?: string;
  readonly unknown?: boolean;
}

/** What the shared claims of a workload's pods leave open. */
export interface SharedClaims {
  readonly early: readonly (readonly EarlyPlace[])[];
  readonly late: readonly LateClaim[];

  /** What pods of other workloads can have made of the late claims first. */
  readonly others: readonly Assignment[];

  /** How many claims of other pods are after volumes of these nodes, too. */
  readonly rivals: (nodes: readonly NodeEntry[]) => number;
}

/** What placements are looked for in. */
export interface PlacementSearch {
  readonly pool: LatePool;
  readonly sets: NodeSets;

  /** Topology keys of a required affinity of the pods to each other. */
  readonly together: readonly string[];

  /** Whether one node does as well as another, so that the first that takes the pod decides. */
  readonly anyNodeDoes: boolean;
}

// Claims that can each be in several places multiply; beyond this many the verdict is left open.
const MOST_COMBINATIONS = 64;

/** Every way in which the pods of a workload can come to their shared claims. */
export function placements(
  eligible: readonly NodeEntry[],
  claims: SharedClaims,
  search: PlacementSearch,
): readonly Placement[] {
  const found = new Map<string, Placement>();
  const add = (key: string, make: () => Placement) => {
    if (!found.has(key)) {
      found.set(key, make());
    }
  };
  for (const combination of combinations(claims.early)) {
    if (combination === undefined || combination.some(({ kind }) => kind === 'unknown')) {
      add('unknown', () => ({ nodes: [], unknown: true }));
    } else if (combination.some(({ kind }) => kind === 'unbound')) {
      add('unbound', () => ({ nodes: [], stuck: UNBOUND_CLAIMS }));
    } else {
      const early = combination.flatMap((place) => (place.kind === 'bound' ? [place.reach] : []));
      const nodes = search.sets.within(eligible, early);
      if (nodes.length === 0) {
        add('conflict', () => ({ nodes, volumes: early, conflicts: true }));
      } else {
        // What follows is told apart by the volumes that came before it.
        const id = JSON.stringify(early.map((each) => each.id));
        placeLate(nodes, early, claims, search, (key, way) => add(id + key, way));
      }
    }
  }
  return [...found.values()];
}

function placeLate(
  nodes: readonly NodeEntry[],
  early: readonly Reach[],
  { late, others: starts, rivals }: SharedClaims,
  { pool, sets, together, anyNodeDoes }: PlacementSearch,
  add: (key: string, make: () => Placement) => void,
): void {
  for (const start of [undefined, ...starts]) {
    const left =
      start === undefined ? late : late.filter(({ entry }) => !start.bound.has(entry.key));
    const before = start === undefined ? early : [...early, ...reachesOf(start)];
    const open = start === undefined ? nodes : sets.within(nodes, reachesOf(start));
    const begun = start === undefined ? '' : idOf(start);
    if (open.length === 0) {
      add('conflict', () => ({ nodes: [], volumes: before, conflicts: true }));
      continue;
    }
    if (left.length === 0 && together.length === 0) {
      add(begun, () => ({ nodes: open, volumes: before }));
      continue;
    }
    const others = left.length === 0 ? 0 : rivals(open);
    const scarce = left.some(
      ({ entry, provisions }) =>
        others > 0 && !provisions && pool.count(open, entry, others + 1) <= others,
    );
    // A zone label that contradicts its node keeps off all pods but the first.
    const firstDecides = anyNodeDoes && !left.some((claim) => pool.isZoned(claim));
    let some = false;
    for (const first of open) {
      if (!pool.effort.spend(1) || (some && firstDecides)) {
        break;
      }
      if (together.some((key) => placeOf(first, key) === undefined)) {
        continue;
      }
      for (const way of assignmentsAt(first, left, pool, NONE_TAKEN, others > 0)) {
        some = true;
        const reach = reachesOf(way);
        const key = JSON.stringify([
          reach.map(({ id }) => id).sort(),
          together.map((each) => placeOf(first, each)),
          begun,
          way.unsure && first.name,
        ]);
        add(key, () => ({
          nodes: near(first, sets.within(open, reach), together, sets),
          volumes: [...before, ...reach],
          ...(way.unsure ? { onlySureOf: first } : {}),
        }));
      }
    }
    if (!some || scarce) {
      const stuck = left.length > 0 ? NO_VOLUMES : NOT_TOGETHER;
      add(stuck, () => ({ nodes: [], stuck }));
    }
  }
}

const NONE_TAKEN: ReadonlySet<string> = new Set();
const NO_NODES: readonly NodeEntry[] = [];

function near(
  first: NodeEntry,
  nodes: readonly NodeEntry[],
  together: readonly string[],
  sets: NodeSets,
): readonly NodeEntry[] {
  return together.reduce((left, key) => {
    const place = placeOf(first, key);
    return place === undefined ? left : (sets.placesOf(left, key).nodes.get(place) ?? NO_NODES);
  }, nodes);
}

/** Every way in which the claims can turn out together; undefined where these are too many. */
export function combinations(
  claims: readonly (readonly EarlyPlace[])[],
): readonly (readonly EarlyPlace[] | undefined)[] {
  if (claims.reduce((count, places) => count * places.length, 1) > MOST_COMBINATIONS) {
    return [undefined];
  }
  let all: readonly (readonly EarlyPlace[])[] = [[]];
  for (const places of claims) {
    all = all.flatMap((before) => places.map((place) => [...before, place]));
  }
  return all;
}
