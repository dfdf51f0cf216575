import type { NodeEntry } from './inventory';
import type { WorkloadAnswer } from './plan';
import { EACH_NODE, placeOf } from './pod-terms';

/** A hard topology spread that counts the workload's own pods. */
export interface Spread {
  readonly topologyKey: string;
  readonly maxSkew: number;

  /** Fewer places than this count as one more that is empty. */
  readonly minDomains: number;

  /** Nodes whose places count, those that the pod cannot run on included. */
  readonly counted: readonly NodeEntry[];
}

/** How the pods of one workload keep clear of each other. */
export interface Spacing {
  /** Topology keys of which no two of its pods share a place. */
  readonly apart: readonly string[];
  readonly spreads: readonly Spread[];

  /** Whether there can be one of its pods only. */
  readonly single: boolean;
}

/** How many pods fit at once: between the fewest and the most, by what the scheduler chooses. */
export interface Room {
  readonly least: number;
  readonly most: number;

  /** Whether the scheduler's choice can lead to both; else they are bounds of what is not known. */
  readonly exact: boolean;
}

/** Room without end. */
const BOUNDLESS: Room = { least: Infinity, most: Infinity, exact: true };

// Every set of places is tried up to here; beyond, only bounds are known.
const MOST_SITES = 14;

/** Whether so many pods fit. */
export function fits({ least, most, exact }: Room, pods: number): WorkloadAnswer {
  return least >= pods ? 'yes' : most < pods ? 'no' : exact ? 'depends' : 'unknown';
}

/**
 * How many pods fit on the nodes at once, however many are there already.
 *
 * Each number is the size of a set of pods that no further pod can join. Where all such sets are of
 * one size, the scheduler's choice, and the order in which old pods go, make no difference.
 */
export function roomOn(nodes: readonly NodeEntry[], spacing: Spacing): Room {
  const most = spacing.single ? 1 : Infinity;
  if (nodes.length === 0) {
    return { least: 0, most: 0, exact: true };
  }
  const keys = withoutRedundant(spacing.apart, nodes);
  const [spread, ...others] = spacing.spreads;
  if (spread === undefined) {
    return atMost(roomApart(nodes, keys), most);
  }
  const [key] = keys;
  const nested = keys.length === 0 || (keys.length === 1 && isWithin(key, spread, nodes));
  if (others.length === 0 && nested) {
    return atMost(roomSpread(nodes, key, spread), most);
  }
  // As many pods as the smallest skew are never in each other's way, if there are places for them.
  const sure = keys.length === 0 ? Math.min(...spacing.spreads.map(({ maxSkew }) => maxSkew)) : 1;
  return atMost({ least: sure, most: roomApart(nodes, keys).most, exact: false }, most);
}

function atMost({ least, most, exact }: Room, bound: number): Room {
  return { least: Math.min(least, bound), most: Math.min(most, bound), exact };
}

// Pods on different zones are on different nodes: a key whose places lie within another's is implied.
function withoutRedundant(keys: readonly string[], nodes: readonly NodeEntry[]): readonly string[] {
  return [...new Set(keys)].reduceRight<readonly string[]>(
    (kept, key) =>
      kept.some((other) => other !== key && implies(other, key, nodes))
        ? kept.filter((each) => each !== key)
        : kept,
    [...new Set(keys)],
  );
}

/** Whether two nodes that share a place of `fine` always share one of `coarse` too. */
function implies(coarse: string, fine: string, nodes: readonly NodeEntry[]): boolean {
  const above = new Map<string, string>();
  return nodes.every((node) => {
    const place = placeOf(node, fine);
    const wide = placeOf(node, coarse);
    if (place === undefined) {
      return true;
    }
    const known = above.get(place) ?? wide;
    above.set(place, known ?? '');
    return wide !== undefined && known === wide;
  });
}

function roomApart(nodes: readonly NodeEntry[], keys: readonly string[]): Room {
  const sites = new Map<string, readonly (string | undefined)[]>();
  for (const node of nodes) {
    const places = keys.map((key) => placeOf(node, key));
    if (places.every((place) => place === undefined)) {
      return BOUNDLESS; // a node without the labels is no place, and takes any number
    }
    sites.set(JSON.stringify(places), places);
  }
  if (keys.length === 1) {
    return { least: sites.size, most: sites.size, exact: true };
  }
  const all = [...sites.values()];
  return all.length <= MOST_SITES ? roomOfSites(all) : { least: 1, most: all.length, exact: false };
}

// Sizes of the sets of sites that keep apart and that no other site can join.
function roomOfSites(sites: readonly (readonly (string | undefined)[])[]): Room {
  const conflicts = sites.map((a) =>
    sites.reduce((mask, b, index) => (sharePlace(a, b) ? mask | (1 << index) : mask), 0),
  );
  let [least, most] = [Infinity, 0];
  const known = new Set<number>();
  const visit = (blocked: number, chosen: number, size: number) => {
    if (known.has(chosen)) {
      return;
    }
    known.add(chosen);
    let full = true;
    sites.forEach((_, index) => {
      if ((blocked & (1 << index)) === 0) {
        full = false;
        visit(blocked | (conflicts[index] ?? 0), chosen | (1 << index), size + 1);
      }
    });
    if (full) {
      least = Math.min(least, size);
      most = Math.max(most, size);
    }
  };
  visit(0, 0, 0);
  return { least, most, exact: true };
}

function sharePlace(
  a: readonly (string | undefined)[],
  b: readonly (string | undefined)[],
): boolean {
  return a.some((place, index) => place !== undefined && place === b[index]);
}

function isWithin(key: string = EACH_NODE, { topologyKey }: Spread, nodes: readonly NodeEntry[]) {
  return (
    nodes.every((node) => placeOf(node, key) !== undefined) && implies(topologyKey, key, nodes)
  );
}

// The place with the least room fills up first and holds the others back at `maxSkew` above it.
function roomSpread(nodes: readonly NodeEntry[], key: string | undefined, spread: Spread): Room {
  const sites = new Map<string, Set<string>>();
  for (const node of [...spread.counted, ...nodes]) {
    const place = placeOf(node, spread.topologyKey);
    if (place !== undefined && !sites.has(place)) {
      sites.set(place, new Set());
    }
  }
  for (const node of nodes) {
    sites.get(placeOf(node, spread.topologyKey) ?? '')?.add(placeOf(node, key ?? EACH_NODE) ?? '');
  }
  const rooms = [...sites.values()].map(({ size }) =>
    size > 0 && key === undefined ? Infinity : size,
  );
  const lowest = rooms.length < spread.minDomains ? 0 : Math.min(...rooms);
  const total = rooms.reduce((sum, room) => sum + Math.min(room, lowest + spread.maxSkew), 0);
  return { least: total, most: total, exact: true };
}
