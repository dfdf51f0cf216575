import type { LabelSelector } from '../kube/label-selector';
import type { VolumeMode } from '../kube/volume-mode';
import { annotationOf, classNameOf, isDeleting, isLive } from './metadata';
import { type ModeSet, mixesOncePod, readModes } from './mode-set';
import { nameAt, objectAt, type PlainObject, textAt } from './plain-object';
import { type Amount, type AmountReader, NO_AMOUNT } from './read-amount';
import { isEmptySelector, readSelector } from './read-selector';
import { isVolumeMode } from './volume-entry';

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
    size: String(asked),
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
    refusal: refusalOf(spec, request, modes, hasSelector && selector === undefined),
  };
}

// Source: Kubernetes, pkg/apis/core/validation, ValidatePersistentVolumeClaimSpec.
function refusalOf(
  spec: PlainObject,
  request: Amount | undefined,
  modes: ModeSet | undefined,
  badSelector: boolean,
): string | undefined {
  if (modes === undefined) {
    return 'spec.accessModes: Required value: at least one access mode, each one that exists';
  }
  if (mixesOncePod(modes)) {
    return 'spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes';
  }
  if (request === undefined) {
    return 'spec.resources[storage]: Required value: an amount above zero';
  }
  if (badSelector) {
    return 'spec.selector: Invalid value: not a label selector';
  }
  return spec.volumeMode !== undefined && !isVolumeMode(spec.volumeMode)
    ? 'spec.volumeMode: Unsupported value: supported values: "Block", "Filesystem"'
    : undefined;
}
