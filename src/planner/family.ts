import { compileSelector, type LabelSelector, type Labels } from '../kube/label-selector';
import { type Cell, type Places, type Segment, total } from './cell';
import { includesModes, type ModeSet } from './mode-set';
import type { VolumeEntry } from './volume-entry';

/** A run of a family's candidates: indexes from `lo` up to, without, `hi`. */
export interface Run {
  readonly lo: number;
  readonly hi: number;
}

/** What claims of one family and size can reach. */
export interface Reach {
  /** Candidates that some order gives them. */
  readonly runs: readonly Run[];

  /** Whether some order leaves them none of all their candidates. */
  readonly exhausts: boolean;

  /** Whether some order takes them to the reservation that they stop at. */
  readonly stops: boolean;
}

/** A volume that is reserved for a claim ends its search at that bucket. */
export interface Stop {
  /** How many modes the bucket has. */
  readonly level: number;

  /** The buckets of that level that hold a reserved volume. */
  readonly modes: readonly ModeSet[];
}

/** Claims of one family that ask for the same size: to the controller they are the same claim. */
export interface Shape {
  readonly family: Family;

  /** Rank of the size among all amounts. */
  readonly rank: number;

  /** How many claims there are of it. */
  count: number;

  /** Where the search ends, for a claim with a reservation; such a shape is its own. */
  readonly stop?: Stop;
  reach: Reach;
}

const NO_REACH: Reach = { runs: [], exhausts: true, stops: true };

/**
 * Claims of one cell that ask for the same modes and labels, and so have the same candidates but
 * for their size.
 */
export class Family {
  /** Places of its candidates in the cell; undefined where finding them all would cost too much. */
  readonly places: Places | undefined;

  /** Its segments, over indexes into `places`. */
  readonly segments: readonly Segment[];

  /** The shapes, smallest size first once `seal` was called. */
  readonly shapes: Shape[] = [];

  /** What is needed to look for candidates that are not listed. */
  readonly #search: Search | undefined;

  // A hundred thousand families may be of one claim each; those need neither.
  #shared: Map<number, Shape> | undefined;
  #names: Map<string, readonly string[]> | undefined;

  /**
   * @param cell - the volumes
   * @param modes - the modes that the claims ask for
   * @param selector - the labels that they ask for
   * @param spend - whether so many volumes may be looked at
   */
  constructor(
    readonly cell: Cell,
    modes: ModeSet,
    selector: LabelSelector | undefined,
    spend: (volumes: number) => boolean,
  ) {
    const search = new Search(cell, modes, selector);
    // The few lists of claims without a selector are shared by all of them.
    this.places = selector === undefined || spend(search.looks) ? search.all() : undefined;
    this.#search = this.places === undefined ? search : undefined;
    this.segments = this.places === undefined ? [] : segmentsOf(cell, this.places);
  }

  /** Joins a claim; what comes back is shared by all of its size, unless there is a stop. */
  join(rank: number, stop?: Stop): Shape {
    let shape = stop === undefined ? this.#shapeOf(rank) : undefined;
    if (shape === undefined) {
      shape = { family: this, rank, count: 0, stop, reach: NO_REACH };
      this.shapes.push(shape);
      if (stop === undefined && this.shapes.length > 1) {
        this.#shared ??= new Map(
          this.shapes.filter((each) => each.stop === undefined).map((each) => [each.rank, each]),
        );
        this.#shared.set(rank, shape);
      }
    }
    shape.count += 1;
    return shape;
  }

  /** Puts the shapes in order once all claims have joined. */
  seal(): void {
    this.shapes.sort((a, b) => a.rank - b.rank);
  }

  /** How many claims it has. */
  get claims(): number {
    return this.shapes.reduce((sum, { count }) => sum + count, 0);
  }

  /** Whether there is any candidate of that size before the search ends. */
  offers(rank: number, stop?: Stop): boolean {
    if (this.#search !== undefined) {
      return this.#search.from(rank, stop).next().done === false;
    }
    for (const segment of this.segments) {
      if (isBefore(segment, stop) && this.firstOf(segment, rank) < segment.hi) {
        return true;
      }
    }
    return false;
  }

  /**
   * Names of what a shape can reach, in the order in which they are preferred; frozen, and the same
   * list for the same reach.
   */
  volumesOf(shape: Shape): readonly string[] {
    const runs = shape.reach.runs.map(({ lo, hi }) => `${lo}-${hi}`);
    const key = this.places === undefined ? `${shape.rank}` : runs.join();
    this.#names ??= new Map();
    let names = this.#names.get(key);
    if (names === undefined) {
      names = Object.freeze(Array.from(this.reached(shape), ({ name }) => name));
      this.#names.set(key, names);
    }
    return names;
  }

  /** How many volumes a shape can reach, without making the list. */
  countOf({ reach }: Shape): number {
    return this.places === undefined
      ? Number.POSITIVE_INFINITY
      : reach.runs.reduce((sum, { lo, hi }) => sum + hi - lo, 0);
  }

  /** The volumes that a shape can reach. */
  *reached({ rank, stop, reach }: Shape): Generator<VolumeEntry> {
    const { volumes } = this.cell;
    if (this.places === undefined) {
      const found = this.#search?.from(rank, stop) ?? [];
      for (const place of [...found].sort((a, b) => a - b)) {
        yield volumes[place] as VolumeEntry;
      }
      return;
    }
    for (const { lo, hi } of reach.runs) {
      for (let index = lo; index < hi; index += 1) {
        yield volumes[this.places[index] as number] as VolumeEntry;
      }
    }
  }

  /** Rank of the capacity of the candidate. */
  rankAt(index: number): number {
    return this.cell.ranks[this.places?.[index] ?? -1] ?? -1;
  }

  /** The first candidate of the segment that is large enough. */
  firstOf({ lo, hi }: Segment, rank: number): number {
    return firstFrom(lo, hi, (index) => this.rankAt(index) >= rank);
  }

  #shapeOf(rank: number): Shape | undefined {
    const [only] = this.shapes;
    return this.#shared === undefined
      ? only?.rank === rank && only.stop === undefined
        ? only
        : undefined
      : this.#shared.get(rank);
  }
}

