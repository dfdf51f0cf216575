import { boundClaim, type ClaimBinding, pendingClaim, refusedClaim } from './claim-binding';
import type { ClaimEntry } from './claim-entry';
import type { ClassEntry } from './class-entry';
import { podsByClaim } from './consumers';
import type { Stop } from './family';
import { FreeVolumes } from './free-volumes';
import type { Inventory } from './inventory';
import { isReservedFor, mismatch, takesReserved } from './matching';
import { countModes } from './mode-set';
import type { PlanContext } from './plan-context';
import {
  alreadyBound,
  CLAIM_LOST,
  CLAIM_MISBOUND,
  type Fallback,
  NO_REFERENCE,
  provisioning,
  volumeMismatch,
  WITHOUT_CLASS,
  withoutClassObject,
} from './provisioning';
import { type Search, searchResult } from './search-result';
import type { VolumeEntry } from './volume-entry';

/** What becomes of every claim, those that exist already included. */
export interface Bindings {
  /** By the claim's key. */
  readonly claims: ReadonlyMap<string, ClaimBinding>;

  /** The volumes that claims compete for. */
  readonly free: FreeVolumes;

  /** The claim that has a volume already, by the volume's name. */
  readonly holders: ReadonlyMap<string, ClaimEntry>;
}

/** Binds claims to volumes, as BINDING's rules A and B have it: in every order at once. */
export function bind(inventory: Inventory, context: PlanContext): Bindings {
  return new Binder(inventory, context).bind();
}

class Binder {
  readonly #inventory: Inventory;
  readonly #context: PlanContext;
  readonly #holders = new Map<string, ClaimEntry>();
  readonly #reserved = new Map<string, VolumeEntry[]>();
  readonly #fallbacks = new Map<string, Fallback>();
  readonly #pods: ReadonlyMap<string, readonly string[]>;
  readonly #free: FreeVolumes;

  constructor(inventory: Inventory, context: PlanContext) {
    this.#inventory = inventory;
    this.#context = context;
    this.#pods = podsByClaim(inventory);
    for (const claim of inventory.claims.values()) {
      if (claim.settled && claim.phase !== 'Lost' && claim.volumeName !== undefined) {
        this.#holders.set(claim.volumeName, claim);
      }
    }
    const free: VolumeEntry[] = [];
    for (const volume of inventory.volumes.values()) {
      if (volume.claimRef !== undefined) {
        const { key } = volume.claimRef;
        const reserved = this.#reserved.get(key);
        if (reserved === undefined) {
          this.#reserved.set(key, [volume]);
        } else {
          reserved.push(volume);
        }
      } else if (
        volume.refusal === undefined &&
        !volume.deleting &&
        !this.#holders.has(volume.name)
      ) {
        free.push(volume);
      }
    }
    const waits = (className: string): boolean => this.#classOf(className)?.waits ?? false;
    this.#free = new FreeVolumes(free, inventory.claims.values(), waits, context);
  }

  bind(): Bindings {
    const claims = new Map<string, ClaimBinding>();
    const late: (() => void)[] = [];
    for (const claim of this.#inventory.claims.values()) {
      const early = this.#present(claim);
      if (early !== undefined) {
        claims.set(claim.key, early);
      } else {
        // All claims have to be known before any can be judged; the place in the map is kept.
        const judge = claim.volumeName === undefined ? this.#search(claim) : this.#pin(claim);
        claims.set(claim.key, pendingClaim(claim));
        late.push(() => claims.set(claim.key, judge()));
      }
    }
    this.#free.settle();
    for (const judge of late) {
      judge();
    }
    return { claims, free: this.#free, holders: this.#holders };
  }

  /** What is so already, whatever else is applied. */
  #present(claim: ClaimEntry): ClaimBinding | undefined {
    if (claim.refusal !== undefined) {
      return refusedClaim(claim, claim.refusal);
    }
    if (!claim.settled) {
      return claim.deleting ? pendingClaim(claim) : undefined;
    }
    if (claim.phase === 'Lost') {
      return pendingClaim(claim, CLAIM_LOST);
    }
    if (claim.volumeName === undefined) {
      return pendingClaim(claim, NO_REFERENCE);
    }
    const claimRef = this.#inventory.volumes.get(claim.volumeName)?.claimRef;
    const another =
      claimRef !== undefined &&
      (claimRef.key !== claim.key ||
        (claimRef.uid !== undefined && claim.uid !== undefined && claimRef.uid !== claim.uid));
    return another ? pendingClaim(claim, CLAIM_MISBOUND) : boundClaim(claim, claim.volumeName);
  }

