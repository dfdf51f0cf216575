import { readSize } from '../claims/size';
import type { PooledVolume } from '../claims/volume-pool';
import * as types from '../kube/props';
import type { QuantityInput } from '../kube/quantity';
import { checkDisk, diskNodes, diskSource, type EbsDisk } from './ebs-disk';
import { EBS_FS_TYPES, EBS_FS_WITH_LOST_AND_FOUND } from './format/limits';
import { EBS_DRIVER } from './limits';

/** A volume that exists in AWS, for a VolumePool. */
export interface PooledEbsVolumeProps extends EbsDisk {
  /** Size of the volume, such as `'100Gi'`. */
  readonly capacity: QuantityInput;
}

const POOLED_EBS_VOLUME_PROPS: types.PropTypes<PooledEbsVolumeProps> = {
  volumeId: types.text,
  zone: types.text,
  fsType: types.optional(types.oneOf(EBS_FS_TYPES)),
  partition: types.optional(types.wholeNumber(1)),
  capacity: types.size,
};

/** A volume that exists in AWS, as a volume of a pool; `EbsVolume.pooled` calls it. */
export function pooledEbsVolume(
  props: PooledEbsVolumeProps,
): PooledVolume<'ReadWriteOnce', 'Filesystem'> {
  return {
    describe: (place, prop) => {
      types.checkProps(place, 'EbsVolume.pooled', props, POOLED_EBS_VOLUME_PROPS, prop);
      checkDisk(place, props, 'Filesystem');
      return {
        identity: [props.volumeId],
        capacity: readSize(place, `${prop}.capacity`, props.capacity),
        accessMode: 'ReadWriteOnce',
        volumeMode: 'Filesystem',
        traits: {
          driver: EBS_DRIVER,
          attaches: true,
          honoursFsGroup: true,
          hasLostAndFound: EBS_FS_WITH_LOST_AND_FOUND.includes(props.fsType ?? EBS_FS_TYPES[0]),
        },
        source: () => diskSource(props, 'Filesystem'),
        nodes: diskNodes(props),
        handle: `${EBS_DRIVER}/${props.volumeId}`,
      };
    },
  };
}
