import { textOf } from './object-text';
import type { VolumeEntry } from './volume-entry';

// Both what competes for volumes and where they can be used are grouped by it.
const KNOWN = new WeakMap<VolumeEntry, string>();

/** A volume's node affinity as text, the same for volumes of the same; empty where there is none. */
export function affinityText(volume: VolumeEntry): string {
  if (volume.nodeAffinity === undefined) {
    return '';
  }
  let text = KNOWN.get(volume);
  if (text === undefined) {
    text = textOf(volume.nodeAffinity);
    KNOWN.set(volume, text);
  }
  return text;
}
