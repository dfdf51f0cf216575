import { eligibleFinder } from '../planner/eligible-nodes';
import type { Inventory, NodeEntry } from '../planner/inventory';
import { placeOf } from '../planner/pod-terms';
import type { VolumeEntry } from '../planner/volume-entry';
import { type Reach, VolumeReaches } from '../planner/volume-reach';

/** Where a volume can be used among the nodes of the input; one object for volumes of the same nodes. */
export function reachOf(volume: VolumeEntry, inventory: Inventory): Reach {
  let reaches = REACHES.get(inventory);
  if (reaches === undefined) {
    reaches = new VolumeReaches(eligibleFinder(inventory).index);
    REACHES.set(inventory, reaches);
  }
  return reaches.of(volume);
}

const REACHES = new WeakMap<Inventory, VolumeReaches>();

/** A list of nodes, or a set of them. */
export type Nodes = readonly NodeEntry[] | ReadonlySet<NodeEntry>;

/** The nodes that both have, by a pass over the fewer ones. */
export function inBoth(one: Nodes, other: Nodes): readonly NodeEntry[] {
  const [a, b] = [membersOf(one), membersOf(other)];
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  return [...few].filter((node) => many.has(node));
}

// Pods that ask for the same nodes share one list of them.
function membersOf(nodes: Nodes): ReadonlySet<NodeEntry> {
  if (!Array.isArray(nodes)) {
    return nodes as ReadonlySet<NodeEntry>;
  }
  let members = MEMBERS.get(nodes);
  if (members === undefined) {
    members = new Set(nodes);
    MEMBERS.set(nodes, members);
  }
  return members;
}

const MEMBERS = new WeakMap<readonly NodeEntry[], ReadonlySet<NodeEntry>>();

/** How many places of a topology key the nodes are: Infinity where one lacks it, and takes any number. */
export function countPlaces(nodes: readonly NodeEntry[], key: string): number {
  let counts = COUNTS.get(nodes);
  if (counts === undefined) {
    counts = new Map();
    COUNTS.set(nodes, counts);
  }
  let count = counts.get(key);
  if (count === undefined) {
    const places = new Set(nodes.map((node) => placeOf(node, key)));
    count = places.has(undefined) ? Number.POSITIVE_INFINITY : places.size;
    counts.set(key, count);
  }
  return count;
}

const COUNTS = new WeakMap<readonly NodeEntry[], Map<string, number>>();
