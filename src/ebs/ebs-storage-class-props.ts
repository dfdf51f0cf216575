import type { CsiClaimProps } from '../claims/csi-claim';
import { STORAGE_CLASS_PROPS, type StorageClassProps } from '../claims/storage-class';
import * as types from '../kube/props';
import { EBS_FORMAT, type EbsFileSystem } from './format/file-system';
import { EBS_FS_TYPES } from './format/limits';
import type { EbsVolumeType } from './limits';
import { EBS_TAGS, type EbsTags } from './tags/tags';
import { EBS_VOLUME_SPEC, type EbsVolumeSpec } from './volume-types';

/** Props of an EbsStorageClass, but for the file system. */
export interface EbsStorageClassOptions<T extends EbsVolumeType = EbsVolumeType>
  extends StorageClassProps {
  /** The type of the volumes, and what can be chosen of it: `{ type: 'gp3', iops: 6000 }`. */
  readonly volume: EbsVolumeSpec<T>;

  /**
   * Whether volumes are encrypted.
   *
   * @default true
   */
  readonly encrypted?: boolean;

  /**
   * The key that encrypts them: the ARN of a KMS key, or of its alias.
   *
   * @default - the account's key for EBS in the region
   */
  readonly kmsKeyId?: string;

  /**
   * Tags of the volumes in AWS, at most 48.
   *
   * A value may be a template: `'{{ .PVCNamespace }}/{{ .PVCName }}'`.
   *
   * @default - those of the driver
   */
  readonly tags?: EbsTags;

  /**
   * Names of the zones in which volumes are made, such as `['ap-northeast-1a', 'ap-northeast-1c']`;
   * pods with such a volume run there.
   *
   * @default - the zone of the node that the pod is scheduled to
   */
  readonly zones?: readonly string[];

  /**
   * Whether claims may grow.
   *
   * @default true
   */
  readonly allowVolumeExpansion?: boolean;

  /**
   * Options of the mount, one each; the driver does not check them, a wrong one fails the mount.
   *
   * @default - none
   */
  readonly mountOptions?: readonly string[];
}

/** Props of an EbsStorageClass. */
export type EbsStorageClassProps<T extends EbsVolumeType = EbsVolumeType> =
  EbsStorageClassOptions<T> & EbsFileSystem;

const MOUNT_OPTION: types.PropType = {
  expected: 'one mount option, without commas and spaces',
  accepts: (value) => typeof value === 'string' && /^[^\s,]+$/.test(value),
};

/** The types of these props. */
export const EBS_STORAGE_CLASS_PROPS: types.PropTypes<EbsStorageClassProps> = {
  ...STORAGE_CLASS_PROPS,
  volume: EBS_VOLUME_SPEC,
  fsType: types.optional(types.oneOf(EBS_FS_TYPES)),
  format: types.optional(EBS_FORMAT),
  encrypted: types.optional(types.flag),
  kmsKeyId: types.optional(types.text),
  tags: types.optional(EBS_TAGS),
  zones: types.optional(types.listOf(types.text)),
  allowVolumeExpansion: types.optional(types.flag),
  mountOptions: types.optional(types.listOf(MOUNT_OPTION)),
};

/** Props of a device that pods on several nodes have at once. */
export interface EbsSharedDeviceProps extends CsiClaimProps<'ReadWriteMany', 'Block'> {
  /** How many nodes may use it. */
  readonly accessMode: 'ReadWriteMany';

  /** A device; a file system of EBS cannot be shared. */
  readonly volumeMode: 'Block';
}
