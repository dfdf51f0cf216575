import { oncePer } from '../kube/once-per';
import type { VolumeEntry } from '../planner/volume-entry';
import type { Facts } from './facts';

/** The volumes that are reserved for a claim or bound to it, by the claim's key. */
export type Reservations = ReadonlyMap<string, readonly VolumeEntry[]>;

/** Who the volumes are reserved for, whatever uid they ask for; refused volumes are left out. */
export const reservations = oncePer(({ inventory }: Facts): Reservations => {
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
});
