/** A control of the restricted Pod Security Standard that a pod cannot keep, and why. */
export interface PodSecurityException {
  /** The control, as "Pod Security Standards" of Kubernetes calls it. */
  readonly control: string;

  /** What in the pod breaks it, and why it has to be so. */
  readonly because: string;
}
