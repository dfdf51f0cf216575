import type { IStorage } from 'cdk8s-plus-28';
import type { IClaim, VolumeTraits } from '../claims/contracts';
import { absolutePathProblem, relativePathProblem } from '../kube/paths';
import * as types from '../kube/props';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';

/** Where storage shows in a container. */
export interface MountProps {
  /** The folder in the container: an absolute path without `:`; each path once. */
  readonly mountPath: string;

  /**
   * The part of the storage that is mounted: a relative path without `..`.
   *
   * @default - all of it
   */
  readonly subPath?: string;
}

/** Further storage of a container. */
export interface VolumeMount extends MountProps {
  /** A claim, or a cdk8s-plus `Volume`. */
  readonly storage: IStorage;

  /**
   * Whether the container may only read it.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** The types of these props. */
export const MOUNT_PROPS: types.PropTypes<MountProps> = {
  mountPath: types.text,
  subPath: types.optional(types.text),
};

/** A further mount as a prop. */
export const VOLUME_MOUNT: types.PropType = types.nested({
  ...MOUNT_PROPS,
  storage: {
    expected: 'a claim or a cdk8s-plus Volume',
    accepts: (value) => types.isObject(value) && typeof value.asVolume === 'function',
  },
  readOnly: types.optional(types.flag),
} satisfies types.PropTypes<VolumeMount>);

/** Folders that a container can write, as a prop. */
export const SCRATCH: types.PropType = types.listOf(types.text);

/**
 * Refuses mounts that the API server refuses.
 *
 * @param mounts - every mount of one container, by the prop that asks for it, and what is known of
 * its volume
 * @throws StorageError `MountPath`, `SubPath`
 */
export function checkMounts(
  place: string,
  mounts: readonly (MountProps & {
    readonly prop: string;
    readonly traits?: VolumeTraits | undefined;
  })[],
): void {
  const seen = new Map<string, string>();
  for (const { prop, mountPath, subPath, traits } of mounts) {
    const problem =
      absolutePathProblem(mountPath) ??
      (mountPath.includes(':') ? `must not have ':' in it, got ${show(mountPath)}` : undefined) ??
      // The API server takes it; no container starts over its own root.
      (/^\/+$/.test(mountPath) ? `must be a folder below '/', got ${show(mountPath)}` : undefined);
    if (problem !== undefined) {
      refuse('MountPath', place, `'${prop}' ${problem}`);
    }
    if (subPath !== undefined) {
      checkSubPath(place, prop.replace('mountPath', 'subPath'), subPath, traits);
    }
    const folder = folderOf(mountPath);
    const holder = seen.get(folder);
    if (holder !== undefined) {
      refuse(
        'MountPath',
        place,
        `'${prop}' must be a path of its own, got ${show(mountPath)}, which '${holder}' has`,
      );
    }
    seen.set(folder, prop);
  }
}

/**
 * Refuses a part of a volume that no container could mount.
 *
 * The kubelet opens it as root (pkg/volume/util/subpath/subpath_linux.go, doSafeOpen), and where the
 * server takes root for nobody, a folder that is not nobody's stays shut.
 *
 * @throws StorageError `SubPath`
 */
export function checkSubPath(
  place: string,
  prop: string,
  subPath: string,
  traits: VolumeTraits | undefined,
): void {
  const problem = relativePathProblem(subPath);
  if (problem !== undefined) {
    refuse('SubPath', place, `'${prop}' ${problem}`);
  }
  if (traits?.nfs?.rootEnters === false && subPath !== '') {
    refuse(
      'SubPath',
      place,
      `'${prop}' must be left out on an export that squashes root, got ${show(subPath)}: the kubelet opens it as root, whom the server takes for nobody, so that no container starts; squash 'all', or mount the whole volume`,
    );
  }
}

/** The folder at a path, which may be written with a slash behind it. */
export function folderOf(mountPath: string): string {
  return mountPath.replace(/(?<=.)\/+$/, '');
}

/** The claim behind a mount, or undefined where it is another volume. */
export function claimOf(storage: IStorage): IClaim | undefined {
  return isClaim(storage) ? storage : undefined;
}

/** Whether a value is a claim; by shape, since an app may hold two copies of this library. */
export function isClaim(value: unknown): value is IClaim {
  return (
    types.isObject(value) &&
    typeof value.claimName === 'string' &&
    typeof value.accessMode === 'string' &&
    typeof value.volumeMode === 'string' &&
    typeof value.asVolume === 'function'
  );
}
