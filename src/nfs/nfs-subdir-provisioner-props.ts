import type { NfsTraits } from '../claims/contracts';
import { imagePin } from '../kube/image';
import type { Labels } from '../kube/label-selector';
import { isQualifiedName } from '../kube/names';
import { RECLAIM_POLICIES, type ReclaimPolicy } from '../kube/objects';
import * as types from '../kube/props';
import { RESOURCES, type Resources } from '../kube/resources';
import type { NfsMountOption } from './limits';
import { NFS_SUBDIR_ON_DELETE, type NfsSubdirOnDelete } from './subdir/limits';
import { NFS_USERS } from './users';

/** Props of an NfsSubdirProvisioner. */
export interface NfsSubdirProvisionerProps {
  /**
   * The server: an IPv4 or IPv6 address, or a DNS name that the nodes resolve, which is not the name
   * of a Service: the kubelet mounts the volumes.
   */
  readonly server: string;

  /** The exported folder below which volumes are made: an absolute path without `..`. */
  readonly path: string;

  /**
   * Options of the mounts, the provisioner's own and the volumes', as in nfs(5).
   *
   * With options the provisioner mounts the share through a PersistentVolume `pv-<name>` and a claim
   * `pvc-<name>`, since a pod cannot say them.
   *
   * @default - none: what client and server agree on
   */
  readonly mountOptions?: readonly NfsMountOption[];

  /**
   * Further options, for what `mountOptions` does not know; spelling is not checked.
   *
   * @default - none
   */
  readonly uncheckedMountOptions?: readonly string[];

  /**
   * Name of the provisioner's objects, a DNS label.
   *
   * @default 'nfs-subdir-external-provisioner'
   */
  readonly name?: string;

  /**
   * Namespace that the provisioner runs in.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * Name of the StorageClass, a DNS subdomain.
   *
   * @default 'nfs-client'
   */
  readonly className?: string;

  /**
   * Name by which the class calls the provisioner, such as `example.com/nfs`; no other provisioner
   * of the cluster may have it.
   *
   * @default - `cluster.local/<name>`
   */
  readonly provisionerName?: string;

  /**
   * Whether a deleted volume's folder is kept as `archived-…`; if not, it is deleted.
   *
   * @default true
   */
  readonly archiveOnDelete?: boolean;

  /**
   * What becomes of a deleted volume's folder; it goes before `archiveOnDelete`.
   *
   * @default - as `archiveOnDelete` says
   */
  readonly onDelete?: NfsSubdirOnDelete;

  /**
   * The folder of a volume, below `path`, such as `${.PVC.namespace}.${.PVC.name}`: a relative path
   * without `..`, with the claim's namespace and name in it.
   *
   * `${.PVC.name}`, `${.PVC.namespace}` and `${.PVC.labels.<key>}` are replaced, a label that the
   * claim lacks by nothing. Subfolders (`/`) need `onDelete: 'retain'`: the provisioner deletes by
   * the last part of the path, and so another folder or none. Between namespace and name, `.` keeps
   * apart what `-` does not: claim `c` of `a-b` and claim `b-c` of `a`. Without the volume's name in
   * it a claim that is made again gets the folder of the old one where that was retained, and an
   * archive of the same name is in the way of the next.
   *
   * @default - `<namespace>-<claim>-<volume>`
   */
  readonly pathPattern?: string;

  /**
   * Whether `pathPattern` may do without namespace or name, so that claims share folders, and may
   * have `${.PVC.annotations.<key>}` in it (with `onDelete: 'retain'`), so that whoever makes a claim
   * chooses its folder: with `..` in the annotation, any folder of the share.
   *
   * @default false
   */
  readonly allowUnsafePathPattern?: boolean;

  /**
   * What becomes of a volume when its claim is deleted; with `'Retain'` volume and folder stay.
   *
   * @default 'Delete'
   */
  readonly reclaimPolicy?: ReclaimPolicy;

  /**
   * Whether claims that name no class take this one; a cluster should have one such class at most.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * What the class says of growth. Nothing resizes these volumes: a claim that grows waits for ever,
   * and is held to no size anyway.
   *
   * @default true
   */
  readonly allowVolumeExpansion?: boolean;

  /**
   * The provisioner's image, with a tag or a digest: v4.0.2 from a registry of your own, say.
   *
   * @default 'registry.k8s.io/sig-storage/nfs-subdir-external-provisioner:v4.0.2'
   */
  readonly image?: string;

  /**
   * Names of the Secrets that the image is pulled with.
   *
   * @default - none
   */
  readonly imagePullSecrets?: readonly string[];

  /**
   * What the provisioner asks for and is held to.
   *
   * @default { requests: { cpu: '100m', memory: '128Mi' } }
   */
  readonly resources?: Resources;

  /**
   * Labels of the nodes that the provisioner may run on.
   *
   * @default - any node
   */
  readonly nodeLabels?: Labels;

  /**
   * What the server makes of the users that reach it: see NfsVolume.
   *
   * @default - not known
   */
  readonly users?: NfsTraits;

  /**
   * Labels of all objects.
   *
   * @default - the recommended `app.kubernetes.io/*` labels; these are added to them
   */
  readonly labels?: Labels;
}

/** The types of these props. */
export const NFS_SUBDIR_PROVISIONER_PROPS: types.PropTypes<NfsSubdirProvisionerProps> = {
  server: types.text,
  path: types.text,
  mountOptions: types.optional(types.listOf(types.text)),
  uncheckedMountOptions: types.optional(types.listOf(types.text)),
  name: types.optional(types.labelName),
  namespace: types.optional(types.labelName),
  className: types.optional(types.objectName),
  provisionerName: types.optional({
    expected: "a name such as 'example.com/nfs' (letters, digits, '-', '_' and '.' after the '/')",
    // StorageClass.provisioner is a qualified name in lower case (validateProvisioner).
    accepts: (value) => typeof value === 'string' && isQualifiedName(value.toLowerCase()),
  }),
  archiveOnDelete: types.optional(types.flag),
  onDelete: types.optional(types.oneOf(NFS_SUBDIR_ON_DELETE)),
  pathPattern: types.optional(types.text),
  allowUnsafePathPattern: types.optional(types.flag),
  reclaimPolicy: types.optional(types.oneOf(RECLAIM_POLICIES)),
  isDefault: types.optional(types.flag),
  allowVolumeExpansion: types.optional(types.flag),
  image: types.optional({
    expected: "an image reference with a tag other than 'latest', or with a digest",
    accepts: (value) => typeof value === 'string' && imagePin(value) === 'pinned',
  }),
  imagePullSecrets: types.optional(types.listOf(types.secretName)),
  resources: types.optional(RESOURCES),
  nodeLabels: types.optional(types.labels),
  users: types.optional(NFS_USERS),
  labels: types.optional(types.labels),
};
