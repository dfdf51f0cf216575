import type { Construct } from 'constructs';
import type { ClaimRequest, NfsTraits, VolumeTraits } from '../claims/contracts';
import { CsiClaim, type CsiClaimProps } from '../claims/csi-claim';
import type { Said } from '../claims/said';
import { STORAGE_CLASS_PROPS, StorageClass, type StorageClassProps } from '../claims/storage-class';
import type { AccessMode } from '../kube/access-mode';
import type { Labels } from '../kube/label-selector';
import { relativePathProblem } from '../kube/paths';
import * as types from '../kube/props';
import { type ErrorPlace, refuse } from '../kube/storage-error';
import { pathIn } from '../objects/scope';
import { refuseBlock, refuseSelector } from './claim-checks';
import { NFS_ON_DELETE, type NfsOnDelete, nfsCsiParameterProblems } from './csi/limits';
import { DEFAULT_NFS_MOUNT_OPTIONS, NFS_CSI_DRIVER, type NfsMountOption } from './limits';
import { readMountOptions, uncheckedNote } from './mount-options';
import { nfsTraits } from './source';
import { NFS_USERS } from './users';

/** Props of an NfsStorageClass. */
export interface NfsStorageClassProps extends StorageClassProps {
  /**
   * The server: an IPv4 or IPv6 address, or a DNS name, that of a Service included: the driver
   * mounts from pods of its own, on the node's network and with the cluster's DNS.
   */
  readonly server: string;

  /** The exported folder below which volumes are made: an absolute path without `..` and `#`. */
  readonly share: string;

  /**
   * The folder of a volume, below `share`: a relative path without `..` and `#`.
   *
   * `${pvc.metadata.name}`, `${pvc.metadata.namespace}` and `${pv.metadata.name}` are replaced. It
   * must have the volume's name, or the claim's name and namespace: claims whose folder comes out
   * the same share it, and lose it when one of them is deleted. `onDelete: 'retain'` allows any
   * other, for claims that share a folder on purpose. Between namespace and name, `/` keeps apart
   * what `-` does not: claim `c` of `a-b` and claim `b-c` of `a`.
   *
   * @default - the PersistentVolume's name, `pvc-<uid>`
   */
  readonly subDir?: string;

  /**
   * Mode that the driver gives to the volume's folder when it is made and whenever it is mounted:
   * up to four octal digits, such as `'0770'`; `'0'` leaves it as it is.
   *
   * A new folder belongs to root with mode 0755, as the driver's umask leaves it: a process that is
   * not root writes it by the pod's fsGroup, or by this mode.
   *
   * @default - the driver's `--mount-permissions`, which is 0 where nobody set it
   */
  readonly mountPermissions?: string;

  /**
   * What the driver does with a volume's folder when it deletes the volume; `'archive'` renames it
   * to `archived-…`. It deletes none while `reclaimPolicy` is Retain.
   *
   * @default - the driver's `--default-ondelete-policy`, which is `'delete'` where nobody set it
   */
  readonly onDelete?: NfsOnDelete;

  /**
   * Options of the mount, as in nfs(5); given ones replace the default ones.
   *
   * The driver makes folders with them too; it deletes folders without them, since a request to
   * delete does not carry them (csi-driver-nfs#260).
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
   * Whether claims may grow. The driver says yes to any size and changes nothing on the server,
   * which holds no volume to its size (csi-driver-nfs, ControllerExpandVolume).
   *
   * @default true
   */
  readonly allowVolumeExpansion?: boolean;

  /**
   * What the server makes of the users that reach it: see NfsVolume.
   *
   * @default - not known
   */
  readonly users?: NfsTraits;
}

const NFS_STORAGE_CLASS_PROPS: types.PropTypes<NfsStorageClassProps> = {
  server: types.text,
  share: types.text,
  ...STORAGE_CLASS_PROPS,
  subDir: types.optional(types.text),
  mountPermissions: types.optional(types.text),
  onDelete: types.optional(types.oneOf(NFS_ON_DELETE)),
  mountOptions: types.optional(types.listOf(types.text)),
  uncheckedMountOptions: types.optional(types.listOf(types.text)),
  allowVolumeExpansion: types.optional(types.flag),
  users: types.optional(NFS_USERS),
};

const CODES: Readonly<Record<string, string>> = {
  server: 'NfsServer',
  share: 'NfsShare',
  subDir: 'NfsSubDir',
  mountPermissions: 'NfsMountPermissions',
  onDelete: 'NfsOnDelete',
};

