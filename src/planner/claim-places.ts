import type { ClaimEntry } from './claim-entry';
import type { ClassEntry } from './class-entry';
import type { Inventory } from './inventory';
import { allows, type LateClaim } from './late-binding';
import type { LatePool } from './late-pool';
import { includesModes, type ModeSet, readModes } from './mode-set';
import type { ClaimOutcome } from './plan';
import type { PlanContext } from './plan-context';
import { reachOfNewVolume } from './provisioned-reach';
import { provisioning } from './provisioning';
import type { Reach, VolumeReaches } from './volume-reach';

/** What the scheduler has to know of the binder's verdict on a claim. */
export interface BoundClaim {
  readonly outcomes: readonly ClaimOutcome[];

  /** Names of the volumes that it can bind to; one list for claims that share them. */
  volumes(): readonly string[];
}

/** A way in which a claim can turn out before its pods are scheduled. */
export type EarlyPlace =
  | { readonly kind: 'bound'; readonly reach: Reach }
  /** It is not bound, and no pod can be scheduled with it. */
  | { readonly kind: 'unbound' }
  | { readonly kind: 'unknown' };

/** Where the pods of a claim can run. */
export type ClaimPlaces =
  | { readonly kind: 'missing'; readonly certain: boolean }
  | { readonly kind: 'late'; readonly claim: LateClaim }
  | { readonly kind: 'early'; readonly places: readonly EarlyPlace[] };

const UNBOUND: EarlyPlace = { kind: 'unbound' };
const UNKNOWN: EarlyPlace = { kind: 'unknown' };
const NO_PROVISIONER = ['', 'kubernetes.io/no-provisioner'];
const ONE_POD = readModes(['ReadWriteOncePod']);

/** Works out where the pods of claims can run, once for claims that share their volumes. */
export class ClaimPlacer {
  readonly #byVolumes = new WeakMap<readonly string[], readonly EarlyPlace[]>();

  constructor(
    private readonly inventory: Inventory,
    private readonly context: PlanContext,
    private readonly reaches: VolumeReaches,
    private readonly pool: LatePool,
    private readonly verdictOf: (claim: string) => BoundClaim | undefined,
    private readonly whole: boolean,
  ) {}

  /** Where the pods of the claim of this key can run. */
  of(key: string): ClaimPlaces {
    const entry = this.inventory.claims.get(key);
    if (entry === undefined || entry.deleting) {
      return { kind: 'missing', certain: this.whole || entry !== undefined };
    }
    if (entry.refusal !== undefined) {
      return { kind: 'missing', certain: true };
    }
    const reserved = this.pool.preBound(entry);
    if (reserved !== undefined && entry.volumeName === undefined && !entry.settled) {
      return { kind: 'early', places: [{ kind: 'bound', reach: reserved.reach }] };
    }
    const late = this.#lateClaim(entry);
    return late === undefined
      ? { kind: 'early', places: this.#early(entry) }
      : { kind: 'late', claim: late };
  }

  /**
   * Where a pod can run that has the claim to itself.
   *
   * Its controller makes the claim, so that one which is not among the objects is not missing: of a
   * set that an autoscaler makes larger, it is like that of the set's first pod.
   */
  ofOwn(key: string, first: string | undefined): ClaimPlaces {
    if (this.inventory.claims.has(key)) {
      return this.of(key);
    }
    const like = this.inventory.claims.get(first ?? '');
    const late =
      like === undefined || like.madeBy === undefined ? undefined : this.#lateClaim(like);
    return late === undefined
      ? { kind: 'missing', certain: false }
      : { kind: 'late', claim: { ...late, entry: { ...late.entry, key } } };
  }

  /** Whether one pod alone can have the claim. */
  isForOnePod(key: string): boolean {
    const modes: ModeSet = this.inventory.claims.get(key)?.modes ?? 0;
    return ONE_POD !== undefined && includesModes(modes, ONE_POD);
  }

  #lateClaim(entry: ClaimEntry): LateClaim | undefined {
    if (entry.settled || entry.volumeName !== undefined) {
      return undefined;
    }
    const name = entry.className ?? this.#defaultClassFor(entry);
    const found = name === undefined ? undefined : this.inventory.classes.get(name);
    return found?.waits
      ? {
          entry: entry.className === found.name ? entry : { ...entry, className: found.name },
          class: found,
          provisions: this.#makesVolumes(found),
        }
      : undefined;
  }

  // A claim without a class is first matched as one of class "".
  #defaultClassFor({ key }: ClaimEntry): string | undefined {
    const [name, ...others] = this.context.defaultClasses ?? [];
    const bound = this.verdictOf(key)?.outcomes.includes('bound') ?? false;
    return others.length === 0 && !bound ? name : undefined;
  }

  #early(entry: ClaimEntry): readonly EarlyPlace[] {
    const verdict = this.verdictOf(entry.key);
    if (verdict === undefined) {
      return [UNKNOWN];
    }
    return verdict.outcomes.flatMap((outcome): readonly EarlyPlace[] => {
      switch (outcome) {
        case 'bound':
          return this.#ofVolumes(verdict.volumes());
        case 'provisioned':
          return this.#ofNewVolume(entry);
        case 'pending':
        case 'refused':
          return [UNBOUND];
        default:
          return [UNKNOWN];
      }
    });
  }

  #ofVolumes(volumes: readonly string[]): readonly EarlyPlace[] {
    let places = this.#byVolumes.get(volumes);
    if (places === undefined) {
      const found = new Map<string, EarlyPlace>();
      for (const name of volumes) {
        const volume = this.inventory.volumes.get(name);
        const reach = volume && this.reaches.of(volume);
        found.set(reach?.id ?? '', reach === undefined ? UNKNOWN : { kind: 'bound', reach });
      }
      places = found.size === 0 ? [UNKNOWN] : [...found.values()];
      this.#byVolumes.set(volumes, places);
    }
    return places;
  }

  // Made at once, for whichever of the places that the class allows.
  #ofNewVolume({ className = '' }: ClaimEntry): readonly EarlyPlace[] {
    const found = this.inventory.classes.get(className);
    const reaches = new Map<string, EarlyPlace>();
    for (const node of this.inventory.nodes.values()) {
      if (found !== undefined && allows(found, node)) {
        const reach = reachOfNewVolume(found.provisioner, node);
        reaches.set(reach?.id ?? '', reach === undefined ? UNKNOWN : { kind: 'bound', reach });
      }
    }
    return reaches.size === 0 ? [UNKNOWN] : [...reaches.values()];
  }

  #makesVolumes(found: ClassEntry): boolean {
    return (
      !NO_PROVISIONER.includes(found.provisioner) &&
      provisioning(found, this.context.version).outcome === 'provisioned'
    );
  }
}
