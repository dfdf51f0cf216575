import type { ClaimEntry } from '../planner/claim-entry';
import { listAt, objectAt } from '../planner/plain-object';

/** What a message calls a claim: by its name, also where a StatefulSet makes it. */
export function claimTitle({ key }: ClaimEntry): string {
  return `PersistentVolumeClaim ${key}`;
}

/** A field of a claim as a field of its object, which is a StatefulSet where one makes the claim. */
export function claimPath(
  { madeBy, manifest, object }: ClaimEntry,
  ...field: readonly (string | number)[]
): readonly (string | number)[] {
  if (madeBy === undefined) {
    return field;
  }
  const index = listAt(objectAt(object, 'spec'), 'volumeClaimTemplates').indexOf(manifest);
  return index < 0 ? ['spec'] : ['spec', 'volumeClaimTemplates', index, ...field];
}