/**
 * A class of NFS volumes, each a folder that csi-driver-nfs (`nfs.csi.k8s.io`, v4.13.4) makes below
 * an export that exists.
 *
 * The driver must be installed in the cluster; the nodes need no NFS client tools, its image brings
 * them. Claims are for any number of nodes unless they say otherwise. Volumes are made at once: any
 * node reaches the server, so there is nothing to wait for. Sizes are kept by nobody.
 *
 * The driver has the kubelet give files to a pod's fsGroup: the export must let root do that
 * (`no_root_squash`), or pods with an fsGroup do not start.
 */
export class NfsStorageClass extends StorageClass {
  /**
   * NFS is mounted, never attached. The CSIDriver object says `fsGroupPolicy: File`, but an fsGroup
   * is not for the asking: on an export with `root_squash`, the default, the kubelet cannot give the
   * files away, and the pod does not start.
   *
   * Source: csi-driver-nfs, deploy/v4.13.0/csi-nfs-driverinfo.yaml; exports(5).
   */
  readonly traits: VolumeTraits;

  /** Claims are shared ones unless they say otherwise. */
  readonly defaultAccessMode = 'ReadWriteMany';

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - the export, and how volumes are made on it
   * @throws StorageError `NfsServer`, `NfsShare`, `NfsSubDir`, `NfsMountPermissions`,
   * `NfsMountOptions`, `NameTooLong`, `Duplicate`, `NamespaceInvalid`, `LabelsInvalid`,
   * `PropMissing`, `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`, `IdTaken`
   */
  constructor(scope: Construct, id: string, props: NfsStorageClassProps) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'NfsStorageClass', props, NFS_STORAGE_CLASS_PROPS);
    const parameters = readParameters(path, props);
    super(scope, id, props, {
      provisioner: NFS_CSI_DRIVER,
      parameters,
      mountOptions: readMountOptions(path, props, DEFAULT_NFS_MOUNT_OPTIONS),
      annotations: uncheckedNote(props),
      allowVolumeExpansion: props.allowVolumeExpansion ?? true,
      volumeBindingMode: 'Immediate',
    });
    this.traits = nfsTraits('csi', props.users);
  }

  /**
   * Makes a claim of this class.
   *
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - size and access mode, ReadWriteMany where none is said
   * @throws StorageError `NfsVolumeMode`, `NfsSelector`, `SnapshotDriver`, `SnapshotNamespace`,
   * `SnapshotSize`, `SizeInvalid`, `NameTooLong`, `Duplicate`, `NamespaceInvalid`, `LabelsInvalid`,
   * `PropMissing`, `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`, `IdTaken`
   */
  claim<const M extends AccessMode = 'ReadWriteMany'>(
    scope: Construct,
    id: string,
    // A mode that TypeScript infers from where the claim goes has to be said in the props.
    props: CsiClaimProps<M, 'Filesystem'> & Said<M, 'ReadWriteMany', 'accessMode'>,
  ): CsiClaim<M, 'Filesystem'> {
    refuseSelector(pathIn(scope, id), props);
    return new CsiClaim(scope, id, this, props);
  }

  /**
   * Refuses Block claims; every access mode is served.
   *
   * @param place - the construct that asks, or its path
   * @param request - what it asks for
   * @throws StorageError `NfsVolumeMode`
   */
  checkClaim(place: ErrorPlace, request: ClaimRequest): void {
    refuseBlock(place, request);
  }
}

function readParameters(path: string, props: NfsStorageClassProps): Labels {
  const { server, share, subDir, mountPermissions, onDelete } = props;
  const parameters = {
    server,
    share,
    ...(subDir !== undefined && { subDir }),
    ...(mountPermissions !== undefined && { mountPermissions }),
    ...(onDelete !== undefined && { onDelete }),
  };
  // The driver takes an absolute one as well, and a share with '/' at its end: one spelling will do.
  const absolute = subDir === undefined ? undefined : relativePathProblem(subDir);
  if (absolute !== undefined) {
    refuse('NfsSubDir', path, `'subDir' ${absolute}`);
  }
  const [first] = nfsCsiParameterProblems(parameters);
  if (first !== undefined) {
    refuse(CODES[first.parameter] ?? 'NfsParameter', path, `'${first.parameter}' ${first.problem}`);
  }
  return parameters;
}
