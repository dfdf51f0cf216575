import { type ClaimPlacer, type ClaimPlaces, type EarlyPlace, shapeOf } from './claim-places';
import type { LateClaim } from './late-claim';
import type { LateClaims } from './late-uses';
import type { PodRun } from './own-claims';
import { podClaims } from './pod-claims';
import type { Workload } from './workload';

/** Where the claims of a workload's pods are, or come to. */
export interface UsedPlaces {
  /** Keys of the claims that all pods share. */
  readonly keys: readonly string[];

  /** Where these are. */
  readonly shared: readonly ClaimPlaces[];

  /** Of these, where the ones are that do not wait for a pod. */
  readonly early: readonly (readonly EarlyPlace[])[];

  /** Of these, the ones that wait. */
  readonly late: readonly LateClaim[];

  /** The claims that each pod has to itself. */
  readonly own: readonly PodRun[];

  /** Of these, the ones that wait. */
  readonly ownLate: readonly LateClaim[];

  /** Whether any of all these waits for a pod. */
  readonly waits: boolean;

  /** Whether one pod alone can have a claim that all share. */
  readonly single: boolean;
}

// Pods that only an autoscaler makes are alike: beyond so many they are counted, not looked at.
const MOST_SCALED = 100;

const NONE_OWN: Pick<UsedPlaces, 'own' | 'ownLate'> = { own: [], ownLate: [] };

const NO_CLAIMS: LateClaims = { all: [], first: [] };

/** The claims of workloads' pods; each workload is looked at once. */
export class UsedClaims {
  readonly #known = new Map<Workload, UsedPlaces>();

  constructor(private readonly placer: ClaimPlacer) {}

  /** The claims of the workload's pods. */
  of(workload: Workload): UsedPlaces {
    let used = this.#known.get(workload);
    if (used === undefined) {
      used = this.#read(workload);
      this.#known.set(workload, used);
    }
    return used;
  }

  /** The claims that wait for the workload's pods, where the scheduler places these. */
  lateOf(workload: Workload): LateClaims {
    if (workload.replicas.most === 0 || workload.pod.nodeName) {
      return NO_CLAIMS;
    }
    const { late, own, ownLate } = this.of(workload);
    if (late.length + ownLate.length === 0) {
      return NO_CLAIMS;
    }
    const first = own[0]?.claims.flatMap(lateClaim) ?? [];
    return { all: [...late, ...ownLate], first: [...late, ...first] };
  }

  #read(workload: Workload): UsedPlaces {
    const { shared: keys } = podClaims(workload);
    const shared = keys.map((key) => this.placer.of(key));
    const { own, ownLate } = this.#own(workload);
    const late = shared.flatMap(lateClaim);
    return {
      keys,
      shared,
      early: shared.flatMap((each) => (each.kind === 'early' ? [each.places] : [])),
      late,
      own,
      ownLate,
      waits: late.length + ownLate.length > 0,
      single: keys.some((key) => this.placer.isForOnePod(key)),
    };
  }

  #own(workload: Workload): Pick<UsedPlaces, 'own' | 'ownLate'> {
    const { own: volumes, ownOf } = podClaims(workload);
    const { most } = workload.replicas;
    if (volumes.length === 0) {
      return NONE_OWN;
    }
    const first = ownOf(0);
    const runs: PodRun[] = [];
    const ownLate: LateClaim[] = [];
    let shape: string | undefined;
    let scaled = 0;
    for (let position = 0; position < most; position += 1) {
      const pods = scaled === MOST_SCALED ? most - position : 1;
      const keys = ownOf(position);
      scaled += keys.some((key) => this.placer.knows(key)) ? 0 : 1;
      const claims = keys.map((key, index) => this.placer.ofOwn(key, first[index]));
      for (const each of claims) {
        ownLate.push(...lateClaim(each));
      }
      const own = claims.map(shapeOf).join();
      const last = runs.at(-1);
      if (last !== undefined && own === shape) {
        runs[runs.length - 1] = { ...last, pods: last.pods + pods };
      } else {
        runs.push({ claims, pods });
      }
      shape = own;
      position += pods - 1;
    }
    return { own: runs, ownLate };
  }
}

function lateClaim(places: ClaimPlaces): readonly LateClaim[] {
  return places.kind === 'late' ? [places.claim] : [];
}
