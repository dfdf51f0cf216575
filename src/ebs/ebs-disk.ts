import type { IConstruct } from 'constructs';
import { nodesWithLabels } from '../kube/node-selector';
import type { NodeSelector, PersistentVolumeSource } from '../kube/objects';
import { show } from '../kube/show';
import { type ErrorPlace, refuse } from '../kube/storage-error';
import type { VolumeMode } from '../kube/volume-mode';
import { takeOnce } from '../objects/unique-names';
import { EBS_FS_TYPES, type EbsFsType } from './format/limits';
import { EBS_DRIVER, EBS_VOLUME_ID, EBS_ZONE_LABEL } from './limits';
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

/**
 * Refuses what cannot be a volume in AWS.
 *
 * @throws StorageError `EbsVolumeId`, `EbsZone`, `EbsFormat`
 */
export function checkDisk(place: ErrorPlace, disk: EbsDisk, volumeMode: VolumeMode): void {
  const { volumeId, zone, fsType } = disk;
  if (!EBS_VOLUME_ID.test(volumeId)) {
    refuse(
      'EbsVolumeId',
      place,
      `'volumeId' must be 'vol-' and 8 or 17 hexadecimal digits, got ${show(volumeId)}`,
    );
  }
  checkZone(place, 'zone', zone);
  if (volumeMode === 'Block' && fsType !== undefined) {
    refuse(
      'EbsFormat',
      place,
      `'fsType' must be left out for volumeMode Block: a device is not formatted, got '${fsType}'`,
    );
  }
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
