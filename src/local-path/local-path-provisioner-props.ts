import { imagePin } from '../kube/image';
import type { Labels } from '../kube/label-selector';
import { isQualifiedName } from '../kube/names';
import { RECLAIM_POLICIES, type ReclaimPolicy } from '../kube/objects';
import * as types from '../kube/props';
import { RESOURCES, type Resources } from '../kube/resources';
import { LOCAL_PATH_VOLUME_TYPES, type LocalPathVolumeType } from './limits';
import type { NodePathMap } from './provisioner-config';

/** Props of a LocalPathProvisioner. */
export interface LocalPathProvisionerProps<F extends string | undefined = string | undefined> {
  /**
   * Namespace of the provisioner and of the pods that make folders.
   *
   * @default 'local-path-storage'
   */
  readonly namespace?: string;

  /**
   * Whether the Namespace is rendered too; without it, it has to exist.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * Labels of the Namespace. A cluster that enforces Pod Security needs
   * `{ 'pod-security.kubernetes.io/enforce': 'privileged' }` here: `podSecurityExceptions` says why.
   *
   * @default - the recommended `app.kubernetes.io/*` labels; these are added to them
   */
  readonly namespaceLabels?: Labels;

  /**
   * Name of the Deployment, a DNS label, and start of the names of what belongs to it: a second
   * provisioner in a cluster needs another one.
   *
   * @default - 'local-path-provisioner', and upstream's names for the rest
   */
  readonly name?: string;

  /**
   * What StorageClasses call the provisioner: a second one in a cluster needs another name.
   *
   * @default 'rancher.io/local-path'
   */
  readonly provisionerName?: string;

  /**
   * The folders on each node that volumes are made in, by the node's name (`kubectl get nodes`,
   * which need not be its hostname): absolute paths below `/`.
   *
   * `DEFAULT_PATH_FOR_NON_LISTED_NODES` is every other node; without it there are no volumes on
   * them, as there are none on a node with an empty list.
   *
   * @default - `/opt/local-path-provisioner` on every node
   */
  readonly nodePathMap?: [F] extends [string] ? never : NodePathMap;

  /**
   * A folder of a file system that every node mounts at this path: an absolute path below `/`.
   * Volumes are made in it in place of folders of one node, and can be used with every access mode.
   *
   * @default - none: volumes are folders of one node
   */
  readonly sharedFileSystemPath?: F;

  /**
   * Script of `sh` that makes the folder `$VOL_DIR`; `$VOL_MODE` and `$VOL_SIZE_BYTES` are there too.
   *
   * @default - makes it with mode 0777
   */
  readonly setup?: string;

  /**
   * Script of `sh` that removes the folder `$VOL_DIR`.
   *
   * @default - removes it with what is in it
   */
  readonly teardown?: string;

  /**
   * A program of the helper image in place of `setup`, for an image without a shell. It gets the
   * folder by `-p`, the size in bytes by `-s`, the volume mode by `-m` and `-a create`.
   *
   * @default - none: `setup` runs
   */
  readonly setupCommand?: string;

  /**
   * The same in place of `teardown`, with `-a delete`.
   *
   * @default - none: `teardown` runs
   */
  readonly teardownCommand?: string;

  /**
   * Seconds that setup and teardown may take, the pull of the helper image included; at least 1.
   *
   * @default 120
   */
  readonly cmdTimeoutSeconds?: number;

  /**
   * Image of the pods that make and remove folders, with a tag or a digest. They run as root.
   *
   * @default 'docker.io/library/busybox:1.37.0'
   */
  readonly helperImage?: string;

  /**
   * Image of the provisioner, with a tag or a digest.
   *
   * @default 'docker.io/rancher/local-path-provisioner:v0.0.37'
   */
  readonly image?: string;

  /**
   * Name of the StorageClass that comes with the provisioner.
   *
   * @default 'local-path'
   */
  readonly className?: string;

  /**
   * Whether claims that name no class take that one; a cluster should have one such class at most.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * What becomes of a volume of that class when its claim is deleted.
   *
   * @default 'Delete'
   */
  readonly reclaimPolicy?: ReclaimPolicy;

  /**
   * What the volumes of that class are: `'local'` gives files to the pod's fsGroup, `'hostPath'`
   * does not.
   *
   * @default 'hostPath'
   */
  readonly defaultVolumeType?: [F] extends [string] ? 'hostPath' : LocalPathVolumeType;

  /**
   * What the provisioner's container asks for and is held to.
   *
   * @default { requests: { cpu: '100m', memory: '128Mi' } }
   */
  readonly resources?: Resources;
}

const IMAGE: types.PropType = {
  expected:
    "an image reference with a tag other than 'latest' or a digest, such as 'registry.example.com/busybox:1.37.0'",
  accepts: (value) => typeof value === 'string' && imagePin(value) === 'pinned',
};

const PROGRAM: types.PropType = {
  expected: "one program without arguments, such as '/bin/setup'",
  accepts: (value) => typeof value === 'string' && /^\S+$/.test(value),
};

const PROVISIONER_NAME: types.PropType = {
  expected: "a name such as 'rancher.io/local-path' (a DNS subdomain, '/' and a name)",
  accepts: (value) => typeof value === 'string' && isQualifiedName(value) && value.includes('/'),
};

const NODE_PATH_MAP: types.PropType = {
  expected: "an object of lists of folders by node, such as { 'node-1': ['/data'] }",
  accepts: (value) =>
    types.isObject(value) &&
    Object.values(value).every(
      (paths) => Array.isArray(paths) && paths.every((path) => typeof path === 'string'),
    ),
};

/** The types of these props. */
export const LOCAL_PATH_PROVISIONER_PROPS: types.PropTypes<LocalPathProvisionerProps> = {
  namespace: types.optional(types.labelName),
  createNamespace: types.optional(types.flag),
  namespaceLabels: types.optional(types.labels),
  name: types.optional(types.labelName),
  provisionerName: types.optional(PROVISIONER_NAME),
  nodePathMap: types.optional(NODE_PATH_MAP),
  sharedFileSystemPath: types.optional(types.text),
  setup: types.optional(types.text),
  teardown: types.optional(types.text),
  setupCommand: types.optional(PROGRAM),
  teardownCommand: types.optional(PROGRAM),
  cmdTimeoutSeconds: types.optional(types.wholeNumber(1)),
  helperImage: types.optional(IMAGE),
  image: types.optional(IMAGE),
  className: types.optional(types.objectName),
  isDefault: types.optional(types.flag),
  reclaimPolicy: types.optional(types.oneOf(RECLAIM_POLICIES)),
  defaultVolumeType: types.optional(types.oneOf(LOCAL_PATH_VOLUME_TYPES)),
  resources: types.optional(RESOURCES),
};
