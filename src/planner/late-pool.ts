import { compileSelector } from '../kube/label-selector';
import type { ClaimEntry } from './claim-entry';
import type { Effort } from './effort';
import type { Inventory, NodeEntry } from './inventory';
import { conditionsOf, LabelIndex } from './label-index';
import type { LateClaim, LateVolume } from './late-claim';
import { LateStock } from './late-stock';
import { includesModes } from './mode-set';
import type { NewVolumes } from './new-volumes';
import { textOf } from './object-text';
import type { VolumeEntry } from './volume-entry';
import type { VolumeReaches } from './volume-reach';

/** The free volumes of a class. */
interface ClassVolumes {
  readonly volumes: VolumeEntry[];
  labels?: LabelIndex<VolumeEntry>;
}

/**
 * The free volumes that the scheduler takes for claims that wait for a pod.
 *
 * Source: Kubernetes, pkg/scheduler/framework/plugins/volumebinding, FindMatchingVolume: without
 * the controller's buckets, a volume of more modes serves as well as one of just those asked for.
 */
export class LatePool {
  readonly #byClass = new Map<string, ClassVolumes>();
  readonly #reserved = new Map<string, VolumeEntry[]>();
  readonly #stocks = new Map<string, LateStock>();

  /** @param attributes - whether a claim's and a volume's VolumeAttributesClass have to agree */
  constructor(
    { volumes, claims }: Inventory,
    private readonly reaches: VolumeReaches,
    private readonly attributes: boolean,
    readonly made: NewVolumes,
    readonly effort: Effort,
  ) {
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
        const reserved = this.#reserved.get(volume.claimRef.key);
        if (reserved === undefined) {
          this.#reserved.set(volume.claimRef.key, [volume]);
        } else {
          reserved.push(volume);
        }
      } else if ((volume.phase ?? 'Available') === 'Available' && !named.has(volume.name)) {
        const key = this.#keyOf(volume.className, volume);
        const known = this.#byClass.get(key);
        if (known === undefined) {
          this.#byClass.set(key, { volumes: [volume] });
        } else {
          known.volumes.push(volume);
        }
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
    return volume && { volume, reach: this.reaches.of(volume) };
  }

  /** The volume to which the controller binds the claim at once, whatever its class. */
  preBound(claim: ClaimEntry): LateVolume | undefined {
    const volume = this.#reserved
      .get(claim.key)
      ?.find((each) => this.#isFor(each, claim) && includesModes(each.modes, claim.modes));
    return volume && { volume, reach: this.reaches.of(volume) };
  }

  /** The smallest volumes on the node that serve the claim; several where sizes tie. */
  smallestAt(node: NodeEntry, claim: ClaimEntry, taken: ReadonlySet<string>): LateVolume[] {
    const found = this.anyAt(node, claim, taken);
    if (found.length < 2) {
      return found;
    }
    const least = found.reduce(
      (rank, { volume }) => Math.min(rank, volume.capacity.rank),
      Infinity,
    );
    return found.filter(({ volume }) => volume.capacity.rank === least);
  }

  /** A volume of each kind on the node that serves the claim, smallest or not. */
  anyAt(node: NodeEntry, claim: ClaimEntry, taken: ReadonlySet<string>): LateVolume[] {
    const shelves = this.stockFor(claim)?.shelvesAt(node) ?? [];
    this.effort.spend(shelves.length >> 2);
    return shelves.flatMap((shelf) => {
      const { volumes, reach } = shelf;
      for (let index = shelf.from(claim.request.rank); index < volumes.length; index += 1) {
        const volume = volumes[index] as VolumeEntry;
        if (!taken.has(volume.name)) {
          return { volume, reach };
        }
      }
      return [];
    });
  }

  /** How many volumes serve the claim on one of the nodes; counting stops at `enough`. */
  count(nodes: readonly NodeEntry[], claim: ClaimEntry, enough: number): number {
    let count = 0;
    for (const shelf of this.stockFor(claim)?.shelvesOn(nodes) ?? []) {
      count += shelf.volumes.length - shelf.from(claim.request.rank);
      if (count >= enough) {
        return enough;
      }
    }
    return count;
  }

  /** Whether volumes that serve the claim can be used on none of the nodes. */
  servesElsewhere(nodes: readonly NodeEntry[], claim: ClaimEntry): boolean {
    const all = this.stockFor(claim)?.countFrom(claim.request.rank) ?? 0;
    return this.count(nodes, claim, all) < all;
  }

  /** Whether zone labels say where volumes of the claim can be used, once they are bound. */
  isZoned({ entry, reserved }: LateClaim): boolean {
    return reserved === undefined
      ? (this.stockFor(entry)?.isZoned ?? true)
      : reserved.reach.zones !== undefined;
  }

  /** Whether a volume serves both claims, one on some of the nodes and the other on some of its. */
  overlaps(
    nodes: readonly NodeEntry[],
    claim: ClaimEntry,
    others: readonly NodeEntry[],
    other: ClaimEntry,
  ): boolean {
    const [mine, theirs] = [this.stockFor(claim), this.stockFor(other)];
    return (
      mine !== undefined &&
      theirs !== undefined &&
      mine.overlaps(
        nodes,
        theirs,
        others,
        Math.max(claim.request.rank, other.request.rank),
        this.effort,
      )
    );
  }

  /** The volumes that serve the claim but for their size; undefined where that takes too long. */
  stockFor(claim: ClaimEntry): LateStock | undefined {
    const { className = '', modes, selector } = claim;
    const base = this.#keyOf(className, claim);
    const key = `${base}\n${modes}\n${selector === undefined ? '' : textOf(selector)}`;
    let stock = this.#stocks.get(key);
    if (stock === undefined) {
      const volumes = this.#volumesFor(claim, this.#byClass.get(base));
      if (volumes === undefined) {
        return undefined;
      }
      stock = new LateStock(volumes, this.reaches);
      this.#stocks.set(key, stock);
    }
    return stock;
  }

  #volumesFor(
    { modes, selector }: ClaimEntry,
    of: ClassVolumes | undefined,
  ): readonly VolumeEntry[] | undefined {
    const all = of?.volumes ?? [];
    if (of === undefined || selector === undefined) {
      return all.filter((each) => includesModes(each.modes, modes));
    }
    of.labels ??= new LabelIndex(all, ({ labels }) => labels);
    const narrow = of.labels.narrow(conditionsOf(selector));
    if (!this.effort.spend(narrow.length >> 2)) {
      return undefined;
    }
    const selects = compileSelector(selector);
    return narrow.filter(({ modes: has, labels }) => includesModes(has, modes) && selects(labels));
  }

  #isFor(volume: VolumeEntry, claim: ClaimEntry): boolean {
    const uid = volume.claimRef?.uid;
    return (
      (uid === undefined || uid === claim.uid) &&
      volume.capacity.rank >= claim.request.rank &&
      volume.volumeMode === claim.volumeMode &&
      (!this.attributes || volume.attributesClass === claim.attributesClass)
    );
  }

  #keyOf(
    className: string,
    { volumeMode, attributesClass }: Pick<VolumeEntry, 'volumeMode' | 'attributesClass'>,
  ): string {
    return `${className}\n${volumeMode}\n${this.attributes ? attributesClass : ''}`;
  }
}
