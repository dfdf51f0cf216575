import type { VolumeEntry } from '../planner/volume-entry';
import type { Facts } from './facts';

/** The volumes that are reserved for a claim or bound to it, by the claim's key. */
export type Reservations = ReadonlyMap<string, readonly VolumeEntry[]>;

// Several rules ask for them; the volumes may be many.
const KNOWN = new WeakMap<Facts, Reservations>();

/** Who the volumes are reserved for, whatever uid they ask for; refused volumes are left out. */
export function reservations(facts: Facts): Reservations {
  let known = KNOWN.get(facts);
  if (known === undefined) {
    known = readReservations(facts);
    KNOWN.set(facts, known);
  }
  return known;
}

function readReservations({ inventory }: Facts): Reservations {
  const byClaim = new Map<string, VolumeEntry[]>();
  for (const volume of inventory.volumes.values()) {
    if (volume.claimRef === undefined || volume.refusal !== undefined) {
      continue;
    }
    const { key } = volume.claimRef;
    const others = byClaim.get(key);
    if (others === undefined) {
      byClaim.set(key, [volume]);
    } else {
      others.push(volume);
    }
  }
  return byClaim;
}
