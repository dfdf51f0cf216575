import { oncePer } from '../kube/once-per';
import type { Inventory, NodeEntry } from '../planner/inventory';
import { nodeIndex } from '../planner/node-index';
import { NodeSets } from '../planner/node-sets';
import { EACH_NODE } from '../planner/pod-terms';
import type { VolumeEntry } from '../planner/volume-entry';
import { type Reach, VolumeReaches } from '../planner/volume-reach';

/** Which nodes of the inventory can use volumes; one for all rules that ask. */
export const volumeNodes = oncePer((inventory: Inventory) => new VolumeNodes(inventory));

/** Which nodes can use volumes, worked out once for volumes and pods that ask for the same. */
class VolumeNodes {
  /** All nodes of the inventory. */
  readonly all: readonly NodeEntry[];
  readonly sets = new NodeSets();
  readonly #reaches: VolumeReaches;
  readonly #affinities = new WeakMap<Reach, Reach>();

  constructor(inventory: Inventory) {
    const index = nodeIndex(inventory);
    this.all = index.all;
    this.#reaches = new VolumeReaches(index);
  }

  /** Those of the nodes that can use the volume. */
  within(nodes: readonly NodeEntry[], volume: VolumeEntry): readonly NodeEntry[] {
    return this.sets.within(nodes, [this.#reaches.of(volume)]);
  }

  /** Those of the nodes that the volume's node affinity admits, whatever zone its labels say. */
  byAffinity(nodes: readonly NodeEntry[], volume: VolumeEntry): readonly NodeEntry[] {
    const reach = this.#reaches.of(volume);
    let affinity = this.#affinities.get(reach);
    if (affinity === undefined) {
      affinity = reach.zones === undefined ? reach : { id: reach.id, affinity: reach.affinity };
      this.#affinities.set(reach, affinity);
    }
    return this.sets.within(nodes, [affinity]);
  }

  /** How many places of a topology key the nodes are: Infinity where one lacks it, and takes any number. */
  countPlaces(nodes: readonly NodeEntry[], key: string): number {
    if (key === EACH_NODE) {
      return nodes.length;
    }
    const { nodes: places, labelled } = this.sets.placesOf(nodes, key);
    return labelled.length === nodes.length ? places.size : Number.POSITIVE_INFINITY;
  }
}
