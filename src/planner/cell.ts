import type { LabelSelector } from '../kube/label-selector';
import { affinityText } from './affinity-text';
import { countModes, type ModeSet } from './mode-set';
import type { VolumeEntry } from './volume-entry';

/**
 * Volumes of a cell that are looked at together, smallest first.
 *
 * For the controller it is a bucket, the volumes of one set of access modes; it looks at buckets of
 * fewer modes first. For the scheduler it is the volumes of one node affinity, of mixed modes; the
 * node decides at which it looks.
 */
export interface Segment {
  /** Segments of a lower level are looked at first, those of one level in any order. */
  readonly level: number;

  /** The set of modes of a bucket; undefined where modes are mixed. */
  readonly modes?: ModeSet;

  /** Whether any of its volumes can be the one, because too many node affinities are in it. */
  readonly unordered?: boolean;

  /** Place of its first volume. */
  readonly lo: number;

  /** Place behind its last volume. */
  readonly hi: number;
}

/** Places in a cell, ascending. */
export type Places = readonly number[];

/** How many places there are in the lists. */
export function total(lists: readonly Places[]): number {
  return lists.reduce((sum, list) => sum + list.length, 0);
}

/** More node affinities in one cell are not told apart: every claim would have to look at each. */
const MOST_AFFINITIES = 64;

/**
 * Free volumes that only claims of one class, volume mode and VolumeAttributesClass can take, each
 * at a place; segment by segment, and in a segment by size.
 */
export class Cell {
  readonly volumes: readonly VolumeEntry[];

  /** Rank of each volume's capacity among all amounts, by place. */
  readonly ranks: Int32Array;
  readonly segments: readonly Segment[];

  #labels: Map<string, Map<string, number[]>> | undefined;

  /**
   * @param volumes - the volumes, in any order
   * @param delayed - whether the scheduler takes them, and not the controller
   */
  constructor(volumes: readonly VolumeEntry[], delayed: boolean) {
    const groups = delayed ? byAffinity(volumes) : byModes(volumes);
    const all: VolumeEntry[] = [];
    const segments: Segment[] = [];
    for (const { members, ...kind } of groups) {
      const lo = all.length;
      for (const volume of sorted(members)) {
        all.push(volume);
      }
      segments.push({ ...kind, lo, hi: all.length });
    }
    this.volumes = all;
    this.segments = segments;
    this.ranks = Int32Array.from(all, rankOf);
  }

  /**
   * Lists of places, each ascending, of which the selector can match some; all others it does not
   * match. Undefined where it names no label that a volume must have, so that it can match any.
   */
  narrow({ matchLabels, matchExpressions }: LabelSelector): readonly Places[] | undefined {
    let best: readonly Places[] | undefined;
    let least = Number.POSITIVE_INFINITY;
    const offer = (lists: readonly Places[]): void => {
      const count = total(lists);
      if (count < least) {
        best = lists;
        least = count;
      }
    };
    for (const key in matchLabels) {
      offer(this.#placesOf(key, [matchLabels[key] as string]));
    }
    for (const { key, operator, values } of matchExpressions ?? []) {
      if (operator === 'In' || operator === 'Exists') {
        offer(this.#placesOf(key, operator === 'In' ? values : undefined));
      }
    }
    return best;
  }

  #placesOf(key: string, values: readonly string[] | undefined): readonly Places[] {
    this.#labels ??= this.#indexLabels();
    const byValue = this.#labels.get(key);
    if (byValue === undefined) {
      return [];
    }
    return values === undefined
      ? [...byValue.values()]
      : [...new Set(values)].flatMap((value) => {
          const places = byValue.get(value);
          return places === undefined ? [] : [places];
        });
  }

  #indexLabels(): Map<string, Map<string, number[]>> {
    const index = new Map<string, Map<string, number[]>>();
    this.volumes.forEach(({ labels }, place) => {
      for (const key in labels) {
        const value = labels[key] as string;
        let byValue = index.get(key);
        if (byValue === undefined) {
          byValue = new Map();
          index.set(key, byValue);
        }
        const places = byValue.get(value);
        if (places === undefined) {
          byValue.set(value, [place]);
        } else {
          places.push(place);
        }
      }
    });
    return index;
  }
}

interface Group {
  readonly level: number;
  readonly modes?: ModeSet;
  readonly unordered?: boolean;
  readonly members: readonly VolumeEntry[];
}

function byModes(volumes: readonly VolumeEntry[]): readonly Group[] {
  const groups = [...gathered(volumes, ({ modes }) => modes)].map(([modes, members]) => ({
    level: countModes(modes),
    modes,
    members,
  }));
  return groups.sort((a, b) => a.level - b.level);
}

function byAffinity(volumes: readonly VolumeEntry[]): readonly Group[] {
  const groups = [...gathered(volumes, affinityText).values()];
  return groups.length > MOST_AFFINITIES
    ? [{ level: 0, unordered: true, members: volumes }]
    : groups.map((members) => ({ level: 0, members }));
}

function gathered<K>(
  volumes: readonly VolumeEntry[],
  keyOf: (volume: VolumeEntry) => K,
): ReadonlyMap<K, readonly VolumeEntry[]> {
  const groups = new Map<K, VolumeEntry[]>();
  for (const volume of volumes) {
    const key = keyOf(volume);
    const members = groups.get(key);
    if (members === undefined) {
      groups.set(key, [volume]);
    } else {
      members.push(volume);
    }
  }
  return groups;
}

function rankOf({ capacity }: VolumeEntry): number {
  return capacity.rank;
}

// By numbers that hold rank and place both: sorting those needs no comparator.
function sorted(volumes: readonly VolumeEntry[]): readonly VolumeEntry[] {
  const count = volumes.length;
  const keys = Float64Array.from(volumes, (volume, index) => rankOf(volume) * count + index).sort();
  return Array.from(keys, (key) => volumes[key % count] as VolumeEntry);
}
