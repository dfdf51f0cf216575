import type { EarlyPlace } from './claim-places';
import type { NodeEntry } from './inventory';
import { type Assignment, assignmentsAt, idOf, type LateClaim, reachesOf } from './late-binding';
import type { LatePool } from './late-pool';
import { placeOf } from './pod-terms';
import { NO_VOLUMES, NOT_TOGETHER, UNBOUND_CLAIMS, VOLUME_CONFLICT } from './schedule-reasons';
import { type Reach, reaches } from './volume-reach';

/** A way in which a workload's first pod can be scheduled, and what that leaves to the others. */
export interface Placement {
  /** Nodes for all its pods; none where its claims exclude each other. */
  readonly nodes: readonly NodeEntry[];

  /** The first pod's node, where it is unknown whether other nodes can use the volumes made for it. */
  readonly onlySureOf?: NodeEntry;

  /** Why no pod can be scheduled. */
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

// Claims that can each be in several places multiply; beyond this many the verdict is left open.
const MOST_COMBINATIONS = 64;

/** Every way in which the pods of a workload can come to their shared claims. */
export function placements(
  eligible: readonly NodeEntry[],
  claims: SharedClaims,
  pool: LatePool,
  together: readonly string[],
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
      const nodes = within(eligible, early);
      if (nodes.length === 0) {
        add(VOLUME_CONFLICT, () => ({ nodes, stuck: VOLUME_CONFLICT }));
      } else {
        // What follows is told apart by the volumes that came before it.
        const id = JSON.stringify(early.map((each) => each.id));
        placeLate(nodes, claims, pool, together, (key, way) => add(id + key, way));
      }
    }
  }
  return [...found.values()];
}

function placeLate(
  nodes: readonly NodeEntry[],
  { late, others: starts, rivals }: SharedClaims,
  pool: LatePool,
  together: readonly string[],
  add: (key: string, make: () => Placement) => void,
): void {
  for (const start of [undefined, ...starts]) {
    const left = late.filter(({ entry }) => !start?.bound.has(entry.key));
    const open = start === undefined ? nodes : within(nodes, reachesOf(start));
    if (open.length === 0) {
      add(VOLUME_CONFLICT, () => ({ nodes: [], stuck: VOLUME_CONFLICT }));
      continue;
    }
    if (left.length === 0 && together.length === 0) {
      add(JSON.stringify([start && idOf(start)]), () => ({ nodes: open }));
      continue;
    }
    const others = left.length === 0 ? 0 : rivals(open);
    const scarce = left.some(
      ({ entry, provisions }) =>
        others > 0 && !provisions && pool.count(open, entry, others + 1) <= others,
    );
    const members = new Set(open);
    let some = false;
    for (const first of open) {
      if (together.some((key) => placeOf(first, key) === undefined)) {
        continue;
      }
      for (const way of assignmentsAt(first, left, pool, new Set(), others > 0)) {
        some = true;
        const reach = reachesOf(way);
        const key = JSON.stringify([
          reach.map(({ id }) => id).sort(),
          together.map((each) => placeOf(first, each)),
          start && idOf(start),
          way.unsure && first.name,
        ]);
        add(key, () => ({
          nodes: near(first, withinSet(open, members, reach), together),
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

function within(nodes: readonly NodeEntry[], all: readonly Reach[]): readonly NodeEntry[] {
  return all.length === 0
    ? nodes
    : nodes.filter((node) => all.every((each) => reaches(each, node)));
}

// A node's own volumes are used on one node of a thousand: that is found without passing over all.
function withinSet(
  nodes: readonly NodeEntry[],
  members: ReadonlySet<NodeEntry>,
  all: readonly Reach[],
): readonly NodeEntry[] {
  const few = all.find(
    ({ affinity }) => affinity !== undefined && affinity.size * 4 < nodes.length,
  );
  return few?.affinity === undefined
    ? within(nodes, all)
    : within(
        [...few.affinity].filter((node) => members.has(node)),
        all,
      );
}

function near(
  first: NodeEntry,
  nodes: readonly NodeEntry[],
  together: readonly string[],
): readonly NodeEntry[] {
  return together.length === 0
    ? nodes
    : nodes.filter((node) => together.every((key) => placeOf(node, key) === placeOf(first, key)));
}

function combinations(
  claims: readonly (readonly EarlyPlace[])[],
): readonly (readonly EarlyPlace[] | undefined)[] {
  let all: readonly (readonly EarlyPlace[])[] = [[]];
  for (const places of claims) {
    all = all.flatMap((before) => places.map((place) => [...before, place]));
    if (all.length > MOST_COMBINATIONS) {
      return [undefined];
    }
  }
  return all;
}
