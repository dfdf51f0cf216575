import type { Bindings } from './binder';
import type { ClaimBinding } from './claim-binding';
import { volumesOf } from './claim-verdict';
import type { Inventory } from './inventory';
import type { VolumeOutcome, VolumeVerdict } from './plan';
import type { VolumeEntry } from './volume-entry';

/** What is known of a volume before anyone asks for its claims. */
interface Fate {
  readonly outcomes: readonly VolumeOutcome[];
  readonly message?: string;

  /** Keys of the claims that can get it; undefined where they have to be looked for. */
  readonly claims?: readonly string[];
}

/** A volume's fate, as it is told; its claims are looked for when they are asked for. */
export class PlannedVolume implements VolumeVerdict {
  readonly volume: string;
  readonly outcomes: readonly VolumeOutcome[];
  readonly deterministic: boolean;
  readonly message?: string;

  readonly #bindings: Bindings;
  #claims: readonly string[] | undefined;

  constructor(volume: VolumeEntry, bindings: Bindings, inventory: Inventory) {
    const fate = fateOf(volume, bindings, inventory);
    this.volume = volume.name;
    this.outcomes = fate.outcomes;
    this.deterministic = fate.outcomes.length === 1 && fate.claims !== undefined;
    if (fate.message !== undefined) {
      this.message = fate.message;
    }
    this.#bindings = bindings;
    this.#claims = fate.claims;
  }

  get claims(): readonly string[] {
    this.#claims ??= Object.freeze(
      [...this.#bindings.claims.values()]
        .filter((binding) => volumesOf(binding).includes(this.volume))
        .map(({ claim }) => claim.key),
    );
    return this.#claims;
  }

  /** The verdict with its claims, which JSON would leave out. */
  toJSON(): Record<string, unknown> {
    const { volume, outcomes, claims, deterministic, message } = this;
    return { volume, outcomes, claims, deterministic, message };
  }
}

const NOBODY: readonly never[] = Object.freeze([]);

function fateOf(volume: VolumeEntry, bindings: Bindings, inventory: Inventory): Fate {
  const { name, claimRef, phase, refusal } = volume;
  if (refusal !== undefined) {
    return { outcomes: ['refused'], message: refusal, claims: NOBODY };
  }
  const holder = bindings.holders.get(name);
  if (holder !== undefined && (claimRef === undefined || claimRef.key === holder.key)) {
    return { outcomes: ['bound'], claims: [holder.key] };
  }
  if (volume.deleting) {
    return idle('it is being deleted');
  }
  if (claimRef === undefined) {
    return freeFate(volume, bindings);
  }
  const target = bindings.claims.get(claimRef.key);
  if (claimRef.uid !== undefined && claimRef.uid !== target?.claim.uid) {
    // Without the claims of the cluster, its own word has to do.
    return phase === 'Bound' && target === undefined
      ? { outcomes: ['bound'], claims: [claimRef.key] }
      : released(volume, claimRef.key);
  }
  return reservedFate(name, claimRef.key, target, inventory);
}

function freeFate(volume: VolumeEntry, { free, outOfReach }: Bindings): Fate {
  const takers = free.takersOf(volume);
  if (takers === 0) {
    return idle('no claim can bind to it');
  }
  if (takers === outOfReach?.get(volume.name)) {
    return idle('no claim whose pods can be scheduled can bind to it');
  }
  return { outcomes: ['bound', 'available'] };
}

function reservedFate(
  name: string,
  key: string,
  target: ClaimBinding | undefined,
  { closed }: Inventory,
): Fate {
  if (target === undefined) {
    return idle(`reserved for claim ${key}, which is not ${closed ? 'there' : 'in the input'}`);
  }
  if (!target.own.includes(name)) {
    const elsewhere = target.claim.volumeName;
    return idle(
      elsewhere !== undefined && elsewhere !== name
        ? `reserved for claim ${key}, which names volume ${elsewhere}`
        : `reserved for claim ${key}, which does not bind to it`,
    );
  }
  return target.deterministic
    ? { outcomes: ['bound'], claims: [key] }
    : { outcomes: ['bound', 'available'], claims: [key] };
}

function released({ phase, reclaimPolicy }: VolumeEntry, key: string): Fate {
  const then =
    reclaimPolicy === 'Retain'
      ? 'remove spec.claimRef to make it Available again'
      : `the reclaim policy ${reclaimPolicy} takes its data away`;
  const outcome = phase === 'Failed' ? 'failed' : 'released';
  const message = `its claim ${key} is gone, and a new one of that name has another uid; ${then}`;
  return { outcomes: [outcome], message, claims: NOBODY };
}

function idle(message: string): Fate {
  return { outcomes: ['available'], message, claims: NOBODY };
}
