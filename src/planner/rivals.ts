import type { Family } from './family';

/** Families that compete: each shares a candidate with another of the group. */
export class RivalGroup {
  readonly families: Family[] = [];

  /** How many claims of unknown candidates there are, or of a single one that they name. */
  others = 0;

  #ranks: Float64Array | undefined;

  /** How many claims there are that could take one of the candidates. */
  get size(): number {
    return this.#sorted.length + this.others;
  }

  /**
   * Whether all competing claims look at one list in one order, so that who overflows is known:
   * which volumes are taken in the end does not depend on the order in which claims come.
   */
  get isChain(): boolean {
    return (
      this.others === 0 &&
      this.families.length === 1 &&
      this.families.every(({ shapes }) => shapes.every(({ stop }) => stop === undefined))
    );
  }

  /** How many of the claims are no larger than the volume of that rank. */
  upTo(rank: number): number {
    const ranks = this.#sorted;
    let lo = 0;
    let hi = ranks.length;
    while (lo < hi) {
      const middle = (lo + hi) >>> 1;
      if ((ranks[middle] as number) <= rank) {
        lo = middle + 1;
      } else {
        hi = middle;
      }
    }
    return lo + this.others;
  }

  get #sorted(): Float64Array {
    if (this.#ranks === undefined) {
      const all: number[] = [];
      for (const { shapes } of this.families) {
        for (const { rank, count } of shapes) {
          for (let claim = 0; claim < count; claim += 1) {
            all.push(rank);
          }
        }
      }
      this.#ranks = Float64Array.from(all).sort();
    }
    return this.#ranks;
  }
}

/** Puts the families whose candidates are known into groups. */
export function rivalGroups(
  families: readonly Family[],
  pins: ReadonlyMap<number, number>,
): readonly RivalGroup[] {
  const joined = new Joined();
  const owners = new Map<number, Family>();
  let unknown = 0;
  for (const family of families) {
    if (family.places === undefined) {
      unknown += family.shapes.reduce((sum, { count }) => sum + count, 0);
      continue;
    }
    for (const place of family.places) {
      const owner = owners.get(place);
      if (owner === undefined) {
        owners.set(place, family);
      } else {
        joined.join(owner, family);
      }
    }
  }
  const groups = new Map<Family, RivalGroup>();
  for (const family of families) {
    if (family.places !== undefined) {
      const root = joined.rootOf(family);
      const group = groups.get(root) ?? new RivalGroup();
      groups.set(root, group);
      group.families.push(family);
      group.others = unknown;
    }
  }
  for (const [place, count] of pins) {
    const owner = owners.get(place);
    const group = owner && groups.get(joined.rootOf(owner));
    if (group !== undefined) {
      group.others += count;
    }
  }
  return [...groups.values()];
}

/** Sets of families that grow together. */
class Joined {
  readonly #parents = new Map<Family, Family>();

  rootOf(family: Family): Family {
    let root = family;
    for (let up = this.#parents.get(root); up !== undefined; up = this.#parents.get(root)) {
      root = up;
    }
    if (root !== family) {
      this.#parents.set(family, root);
    }
    return root;
  }

  join(a: Family, b: Family): void {
    const rootA = this.rootOf(a);
    const rootB = this.rootOf(b);
    if (rootA !== rootB) {
      this.#parents.set(rootA, rootB);
    }
  }
}
