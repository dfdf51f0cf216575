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
  NO_REFERENCE,
  provisioning,
  volumeMismatch,
  WITHOUT_CLASS,
  withoutClassObject,
} from './provisioning';
import { type ClassSetting, type Search, type Searches, searchResult } from './search-result';
import type { VolumeEntry } from './volume-entry';

/** What becomes of every claim, those that exist already included. */
export interface Bindings {
  /** By the claim's key. */
  readonly claims: ReadonlyMap<string, ClaimBinding>;

  /** The volumes that claims compete for. */
  readonly free: FreeVolumes;

  /** The claim that has a volume already, by the volume's name. */
  readonly holders: ReadonlyMap<string, ClaimEntry>;

  /** How many of the claims that compete for a volume no node takes a pod of, by the volume's name. */
  readonly outOfReach?: ReadonlyMap<string, number>;
}

/** Binds claims to volumes as the volume controller and the scheduler do: in every order at once. */
export function bind(inventory: Inventory, context: PlanContext): Bindings {
  return new Binder(inventory, context).bind();
}

const NONE: readonly never[] = Object.freeze([]);

/** A claim that names a free volume which suits it, or may. */
interface Pinned {
  readonly claim: ClaimEntry;
  readonly volume: VolumeEntry;

  /** Why it does not suit one of the classes that the claim may be given. */
  readonly fault: string | undefined;

  /** Whether it is known which classes these are. */
  readonly known: boolean;
}

class Binder {
  readonly #inventory: Inventory;
  readonly #context: PlanContext;
  readonly #holders = new Map<string, ClaimEntry>();
  readonly #reserved = new Map<string, VolumeEntry[]>();
  readonly #settings = new Map<string, ClassSetting>();
  readonly #free: FreeVolumes;
  #pods: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(inventory: Inventory, context: PlanContext) {
    this.#inventory = inventory;
    this.#context = context;
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
    const waits = (className: string): boolean => this.#settingOf(className).waits;
    this.#free = new FreeVolumes(free, inventory.claims.size, waits, context);
  }

  bind(): Bindings {
    // All claims have to be known before any can be judged.
    const drafts: (ClaimBinding | Pinned | Searches)[] = [];
    for (const claim of this.#inventory.claims.values()) {
      const draft =
        this.#present(claim) ??
        (claim.volumeName === undefined ? this.#search(claim) : this.#pin(claim));
      drafts.push(draft);
    }
    this.#free.settle();
    const claims = new Map<string, ClaimBinding>();
    for (const draft of drafts) {
      claims.set(draft.claim.key, this.#judge(draft));
    }
    return { claims, free: this.#free, holders: this.#holders };
  }

  #judge(draft: ClaimBinding | Pinned | Searches): ClaimBinding {
    if ('outcomes' in draft) {
      return draft;
    }
    return 'searches' in draft ? searchResult(draft) : this.#pinned(draft);
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
  #pin(claim: ClaimEntry): ClaimBinding | Pinned {
    const name = claim.volumeName as string;
    const volume = this.#inventory.volumes.get(name);
    if (volume === undefined || volume.refusal !== undefined) {
      const binding = pendingClaim(claim);
      return this.#inventory.closed ? binding : { ...binding, outcomes: ['unknown'] };
    }
    const holder = this.#holders.get(name);
    if (volume.claimRef !== undefined || holder !== undefined) {
      const isOwn = isReservedFor(volume, claim) && (holder === undefined || holder === claim);
      return isOwn ? boundClaim(claim, name) : pendingClaim(claim, alreadyBound(name));
    }
    // A claim that the API server has seen without a class has none, until it looks for a volume.
    const classNames =
      claim.uid === undefined ? this.#classNamesOf(claim) : [claim.className ?? ''];
    const faults = (classNames ?? [undefined]).map((className) =>
      mismatch(volume, claim, className, this.#context),
    );
    const fault = faults.find((each) => each !== undefined);
    if (fault !== undefined && !faults.includes(undefined)) {
      return pendingClaim(claim, volumeMismatch(name, fault));
    }
    this.#free.pin(volume);
    return { claim, volume, fault, known: classNames !== undefined };
  }

  #pinned({ claim, volume, fault, known }: Pinned): ClaimBinding {
    const binding = boundClaim(claim, volume.name);
    if (!known) {
      return { ...binding, outcomes: ['unknown'], deterministic: false };
    }
    if (fault === undefined && this.#free.takersOf(volume) <= 1) {
      return binding;
    }
    const event =
      fault === undefined ? alreadyBound(volume.name) : volumeMismatch(volume.name, fault);
    return { ...binding, outcomes: ['bound', 'pending'], deterministic: false, event };
  }

  /** A claim that takes what it finds. */
  #search(claim: ClaimEntry): Searches {
    const reserved = this.#reservedFor(claim);
    const stop = stopAt(reserved);
    const { className } = claim;
    if (className !== undefined) {
      const searches = [this.#join(claim, className, stop)];
      return { claim, reserved, stop, searches, retries: NONE, known: true };
    }
    const classNames = this.#context.defaultClasses;
    // A claim that is there without a class is matched as one of class "" first; if that fails, it
    // is given the default class (Kubernetes' RetroactiveDefaultStorageClass).
    const retried = claim.uid !== undefined;
    const first = retried ? [''] : (classNames ?? ['']);
    const second = retried ? (classNames ?? []).filter((name) => name !== '') : [];
    const searches = first.map((name) => this.#join(claim, name, stop));
    const retries = second.map((name) => this.#join(claim, name, stop));
    return { claim, reserved, stop, searches, retries, known: classNames !== undefined };
  }

  #join(claim: ClaimEntry, className: string, stop: Stop | undefined): Search {
    const setting = this.#settingOf(className);
    const pods = setting.waits ? this.#podsOf(claim) : undefined;
    // The controller leaves free volumes of such a class to the scheduler, and that comes for pods.
    const left = setting.waits && (stop !== undefined || pods === undefined || claim.nodeSelected);
    const shape = left ? undefined : this.#free.join(claim, className, stop);
    return { setting, pods, shape };
  }

  // Only claims that wait for a pod have to know.
  #podsOf({ key }: ClaimEntry): readonly string[] | undefined {
    this.#pods ??= podsByClaim(this.#inventory);
    return this.#pods.get(key);
  }

  #reservedFor(claim: ClaimEntry): readonly VolumeEntry[] {
    const all = this.#reserved.get(claim.key);
    if (all === undefined) {
      return NONE;
    }
    const fitting = all.filter(
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

  #settingOf(className: string): ClassSetting {
    let setting = this.#settings.get(className);
    if (setting === undefined) {
      const found = this.#classOf(className);
      const fallback =
        className === ''
          ? WITHOUT_CLASS
          : found === undefined
            ? withoutClassObject(className, this.#inventory.closed)
            : provisioning(found, this.#context.version);
      setting = { waits: found?.waits ?? false, fallback };
      this.#settings.set(className, setting);
    }
    return setting;
  }
}

function stopAt(reserved: readonly VolumeEntry[]): Stop | undefined {
  const [first] = reserved;
  return first === undefined
    ? undefined
    : { level: countModes(first.modes), modes: reserved.map(({ modes }) => modes) };
}
