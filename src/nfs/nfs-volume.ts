import type { Construct } from 'constructs';
import { StaticVolume, type StaticVolumeProps, staticVolumeTypes } from '../claims/static-volume';
import type { PersistentVolumeSource } from '../kube/objects';
import * as types from '../kube/props';
import { pathIn } from '../objects/scope';
import { checkExportPath, checkServer } from './export';
import {
  DEFAULT_NFS_MOUNT_OPTIONS,
  NFS_ACCESS_MODES,
  NFS_CSI_DRIVER,
  type NfsAccessMode,
  type NfsMountOption,
} from './limits';
import { readMountOptions } from './mount-options';

/** Which client mounts an NFS volume. */
export const NFS_DRIVERS = ['in-tree', 'csi'] as const;

/** Which client mounts an NFS volume. */
export type NfsDriver = (typeof NFS_DRIVERS)[number];

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
   * Further options, for what `mountOptions` does not know; spelling is not checked.
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
}

const NFS_VOLUME_PROPS: types.PropTypes<NfsVolumeProps> = {
  server: types.text,
  path: types.text,
  ...staticVolumeTypes(NFS_ACCESS_MODES),
  mountOptions: types.optional(types.listOf(types.text)),
  uncheckedMountOptions: types.optional(types.listOf(types.text)),
  driver: types.optional(types.oneOf(NFS_DRIVERS)),
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
   * `Duplicate`, `PropMissing`, `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`
   */
  constructor(scope: Construct, id: string, props: NfsVolumeProps<M>) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'NfsVolume', props, NFS_VOLUME_PROPS);
    const { driver = 'in-tree' } = props;
    checkServer(path, props.server, driver);
    checkExportPath(path, props.path);
    const accessMode = props.accessMode ?? ('ReadWriteMany' as M);
    super(scope, id, props, {
      accessMode,
      volumeMode: 'Filesystem',
      mountOptions: readMountOptions(path, props, DEFAULT_NFS_MOUNT_OPTIONS),
      source: (volumeName) => source(props, driver, accessMode, volumeName),
    });
    this.server = props.server;
    this.path = props.path;
  }
}

function source(
  { server, path }: { readonly server: string; readonly path: string },
  driver: NfsDriver,
  accessMode: NfsAccessMode,
  volumeName: string,
): PersistentVolumeSource {
  const readOnly = accessMode === 'ReadOnlyMany' && { readOnly: true };
  return driver === 'in-tree'
    ? { nfs: { server, path, ...readOnly } }
    : {
        csi: {
          driver: NFS_CSI_DRIVER,
          // Two volumes of one handle would be one volume to the kubelet: the name keeps them apart.
          // Source: csi-driver-nfs, deploy/example/pv-nfs-csi.yaml.
          volumeHandle: `${server}#${path}#${volumeName}`,
          ...readOnly,
          volumeAttributes: { server, share: path },
        },
      };
}
