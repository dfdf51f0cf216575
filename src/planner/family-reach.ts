import type { Segment } from './cell';
import type { Family, Reach, Run, Shape } from './family';
import type { RivalGroup } from './rivals';

/** Where nothing stops a claim. */
const NEVER = Number.POSITIVE_INFINITY;

/**
 * Sets what each shape of the family can reach.
 *
 * @param family - the claims
 * @param group - whom they compete with
 * @param takers - how many claims can take each volume; undefined where that is not known
 */
export function reachFamily(
  family: Family,
  group: RivalGroup,
  takers: Int32Array | undefined,
): void {
  if (group.size === 1) {
    for (const shape of family.shapes) {
      shape.reach = alone(family, shape);
    }
    return;
  }
  const bounds = family.segments.map(
    (segment) => new SegmentBounds(family, segment, group, takers),
  );
  const chain = group.isChain ? chainOf(family) : undefined;
  // Smallest first, so that each bound moves in one direction.
  for (const shape of family.shapes) {
    shape.reach = walk(family, shape, bounds, group.size - 1, chain);
  }
}

/** What a claim takes that nobody competes with. */
function alone(family: Family, { rank, stop }: Shape): Reach {
  const runs: Run[] = [];
  let level = Number.POSITIVE_INFINITY;
  for (const segment of family.segments) {
    if (segment.level > level || (stop !== undefined && segment.level > stop.level)) {
      break;
    }
    if (stop?.level === segment.level && stop.modes.includes(segment.modes ?? 0)) {
      continue;
    }
    const lo = family.firstOf(segment, rank);
    if (lo < segment.hi) {
      const size = family.rankAt(lo);
      let hi = segment.unordered ? segment.hi : lo + 1;
      while (hi < segment.hi && family.rankAt(hi) === size) {
        hi += 1;
      }
      runs.push({ lo, hi });
      level = segment.level;
    }
  }
  const stops = stop !== undefined && stop.level <= level;
  return { runs, exhausts: runs.length === 0 && stop === undefined, stops };
}

/** Goes through the candidates in the order in which they are preferred. */
function walk(
  family: Family,
  { rank, stop }: Shape,
  bounds: readonly SegmentBounds[],
  rivals: number,
  chain: Chain | undefined,
): Reach {
  const runs: Run[] = [];
  const { segments } = family;
  let others = rivals; // how many others can be among the candidates of the level
  let before = 0; // how many candidates of earlier levels have to be taken by them
  for (let from = 0, to = 0; from < segments.length; from = to) {
    const { level } = segments[from] as Segment;
    if (stop !== undefined && level > stop.level) {
      return { runs, exhausts: false, stops: true };
    }
    let found = 0;
    let passes = true;
    for (to = from; to < segments.length && segments[to]?.level === level; to += 1) {
      const segment = segments[to] as Segment;
      if (stop?.level === level && stop.modes.includes(segment.modes ?? 0)) {
        continue; // the reserved volume is taken there
      }
      const lo = family.firstOf(segment, rank);
      if (lo === segment.hi) {
        continue;
      }
      found += segment.hi - lo;
      const bound = bounds[to] as SegmentBounds;
      const end = Math.min(
        bound.end(lo, before, others),
        chain?.segment === to ? chain.end(lo) : NEVER,
      );
      passes &&= end === NEVER;
      runs.push({ lo, hi: Math.min(end, segment.hi) });
    }
    if (stop?.level === level) {
      return { runs, exhausts: false, stops: true };
    }
    if (chain !== undefined && from === 0 && chain.segment === 0) {
      others = chain.overflow - 1;
    } else {
      before += found;
    }
    if (!passes || before > others) {
      return { runs, exhausts: false, stops: false };
    }
  }
  return { runs, exhausts: true, stops: stop !== undefined };
}

/** How far into a segment a claim can be pushed by others. */
class SegmentBounds {
  /** End of the run of equal sizes that each index is in. */
  readonly #tierEnds: Int32Array | number[];

  /** End of the first tier, from each index on, that holds a volume which nobody else can take. */
  readonly #ownEnds: Float64Array | number[];

  #pushed: number;

