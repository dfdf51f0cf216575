import { ACCESS_MODES } from '../../kube/access-mode';
import { VOLUME_MODES } from '../../kube/volume-mode';
import type { PlainObject } from '../plain-object';
import type { ApiProblems } from './problems';

const MODES: readonly string[] = [...ACCESS_MODES].sort();
const VOLUME: readonly string[] = [...VOLUME_MODES].sort();

/**
 * What is wrong with the access modes and the volume mode of a spec; modes that exclude each other
 * are told by a rule of their own.
 *
 * @param detail - what the API server says of a list without a mode
 */
export function checkModes(
  spec: PlainObject,
  kind: 'PersistentVolume' | 'PersistentVolumeClaim',
  detail: string,
  problems: ApiProblems,
): void {
  const { accessModes, volumeMode } = spec;
  const path = ['spec', 'accessModes'];
  if (accessModes !== undefined && accessModes !== null && !Array.isArray(accessModes)) {
    const type = '[]v1.PersistentVolumeAccessMode';
    problems.type(path, accessModes, `${kind}Spec.spec.accessModes`, type);
  } else if (!Array.isArray(accessModes) || accessModes.length === 0) {
    problems.required(path, detail);
  } else {
    for (const mode of accessModes) {
      if (!MODES.includes(mode)) {
        problems.unsupported(path, mode, MODES);
      }
    }
  }
  if (volumeMode !== undefined && volumeMode !== null && !VOLUME.includes(volumeMode as string)) {
    problems.unsupported(['spec', 'volumeMode'], volumeMode, VOLUME);
  }
}
