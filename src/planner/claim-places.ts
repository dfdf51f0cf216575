import type { ClaimEntry } from './claim-entry';
import type { ClassEntry } from './class-entry';
import type { Inventory } from './inventory';
import type { LateClaim } from './late-claim';
import type { LatePool } from './late-pool';
import { includesModes, type ModeSet, readModes } from './mode-set';
import { Numbering, textOf } from './object-text';
import type { ClaimOutcome } from './plan';
import type { PlanContext } from './plan-context';
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
  | { readonly kind: 'missing'; readonly certain: boolean; readonly deleting?: boolean }
  | { readonly kind: 'late'; readonly claim: LateClaim }
  /** The shape is the same for claims that can come to the same places. */
  | { readonly kind: 'early'; readonly places: readonly EarlyPlace[]; readonly shape: number };

const UNBOUND: EarlyPlace = { kind: 'unbound' };
const UNKNOWN: EarlyPlace = { kind: 'unknown' };
const IN_NONE: readonly EarlyPlace[] = [UNBOUND];
const IN_UNKNOWN: readonly EarlyPlace[] = [UNKNOWN];
const NO_PROVISIONER = ['', 'kubernetes.io/no-provisioner'];
const ONE_POD = readModes(['ReadWriteOncePod']);

/** The same for claims of which the scheduler makes the same. */
export function shapeOf(places: ClaimPlaces): string {
  switch (places.kind) {
    case 'missing':
      return `missing ${places.certain}`;
    case 'late':
      return `late ${places.claim.shape}`;
    case 'early':
      return `early ${places.shape}`;
  }
}

