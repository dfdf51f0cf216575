/** The label by which a node is known (Kubernetes, "Well-Known Labels"). */
export const HOSTNAME_LABEL = 'kubernetes.io/hostname';
