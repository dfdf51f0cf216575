import type { Family } from './family';

/** Families that compete: each shares a candidate with another of the group. */
export class RivalGroup {
  /** Its families, if it has not been joined to another group. */
  families: Family[];

  /** How many claims there are that could take one of the candidates. */
  size: number;

  /** How many of them are of unknown candidates, or name the one that they want. */
  others = 0;

  #parent: RivalGroup | undefined;
  #ranks: Float64Array | undefined;

  constructor(family: Family) {
    this.families = [family];
    this.size = family.claims;
  }

  /** The group that it has become a part of. */
  get root(): RivalGroup {
    if (this.#parent === undefined) {
      return this;
    }
    this.#parent = this.#parent.root;
    return this.#parent;
  }

  /** Makes one group of two. */
  join(group: RivalGroup): void {
    const [a, b] = [this.root, group.root];
    if (a !== b) {
      const [large, small] = a.families.length < b.families.length ? [b, a] : [a, b];
      large.families.push(...small.families);
      large.size += small.size;
      small.#parent = large;
      small.families = [];
    }
  }

  /** Counts claims in that are of none of its families. */
  add(claims: number): void {
    this.others += claims;
    this.size += claims;
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
    this.#ranks ??= Float64Array.from(
      this.families.flatMap(({ shapes }) =>
        shapes.flatMap((shape) => new Array<number>(shape.count).fill(shape.rank)),
      ),
    ).sort();
    const ranks = this.#ranks;
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
}

/**
 * Puts the families whose candidates are known into groups.
 *
 * @param families - families of one cell
 * @param volumes - how many volumes the cell has
 * @param pins - how many claims name the volume at each place
 */
export function rivalGroups(
  families: readonly Family[],
  volumes: number,
  pins: ReadonlyMap<number, number>,
): readonly RivalGroup[] {
  const owners: (RivalGroup | undefined)[] = new Array(volumes).fill(undefined);
  const groups: RivalGroup[] = [];
  let unknown = 0;
  for (const family of families) {
    if (family.places === undefined) {
      unknown += family.claims;
      continue;
    }
    const group = new RivalGroup(family);
    groups.push(group);
    for (const place of family.places) {
      const owner = owners[place];
      if (owner === undefined) {
        owners[place] = group;
      } else {
        owner.join(group);
      }
    }
  }
  const roots = groups.filter((group) => group.root === group);
  for (const group of roots) {
    group.add(unknown);
  }
  for (const [place, count] of pins) {
    owners[place]?.root.add(count);
  }
  return roots;
}
