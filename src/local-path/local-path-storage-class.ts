import type { Construct } from 'constructs';
import type { ClaimRequest, VolumeTraits } from '../claims/contracts';
import type { Said } from '../claims/said';
import { STORAGE_CLASS_PROPS, StorageClass, type StorageClassProps } from '../claims/storage-class';
import type { AccessMode } from '../kube/access-mode';
import * as types from '../kube/props';
import { type ErrorPlace, refuse } from '../kube/storage-error';
import { pathIn } from '../objects/scope';
import {
  accessModeProblem,
  LOCAL_PATH_ANNOTATIONS,
  LOCAL_PATH_VOLUME_TYPES,
  type LocalPathAccessMode,
  type LocalPathSharing,
  type LocalPathVolumeType,
  type NodePaths,
  nodePathProblem,
  pathPatternProblem,
  volumeModeProblem,
  volumeTypeProblem,
} from './limits';
import { LocalPathClaim, type LocalPathClassClaimProps } from './local-path-claim';
import { refuseProblem } from './refuse-problem';

/** Access modes of a class, by where its provisioner keeps volumes. */
export interface LocalPathAccess {
  /** A folder on one node. */
  readonly node: LocalPathAccessMode;
  /** A folder on a file system that all nodes share. */
  readonly shared: AccessMode;
}

/** Volume types of a class, by where its provisioner keeps volumes. */
export interface LocalPathVolumes {
  /** A folder on one node. */
  readonly node: LocalPathVolumeType;
  /** A folder on a file system that all nodes share: `local` would need a node. */
  readonly shared: 'hostPath';
}

/** Props of a LocalPathStorageClass. */
export interface LocalPathStorageClassProps<S extends LocalPathSharing = LocalPathSharing>
  extends StorageClassProps {
  /**
   * The folder that volumes are made in: one that the provisioner has for some node. On a node that
   * lacks it no volume is made.
   *
   * @default - any folder of the node, at random
   */
  readonly nodePath?: S extends 'node' ? string : never;

  /**
   * The volume's folder below the provisioner's, as a Go template that starts with
   * `{{ .PVC.Namespace }}/{{ .PVC.Name }}/`; it may fill in `.PVName`, `.PVC.UID` and labels.
   *
   * Without `.PVName` or `.PVC.UID` a claim that is made again gets the folder of the one before.
   *
   * @default - `<volume>_<namespace>_<claim>`
   */
  readonly pathPattern?: string;

  /**
   * Whether `pathPattern` may be any template. What comes out is not looked at, neither here nor by
   * the provisioner: claims can get each other's folders, or any of the node's.
   *
   * @default false
   */
  readonly allowUnsafePathPattern?: boolean;

  /**
   * What the volumes of claims are that do not say it: `'local'` gives files to the pod's fsGroup,
   * `'hostPath'` does not.
   *
   * @default 'hostPath'
   */
  readonly defaultVolumeType?: LocalPathVolumes[S];
}

/** What a class has to know of its provisioner. */
export interface LocalPathClassSource<S extends LocalPathSharing = LocalPathSharing> {
  readonly provisionerName: string;
  readonly sharing: S;
  readonly nodePathMap: readonly NodePaths[];
}

const LOCAL_PATH_STORAGE_CLASS_PROPS: types.PropTypes<LocalPathStorageClassProps> = {
  ...STORAGE_CLASS_PROPS,
  nodePath: types.optional(types.text),
  pathPattern: types.optional(types.text),
  allowUnsafePathPattern: types.optional(types.flag),
  defaultVolumeType: types.optional(types.oneOf(LOCAL_PATH_VOLUME_TYPES)),
};

/**
 * A StorageClass of local-path-provisioner; `provisioner.mainClass` is one, and
 * `provisioner.storageClass(…)` makes further ones.
 *
 * A volume is made when a pod first uses its claim, on that pod's node. It cannot be expanded: the
 * provisioner has no resizer, a larger number would change nothing.
 */
export class LocalPathStorageClass<S extends LocalPathSharing = 'node'> extends StorageClass {
  /** What a workload has to know of its volumes. */
  readonly traits: VolumeTraits;

  /** The access mode of a claim that does not say one. */
  readonly defaultAccessMode = 'ReadWriteOnce';

