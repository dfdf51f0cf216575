import type { NfsAccessMode, NfsMountOption } from '../limits';
import type { NfsStorageClassProps } from '../nfs-storage-class';
import type { NfsSubdirProvisionerProps } from '../nfs-subdir-provisioner-props';
import type { NfsVolumeProps } from '../nfs-volume';
import type { PooledNfsVolumeProps } from '../pooled-nfs-volume';
import type { NfsExportAccess } from './limits';

/** Access modes of volumes over an export: those that nobody writes where clients only read. */
export type NfsExportMode<A extends NfsExportAccess> = A extends 'ro'
  ? 'ReadOnlyMany'
  : NfsAccessMode;

/** The access mode of a volume over an export where none is said. */
export type NfsExportDefaultMode<A extends NfsExportAccess> = A extends 'ro'
  ? 'ReadOnlyMany'
  : 'ReadWriteMany';

/** A prop that an export gives to what is made over it. */
export type NfsFixedByExport =
  | 'server'
  | 'path'
  | 'share'
  | 'mountOptions'
  | 'uncheckedMountOptions'
  | 'users';

/** Further options of the mounts of an export. */
export interface FurtherMountOptions {
  /**
   * Options beside those that the export asks for, as in nfs(5): `'noatime'`, `'nconnect=4'`.
   *
   * @default - none
   */
  readonly furtherMountOptions?: readonly NfsMountOption[];
}

/** Props of an NfsVolume over the export of an NfsServer. */
export interface NfsExportVolumeProps<M extends NfsAccessMode = NfsAccessMode>
  extends Omit<NfsVolumeProps<M>, NfsFixedByExport>,
    FurtherMountOptions {}

/** Props of a pooled volume over the export of an NfsServer. */
export interface NfsExportPooledProps
  extends Omit<PooledNfsVolumeProps, NfsFixedByExport>,
    FurtherMountOptions {}

/** Props of an NfsSubdirProvisioner over the export of an NfsServer. */
export interface NfsExportProvisionerProps
  extends Omit<NfsSubdirProvisionerProps, NfsFixedByExport>,
    FurtherMountOptions {}

/** Props of an NfsStorageClass over the export of an NfsServer. */
export interface NfsExportStorageClassProps
  extends Omit<NfsStorageClassProps, NfsFixedByExport>,
    FurtherMountOptions {}
