import type { ClaimRequest } from '../claims/contracts';
import * as types from '../kube/props';
import { type ErrorPlace, refuse } from '../kube/storage-error';

/**
 * Refuses claims of a device.
 *
 * @throws StorageError `NfsVolumeMode`
 */
export function refuseBlock(place: ErrorPlace, { volumeMode }: ClaimRequest): void {
  if (volumeMode !== 'Filesystem') {
    refuse(
      'NfsVolumeMode',
      place,
      `'volumeMode' must be 'Filesystem', got '${volumeMode}': NFS serves folders, it has no devices`,
    );
  }
}

/**
 * Refuses a selector, which no type lets through, with the provisioners' reason.
 *
 * @throws StorageError `NfsSelector`
 */
export function refuseSelector(place: ErrorPlace, props: unknown): void {
  if (types.isObject(props) && props.selector !== undefined) {
    refuse(
      'NfsSelector',
      place,
      "'selector' must be left out: the provisioner makes no volume for a claim that has one",
    );
  }
}
