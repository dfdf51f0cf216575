import type { Bindings } from './binder';
import type { ClaimEntry } from './claim-entry';
import type { Inventory } from './inventory';
import { isReservedFor, type Misfit, misfit, quoted } from './matching';
import type { RejectedVolume } from './plan';
import type { PlanContext } from './plan-context';
import type { VolumeEntry } from './volume-entry';

/** Why each volume that is not `taken` does not serve the claim: the first rule that it fails. */
export function rejections(
  claim: ClaimEntry,
  taken: ReadonlySet<string>,
  bindings: Bindings,
  inventory: Inventory,
  context: PlanContext,
): readonly RejectedVolume[] {
  const classNames =
    claim.className === undefined ? (context.defaultClasses ?? ['']) : [claim.className];
  const waits = classNames.some((name) => inventory.classes.get(name)?.waits);
  const rejected: RejectedVolume[] = [];
  for (const volume of inventory.volumes.values()) {
    if (!taken.has(volume.name)) {
      const why =
        unavailable(volume, claim, bindings) ??
        misfit(volume, claim, classNames, context) ??
        (waits && !isReservedFor(volume, claim) ? WAITS : OUTRANKED);
      rejected.push({ volume: volume.name, ...why });
    }
  }
  return rejected;
}

const WAITS: Misfit = {
  rule: 'waits-for-consumer',
  detail: 'its class binds when a pod that uses the claim is scheduled',
};

const OUTRANKED: Misfit = {
  rule: 'outranked',
  detail: 'it serves, and another volume is taken before it',
};

/** What keeps the volume from any claim but one, or from all; undefined where nothing does. */
export function unavailable(
  volume: VolumeEntry,
  claim: ClaimEntry,
  { holders }: Bindings,
): Misfit | undefined {
  const { name, claimRef, refusal } = volume;
  if (refusal !== undefined) {
    return { rule: 'refused', detail: refusal };
  }
  if (claim.volumeName !== undefined && claim.volumeName !== name) {
    return { rule: 'other-volume-named', detail: `the claim names ${quoted(claim.volumeName)}` };
  }
  const holder = holders.get(name);
  if (holder !== undefined && holder !== claim) {
    return { rule: 'claimed', detail: `bound to ${holder.key}` };
  }
  if (claimRef !== undefined && claimRef.key !== claim.key) {
    return { rule: 'claimed', detail: `reserved for ${claimRef.key}` };
  }
  if (claimRef !== undefined && !isReservedFor(volume, claim)) {
    const detail = `bound to an earlier ${claimRef.key} of uid ${claimRef.uid}, which is gone`;
    return { rule: 'released', detail };
  }
  return volume.deleting ? { rule: 'deleting', detail: 'it is being deleted' } : undefined;
}
