import { selects } from '../kube/label-selector';
import type { ClaimEntry } from './claim-entry';
import type { Inventory, NodeEntry } from './inventory';
import { includesModes } from './mode-set';
import type { VolumeEntry } from './volume-entry';
import type { Reach, VolumeReaches } from './volume-reach';

/** Volumes that are all alike to the scheduler but for their sizes and labels; smallest first. */
interface Shelf {
  readonly reach: Reach;
  readonly volumes: VolumeEntry[];
}

/** The shelves of one class: those whose volumes every node can use, and those of each node. */
interface ClassShelves {
  readonly anywhere: readonly Shelf[];
  readonly byNode: ReadonlyMap<NodeEntry, readonly Shelf[]>;
}

/** A volume that the scheduler can take for a claim. */
export interface LateVolume {
  readonly volume: VolumeEntry;
  readonly reach: Reach;
}

/** The free volumes that the scheduler takes for claims that wait for a pod (BINDING.md A10). */
export class LatePool {
  readonly #byClass = new Map<string, VolumeEntry[]>();
  readonly #reserved = new Map<string, VolumeEntry[]>();
  readonly #shelves = new Map<string, ClassShelves>();
  readonly #reaches: VolumeReaches;
  readonly #attributes: boolean;

  /** @param attributes - whether a claim's and a volume's VolumeAttributesClass have to agree */
  constructor({ volumes, claims }: Inventory, reaches: VolumeReaches, attributes: boolean) {
    this.#reaches = reaches;
    this.#attributes = attributes;
    const named = new Set<string>();
    for (const { volumeName } of claims.values()) {
      if (volumeName !== undefined) {
        named.add(volumeName);
      }
    }
    for (const volume of volumes.values()) {
      if (volume.refusal !== undefined || volume.deleting) {
        continue;
      }
      if (volume.claimRef !== undefined) {
        push(this.#reserved, volume.claimRef.key, volume);
      } else if ((volume.phase ?? 'Available') === 'Available' && !named.has(volume.name)) {
        push(this.#byClass, volume.className, volume);
      }
    }
  }

  /**
   * The volume reserved for the claim; only that one serves then, on whatever node it can be used.
   */
  reservedFor(claim: ClaimEntry): LateVolume | undefined {
    const volume = this.#reserved
      .get(claim.key)
      ?.find((each) => each.className === claim.className && this.#isFor(each, claim));
    return volume && { volume, reach: this.#reaches.of(volume) };
  }

  /** The volume to which the controller binds the claim at once, whatever its class (A6). */
  preBound(claim: ClaimEntry): LateVolume | undefined {
    const volume = this.#reserved
      .get(claim.key)
      ?.find((each) => this.#isFor(each, claim) && includesModes(each.modes, claim.modes));
    return volume && { volume, reach: this.#reaches.of(volume) };
  }

  /** The smallest volumes on the node that serve the claim; several where sizes tie. */
  smallestAt(node: NodeEntry, claim: ClaimEntry, taken: ReadonlySet<string>): LateVolume[] {
    const found = this.#serving(this.#shelvesAt(node, claim), claim, taken);
    const least = Math.min(...found.map(({ volume }) => volume.capacity.rank));
    return found.filter(({ volume }) => volume.capacity.rank === least);
  }

  /** A volume of each kind on the node that serves the claim, smallest or not. */
  anyAt(node: NodeEntry, claim: ClaimEntry, taken: ReadonlySet<string>): LateVolume[] {
    return this.#serving(this.#shelvesAt(node, claim), claim, taken);
  }

  /** How many volumes serve the claim on one of the nodes; counting stops at `enough`. */
  count(nodes: readonly NodeEntry[], claim: ClaimEntry, enough: number): number {
    const volumes = new Set<VolumeEntry>();
    for (const shelf of new Set(nodes.flatMap((node) => this.#shelvesAt(node, claim)))) {
      for (const volume of shelf.volumes) {
        if (volumes.size >= enough) {
          return enough;
        }
        if (this.#serves(volume, claim)) {
          volumes.add(volume);
        }
      }
    }
    return volumes.size;
  }

  /** Reaches of the volumes on the nodes that serve the claim. */
  reachesFor(nodes: readonly NodeEntry[], claim: ClaimEntry): readonly Reach[] {
    const shelves = new Set(nodes.flatMap((node) => this.#shelvesAt(node, claim)));
    return [...shelves]
      .filter(({ volumes }) => volumes.some((each) => this.#serves(each, claim)))
      .map(({ reach }) => reach);
  }

  /** Whether a volume serves both claims, one on some of the nodes and the other on some of its. */
  overlaps(
    nodes: readonly NodeEntry[],
    claim: ClaimEntry,
    others: readonly NodeEntry[],
    other: ClaimEntry,
  ): boolean {
    if (claim.className !== other.className) {
      return false;
    }
    const shelves = new Set(nodes.flatMap((node) => this.#shelvesAt(node, claim)));
    return others
      .flatMap((node) => this.#shelvesAt(node, other))
      .some(
        (shelf) =>
          shelves.has(shelf) &&
          shelf.volumes.some((each) => this.#serves(each, claim) && this.#serves(each, other)),
      );
  }

  #serving(shelves: readonly Shelf[], claim: ClaimEntry, taken: ReadonlySet<string>): LateVolume[] {
    const found: LateVolume[] = [];
    for (const { reach, volumes } of shelves) {
      const volume = volumes.find((each) => !taken.has(each.name) && this.#serves(each, claim));
      if (volume !== undefined) {
        found.push({ volume, reach });
      }
    }
    return found;
  }

  // Without buckets: a volume of more modes serves as well as one that has just those asked for.
  #serves(volume: VolumeEntry, claim: ClaimEntry): boolean {
    return (
      this.#holds(volume, claim) &&
      includesModes(volume.modes, claim.modes) &&
      (claim.selector === undefined || selects(claim.selector, volume.labels))
    );
  }

  #isFor(volume: VolumeEntry, claim: ClaimEntry): boolean {
    const uid = volume.claimRef?.uid;
    return (uid === undefined || uid === claim.uid) && this.#holds(volume, claim);
  }

  #holds(volume: VolumeEntry, claim: ClaimEntry): boolean {
    return (
      volume.capacity.rank >= claim.request.rank &&
      volume.volumeMode === claim.volumeMode &&
      (!this.#attributes || volume.attributesClass === claim.attributesClass)
    );
  }

  #shelvesAt(node: NodeEntry, { className = '' }: ClaimEntry): readonly Shelf[] {
    const shelves = this.#shelvesOf(className);
    const local = shelves.byNode.get(node);
    return local === undefined ? shelves.anywhere : [...shelves.anywhere, ...local];
  }

  #shelvesOf(className: string): ClassShelves {
    let shelves = this.#shelves.get(className);
    if (shelves === undefined) {
      shelves = this.#sort(this.#byClass.get(className) ?? []);
      this.#shelves.set(className, shelves);
    }
    return shelves;
  }

  #sort(volumes: readonly VolumeEntry[]): ClassShelves {
    const shelves = new Map<string, Shelf>();
    for (const volume of volumes) {
      const reach = this.#reaches.of(volume);
      const id = JSON.stringify([
        reach.id,
        volume.modes,
        volume.volumeMode,
        volume.attributesClass,
      ]);
      const shelf = shelves.get(id);
      if (shelf === undefined) {
        shelves.set(id, { reach, volumes: [volume] });
      } else {
        shelf.volumes.push(volume);
      }
    }
    const byNode = new Map<NodeEntry, Shelf[]>();
    for (const shelf of shelves.values()) {
      shelf.volumes.sort(bySize);
      // Zone labels do not count before the volume is bound.
      for (const node of shelf.reach.affinity ?? []) {
        push(byNode, node, shelf);
      }
    }
    const all = [...shelves.values()];
    return { anywhere: all.filter(({ reach }) => reach.affinity === undefined), byNode };
  }
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [value]);
  } else {
    list.push(value);
  }
}

function bySize(a: VolumeEntry, b: VolumeEntry): number {
  return a.capacity.rank - b.capacity.rank;
}
