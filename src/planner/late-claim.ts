import type { ClaimEntry } from './claim-entry';
import type { ClassEntry } from './class-entry';
import type { VolumeEntry } from './volume-entry';
import type { Reach } from './volume-reach';

/** A claim that waits for its first consumer, and its class. */
export interface LateClaim {
  readonly entry: ClaimEntry;
  readonly class: ClassEntry;

  /** Whether its class makes volumes. */
  readonly provisions: boolean;

  /** The volume reserved for it, where there is one. */
  readonly reserved?: LateVolume;

  /** The same for claims that the scheduler does not tell apart. */
  readonly shape: number;
}

/** A volume that the scheduler can take for a claim. */
export interface LateVolume {
  readonly volume: VolumeEntry;
  readonly reach: Reach;
}
