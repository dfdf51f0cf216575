import type { Construct } from 'constructs';
import type { Said } from '../claims/said';
import { StaticVolume, type StaticVolumeProps, staticVolumeTypes } from '../claims/static-volume';
import type { PooledVolume } from '../claims/volume-pool';
import { VolumeSnapshot, type VolumeSnapshotProps } from '../claims/volume-snapshot';
import * as types from '../kube/props';
import type { Quantity } from '../kube/quantity';
import { alternatives } from '../kube/show';
import { VOLUME_MODES, type VolumeMode } from '../kube/volume-mode';
import { pathIn } from '../objects/scope';
import { EBS_DRIVER } from './driver/limits';
import { checkDisk, diskNodes, diskSource, diskTraits, type EbsDisk, takeDisk } from './ebs-disk';
import { EBS_FS_TYPES } from './format/limits';
import { EBS_ACCESS_MODES, type EbsAccessMode } from './modes/limits';
import { type PooledEbsVolumeProps, pooledEbsVolume } from './pooled-ebs-volume';

/** Props of an EbsVolume. */
export interface EbsVolumeProps<
  M extends EbsAccessMode = EbsAccessMode,
  V extends VolumeMode = VolumeMode,
> extends EbsDisk,
    StaticVolumeProps<M> {
  /** Size of the volume, such as `'100Gi'`: at most 65,536 GiB, the largest that there is. */
  readonly capacity: StaticVolumeProps['capacity'];

  /**
   * Whether one node or one pod may use the volume; the type of the claim follows.
   *
   * @default 'ReadWriteOnce'
   */
  readonly accessMode?: M;

  /**
   * Whether it comes as a folder or as a raw device.
   *
   * @default 'Filesystem'
   */
  readonly volumeMode?: V;

  /**
   * What becomes of the volume when its claim is deleted.
   *
   * Nothing but Retain: with Delete, the driver would delete the volume and its data.
   *
   * @default 'Retain'
   */
  readonly reclaimPolicy?: 'Retain';
}

const EBS_VOLUME_PROPS: types.PropTypes<EbsVolumeProps> = {
  ...staticVolumeTypes(EBS_ACCESS_MODES),
  volumeId: types.text,
  zone: types.text,
  fsType: types.optional(types.oneOf(EBS_FS_TYPES)),
  partition: types.optional(types.wholeNumber(1)),
  volumeMode: types.optional(types.oneOf(VOLUME_MODES)),
  // Without the guess that a mode of another driver was meant for one of these.
  accessMode: types.optional({
    expected: `${alternatives(EBS_ACCESS_MODES)}, since one node at a time has it`,
    accepts: (value) => (EBS_ACCESS_MODES as readonly unknown[]).includes(value),
  }),
  reclaimPolicy: types.optional({
    expected: "'Retain': with 'Delete', the driver would delete the volume and its data",
    accepts: (value) => value === 'Retain',
  }),
};

/**
 * An EBS volume that exists, as a PersistentVolume of the EBS CSI driver and the claim that is bound
 * to it.
 *
 * Volume and claim are reserved for each other, of no storage class, and kept when Argo CD prunes.
 * Pods with the claim run in the volume's zone, and one node at a time has it.
 */
export class EbsVolume<
  const M extends EbsAccessMode = 'ReadWriteOnce',
  const V extends VolumeMode = 'Filesystem',
> extends StaticVolume<M, V> {
  /**
   * A volume that exists, as one of a VolumePool.
   *
   * @param props - the volume and its size
   * @throws StorageError `EbsVolumeId`, `EbsZone`, `EbsSize`, `SizeInvalid`, `PropMissing`,
   * `PropType`, `PropUnknown`, when the pool is made
   */
  static pooled(props: PooledEbsVolumeProps): PooledVolume<'ReadWriteOnce', 'Filesystem'> {
    return pooledEbsVolume(props);
  }

  /** What names the volume in AWS, as given. */
  readonly volumeId: string;

  /** The zone that it is in, as given. */
  readonly zone: string;

  readonly #capacity: Quantity;

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - the volume, its size and how it is used
   * @throws StorageError `EbsVolumeId`, `EbsZone`, `EbsFormat`, `EbsSize`, `RequestTooLarge`,
   * `NamespaceMissing`, `SelectorMisses`, `SizeInvalid`, `NameTooLong`, `Duplicate`,
   * `NamespaceInvalid`, `LabelsInvalid`, `PropMissing`, `PropType`, `PropUnknown`, `ScopeInvalid`,
   * `IdInvalid`, `IdTaken`
   */
  constructor(
    scope: Construct,
    id: string,
    props: EbsVolumeProps<M, V> &
      Said<M, 'ReadWriteOnce', 'accessMode'> &
      Said<V, 'Filesystem', 'volumeMode'>,
  ) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'EbsVolume', props, EBS_VOLUME_PROPS);
    const { volumeId, zone } = props;
    const volumeMode = props.volumeMode ?? ('Filesystem' as V);
    const capacity = checkDisk(path, props, volumeMode);
    super(scope, id, props, {
      accessMode: props.accessMode ?? ('ReadWriteOnce' as M),
      volumeMode,
      traits: diskTraits(props.fsType, volumeMode),
      nodes: diskNodes(props),
      source: () => diskSource(props, volumeMode),
    });
    takeDisk(this, path, props);
    this.volumeId = volumeId;
    this.zone = zone;
    this.#capacity = capacity;
  }

  /**
   * Takes a snapshot of the volume.
   *
   * @param id - the id of the snapshot, below the volume
   * @param props - the class and the name of the snapshot
   * @throws StorageError `SnapshotDriver`, `NameTooLong`, `Duplicate`, `PropType`, `PropUnknown`,
   * `IdInvalid`, `IdTaken`
   */
  snapshot(id: string, props: VolumeSnapshotProps = {}): VolumeSnapshot {
    const { claimName, namespace } = this;
    const source = { claimName, namespace, size: this.#capacity, driver: EBS_DRIVER };
    return new VolumeSnapshot(this, id, source, props);
  }
}
