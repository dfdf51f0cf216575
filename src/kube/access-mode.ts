/**
 * How many nodes or pods may use a volume, and how.
 *
 * Source: Kubernetes API, PersistentVolumeClaimSpec.accessModes (core/v1).
 */
export const ACCESS_MODES = [
  'ReadWriteOnce',
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOncePod',
] as const;

/** An access mode of a volume or a claim. */
export type AccessMode = (typeof ACCESS_MODES)[number];
