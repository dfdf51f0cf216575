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