  /** Whether volumes are folders of one node, or of a file system that all nodes mount. */
  readonly sharing: S;

  /** @internal */
  constructor(
    scope: Construct,
    id: string,
    source: LocalPathClassSource<S>,
    props: LocalPathStorageClassProps,
  ) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'LocalPathStorageClass', props, LOCAL_PATH_STORAGE_CLASS_PROPS);
    checkFolders(path, source, props);
    const { provisionerName, sharing } = source;
    const { nodePath, pathPattern, allowUnsafePathPattern, defaultVolumeType } = props;
    super(scope, id, props, {
      provisioner: provisionerName,
      volumeBindingMode: 'WaitForFirstConsumer',
      parameters: {
        ...(nodePath !== undefined && { nodePath }),
        ...(pathPattern !== undefined && { pathPattern }),
        ...(allowUnsafePathPattern && { allowUnsafePathPattern: 'true' }),
      },
      annotations: {
        ...(defaultVolumeType && { [LOCAL_PATH_ANNOTATIONS.storageClass]: defaultVolumeType }),
      },
    });
    this.sharing = sharing;
    this.traits = {
      driver: provisionerName,
      attaches: false,
      // The kubelet sets the owner of a local volume's files, and leaves a hostPath as it is.
      honoursFsGroup: defaultVolumeType === 'local',
      hasLostAndFound: false,
    };
  }

  /**
   * Makes a claim of this class.
   *
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - what is claimed
   * @throws StorageError `LocalPathAccessMode`, `LocalPathVolumeMode`, `LocalPathVolumeType`,
   * `LocalPathSelector`, `SizeInvalid`, `NameTooLong`, `Duplicate`, `PropMissing`, `PropType`,
   * `PropUnknown`, `ScopeInvalid`, `IdInvalid`, `IdTaken`
   */
  claim<const M extends LocalPathAccess[S] = 'ReadWriteOnce'>(
    scope: Construct,
    id: string,
    // A mode that TypeScript infers from where the claim goes has to be said in the props.
    props: LocalPathClassClaimProps<M, LocalPathVolumes[S]> &
      Said<M, 'ReadWriteOnce', 'accessMode'>,
  ): LocalPathClaim<M> {
    const source = { className: this.storageClassName, sharing: this.sharing };
    return new LocalPathClaim<M>(scope, id, props, source);
  }

  /**
   * Refuses claims that the provisioner would refuse.
   *
   * @param place - the construct that asks, or its path
   * @param request - what it asks for
   * @throws StorageError `LocalPathVolumeMode`, `LocalPathAccessMode`
   */
  checkClaim(place: ErrorPlace, { accessMode, volumeMode }: ClaimRequest): void {
    const modeProblem = accessModeProblem(accessMode, this.sharing);
    refuseProblem('LocalPathVolumeMode', place, 'volumeMode', volumeModeProblem(volumeMode));
    refuseProblem('LocalPathAccessMode', place, 'accessMode', modeProblem);
  }
}

function checkFolders(
  path: string,
  { sharing, nodePathMap }: LocalPathClassSource,
  props: LocalPathStorageClassProps,
): void {
  const { nodePath, pathPattern, allowUnsafePathPattern = false, defaultVolumeType } = props;
  if (nodePath !== undefined) {
    const problem =
      sharing === 'shared'
        ? "must be left out on a shared file system, where the provisioner makes all volumes in 'sharedFileSystemPath'"
        : nodePathProblem(nodePath, nodePathMap);
    refuseProblem('LocalPathNodePath', path, 'nodePath', problem);
  }
  if (pathPattern !== undefined && !allowUnsafePathPattern) {
    refuseProblem('LocalPathPathPattern', path, 'pathPattern', pathPatternProblem(pathPattern));
  }
  if (pathPattern === undefined && allowUnsafePathPattern) {
    refuse(
      'LocalPathPathPattern',
      path,
      "'allowUnsafePathPattern' must be left out without a 'pathPattern', got true",
    );
  }
  if (defaultVolumeType !== undefined) {
    const problem = volumeTypeProblem(defaultVolumeType, sharing);
    refuseProblem('LocalPathVolumeType', path, 'defaultVolumeType', problem);
  }
}
