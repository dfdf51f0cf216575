import type { Construct } from 'constructs';
import type { ClaimRequest, VolumeTraits } from '../claims/contracts';
import { CsiClaim, type CsiClaimProps } from '../claims/csi-claim';
import type { Said } from '../claims/said';
import { StorageClass } from '../claims/storage-class';
import type { Labels } from '../kube/label-selector';
import * as types from '../kube/props';
import type { ErrorPlace } from '../kube/storage-error';
import type { VolumeMode } from '../kube/volume-mode';
import { pathIn } from '../objects/scope';
import { checkClassClaim, classParameters } from './class-parameters';
import { EBS_DRIVER } from './driver/limits';
import { diskTraits } from './ebs-disk';
import {
  EBS_STORAGE_CLASS_PROPS,
  type EbsSharedDeviceProps,
  type EbsStorageClassProps,
} from './ebs-storage-class-props';
import { EBS_ZONE_LABEL } from './identifiers/limits';
import type { EbsVolumeType } from './limits';
import type { EbsAccessMode } from './modes/limits';
import { checkZones } from './zones';

/**
 * A StorageClass of the EBS CSI driver (aws-ebs-csi-driver), whose volumes are made on demand.
 *
 * A volume is made when the first pod that needs it is scheduled (WaitForFirstConsumer), in that
 * pod's zone: made earlier, it would be in a zone where the pod perhaps cannot run. One node at a time
 * has it; pods on many nodes share files over NFS instead.
 */
export class EbsStorageClass<const T extends EbsVolumeType = EbsVolumeType> extends StorageClass {
  /** The type of the volumes. */
  readonly volumeType: T;

  /** What a workload has to know of the volumes. */
  readonly traits: VolumeTraits;

  /** The access mode of a claim that does not say one. */
  readonly defaultAccessMode = 'ReadWriteOnce';

  readonly #parameters: Labels;

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - the volumes, and where and how they are made
   * @throws StorageError `EbsIops`, `EbsThroughput`, `EbsFormat`, `EbsKmsKey`, `EbsTags`,
   * `EbsZone`, `NameTooLong`, `Duplicate`, `NamespaceInvalid`, `LabelsInvalid`, `PropMissing`,
   * `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`, `IdTaken`
   */
  constructor(scope: Construct, id: string, props: EbsStorageClassProps<T>) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'EbsStorageClass', props, EBS_STORAGE_CLASS_PROPS);
    const { zones, mountOptions } = props;
    const parameters = classParameters(path, props);
    if (zones !== undefined) {
      checkZones(path, 'zones', zones);
    }
    super(scope, id, props, {
      provisioner: EBS_DRIVER,
      parameters,
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: props.allowVolumeExpansion ?? true,
      ...(mountOptions !== undefined && mountOptions.length > 0 && { mountOptions }),
      ...(zones !== undefined && {
        allowedTopologies: [{ matchLabelExpressions: [{ key: EBS_ZONE_LABEL, values: zones }] }],
      }),
    });
    this.volumeType = props.volume.type;
    this.#parameters = parameters;
    this.traits = diskTraits(props.fsType);
  }

  /**
   * Claims a volume of this class.
   *
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - how large it is, and how it is used
   * @throws StorageError `EbsSize`, `EbsIops`, `EbsThroughput`, `EbsFormat`, `EbsAccessMode`,
   * `SnapshotDriver`, `SnapshotNamespace`, `SnapshotSize`, `SizeInvalid`, `NameTooLong`,
   * `Duplicate`, `NamespaceInvalid`, `LabelsInvalid`, `PropMissing`, `PropType`, `PropUnknown`,
   * `ScopeInvalid`, `IdInvalid`, `IdTaken`
   */
  claim<const M extends EbsAccessMode = 'ReadWriteOnce', const V extends VolumeMode = 'Filesystem'>(
    scope: Construct,
    id: string,
    props: CsiClaimProps<M, V> &
      Said<M, 'ReadWriteOnce', 'accessMode'> &
      Said<V, 'Filesystem', 'volumeMode'>,
  ): CsiClaim<M, V>;

  /**
   * Claims a device of an io2 class that pods on several nodes of one zone have at once.
   *
   * Whatever uses it has to coordinate the writes itself, as a cluster file system does.
   *
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - how large it is; access mode and volume mode have to be said
   * @throws StorageError `EbsSize`, `EbsIops`, `EbsThroughput`, `EbsFormat`, `EbsAccessMode`,
   * `SnapshotDriver`, `SnapshotNamespace`, `SnapshotSize`, `SizeInvalid`, `NameTooLong`,
   * `Duplicate`, `NamespaceInvalid`, `LabelsInvalid`, `PropMissing`, `PropType`, `PropUnknown`,
   * `ScopeInvalid`, `IdInvalid`, `IdTaken`
   */
  claim(
    this: EbsStorageClass<'io2'>,
    scope: Construct,
    id: string,
    props: EbsSharedDeviceProps,
  ): CsiClaim<'ReadWriteMany', 'Block'>;

  claim(
    scope: Construct,
    id: string,
    props: CsiClaimProps,
  ): CsiClaim<EbsAccessMode | 'ReadWriteMany', VolumeMode> {
    return new CsiClaim(scope, id, this, props as CsiClaimProps<EbsAccessMode, VolumeMode>);
  }

  /**
   * Refuses claims that the driver would not serve.
   *
   * @param place - the construct that asks, or its path
   * @param request - what it asks for
   * @throws StorageError `EbsSize`, `EbsIops`, `EbsThroughput`, `EbsFormat`, `EbsAccessMode`
   */
  checkClaim(place: ErrorPlace, request: ClaimRequest): void {
    checkClassClaim(place, this.volumeType, this.#parameters, request);
  }
}
