import type { Cell } from '../planner/cell';
import type { Family, Run } from '../planner/family';
import { isPlainObject, listAt, nameAt, objectAt } from '../planner/plain-object';
import type { VolumeEntry } from '../planner/volume-entry';
import type { Facts } from './facts';
import { sourceOf } from './volume-source';

/** What a user would mind of a volume that a claim happens to get. */
export interface VolumeTraits {
  /** The driver that serves it, or the kind of its source. */
  readonly driver: string;

  /** Its zones, or `''`. */
  readonly zone: string;
  readonly reclaimPolicy: string;
}

const ZONE_LABELS = [
  'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/zone',
] as const;

const NO_ZONES: readonly string[] = [];

/** The driver, the zone and the reclaim policy of a volume. */
export function traitsOf(volume: VolumeEntry, facts: Pick<Facts, 'version'>): VolumeTraits {
  const source = sourceOf(objectAt(volume.manifest, 'spec'), facts.version);
  return {
    driver: source?.driver ?? source?.plugin ?? '',
    zone: zonesOf(volume).join(' or '),
    reclaimPolicy: volume.reclaimPolicy,
  };
}

function zonesOf({ labels, nodeAffinity }: VolumeEntry): readonly string[] {
  for (const key of ZONE_LABELS) {
    const zones = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (zones !== undefined) {
      return zones.split('__');
    }
  }
  return isPlainObject(nodeAffinity) ? affineZones(nodeAffinity) : NO_ZONES;
}

// Keys of drivers are as good as Kubernetes' own, such as topology.ebs.csi.aws.com/zone.
function affineZones(nodeAffinity: Readonly<Record<string, unknown>>): readonly string[] {
  const zones = new Set<string>();
  for (const term of listAt(nodeAffinity, 'nodeSelectorTerms').filter(isPlainObject)) {
    for (const each of listAt(term, 'matchExpressions').filter(isPlainObject)) {
      if (each.operator === 'In' && nameAt(each, 'key')?.endsWith('/zone')) {
        for (const value of listAt(each, 'values')) {
          zones.add(String(value));
        }
      }
    }
  }
  return [...zones].sort();
}

/** Says of runs of volumes whether they are all of the same traits, without passing over each. */
export class TraitRuns {
  readonly #ids = new WeakMap<Cell, Int32Array>();
  readonly #ends = new WeakMap<Family, Int32Array>();

  /** @param keyOf - what of a volume is compared */
  constructor(private readonly keyOf: (volume: VolumeEntry) => string) {}

  /** Two candidates in these runs that are not alike; undefined where there are none to be seen. */
  unlike(family: Family, runs: readonly Run[]): readonly [VolumeEntry, VolumeEntry] | undefined {
    const { places, cell } = family;
    const first = runs.find(({ lo, hi }) => lo < hi);
    if (places === undefined || first === undefined) {
      return undefined;
    }
    const ids = this.#idsOf(cell);
    const ends = this.#endsOf(family, places, ids);
    const placeAt = (index: number): number => places[index] ?? -1;
    const id = ids[placeAt(first.lo)];
    for (const { lo, hi } of runs) {
      const end = ends[lo] ?? hi;
      const other = lo < hi && ids[placeAt(lo)] !== id ? lo : end < hi ? end : undefined;
      const pair =
        other !== undefined && [first.lo, other].map((each) => cell.volumes[placeAt(each)]);
      const [a, b] = pair || [];
      if (a !== undefined && b !== undefined) {
        return [a, b];
      }
    }
    return undefined;
  }

  // A number for each place of a cell, the same where volumes are alike.
  #idsOf(cell: Cell): Int32Array {
    let ids = this.#ids.get(cell);
    if (ids === undefined) {
      const known = new Map<string, number>();
      ids = Int32Array.from(cell.volumes, (volume) => {
        const key = this.keyOf(volume);
        const id = known.get(key) ?? known.size;
        known.set(key, id);
        return id;
      });
      this.#ids.set(cell, ids);
    }
    return ids;
  }

  // Where the run of alike candidates ends that each index is in.
  #endsOf(family: Family, places: readonly number[], ids: Int32Array): Int32Array {
    let ends = this.#ends.get(family);
    if (ends === undefined) {
      ends = new Int32Array(places.length);
      let end = places.length;
      for (let index = places.length - 1; index >= 0; index -= 1) {
        if (
          index + 1 < places.length &&
          ids[places[index] ?? -1] !== ids[places[index + 1] ?? -1]
        ) {
          end = index + 1;
        }
        ends[index] = end;
      }
      this.#ends.set(family, ends);
    }
    return ends;
  }
}
