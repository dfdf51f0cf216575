import { selects } from '../kube/label-selector';
import type { ClaimEntry } from './claim-entry';
import { includesModes, modesOf } from './mode-set';
import type { RejectionRule } from './plan';
import type { PlanContext } from './plan-context';
import type { Amount } from './read-amount';
import type { VolumeEntry } from './volume-entry';

/** Billionths in one byte. */
const NANO = 1_000_000_000n;

/** Whether the volume is reserved for the claim, or bound to it. */
export function isReservedFor({ claimRef }: VolumeEntry, { key, uid }: ClaimEntry): boolean {
  return claimRef?.key === key && (claimRef.uid === undefined || claimRef.uid === uid);
}

/** Whether the controller takes the volume, which is reserved for the claim, when it comes by. */
export function takesReserved(
  volume: VolumeEntry,
  claim: ClaimEntry,
  context: PlanContext,
): boolean {
  return (
    volume.refusal === undefined &&
    !volume.deleting &&
    volume.capacity.rank >= claim.request.rank &&
    volume.volumeMode === claim.volumeMode &&
    attributesAgree(volume, claim, context) &&
    includesModes(volume.modes, claim.modes)
  );
}

/**
 * Why the volume that a claim names does not serve it, in the controller's words; undefined where
 * it does. Sizes are compared in whole bytes here, and exactly everywhere else.
 *
 * Source: Kubernetes, pv_controller.go, checkVolumeSatisfyClaim.
 */
export function mismatch(
  volume: VolumeEntry,
  claim: ClaimEntry,
  className: string | undefined,
  context: PlanContext,
): string | undefined {
  if (volume.deleting) {
    return `the volume is marked for deletion "${volume.name}"`;
  }
  if (wholeBytes(volume.capacity) < wholeBytes(claim.request)) {
    return 'requested PV is too small';
  }
  if (className !== undefined && volume.className !== className) {
    return 'storageClassName does not match';
  }
  if (!attributesAgree(volume, claim, context)) {
    return 'volumeAttributesClassName does not match';
  }
  if (volume.volumeMode !== claim.volumeMode) {
    return 'incompatible volumeMode';
  }
  return includesModes(volume.modes, claim.modes) ? undefined : 'incompatible accessMode';
}

/** A rule that a volume fails, and both values. */
export interface Misfit {
  readonly rule: RejectionRule;
  readonly detail: string;
}

/** The first thing about the volume that does not suit the claim, whoever has the volume. */
export function misfit(
  volume: VolumeEntry,
  claim: ClaimEntry,
  classNames: readonly string[],
  context: PlanContext,
): Misfit | undefined {
  if (volume.capacity.rank < claim.request.rank) {
    return { rule: 'size', detail: `${volume.size} is less than the ${claim.size} requested` };
  }
  if (!classNames.includes(volume.className)) {
    const wanted = classNames.map(quoted).join(' or ');
    return { rule: 'class', detail: `class ${quoted(volume.className)}, the claim's is ${wanted}` };
  }
  if (volume.volumeMode !== claim.volumeMode) {
    return {
      rule: 'volume-mode',
      detail: `${volume.volumeMode}, the claim asks for ${claim.volumeMode}`,
    };
  }
  if (!attributesAgree(volume, claim, context)) {
    const detail = `VolumeAttributesClass ${quoted(volume.attributesClass)}, the claim's is ${quoted(claim.attributesClass)}`;
    return { rule: 'volume-attributes-class', detail };
  }
  if (!includesModes(volume.modes, claim.modes)) {
    const detail = `${modesOf(volume.modes).join(', ')}, the claim asks for ${modesOf(claim.modes).join(', ')}`;
    return { rule: 'access-modes', detail };
  }
  if (claim.selector !== undefined && !selects(claim.selector, volume.labels)) {
    return { rule: 'selector', detail: `its labels do not match the claim's selector` };
  }
  return undefined;
}

/** The text between double quotes, as Kubernetes' messages have names. */
export function quoted(text: string): string {
  return `"${text}"`;
}

function attributesAgree(
  volume: VolumeEntry,
  claim: ClaimEntry,
  { attributesClasses }: PlanContext,
): boolean {
  return !attributesClasses || volume.attributesClass === claim.attributesClass;
}

function wholeBytes({ nanos }: Amount): bigint {
  return (nanos + NANO - 1n) / NANO;
}
