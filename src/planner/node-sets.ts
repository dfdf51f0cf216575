import type { NodeEntry } from './inventory';
import { placeOf } from './pod-terms';
import { type Reach, reaches } from './volume-reach';

/** The places of nodes under a topology key. */
export interface Places {
  /** The nodes of each place. */
  readonly nodes: ReadonlyMap<string, readonly NodeEntry[]>;

  /** The nodes that have the label; the same list where all have it. */
  readonly labelled: readonly NodeEntry[];
}

/**
 * What is derived from lists of nodes, once for each list.
 *
 * Pods that ask for the same nodes share one list, so that a list is known by its identity.
 */
export class NodeSets {
  readonly #ids = new WeakMap<readonly NodeEntry[], number>();
  readonly #places = new WeakMap<readonly NodeEntry[], Map<string, Places>>();
  readonly #within = new WeakMap<readonly NodeEntry[], Map<Reach, readonly NodeEntry[]>>();
  readonly #members = new WeakMap<readonly NodeEntry[], ReadonlySet<NodeEntry>>();
  readonly #same = new WeakMap<readonly NodeEntry[], Map<string, unknown>>();
  #count = 0;

  /** A number for the list. */
  idOf(nodes: readonly NodeEntry[]): number {
    let id = this.#ids.get(nodes);
    if (id === undefined) {
      id = this.#count;
      this.#count += 1;
      this.#ids.set(nodes, id);
    }
    return id;
  }

  /** The list as a set. */
  membersOf(nodes: readonly NodeEntry[]): ReadonlySet<NodeEntry> {
    let members = this.#members.get(nodes);
    if (members === undefined) {
      members = new Set(nodes);
      this.#members.set(nodes, members);
    }
    return members;
  }

  /** The places of the nodes under the key. */
  placesOf(nodes: readonly NodeEntry[], topologyKey: string): Places {
    const known = mapAt(this.#places, nodes);
    let places = known.get(topologyKey);
    if (places === undefined) {
      places = readPlaces(nodes, topologyKey);
      known.set(topologyKey, places);
    }
    return places;
  }

  /** The nodes that have all of the labels. */
  labelled(nodes: readonly NodeEntry[], keys: readonly string[]): readonly NodeEntry[] {
    return keys.reduce((left, key) => this.placesOf(left, key).labelled, nodes);
  }

  /** The nodes on which volumes of all the reaches can be used; the same list where that is each. */
  within(nodes: readonly NodeEntry[], all: readonly Reach[]): readonly NodeEntry[] {
    return all.reduce((left, reach) => this.#withinOne(left, reach), nodes);
  }

  /** What is made of the list and the key, once. */
  once<T>(nodes: readonly NodeEntry[], key: string, make: () => T): T {
    const known = mapAt(this.#same, nodes);
    if (!known.has(key)) {
      known.set(key, make());
    }
    return known.get(key) as T;
  }

  #withinOne(nodes: readonly NodeEntry[], reach: Reach): readonly NodeEntry[] {
    if (reach.affinity === undefined && reach.zones === undefined && reach.label === undefined) {
      return nodes;
    }
    const known = mapAt(this.#within, nodes);
    let left = known.get(reach);
    if (left === undefined) {
      left = this.#read(nodes, reach);
      known.set(reach, left);
    }
    return left;
  }

  // A node's own volumes are used on one node of a thousand: that is found without passing over all.
  #read(nodes: readonly NodeEntry[], reach: Reach): readonly NodeEntry[] {
    const { affinity } = reach;
    if (affinity !== undefined && affinity.size * 4 < nodes.length) {
      const members = this.membersOf(nodes);
      return [...affinity].filter((node) => members.has(node) && reaches(reach, node));
    }
    const left = nodes.filter((node) => reaches(reach, node));
    return left.length === nodes.length ? nodes : left;
  }
}

function readPlaces(nodes: readonly NodeEntry[], topologyKey: string): Places {
  const byPlace = new Map<string, NodeEntry[]>();
  const labelled: NodeEntry[] = [];
  for (const node of nodes) {
    const place = placeOf(node, topologyKey);
    if (place === undefined) {
      continue;
    }
    labelled.push(node);
    const members = byPlace.get(place);
    if (members === undefined) {
      byPlace.set(place, [node]);
    } else {
      members.push(node);
    }
  }
  return { nodes: byPlace, labelled: labelled.length === nodes.length ? nodes : labelled };
}

function mapAt<K extends object, L, V>(maps: WeakMap<K, Map<L, V>>, key: K): Map<L, V> {
  let map = maps.get(key);
  if (map === undefined) {
    map = new Map();
    maps.set(key, map);
  }
  return map;
}
