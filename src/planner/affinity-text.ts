import { oncePer } from '../kube/once-per';
import { textOf } from './object-text';
import type { VolumeEntry } from './volume-entry';

/** A volume's node affinity as text, the same for volumes of the same; empty where there is none. */
export function affinityText(volume: VolumeEntry): string {
  return volume.nodeAffinity === undefined ? '' : readText(volume);
}

// Both what competes for volumes and where they can be used are grouped by it.
const readText = oncePer(({ nodeAffinity }: VolumeEntry) => textOf(nodeAffinity));