  /** A claim that names its volume. */
  #pin(claim: ClaimEntry): () => ClaimBinding {
    const name = claim.volumeName as string;
    const volume = this.#inventory.volumes.get(name);
    if (volume === undefined || volume.refusal !== undefined) {
      const binding = pendingClaim(claim);
      return () => (this.#inventory.closed ? binding : { ...binding, outcomes: ['unknown'] });
    }
    const holder = this.#holders.get(name);
    if (volume.claimRef !== undefined || holder !== undefined) {
      const free = isReservedFor(volume, claim) && (holder === undefined || holder === claim);
      const binding = free ? boundClaim(claim, name) : pendingClaim(claim, alreadyBound(name));
      return () => binding;
    }
    // A claim that the API server has seen without a class has none, until it looks for a volume.
    const classNames =
      claim.uid === undefined ? this.#classNamesOf(claim) : [claim.className ?? ''];
    const faults = (classNames ?? [undefined]).map((className) =>
      mismatch(volume, claim, className, this.#context),
    );
    const [fault] = faults;
    if (fault !== undefined && !faults.includes(undefined)) {
      const binding = pendingClaim(claim, volumeMismatch(name, fault));
      return () => binding;
    }
    this.#free.pin(volume);
    return () => {
      const binding = boundClaim(claim, name);
      if (classNames === undefined) {
        return { ...binding, outcomes: ['unknown'], deterministic: false };
      }
      if (this.#free.takersOf(volume) > 1 || faults.some((each) => each !== undefined)) {
        const event = fault === undefined ? alreadyBound(name) : volumeMismatch(name, fault);
        return { ...binding, outcomes: ['bound', 'pending'], deterministic: false, event };
      }
      return binding;
    };
  }

  /** A claim that takes what it finds. */
  #search(claim: ClaimEntry): () => ClaimBinding {
    const reserved = this.#reservedFor(claim);
    const stop = stopAt(reserved);
    // A claim that is there without a class is matched as one of class "" first; if that fails, it
    // is given the default class (Kubernetes' RetroactiveDefaultStorageClass).
    const retried = claim.uid !== undefined && claim.className === undefined;
    const classNames = this.#classNamesOf(claim);
    const first = retried ? [''] : (classNames ?? ['']);
    const second = retried ? (classNames ?? []).filter((name) => name !== '') : [];
    const join = (className: string): Search => this.#join(claim, className, reserved, stop);
    const searches = first.map(join);
    const retries = second.map(join);
    const known = classNames !== undefined;
    return () => searchResult({ claim, reserved, stop, searches, retries, known });
  }

  #join(
    claim: ClaimEntry,
    className: string,
    reserved: readonly VolumeEntry[],
    stop: Stop | undefined,
  ): Search {
    const waits = this.#classOf(className)?.waits ?? false;
    const pods = this.#pods.get(claim.key) ?? [];
    const fallback = this.#fallbackOf(className);
    // The controller leaves free volumes of such a class to the scheduler, and that comes for pods.
    const left = waits && (reserved.length > 0 || pods.length === 0 || claim.nodeSelected);
    const shape = left ? undefined : this.#free.join(claim, className, stop);
    return { className, waits, pods, fallback, shape };
  }

  #reservedFor(claim: ClaimEntry): readonly VolumeEntry[] {
    const fitting = (this.#reserved.get(claim.key) ?? []).filter(
      (volume) => isReservedFor(volume, claim) && takesReserved(volume, claim, this.#context),
    );
    const least = Math.min(...fitting.map(({ modes }) => countModes(modes)));
    return fitting.filter(({ modes }) => countModes(modes) === least);
  }

  /** The classes that the claim can have; undefined where that is unknown. */
  #classNamesOf({ className }: ClaimEntry): readonly string[] | undefined {
    return className === undefined ? this.#context.defaultClasses : [className];
  }

  #classOf(name: string): ClassEntry | undefined {
    const found = name === '' ? undefined : this.#inventory.classes.get(name);
    return found?.provisioner === '' ? undefined : found; // refused by the API server
  }

  #fallbackOf(className: string): Fallback {
    let fallback = this.#fallbacks.get(className);
    if (fallback === undefined) {
      const { closed } = this.#inventory;
      const found = this.#classOf(className);
      fallback =
        className === ''
          ? WITHOUT_CLASS
          : found === undefined
            ? withoutClassObject(className, closed)
            : provisioning(found, this.#context.version);
      this.#fallbacks.set(className, fallback);
    }
    return fallback;
  }
}

function stopAt(reserved: readonly VolumeEntry[]): Stop | undefined {
  const [first] = reserved;
  return first === undefined
    ? undefined
    : { level: countModes(first.modes), modes: reserved.map(({ modes }) => modes) };
}
