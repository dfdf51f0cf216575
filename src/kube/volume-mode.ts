/**
 * Whether a volume comes as a folder or as a raw device.
 *
 * Source: Kubernetes API, PersistentVolumeClaimSpec.volumeMode (core/v1).
 */
export const VOLUME_MODES = ['Filesystem', 'Block'] as const;

/** The volume mode of a volume or a claim. */
export type VolumeMode = (typeof VOLUME_MODES)[number];
