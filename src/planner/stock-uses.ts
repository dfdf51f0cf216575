import type { LateClaim } from './late-claim';
import type { LatePool } from './late-pool';
import type { LateStock } from './late-stock';
import type { VolumeEntry } from './volume-entry';

// Selectors that each match most volumes are not compared: all are taken to be after all of them.
const MOST_VOLUMES = 1_000_000;

/**
 * How many claims are after volumes of a stock, whatever their sizes and nodes.
 *
 * That is more than there are, but where each claim selects volumes of its own it is few.
 */
export class StockUses {
  readonly #claims = new Map<LateStock, number>();
  readonly #byVolume = new Map<VolumeEntry, LateStock[]>();
  readonly #overlapping = new Map<LateStock, ReadonlySet<LateStock>>();
  readonly #isOpen: boolean;

  constructor(
    claims: Iterable<{ readonly claim: LateClaim; readonly claims: number }>,
    private readonly pool: LatePool,
  ) {
    let volumes = 0;
    let isOpen = false;
    for (const { claim, claims: count } of claims) {
      const stock = pool.stockFor(claim.entry);
      if (stock === undefined || volumes > MOST_VOLUMES) {
        isOpen = true;
        break;
      }
      if (!this.#claims.has(stock)) {
        volumes += stock.volumes.length;
        this.#index(stock);
      }
      this.#claims.set(stock, (this.#claims.get(stock) ?? 0) + count);
    }
    this.#isOpen = isOpen;
  }

  /**
   * How many claims are after volumes that any of the shapes is after; undefined where that is too
   * much to say.
   *
   * @param own - claims that do not count
   */
  rivals(shapes: readonly LateClaim[], own: readonly LateClaim[]): number | undefined {
    const all = new Set<LateStock>();
    for (const { entry } of shapes) {
      const stock = this.#isOpen ? undefined : this.pool.stockFor(entry);
      if (stock === undefined) {
        return undefined;
      }
      for (const other of this.#overlappingWith(stock)) {
        all.add(other);
      }
    }
    let rivals = 0;
    for (const stock of all) {
      rivals += this.#claims.get(stock) ?? 0;
    }
    for (const { entry } of own) {
      const stock = this.pool.stockFor(entry);
      rivals -= stock !== undefined && all.has(stock) ? 1 : 0;
    }
    return rivals;
  }

  #index(stock: LateStock): void {
    for (const volume of stock.volumes) {
      const stocks = this.#byVolume.get(volume);
      if (stocks === undefined) {
        this.#byVolume.set(volume, [stock]);
      } else {
        stocks.push(stock);
      }
    }
  }

  #overlappingWith(stock: LateStock): ReadonlySet<LateStock> {
    let overlapping = this.#overlapping.get(stock);
    if (overlapping === undefined) {
      const found = new Set<LateStock>();
      for (const volume of stock.volumes) {
        for (const other of this.#byVolume.get(volume) ?? []) {
          found.add(other);
        }
      }
      overlapping = found;
      this.#overlapping.set(stock, overlapping);
    }
    return overlapping;
  }
}
