import type { LabelSelector } from '../kube/label-selector';
import type { VolumeMode } from '../kube/volume-mode';
import { checkClaim, checkClaimTemplate } from './api/claim';
import { ApiProblems } from './api/problems';
import { annotationOf, classNameOf, isDeleting, isLive } from './metadata';
import { MIXED_ONCE_POD, type ModeSet, mixesOncePod, readModes } from './mode-set';
import { nameAt, objectAt, type PlainObject, textAt } from './plain-object';
import { type Amount, type AmountReader, amountText, NO_AMOUNT } from './read-amount';
import { isEmptySelector, readSelector } from './read-selector';

/** A PersistentVolumeClaim, as far as binding goes. */
export interface ClaimEntry {
  /** Namespace and name, such as `shop/uploads`. */
  readonly key: string;

  /** As it came; of a StatefulSet's claim, the set. */
  readonly object: PlainObject;

  /** The claim as it is read: applied over what exists; of a StatefulSet's claim, the template. */
  readonly manifest: PlainObject;

  /** Key of the StatefulSet that makes the claim, or of the pod of an ephemeral volume. */
  readonly madeBy?: string;

  /** Whether it came as something that exists, and not in the objects that are planned. */
  readonly existing: boolean;

  /** Position among all claims, planned ones first. */
  readonly order: number;

  readonly request: Amount;

  /** The request as it was written. */
  readonly size: string;
  readonly modes: ModeSet;
  readonly volumeMode: VolumeMode;

  /** Undefined where it names none, not even `''`: the default class is for such. */
  readonly className?: string;

  /** `''` where it names none. */
  readonly attributesClass: string;

  /** Absent where it matches every volume. */
  readonly selector?: LabelSelector;
  readonly volumeName?: string;
  readonly uid?: string;

  /** `status.phase` of a live one. */
  readonly phase?: string;

  /** Whether the controller has finished to bind it, now or once. */
  readonly settled: boolean;

  /** Whether the scheduler has chosen a node, and a volume is to be made there. */
  readonly nodeSelected: boolean;
  readonly deleting: boolean;

  /** What the API server says where it refuses the claim. */
  readonly refusal?: string;
}

/** Where a claim comes from. */
export interface ClaimOrigin {
  readonly object: PlainObject;
  readonly existing: boolean;
  readonly order: number;
  readonly madeBy?: string;
}

/** Reads a claim of unknown shape. */
export function readClaim(
  key: string,
  claim: PlainObject,
  origin: ClaimOrigin,
  amounts: AmountReader,
): ClaimEntry {
  const metadata = objectAt(claim, 'metadata');
  const spec = objectAt(claim, 'spec');
  const asked = objectAt(objectAt(spec, 'resources'), 'requests').storage;
  const request = amounts.read(asked);
  const modes = readModes(spec.accessModes);
  const hasSelector = spec.selector !== undefined && spec.selector !== null;
  const selector = hasSelector ? readSelector(spec.selector) : undefined;
  const phase = nameAt(objectAt(claim, 'status'), 'phase');
  return {
    key,
    object: origin.object,
    manifest: claim,
    madeBy: origin.madeBy,
    existing: origin.existing,
    order: origin.order,
    request: request ?? NO_AMOUNT,
    size: amountText(asked),
    modes: modes ?? 0,
    volumeMode: spec.volumeMode === 'Block' ? 'Block' : 'Filesystem',
    className: classNameOf(metadata, spec),
    attributesClass: textAt(spec, 'volumeAttributesClassName') ?? '',
    selector: selector !== undefined && isEmptySelector(selector) ? undefined : selector,
    volumeName: nameAt(spec, 'volumeName'),
    uid: isLive(metadata) ? nameAt(metadata, 'uid') : undefined,
    phase,
    settled:
      phase === 'Bound' ||
      phase === 'Lost' ||
      annotationOf(metadata, 'pv.kubernetes.io/bind-completed') !== undefined,
    nodeSelected: annotationOf(metadata, 'volume.kubernetes.io/selected-node') !== undefined,
    deleting: isDeleting(metadata),
    refusal: refusalOf(claim, origin, request, modes),
  };
}

// What is there has been taken; but without modes or an amount nothing can be said of it.
function refusalOf(
  claim: PlainObject,
  { existing, madeBy }: ClaimOrigin,
  request: Amount | undefined,
  modes: ModeSet | undefined,
): string | undefined {
  if (modes !== undefined && mixesOncePod(modes)) {
    return MIXED_ONCE_POD;
  }
  if (existing || isLive(objectAt(claim, 'metadata'))) {
    return modes === undefined || request === undefined ? UNREADABLE_CLAIM : undefined;
  }
  const problems = new ApiProblems();
  // Whether VolumeAttributesClasses are kept depends on the version, and none keeps it from binding.
  const parts = { hasAmount: request !== undefined, attributesClasses: false };
  if (madeBy === undefined) {
    checkClaim(claim, parts, problems);
  } else {
    checkClaimTemplate(claim, parts, problems);
  }
  return problems.found[0]?.text;
}

const UNREADABLE_CLAIM = 'spec: Required value: access modes and an amount above zero';
