import type { IConstruct } from 'constructs';
import type { VolumeTraits } from '../claims/contracts';
import { readSize } from '../claims/size';
import { nodesWithLabels } from '../kube/node-selector';
import type { NodeSelector, PersistentVolumeSource } from '../kube/objects';
import type { Quantity, QuantityInput } from '../kube/quantity';
import { show } from '../kube/show';
import { type ErrorPlace, refuse } from '../kube/storage-error';
import type { VolumeMode } from '../kube/volume-mode';
import { takeOnce } from '../objects/unique-names';
import { EBS_DRIVER } from './driver/limits';
import { EBS_FS_TYPES, EBS_FS_WITH_LOST_AND_FOUND, type EbsFsType } from './format/limits';
import { EBS_VOLUME_ID, EBS_ZONE_LABEL } from './identifiers/limits';
import { EBS_LIMITS, gibOf } from './limits';
import { checkZone } from './zones';

/** A volume that exists in AWS. */
export interface EbsDisk {
  /** What names it: `vol-` and 8 or 17 hexadecimal digits, in lower case. */
  readonly volumeId: string;

  /** Name of the zone that it is in, such as `ap-northeast-1a`; pods with it run there alone. */
  readonly zone: string;

  /**
   * The file system on it, or the one to make where it is empty; none with volumeMode Block.
   *
   * @default 'ext4'
   */
  readonly fsType?: EbsFsType;

  /**
   * The partition that is used, from 1.
   *
   * @default - the whole volume
   */
  readonly partition?: number;
}

/** Size of the largest volume of any type, in GiB. */
const MOST_GIB = Math.max(...Object.values(EBS_LIMITS).map(({ gib }) => gib.most));

/**
 * Refuses what cannot be a volume in AWS.
 *
 * @param within - the prop that holds the volume, where the construct has several
 * @returns how large it is
 * @throws StorageError `EbsVolumeId`, `EbsZone`, `EbsFormat`, `EbsSize`, `SizeInvalid`
 */
export function checkDisk(
  place: ErrorPlace,
  disk: EbsDisk & { readonly capacity: QuantityInput },
  volumeMode: VolumeMode,
  within = '',
): Quantity {
  const { volumeId, zone, fsType } = disk;
  const prop = (name: string) => (within === '' ? name : `${within}.${name}`);
  if (!EBS_VOLUME_ID.test(volumeId)) {
    refuse(
      'EbsVolumeId',
      place,
      `'${prop('volumeId')}' must be 'vol-' and 8 or 17 hexadecimal digits, got ${show(volumeId)}`,
    );
  }
  checkZone(place, prop('zone'), zone);
  if (volumeMode === 'Block' && fsType !== undefined) {
    refuse(
      'EbsFormat',
      place,
      `'${prop('fsType')}' must be left out for volumeMode Block: a device is not formatted, got '${fsType}'`,
    );
  }
  const capacity = readSize(place, prop('capacity'), disk.capacity);
  if (gibOf(capacity) > MOST_GIB) {
    refuse(
      'EbsSize',
      place,
      `'${prop('capacity')}' must be at most ${MOST_GIB}Gi, got ${capacity}`,
    );
  }
  return capacity;
}

/**
 * Takes a volume for one PersistentVolume: the kubelet would mix two up.
 *
 * @throws StorageError `Duplicate` where the app has another one over it
 */
export function takeDisk(scope: IConstruct, path: string, { volumeId }: EbsDisk): void {
  takeOnce(
    scope,
    path,
    `${EBS_DRIVER}/${volumeId}`,
    `the PersistentVolume over '${volumeId}'`,
    'use the claim of that one',
  );
}

/** The source of its PersistentVolume. */
export function diskSource(disk: EbsDisk, volumeMode: VolumeMode): PersistentVolumeSource {
  const { volumeId, fsType = EBS_FS_TYPES[0], partition } = disk;
  return {
    csi: {
      driver: EBS_DRIVER,
      volumeHandle: volumeId,
      ...(volumeMode === 'Filesystem' && { fsType }),
      ...(partition !== undefined && { volumeAttributes: { partition: `${partition}` } }),
    },
  };
}

/** The nodes that it can be attached to: those of its zone. */
export function diskNodes({ zone }: EbsDisk): NodeSelector | undefined {
  return nodesWithLabels({ [EBS_ZONE_LABEL]: zone });
}

/** What a workload has to know of it; a device has no file system, and so no `lost+found`. */
export function diskTraits(
  fsType: EbsFsType = EBS_FS_TYPES[0],
  volumeMode: VolumeMode = 'Filesystem',
): VolumeTraits {
  return {
    driver: EBS_DRIVER,
    attaches: true,
    honoursFsGroup: true,
    hasLostAndFound: volumeMode === 'Filesystem' && EBS_FS_WITH_LOST_AND_FOUND.includes(fsType),
  };
}
