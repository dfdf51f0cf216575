import type { PooledVolume } from '../claims/volume-pool';
import * as types from '../kube/props';
import type { QuantityInput } from '../kube/quantity';
import { EBS_DRIVER } from './driver/limits';
import { checkDisk, diskNodes, diskSource, diskTraits, type EbsDisk } from './ebs-disk';
import { EBS_FS_TYPES } from './format/limits';

/** A volume that exists in AWS, for a VolumePool. */
export interface PooledEbsVolumeProps extends EbsDisk {
  /** Size of the volume, such as `'100Gi'`: at most 65,536 GiB, the largest that there is. */
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
      return {
        identity: [props.volumeId],
        capacity: checkDisk(place, props, 'Filesystem', prop),
        accessMode: 'ReadWriteOnce',
        volumeMode: 'Filesystem',
        traits: diskTraits(props.fsType),
        source: () => diskSource(props, 'Filesystem'),
        nodes: diskNodes(props),
        handle: `${EBS_DRIVER}/${props.volumeId}`,
      };
    },
  };
}
