import type { LabelSelector } from '../kube/label-selector';
import type { Cell, Segment } from './cell';
import type { ModeSet } from './mode-set';
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
  readonly places: Int32Array | undefined;

  /** Its segments, over indexes into `places`. */
  readonly segments: readonly Segment[];

  readonly #shapes = new Map<number, Shape>();
  readonly #all: Shape[] = [];
  readonly #names = new Map<string, readonly string[]>();

  constructor(
    readonly cell: Cell,
    readonly modes: ModeSet,
    readonly selector: LabelSelector | undefined,
    places: Int32Array | undefined,
  ) {
    this.places = places;
    this.segments = places === undefined ? [] : segmentsOf(cell, places);
  }

  /** The shapes, smallest size first once `seal` was called. */
  get shapes(): readonly Shape[] {
    return this.#all;
  }

  /** Joins a claim; what comes back is shared by all of its size, unless there is a stop. */
  join(rank: number, stop?: Stop): Shape {
    let shape = stop === undefined ? this.#shapes.get(rank) : undefined;
    if (shape === undefined) {
      shape = { family: this, rank, count: 0, stop, reach: NO_REACH };
      this.#all.push(shape);
      if (stop === undefined) {
        this.#shapes.set(rank, shape);
      }
    }
    shape.count += 1;
    return shape;
  }

  /** Whether there is any candidate of that size before the search ends. */
  offers(rank: number, stop?: Stop): boolean {
    return this.places === undefined
      ? this.#finds(rank, stop)
      : this.segments.some(
          (segment) => isBefore(segment, stop) && this.firstOf(segment, rank) < segment.hi,
        );
  }

  /**
   * Names of what a shape can reach, in the order in which they are preferred; frozen, and the same
   * list for the same reach.
   */
  volumesOf({ rank, stop, reach }: Shape): readonly string[] {
    const key =
      this.places === undefined ? `${rank}` : reach.runs.map(({ lo, hi }) => `${lo}-${hi}`).join();
    let names = this.#names.get(key);
    if (names === undefined) {
      names = Object.freeze(
        this.places === undefined ? this.#search(rank, stop) : this.#list(reach.runs, this.places),
      );
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

  /** Whether all the volumes that a shape can reach pass; stops at the first that does not. */
  everyVolume({ reach }: Shape, passes: (volume: VolumeEntry) => boolean): boolean {
    const { places } = this;
    if (places === undefined) {
      return this.cell.volumes.every(passes);
    }
    return reach.runs.every(({ lo, hi }) => {
      for (let index = lo; index < hi; index += 1) {
        const volume = this.cell.volumes[places[index] as number];
        if (volume !== undefined && !passes(volume)) {
          return false;
        }
      }
      return true;
    });
  }

  #list(runs: readonly Run[], places: Int32Array): readonly string[] {
    const names: string[] = [];
    for (const { lo, hi } of runs) {
      for (let index = lo; index < hi; index += 1) {
        names.push(this.cell.volumes[places[index] as number]?.name ?? '');
      }
    }
    return names;
  }

  // Candidates that were too many to list: the few claims that ask for them look again.
  #finds(rank: number, stop: Stop | undefined): boolean {
    return this.#places(rank, stop).next().done === false;
  }

  #search(rank: number, stop: Stop | undefined): readonly string[] {
    return [...this.#places(rank, stop)].map((place) => this.cell.volumes[place]?.name ?? '');
  }

  *#places(rank: number, stop: Stop | undefined): Generator<number> {
    const { ranks, segments } = this.cell;
    for (const segment of segments) {
      if (isBefore(segment, stop)) {
        const first = firstFrom(segment, rank, (place) => ranks[place] as number);
        for (let place = first; place < segment.hi; place += 1) {
          if (this.cell.matches(place, this.modes, this.selector)) {
            yield place;
          }
        }
      }
    }
  }

  /** Puts the shapes in order once all claims have joined. */
  seal(): void {
    this.#all.sort((a, b) => a.rank - b.rank);
  }

  /** Rank of the capacity of the candidate. */
  rankAt(index: number): number {
    return this.cell.ranks[this.places?.[index] ?? -1] ?? -1;
  }

  /** The first candidate of the segment that is large enough. */
  firstOf(segment: Segment, rank: number): number {
    return firstFrom(segment, rank, (index) => this.rankAt(index));
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

function firstFrom(
  { lo: low, hi: high }: Segment,
  rank: number,
  rankAt: (index: number) => number,
): number {
  let lo = low;
  let hi = high;
  while (lo < hi) {
    const middle = (lo + hi) >>> 1;
    if (rankAt(middle) < rank) {
      lo = middle + 1;
    } else {
      hi = middle;
    }
  }
  return lo;
}

/**
 * The candidates of claims with these modes and labels. Undefined where the volumes that have to be
 * looked at are more than `spend` allows.
 */
export function candidates(
  cell: Cell,
  modes: ModeSet,
  selector: LabelSelector | undefined,
  spend: (volumes: number) => boolean,
): Int32Array | undefined {
  const narrowed = selector === undefined ? undefined : cell.narrow(selector);
  const size = narrowed?.length ?? cell.volumes.length;
  if (selector !== undefined && !spend(size)) {
    return undefined;
  }
  const places: number[] = [];
  for (let index = 0; index < size; index += 1) {
    const place = narrowed === undefined ? index : (narrowed[index] as number);
    if (cell.matches(place, modes, selector)) {
      places.push(place);
    }
  }
  return Int32Array.from(places);
}

function segmentsOf(cell: Cell, places: Int32Array): readonly Segment[] {
  const segments: Segment[] = [];
  let lo = 0;
  for (const segment of cell.segments) {
    let hi = lo;
    // Few places over many segments, or many over few: either way each is passed once.
    while (hi < places.length && (places[hi] as number) < segment.hi) {
      hi += 1;
    }
    if (hi > lo) {
      segments.push({ ...segment, lo, hi });
      lo = hi;
    }
    if (lo === places.length) {
      break;
    }
  }
  return segments;
}
