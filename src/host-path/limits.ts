export { HOST_PATH_TYPES, type HostPathType } from '../kube/host-path-type';

/**
 * Access modes that hostPath volumes are used with; ReadWriteOncePod exists for CSI drivers only.
 *
 * Source: Kubernetes, "Persistent Volumes" (Access Modes).
 */
export const HOST_PATH_ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'] as const;

/** An access mode of a hostPath volume. */
export type HostPathAccessMode = (typeof HOST_PATH_ACCESS_MODES)[number];
