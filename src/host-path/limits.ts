/**
 * What must be at the path of a hostPath volume.
 *
 * Source: Kubernetes API, HostPathVolumeSource.type (core/v1); `''` checks nothing.
 */
export const HOST_PATH_TYPES = [
  '',
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
  'CharDevice',
  'BlockDevice',
] as const;

/** What must be at the path of a hostPath volume. */
export type HostPathType = (typeof HOST_PATH_TYPES)[number];

/** Access modes that hostPath volumes are used with; ReadWriteOncePod exists for CSI drivers only. */
export const HOST_PATH_ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'] as const;

/** An access mode of a hostPath volume. */
export type HostPathAccessMode = (typeof HOST_PATH_ACCESS_MODES)[number];
