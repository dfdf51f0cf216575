import type { PodSecurityException } from '../objects/pod-security-exception';

/**
 * The provisioner's pod, confined: it talks to the Kubernetes API and writes no file.
 *
 * Upstream's manifest sets nothing. These are the values that upstream's chart proposes in a comment
 * (deploy/chart/local-path-provisioner/values.yaml, `securityContext`), and users run it with
 * (rancher/local-path-provisioner#500). With them the pod keeps the whole restricted standard.
 */
export const PROVISIONER_POD_SECURITY = {
  runAsNonRoot: true,
  runAsUser: 65534,
  runAsGroup: 65534,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/** The same for its container. */
export const PROVISIONER_CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;

/** What of the standard the helper pod keeps. */
export const HELPER_POD_SECURITY = { seccompProfile: { type: 'RuntimeDefault' } } as const;

/** The same for its container. */
export const HELPER_CONTAINER_SECURITY = { allowPrivilegeEscalation: false } as const;

/**
 * What the helper pods cannot keep of the restricted standard. Where a cluster enforces more than
 * `privileged` on the namespace, they are refused and claims stay Pending
 * (rancher/local-path-provisioner#283).
 */
export const HELPER_POD_EXCEPTIONS: readonly PodSecurityException[] = [
  {
    control: 'HostPath Volumes',
    because: 'the provisioner mounts the folder on the node that volumes are made in',
  },
  {
    control: 'Running as Non-root',
    because:
      'folders of volumes are made below one that belongs to root, and files in them removed that belong to anyone',
  },
  {
    control: 'Capabilities',
    because:
      "removing files of other users takes DAC_OVERRIDE and FOWNER, and the provisioner refuses a template that adds capabilities after dropping 'ALL'",
  },
];
