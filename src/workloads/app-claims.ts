import type { IClaim } from '../claims/contracts';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import { claimOf, type VolumeMount } from './mounts';
import type { Spread } from './spread';

/** The claims among an app's further storage. */
export function furtherClaims(volumes: readonly VolumeMount[] = []): IClaim[] {
  return volumes.flatMap(({ storage }) => claimOf(storage) ?? []);
}

/**
 * Refuses claims that the pods of an app could not use: one of another namespace, one for a single
 * pod where there are several, and one for a single node where the pods keep apart.
 *
 * @throws StorageError `ClaimNamespace`, `ClaimExclusive`
 */
export function checkClaims(
  place: string,
  claims: readonly IClaim[],
  namespace: string | undefined,
  replicas: number,
  spread: Spread = 'preferred',
): void {
  for (const claim of claims) {
    if (claim.namespace !== undefined && namespace !== undefined && claim.namespace !== namespace) {
      refuse(
        'ClaimNamespace',
        place,
        `claims must be in the app's namespace '${namespace}', got claim '${claim.claimName}' in '${claim.namespace}'; pods find claims of their own namespace only`,
      );
    }
    if (claim.accessMode === 'ReadWriteOncePod' && replicas > 1) {
      refuse(
        'ClaimExclusive',
        place,
        `'volumes' must not have a ReadWriteOncePod claim with ${replicas} replicas, got '${claim.claimName}'; all but one replica would stay Pending`,
      );
    }
    const ofOneNode = claim.traits?.attaches === true && claim.accessMode === 'ReadWriteOnce';
    if (ofOneNode && replicas > 1 && spread !== 'none') {
      refuse(
        'ClaimExclusive',
        place,
        `'volumes' must not have a claim that one node has at a time with ${replicas} replicas on nodes of their own, got '${claim.claimName}'; replicas on other nodes would wait for it for ever, set 'spread' to 'none' where all run on one node`,
      );
    }
  }
}

/**
 * Refuses a claim that pods on several nodes could not write at once; the types say so, and plain
 * JavaScript has none.
 *
 * @throws StorageError `ClaimNotShared`
 */
export function checkShared(place: string, prop: string, claim: IClaim): void {
  const { accessMode, volumeMode, claimName } = claim;
  if (accessMode !== 'ReadWriteMany' || volumeMode !== 'Filesystem') {
    refuse(
      'ClaimNotShared',
      place,
      `'${prop}' must be ReadWriteMany and Filesystem, got claim ${show(claimName)} with ${accessMode} and ${volumeMode}; replicas on other nodes could not write to it`,
    );
  }
}
