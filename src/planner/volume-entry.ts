import type { Labels } from '../kube/label-selector';
import type { VolumeMode } from '../kube/volume-mode';
import { ApiProblems } from './api/problems';
import { checkVolume } from './api/volume';
import { annotationOf, classNameOf, isDeleting, isLive, labelsOf } from './metadata';
import { MIXED_ONCE_POD, type ModeSet, mixesOncePod, readModes } from './mode-set';
import { isPlainObject, nameAt, objectAt, type PlainObject, textAt } from './plain-object';
import { type Amount, type AmountReader, amountText, NO_AMOUNT } from './read-amount';

/** A claim that a volume is reserved for or bound to. */
export interface ClaimReference {
  /** Namespace and name; no claim has the key of a reference without a namespace. */
  readonly key: string;

  /** The claim's uid, where the reference is to one claim of that name and to no later one. */
  readonly uid?: string;
}

/** A PersistentVolume, as far as binding goes. */
export interface VolumeEntry {
  readonly name: string;

  /** As it came; the planned one where it exists already as well. */
  readonly object: PlainObject;

  /** The volume as it is read: applied over what exists. */
  readonly manifest: PlainObject;

  /** Whether it came as something that exists, and not in the objects that are planned. */
  readonly existing: boolean;

  /** Whether the cluster has it: the API server or `existing` has said so. */
  readonly present: boolean;

  /** Position among all volumes, planned ones first. */
  readonly order: number;

  readonly capacity: Amount;

  /** The capacity as it was written. */
  readonly size: string;
  readonly modes: ModeSet;
  readonly volumeMode: VolumeMode;

  /** `''` where it names none. */
  readonly className: string;

  /** `''` where it names none. */
  readonly attributesClass: string;
  readonly labels: Labels;
  readonly claimRef?: ClaimReference;
  readonly deleting: boolean;

  /** `status.phase` of a live one. */
  readonly phase?: string;
  readonly reclaimPolicy: string;

  /** `spec.nodeAffinity.required`, unread. */
  readonly nodeAffinity?: unknown;

  /** What the API server says where it refuses the volume. */
  readonly refusal?: string;
}

/** Reads a volume of unknown shape. */
export function readVolume(
  name: string,
  object: PlainObject,
  state: { readonly existing: boolean; readonly order: number; readonly from: PlainObject },
  amounts: AmountReader,
): VolumeEntry {
  const metadata = objectAt(state.from, 'metadata');
  const spec = objectAt(state.from, 'spec');
  const stored = objectAt(spec, 'capacity').storage;
  const capacity = amounts.read(stored);
  const modes = readModes(spec.accessModes);
  const labels = labelsOf(metadata);
  const present = state.existing || isLive(metadata);
  return {
    name,
    object,
    manifest: state.from,
    existing: state.existing,
    present,
    order: state.order,
    capacity: capacity ?? NO_AMOUNT,
    size: amountText(stored),
    modes: modes ?? 0,
    volumeMode: spec.volumeMode === 'Block' ? 'Block' : 'Filesystem',
    className: classNameOf(metadata, spec) ?? '',
    attributesClass: textAt(spec, 'volumeAttributesClassName') ?? '',
    labels: labels ?? {},
    claimRef: readReference(spec.claimRef),
    deleting: isDeleting(metadata),
    phase: nameAt(objectAt(state.from, 'status'), 'phase'),
    reclaimPolicy: reclaimPolicyOf(metadata, spec),
    nodeAffinity: objectAt(spec, 'nodeAffinity').required ?? undefined,
    refusal: refusalOf(state.from, capacity, modes, present),
  };
}

function readReference(value: unknown): ClaimReference | undefined {
  if (!isPlainObject(value)) {
    return undefined;
  }
  const namespace = textAt(value, 'namespace') ?? '';
  return { key: `${namespace}/${textAt(value, 'name') ?? ''}`, uid: nameAt(value, 'uid') };
}

// A volume by hand is kept, one that was provisioned goes, unless it says otherwise.
function reclaimPolicyOf(metadata: PlainObject, spec: PlainObject): string {
  const provisioned = annotationOf(metadata, 'pv.kubernetes.io/provisioned-by') !== undefined;
  return nameAt(spec, 'persistentVolumeReclaimPolicy') ?? (provisioned ? 'Delete' : 'Retain');
}

// What is there has been taken; but without modes or an amount nothing can be said of it.
function refusalOf(
  volume: PlainObject,
  capacity: Amount | undefined,
  modes: ModeSet | undefined,
  present: boolean,
): string | undefined {
  if (modes !== undefined && mixesOncePod(modes)) {
    return MIXED_ONCE_POD;
  }
  if (present) {
    return modes === undefined || capacity === undefined ? UNREADABLE_VOLUME : undefined;
  }
  const problems = new ApiProblems();
  // Whether VolumeAttributesClasses are kept depends on the version, and none keeps it from binding.
  const parts = { hasAmount: capacity !== undefined, attributesClasses: false };
  checkVolume(volume, parts, problems);
  return problems.found[0]?.text;
}

const UNREADABLE_VOLUME = 'spec: Required value: access modes and an amount above zero';