  constructor(
    readonly family: Family,
    readonly segment: Segment,
    readonly group: RivalGroup,
    takers: Int32Array | undefined,
  ) {
    const { lo, hi } = segment;
    // Typed arrays are slow to make; most families are small, and there may be many.
    const small = hi - lo < 64;
    this.#tierEnds = small ? new Array<number>(hi - lo) : new Int32Array(hi - lo);
    this.#ownEnds = small ? new Array<number>(hi - lo) : new Float64Array(hi - lo);
    let tierEnd = hi;
    let ownEnd = NEVER;
    for (let index = hi - 1; index >= lo; index -= 1) {
      if (index + 1 < hi && family.rankAt(index) !== family.rankAt(index + 1)) {
        tierEnd = index + 1;
      }
      const place = family.places?.[index] as number;
      if (takers !== undefined && (takers[place] as number) <= 1) {
        ownEnd = tierEnd;
      }
      this.#tierEnds[index - lo] = tierEnd;
      this.#ownEnds[index - lo] = ownEnd;
    }
    this.#pushed = lo;
  }

  /**
   * End of what is reached from the index on; NEVER where all of it can be taken by others.
   *
   * @param from - the first candidate
   * @param before - how many candidates have to be taken before the segment is looked at
   * @param others - how many others can take any of them
   */
  end(from: number, before: number, others: number): number {
    const { lo, hi, unordered } = this.segment;
    const own = this.#ownEnds[from - lo] as number;
    if (unordered) {
      return own !== NEVER || hi - from + before > others ? hi : NEVER;
    }
    // The tier in which more are preferred than there are others to take them.
    const last = from + others - before;
    const counted = last < from ? from : last < hi ? last : undefined;
    const ends = [own, counted === undefined ? NEVER : (this.#tierEnds[counted - lo] as number)];
    if (before === 0) {
      ends.push(this.#pushedTo(from));
    }
    return Math.min(...ends);
  }

  /**
   * End of the first tier that the claims no larger than it cannot fill. It moves up with `from`,
   * so that all claims of a family together pass over the segment once.
   */
  #pushedTo(from: number): number {
    const { lo, hi } = this.segment;
    let index = Math.max(this.#pushed, from);
    while (index < hi) {
      const end = this.#tierEnds[index - lo] as number;
      if (end - from > this.group.upTo(this.family.rankAt(index)) - 1) {
        this.#pushed = index;
        return end;
      }
      index = end;
    }
    this.#pushed = hi;
    return NEVER;
  }
}

/** The first level of a family that no other competes with, where it is a single segment. */
interface Chain {
  /** Index of the segment, always the first. */
  readonly segment: number;

  /** How many claims it cannot hold, whatever the order. */
  readonly overflow: number;

  /** End of what a claim that begins at the index can reach; NEVER where it can overflow. */
  end(from: number): number;
}

/**
 * Claims that take the first free place from their own on fill the same places in every order, as
 * in a hash table with linear probing. So a claim can be pushed on exactly until the first tier
 * past which nobody overflows.
 */
function chainOf(family: Family): Chain | undefined {
  const [first, second] = family.segments;
  if (first === undefined || first.unordered || second?.level === first.level) {
    return undefined;
  }
  const { lo, hi } = first;
  const arrivals = new Int32Array(hi - lo + 1);
  for (const { rank, count } of family.shapes) {
    const from = family.firstOf(first, rank) - lo;
    arrivals[from] = (arrivals[from] as number) + count;
  }
  const calmEnds: number[] = new Array(hi - lo);
  let excess = 0;
  let since = lo; // the first index whose end is not known yet
  for (let index = lo; index < hi; ) {
    const rank = family.rankAt(index);
    let end = index;
    for (; end < hi && family.rankAt(end) === rank; end += 1) {
      excess += arrivals[end - lo] as number;
    }
    excess = Math.max(0, excess - (end - index));
    if (excess === 0) {
      calmEnds.fill(end, since - lo, end - lo);
      since = end;
    }
    index = end;
  }
  calmEnds.fill(NEVER, since - lo);
  const overflow = excess + (arrivals[hi - lo] as number);
  return { segment: 0, overflow, end: (from) => calmEnds[from - lo] ?? NEVER };
}
