import type { PodSecurityException } from '../../objects/pod-security-exception';

/** How the provisioner's pod is confined: as the restricted standard has it, but for the exceptions. */
export const POD_SECURITY_CONTEXT = { seccompProfile: { type: 'RuntimeDefault' } } as const;

/** How its container is confined; it writes to its share and nowhere else, and logs to stderr. */
export const CONTAINER_SECURITY_CONTEXT = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'], add: ['FOWNER'] },
} as const;

const AS_ROOT: PodSecurityException = {
  control: 'Running as Non-root',
  because:
    'the image runs as root, which makes folders at the top of the share, gives them a mode and removes files of any owner',
};

// On NFS the server judges almost all that root does; this one the client judges (Linux,
// fs/namei.c, __check_sticky).
const OWNER_CAPABILITY: PodSecurityException = {
  control: 'Capabilities',
  because:
    'without FOWNER root cannot remove files of others from a sticky folder of a deleted volume',
};

const NFS_IN_POD: PodSecurityException = {
  control: 'Volume Types',
  because: 'the pod mounts the share itself; with mount options it does so through a claim',
};

/** The exceptions of a provisioner whose pod mounts the share itself, or through a claim. */
export function podSecurityExceptions(throughClaim: boolean): readonly PodSecurityException[] {
  return [AS_ROOT, OWNER_CAPABILITY, ...(throughClaim ? [] : [NFS_IN_POD])];
}