/** Works out where the pods of claims can run, once for claims that share their volumes. */
export class ClaimPlacer {
  readonly #known = new Map<string, ClaimPlaces>();
  readonly #byVolumes = new WeakMap<readonly string[], readonly EarlyPlace[]>();
  readonly #byReach = new Map<Reach, readonly EarlyPlace[]>();
  readonly #byClass = new Map<ClassEntry, readonly EarlyPlace[]>();
  readonly #shapes = new WeakMap<readonly EarlyPlace[], number>();
  readonly #makers = new Map<ClassEntry, boolean>();
  readonly #numbers = new Numbering();
  readonly #reachNumbers = new Map<Reach, number>();

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
    let places = this.#known.get(key);
    if (places === undefined) {
      places = this.#find(key);
      this.#known.set(key, places);
    }
    return places;
  }

  /**
   * Where a pod can run that has the claim to itself.
   *
   * Its controller makes the claim, so that one which is not among the objects is not missing: of a
   * set that an autoscaler makes larger, it is like that of the set's first pod.
   */
  ofOwn(key: string, first: string | undefined): ClaimPlaces {
    if (this.knows(key)) {
      return this.of(key);
    }
    const like = this.inventory.claims.get(first ?? '');
    const late =
      like === undefined || like.madeBy === undefined ? undefined : this.#lateClaim(like);
    return late === undefined
      ? { kind: 'missing', certain: false }
      : { kind: 'late', claim: { ...late, entry: { ...late.entry, key }, reserved: undefined } };
  }

  /** Whether the claim of this key is among the objects, or made of them. */
  knows(key: string): boolean {
    return this.inventory.claims.has(key);
  }

  /** Whether one pod alone can have the claim. */
  isForOnePod(key: string): boolean {
    const modes: ModeSet = this.inventory.claims.get(key)?.modes ?? 0;
    return ONE_POD !== undefined && includesModes(modes, ONE_POD);
  }

  #find(key: string): ClaimPlaces {
    const entry = this.inventory.claims.get(key);
    if (entry === undefined) {
      return { kind: 'missing', certain: this.whole };
    }
    if (entry.deleting) {
      return { kind: 'missing', certain: true, deleting: true };
    }
    if (entry.refusal !== undefined) {
      return { kind: 'missing', certain: true };
    }
    if (entry.volumeName === undefined && !entry.settled) {
      const reserved = this.pool.preBound(entry);
      if (reserved !== undefined) {
        return this.#at(this.#inReach(reserved.reach));
      }
    }
    const late = this.#lateClaim(entry);
    return late === undefined ? this.#at(this.#early(entry)) : { kind: 'late', claim: late };
  }

  #lateClaim(entry: ClaimEntry): LateClaim | undefined {
    if (entry.settled || entry.volumeName !== undefined) {
      return undefined;
    }
    const name = entry.className ?? this.#defaultClassFor(entry);
    const found = name === undefined ? undefined : this.inventory.classes.get(name);
    if (!found?.waits) {
      return undefined;
    }
    const claim = entry.className === found.name ? entry : { ...entry, className: found.name };
    const reserved = this.pool.reservedFor(claim);
    const { request, modes, volumeMode, attributesClass, selector } = claim;
    const shape = `${found.name}\n${request.rank} ${modes} ${volumeMode} ${attributesClass}\n${
      selector === undefined ? '' : textOf(selector)
    }\n${reserved?.volume.name ?? ''}`;
    return {
      entry: claim,
      class: found,
      provisions: this.#makesVolumes(found),
      reserved,
      shape: this.#numbers.of(shape),
    };
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
      return IN_UNKNOWN;
    }
    const [only, ...others] = verdict.outcomes;
    return only !== undefined && others.length === 0
      ? this.#ofOutcome(only, verdict, entry)
      : verdict.outcomes.flatMap((outcome) => this.#ofOutcome(outcome, verdict, entry));
  }

  #ofOutcome(outcome: ClaimOutcome, verdict: BoundClaim, entry: ClaimEntry): readonly EarlyPlace[] {
    switch (outcome) {
      case 'bound':
        return this.#ofVolumes(verdict.volumes());
      case 'provisioned':
        return this.#ofNewVolume(entry);
      case 'pending':
      case 'refused':
        return IN_NONE;
      default:
        return IN_UNKNOWN;
    }
  }

  #ofVolumes(volumes: readonly string[]): readonly EarlyPlace[] {
    const [only] = volumes;
    if (only !== undefined && volumes.length === 1) {
      const volume = this.inventory.volumes.get(only);
      return volume === undefined ? IN_UNKNOWN : this.#inReach(this.reaches.of(volume));
    }
    let places = this.#byVolumes.get(volumes);
    if (places === undefined) {
      const found = new Set<Reach>();
      let isUnknown = volumes.length === 0;
      for (const name of volumes) {
        const volume = this.inventory.volumes.get(name);
        if (volume === undefined) {
          isUnknown = true;
        } else {
          found.add(this.reaches.of(volume));
        }
      }
      const known = [...found].flatMap((reach) => this.#inReach(reach));
      places = isUnknown ? [...known, UNKNOWN] : known;
      this.#byVolumes.set(volumes, places);
    }
    return places;
  }

  // Made at once, for whichever of the places that the class allows.
  #ofNewVolume({ className = '' }: ClaimEntry): readonly EarlyPlace[] {
    const found = this.inventory.classes.get(className);
    if (found === undefined) {
      return IN_UNKNOWN;
    }
    let places = this.#byClass.get(found);
    if (places === undefined) {
      const reaches = new Set<Reach | undefined>();
      for (const node of this.inventory.nodes.values()) {
        if (this.pool.made.allows(found, node)) {
          reaches.add(this.pool.made.reachAt(found, node));
        }
      }
      places =
        reaches.size === 0
          ? IN_UNKNOWN
          : [...reaches].map((reach) => (reach === undefined ? UNKNOWN : { kind: 'bound', reach }));
      this.#byClass.set(found, places);
    }
    return places;
  }

  #inReach(reach: Reach): readonly EarlyPlace[] {
    let places = this.#byReach.get(reach);
    if (places === undefined) {
      places = [{ kind: 'bound', reach }];
      this.#byReach.set(reach, places);
    }
    return places;
  }

  #at(places: readonly EarlyPlace[]): ClaimPlaces {
    let shape = this.#shapes.get(places);
    if (shape === undefined) {
      const text = places.map((each) =>
        each.kind === 'bound' ? this.#reachNumber(each.reach) : each.kind,
      );
      shape = this.#numbers.of(`early ${text.join()}`);
      this.#shapes.set(places, shape);
    }
    return { kind: 'early', places, shape };
  }

  #reachNumber(reach: Reach): number {
    const number = this.#reachNumbers.get(reach) ?? this.#reachNumbers.size;
    this.#reachNumbers.set(reach, number);
    return number;
  }

  #makesVolumes(found: ClassEntry): boolean {
    let makes = this.#makers.get(found);
    if (makes === undefined) {
      makes =
        !NO_PROVISIONER.includes(found.provisioner) &&
        provisioning(found, this.context.version).outcome === 'provisioned';
      this.#makers.set(found, makes);
    }
    return makes;
  }
}