/** Looks for the volumes of a cell that have the modes and the labels asked for. */
class Search {
  readonly #cell: Cell;
  readonly #modes: ModeSet;
  readonly #matches: ((labels: Labels) => boolean) | undefined;
  readonly #narrowed: readonly Places[] | undefined;

  constructor(cell: Cell, modes: ModeSet, selector: LabelSelector | undefined) {
    this.#cell = cell;
    this.#modes = modes;
    this.#matches = selector === undefined ? undefined : compileSelector(selector);
    this.#narrowed = selector === undefined ? undefined : cell.narrow(selector);
  }

  /** How many volumes have to be looked at to find all. */
  get looks(): number {
    return this.#narrowed === undefined ? this.#cell.volumes.length : total(this.#narrowed);
  }

  /** Places of all candidates, ascending. */
  all(): Places {
    const places: number[] = [];
    if (this.#narrowed === undefined) {
      for (let place = 0; place < this.#cell.volumes.length; place += 1) {
        if (this.#accepts(place)) {
          places.push(place);
        }
      }
      return places;
    }
    for (const list of this.#narrowed) {
      for (const place of list) {
        if (this.#accepts(place)) {
          places.push(place);
        }
      }
    }
    return this.#narrowed.length > 1 ? places.sort((a, b) => a - b) : places;
  }

  /** Places of candidates of that size, in no order; where one is enough, it is found soon. */
  *from(rank: number, stop: Stop | undefined): Generator<number> {
    const { ranks, segments } = this.#cell;
    for (const segment of segments) {
      const serves = segment.modes === undefined || includesModes(segment.modes, this.#modes);
      if (serves && isBefore(segment, stop)) {
        const lo = firstFrom(segment.lo, segment.hi, (place) => (ranks[place] as number) >= rank);
        yield* this.#between(lo, segment.hi);
      }
    }
  }

  *#between(lo: number, hi: number): Generator<number> {
    if (this.#narrowed === undefined) {
      for (let place = lo; place < hi; place += 1) {
        if (this.#accepts(place)) {
          yield place;
        }
      }
      return;
    }
    for (const list of this.#narrowed) {
      const first = firstFrom(0, list.length, (index) => (list[index] as number) >= lo);
      for (let index = first; index < list.length && (list[index] as number) < hi; index += 1) {
        if (this.#accepts(list[index] as number)) {
          yield list[index] as number;
        }
      }
    }
  }

  #accepts(place: number): boolean {
    const { modes, labels } = this.#cell.volumes[place] as VolumeEntry;
    return includesModes(modes, this.#modes) && (this.#matches?.(labels) ?? true);
  }
}

/** Whether a search that ends at the stop looks at the segment. */
function isBefore({ level, modes = 0 }: Segment, stop: Stop | undefined): boolean {
  return (
    stop === undefined ||
    level < stop.level ||
    (level === stop.level && !stop.modes.includes(modes))
  );
}

/** The first index that passes, where all behind one that passes do; `high` where none does. */
function firstFrom(low: number, high: number, passes: (index: number) => boolean): number {
  let lo = low;
  let hi = high;
  while (lo < hi) {
    const middle = (lo + hi) >>> 1;
    if (passes(middle)) {
      hi = middle;
    } else {
      lo = middle + 1;
    }
  }
  return lo;
}

function segmentsOf(cell: Cell, places: Places): readonly Segment[] {
  const segments: Segment[] = [];
  let lo = 0;
  for (const segment of cell.segments) {
    if (lo === places.length) {
      break;
    }
    const hi = firstFrom(lo, places.length, (index) => (places[index] as number) >= segment.hi);
    if (hi > lo) {
      segments.push({ ...segment, lo, hi });
      lo = hi;
    }
  }
  return segments;
}
