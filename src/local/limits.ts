/** Access modes of a node's folder: one node can have it, however many pods it runs. */
export const LOCAL_ACCESS_MODES = ['ReadWriteOnce'] as const;

/** The label by which a node is known (Kubernetes, "Well-Known Labels"). */
export const HOSTNAME_LABEL = 'kubernetes.io/hostname';
