import type { Effort } from './effort';
import type { NodeEntry } from './inventory';
import type { VolumeEntry } from './volume-entry';
import type { Reach, VolumeReaches } from './volume-reach';

/** Volumes that are all alike to the scheduler but for their sizes and labels; smallest first. */
export class Shelf {
  constructor(
    readonly reach: Reach,
    readonly volumes: VolumeEntry[],
  ) {}

  /** Place of the first volume that is large enough. */
  from(rank: number): number {
    const { volumes } = this;
    let [lo, hi] = [0, volumes.length];
    while (lo < hi) {
      const middle = (lo + hi) >> 1;
      if ((volumes[middle] as VolumeEntry).capacity.rank < rank) {
        lo = middle + 1;
      } else {
        hi = middle;
      }
    }
    return lo;
  }
}

/** The free volumes that serve claims of one class, modes and selector, but for their size. */
export class LateStock {
  /** Those that every node can use. */
  readonly #anywhere: readonly Shelf[];

  /** Whether zone labels bind any of them. */
  readonly isZoned: boolean;
  readonly #byNode = new Map<NodeEntry, Shelf[]>();
  readonly #shelves: readonly Shelf[];
  readonly #at = new WeakMap<NodeEntry, readonly Shelf[]>();
  readonly #on = new WeakMap<readonly NodeEntry[], readonly Shelf[]>();

  constructor(
    readonly volumes: readonly VolumeEntry[],
    reaches: VolumeReaches,
  ) {
    const byReach = new Map<Reach, Map<number, VolumeEntry[]>>();
    for (const volume of volumes) {
      const reach = reaches.of(volume);
      let byModes = byReach.get(reach);
      if (byModes === undefined) {
        byModes = new Map();
        byReach.set(reach, byModes);
      }
      const members = byModes.get(volume.modes);
      if (members === undefined) {
        byModes.set(volume.modes, [volume]);
      } else {
        members.push(volume);
      }
    }
    const shelves: Shelf[] = [];
    for (const [reach, byModes] of byReach) {
      for (const members of byModes.values()) {
        const shelf = new Shelf(reach, members.sort(bySize));
        shelves.push(shelf);
        // Zone labels do not count before the volume is bound.
        for (const node of reach.affinity ?? []) {
          const local = this.#byNode.get(node);
          if (local === undefined) {
            this.#byNode.set(node, [shelf]);
          } else {
            local.push(shelf);
          }
        }
      }
    }
    this.#shelves = shelves;
    this.isZoned = shelves.some(({ reach }) => reach.zones !== undefined);
    this.#anywhere = shelves.filter(({ reach }) => reach.affinity === undefined);
  }

  /** How many volumes are large enough, wherever they can be used. */
  countFrom(rank: number): number {
    return this.#shelves.reduce((sum, shelf) => sum + shelf.volumes.length - shelf.from(rank), 0);
  }

  /** What the node can use. */
  shelvesAt(node: NodeEntry): readonly Shelf[] {
    const local = this.#byNode.get(node);
    if (local === undefined || this.#anywhere.length === 0) {
      return local ?? this.#anywhere;
    }
    let all = this.#at.get(node);
    if (all === undefined) {
      all = [...this.#anywhere, ...local];
      this.#at.set(node, all);
    }
    return all;
  }

  /** What any of the nodes can use. */
  shelvesOn(nodes: readonly NodeEntry[]): readonly Shelf[] {
    let shelves = this.#on.get(nodes);
    if (shelves === undefined) {
      const local = new Set(nodes.length === 0 ? [] : this.#anywhere);
      for (const node of nodes) {
        for (const shelf of this.#byNode.get(node) ?? []) {
          local.add(shelf);
        }
      }
      shelves = local.size === this.#shelves.length ? this.#shelves : [...local];
      this.#on.set(nodes, shelves);
    }
    return shelves;
  }

  /** Whether a volume of this size is in both stocks, within reach of some of the nodes of each. */
  overlaps(
    nodes: readonly NodeEntry[],
    other: LateStock,
    others: readonly NodeEntry[],
    rank: number,
    effort: Effort,
  ): boolean {
    const mine = this.shelvesOn(nodes);
    const theirs = other.shelvesOn(others);
    if (mine === theirs) {
      return mine.some((shelf) => shelf.from(rank) < shelf.volumes.length);
    }
    const [few, many] = mine.length < theirs.length ? [mine, theirs] : [theirs, mine];
    if (this === other) {
      const all = new Set(many);
      effort.spend(few.length + (many.length >> 3));
      return few.some((shelf) => all.has(shelf) && shelf.from(rank) < shelf.volumes.length);
    }
    // Who cannot be compared in time is taken to overlap.
    const volumes = new Set<VolumeEntry>();
    for (const shelf of few) {
      if (!effort.spend(shelf.volumes.length >> 3)) {
        return true;
      }
      for (let index = shelf.from(rank); index < shelf.volumes.length; index += 1) {
        volumes.add(shelf.volumes[index] as VolumeEntry);
      }
    }
    return many.some(
      (shelf) =>
        !effort.spend(shelf.volumes.length >> 3) || shelf.volumes.some((each) => volumes.has(each)),
    );
  }
}

function bySize(a: VolumeEntry, b: VolumeEntry): number {
  return a.capacity.rank - b.capacity.rank;
}
