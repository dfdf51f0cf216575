import * as types from '../../kube/props';
import { show } from '../../kube/show';
import { refuse } from '../../kube/storage-error';
import {
  DEFAULT_DISK_LABEL,
  deviceProblem,
  isWithin,
  labelProblem,
  mountPathProblem,
  NFS_DISK_FORMATS,
  type NfsDiskFormat,
} from './limits';
import type { CheckedExport } from './read-exports';

/** The disk of an NFS server that exports lie on. */
export interface NfsServerDisk {
  /**
   * The disk, or a partition of one, such as `'/dev/disk/by-id/virtio-exports'`.
   *
   * It is formatted when it is blank, and never again: from then on it is found by its label, and one
   * that has anything else on it stops the setup. A name under `/dev/disk/by-id` is the same disk
   * always; `/dev/vdb` may be another after the next start.
   */
  readonly device: string;

  /**
   * The folder that it is mounted at, such as `'/srv/nfs'`: letters, digits and `/._-`. Exports lie
   * below it, and are exported only while it is mounted.
   */
  readonly mountPath: string;

  /**
   * The file system.
   *
   * @default 'ext4'
   */
  readonly fileSystem?: NfsDiskFormat;

  /**
   * Label of the file system, by which it is found and mounted: letters, digits and `._-`, at most 16
   * with ext4 and 12 with XFS. No other file system of the host may have it.
   *
   * @default 'nfs-exports'
   */
  readonly label?: string;
}

/** The same with everything said. */
export type CheckedDisk = Required<NfsServerDisk>;

/** A disk as a prop. */
export const DISK: types.PropType = types.nested({
  device: types.text,
  mountPath: types.text,
  fileSystem: types.optional(types.oneOf(NFS_DISK_FORMATS)),
  label: types.optional(types.text),
} satisfies types.PropTypes<NfsServerDisk>);

/**
 * Refuses a disk that could not be mounted, or that no export lies on, and fills in the rest.
 *
 * @throws StorageError `NfsDisk`
 */
export function readDisk(
  place: string,
  { device, mountPath, fileSystem = 'ext4', label = DEFAULT_DISK_LABEL }: NfsServerDisk,
  exports: readonly CheckedExport[],
): CheckedDisk {
  const problems = {
    device: deviceProblem(device),
    mountPath: mountPathProblem(mountPath) ?? layoutProblem(mountPath, exports),
    label: labelProblem(label, fileSystem),
  };
  for (const [prop, problem] of Object.entries(problems)) {
    if (problem !== undefined) {
      refuse('NfsDisk', place, `'disk.${prop}' ${problem}`);
    }
  }
  return { device, mountPath, fileSystem, label };
}

function layoutProblem(mountPath: string, exports: readonly CheckedExport[]): string | undefined {
  const around = exports.find(({ path }) => isWithin(mountPath, path));
  if (around !== undefined) {
    return `must be above the exports, got ${show(mountPath)} for ${show(around.path)} of '${around.name}'; export a folder below it`;
  }
  return exports.some(({ path }) => isWithin(path, mountPath))
    ? undefined
    : `must be above an export, got ${show(mountPath)}; leave the disk out, or put exports below it`;
}

/**
 * Exports with what those on a disk add to theirs: while it is not mounted, they are not there, and
 * no client fills the system's own disk in its place (exports(5), `mountpoint`).
 */
export function withDisk(
  exports: readonly CheckedExport[],
  { mountPath }: CheckedDisk,
): CheckedExport[] {
  return exports.map((each) =>
    isWithin(each.path, mountPath)
      ? { ...each, options: [...each.options, `mountpoint=${mountPath}`] }
      : each,
  );
}
