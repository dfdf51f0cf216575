import type { Construct } from 'constructs';
import type { NfsTraits } from '../claims/contracts';
import type { Said } from '../claims/said';
import { StaticVolume, type StaticVolumeProps, staticVolumeTypes } from '../claims/static-volume';
import type { PooledVolume } from '../claims/volume-pool';
import * as types from '../kube/props';
import { pathIn } from '../objects/scope';
import { checkExportPath, checkServer } from './export';
import {
  DEFAULT_NFS_MOUNT_OPTIONS,
  NFS_ACCESS_MODES,
  type NfsAccessMode,
  type NfsMountOption,
} from './limits';
import { readMountOptions, uncheckedNote } from './mount-options';
import { type PooledNfsVolumeProps, pooledNfsVolume } from './pooled-nfs-volume';
import { NFS_DRIVERS, type NfsDriver, nfsSource, nfsTraits } from './source';
import { NFS_USERS } from './users';

/** Props of an NfsVolume. */
export interface NfsVolumeProps<M extends NfsAccessMode = 'ReadWriteMany'>
  extends StaticVolumeProps<M> {
  /**
   * The server: an IPv4 or IPv6 address, or a DNS name that the nodes resolve.
   *
   * The in-tree driver mounts from the node, which does not resolve names of Services
   * (`….svc…`); `driver: 'csi'` does.
   */
  readonly server: string;

  /** The exported folder: an absolute path without `..`. */
  readonly path: string;

  /**
   * How many nodes may use the volume, and how; the type of the claim follows.
   *
   * ReadOnlyMany mounts read-only.
   *
   * @default 'ReadWriteMany'
   */
  readonly accessMode?: M;

  /**
   * Options of the mount, as in nfs(5); given ones replace the default ones.
   *
   * @default ['hard', 'nfsvers=4.1']
   */
  readonly mountOptions?: readonly NfsMountOption[];

  /**
   * Further options, for what `mountOptions` does not know; spelling is not checked, here or by the
   * planner.
   *
   * @default - none
   */
  readonly uncheckedMountOptions?: readonly string[];

  /**
   * Which client mounts the volume.
   *
   * `'in-tree'` is the kubelet: every node needs the NFS client tools (nfs-common, nfs-utils).
   * `'csi'` is csi-driver-nfs (`nfs.csi.k8s.io`), installed in the cluster: it brings the tools and
   * resolves names of Services.
   *
   * @default 'in-tree'
   */
  readonly driver?: NfsDriver;

  /**
   * What the server makes of the users that reach it, where that is known. Apps over the volume run
   * as the anonymous user where everybody is squashed, and as `folderOwner` where not, unless they
   * say another. The volumes of an NfsServer's export know it by themselves.
   *
   * @default - not known
   */
  readonly users?: NfsTraits;
}

const NFS_VOLUME_PROPS: types.PropTypes<NfsVolumeProps> = {
  server: types.text,
  path: types.text,
  ...staticVolumeTypes(NFS_ACCESS_MODES),
  mountOptions: types.optional(types.listOf(types.text)),
  uncheckedMountOptions: types.optional(types.listOf(types.text)),
  driver: types.optional(types.oneOf(NFS_DRIVERS)),
  users: types.optional(NFS_USERS),
};

/**
 * An NFS export that exists, as a PersistentVolume and the claim that is bound to it.
 *
 * Volume and claim are reserved for each other, of no storage class, and kept when Argo CD prunes.
 * Files get the UID and GID of the process that writes them: fsGroup is ignored on NFS, so the
 * workload's `runAsUser`, `runAsGroup` and `supplementalGroups` have to fit the export's owner, or
 * its `anonuid` and `anongid` where it squashes.
 */
export class NfsVolume<const M extends NfsAccessMode = 'ReadWriteMany'> extends StaticVolume<
  M,
  'Filesystem'
> {
  /**
   * A folder of an export, as a volume of a VolumePool; every node can write it.
   *
   * @param props - the folder and its size
   * @throws StorageError `NfsServer`, `NfsPath`, `NfsMountOptions`, `SizeInvalid`, `PropMissing`,
   * `PropType`, `PropUnknown`, when the pool is made
   */
  static pooled(props: PooledNfsVolumeProps): PooledVolume<'ReadWriteMany', 'Filesystem'> {
    return pooledNfsVolume(props);
  }

  /** The server, as given. */
  readonly server: string;

  /** The exported folder, as given. */
  readonly path: string;

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - the export, its size and how it is used
   * @throws StorageError `NfsServer`, `NfsPath`, `NfsMountOptions`, `RequestTooLarge`,
   * `NamespaceMissing`, `NamespaceInvalid`, `SelectorMisses`, `SizeInvalid`, `NameTooLong`,
   * `Duplicate`, `LabelsInvalid`, `PropMissing`, `PropType`, `PropUnknown`, `ScopeInvalid`,
   * `IdInvalid`, `IdTaken`
   */
  constructor(
    scope: Construct,
    id: string,
    props: NfsVolumeProps<M> & Said<M, 'ReadWriteMany', 'accessMode'>,
  ) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'NfsVolume', props, NFS_VOLUME_PROPS);
    const { driver = 'in-tree' } = props;
    checkServer(path, props.server, driver);
    checkExportPath(path, props.path);
    const accessMode = props.accessMode ?? ('ReadWriteMany' as M);
    const readOnly = accessMode === 'ReadOnlyMany';
    super(scope, id, props, {
      accessMode,
      volumeMode: 'Filesystem',
      mountOptions: readMountOptions(path, props, DEFAULT_NFS_MOUNT_OPTIONS, readOnly),
      annotations: uncheckedNote(props),
      source: (volumeName) => nfsSource(props, driver, accessMode, volumeName),
      traits: nfsTraits(driver, props.users, readOnly),
    });
    this.server = props.server;
    this.path = props.path;
  }
}
