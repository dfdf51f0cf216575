import { Quantity } from '../../kube/quantity';
import { isCoreSource } from '../../planner/api/data-sources';
import type { ApiProblems, FieldPath } from '../../planner/api/problems';
import { SHARED_SOURCES } from '../../planner/api/sources';
import { isAtLeast } from '../../planner/kubernetes-version';
import { annotationOf, CLASS_ANNOTATION } from '../../planner/metadata';
import {
  isPlainObject,
  listAt,
  nameAt,
  objectAt,
  type PlainObject,
} from '../../planner/plain-object';
import type { Facts } from '../facts';

/**
 * What of a planned object cannot be applied over what the cluster has under its name.
 *
 * A field that the planned object leaves out stays as it is; one that is null is taken away, and what
 * comes of that is not looked at.
 *
 * Source: Kubernetes, the Validate…Update functions of pkg/apis/core/validation,
 * pkg/apis/storage/validation and pkg/apis/apps/validation.
 */
export function checkUpdate(
  planned: PlainObject,
  present: PlainObject,
  facts: Facts,
  problems: ApiProblems,
): void {
  switch (planned.kind) {
    case 'PersistentVolume':
      checkVolumeUpdate(objectAt(planned, 'spec'), objectAt(present, 'spec'), problems);
      break;
    case 'PersistentVolumeClaim':
      checkClaimUpdate(planned, present, facts, problems);
      break;
    case 'StorageClass':
      checkClassUpdate(planned, present, problems);
      break;
    case 'StatefulSet':
      checkSetUpdate(objectAt(planned, 'spec'), objectAt(present, 'spec'), problems);
      break;
    case 'DaemonSet':
    case 'Deployment':
    case 'ReplicaSet':
      checkImmutable(
        ['spec', 'selector'],
        objectAt(planned, 'spec').selector,
        objectAt(present, 'spec').selector,
        problems,
      );
      break;
  }
}

function checkVolumeUpdate(spec: PlainObject, before: PlainObject, problems: ApiProblems): void {
  for (const source of [...SHARED_SOURCES, 'local']) {
    const had = isPlainObject(before[source]);
    if (isPlainObject(spec[source]) && !(had && holds(spec[source], before[source]))) {
      problems.changed(
        ['spec', source],
        'spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation',
        spec[source],
        had ? before[source] : undefined,
      );
    }
  }
  const mode = before.volumeMode ?? 'Filesystem';
  checkImmutable(['spec', 'volumeMode'], spec.volumeMode, mode, problems);
  if (isPlainObject(before.nodeAffinity)) {
    checkImmutable(['spec', 'nodeAffinity'], spec.nodeAffinity, before.nodeAffinity, problems);
  }
}

function checkClassUpdate(planned: PlainObject, present: PlainObject, problems: ApiProblems): void {
  for (const field of ['parameters', 'provisioner', 'reclaimPolicy']) {
    const [value, before] = [planned[field], present[field] ?? DEFAULTS[field]];
    if (isSet(value) && !holds(value, before)) {
      const text = `${field}: Forbidden: updates to ${field} are forbidden.`;
      problems.changed([field], text, value, before);
    }
  }
  const mode = present.volumeBindingMode ?? 'Immediate';
  checkImmutable(['volumeBindingMode'], planned.volumeBindingMode, mode, problems);
}

const DEFAULTS: Readonly<Record<string, unknown>> = { reclaimPolicy: 'Delete' };

/** Fields of a claim's spec that stay as they are; the name of its volume may be given once. */
const CLAIM_FIELDS = [
  'accessModes',
  'selector',
  'storageClassName',
  'volumeMode',
  'volumeName',
  'dataSource',
  'dataSourceRef',
] as const;

/** Fields that may be set where they were not: a class once one is given afterwards. */
const GIVEN_ONCE: readonly string[] = ['storageClassName', 'volumeName'];

function checkClaimUpdate(
  planned: PlainObject,
  present: PlainObject,
  facts: Facts,
  problems: ApiProblems,
): void {
  const [spec, before] = [objectAt(planned, 'spec'), objectAt(present, 'spec')];
  const but = isAtLeast(facts.version, '1.29')
    ? 'resources.requests and volumeAttributesClassName for bound claims'
    : 'resources.requests for bound claims';
  const text = `spec: Forbidden: spec is immutable after creation except ${but}`;
  for (const field of CLAIM_FIELDS) {
    const had = before[field] ?? (field === 'volumeMode' ? 'Filesystem' : undefined);
    const isFirst = GIVEN_ONCE.includes(field) && (had === undefined || had === '');
    if (field === 'dataSource' && isPlainObject(spec[field]) && !isCoreSource(spec[field])) {
      continue; // dropped before it is compared
    }
    if (isSet(spec[field]) && !isFirst && !holds(spec[field], had) && !isAnnotated(present, spec)) {
      problems.changed(['spec', field], text, spec[field], had);
    }
  }
  const [size, old] = [amountOf(spec), amountOf(before)];
  const path = ['spec', 'resources', 'requests', 'storage'];
  if (size === undefined || old === undefined || size.nanos === old.nanos) {
    return;
  }
  if (size.nanos < old.nanos) {
    checkShrinking(size, old, present, facts, problems);
    return;
  }
  const phase = nameAt(objectAt(present, 'status'), 'phase');
  if (phase !== undefined && phase !== 'Bound') {
    problems.changed(path, text, String(size), String(old));
  } else if (phase === 'Bound' && !mayGrow(present, facts)) {
    problems.changed(path, NOT_EXPANDABLE, String(size), String(old));
  }
}

const NOT_EXPANDABLE =
  'Forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';

// The field may take over what the annotation said.
function isAnnotated(present: PlainObject, { storageClassName }: PlainObject): boolean {
  const named = annotationOf(objectAt(present, 'metadata'), CLASS_ANNOTATION);
  return named !== undefined && named === storageClassName;
}

// Since 1.32 a growth that failed may be taken back, down to what there is.
function checkShrinking(
  size: Quantity,
  old: Quantity,
  present: PlainObject,
  { version }: Facts,
  problems: ApiProblems,
): void {
  const field = 'spec.resources.requests.storage: Forbidden: field can not be less than';
  const path = ['spec', 'resources', 'requests', 'storage'];
  const there = Quantity.parse(objectAt(objectAt(present, 'status'), 'capacity').storage);
  if (!isAtLeast(version, '1.32')) {
    problems.changed(path, `${field} previous value`, String(size), String(old));
  } else if (there !== undefined && size.nanos <= there.nanos) {
    problems.changed(path, `${field} status.capacity`, String(size), String(old));
  }
}

// Source: Kubernetes, plugin/pkg/admission/storage/persistentvolume/resize.
function mayGrow(present: PlainObject, { inventory }: Facts): boolean {
  const name =
    annotationOf(objectAt(present, 'metadata'), CLASS_ANNOTATION) ??
    nameAt(objectAt(present, 'spec'), 'storageClassName');
  if (name === undefined) {
    return false;
  }
  // A class that is not in the input may allow it, and so may the one that another replaces.
  const planned = inventory.classes.get(name)?.object;
  const allows = [planned, planned && inventory.present.get(planned)];
  return planned === undefined || allows.some((each) => each?.allowVolumeExpansion === true);
}

const SET_FIELDS = ['podManagementPolicy', 'selector', 'serviceName'] as const;

function checkSetUpdate(spec: PlainObject, before: PlainObject, problems: ApiProblems): void {
  const text =
    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', … are forbidden";
  for (const field of SET_FIELDS) {
    if (isSet(spec[field]) && isSet(before[field]) && !holds(spec[field], before[field])) {
      problems.changed(['spec', field], text, spec[field], before[field]);
    }
  }
  if (Array.isArray(spec.volumeClaimTemplates)) {
    const templates = listAt(before, 'volumeClaimTemplates');
    spec.volumeClaimTemplates.forEach((template, index) => {
      if (!holds(template, templates[index])) {
        const path = ['spec', 'volumeClaimTemplates', index];
        problems.changed(path, text, nameOf(template), nameOf(templates[index]));
      }
    });
    if (templates.length > spec.volumeClaimTemplates.length) {
      const [count, had] = [spec.volumeClaimTemplates.length, templates.length];
      problems.changed(['spec', 'volumeClaimTemplates'], text, `${count}`, `${had}`);
    }
  }
}

function nameOf(template: unknown): unknown {
  return isPlainObject(template) ? objectAt(template, 'spec') : undefined;
}

function checkImmutable(
  path: FieldPath,
  value: unknown,
  before: unknown,
  problems: ApiProblems,
): void {
  if (isSet(value) && isSet(before) && !holds(value, before)) {
    problems.changed(path, `${path.join('.')}: field is immutable`, value, before);
  }
}

function amountOf(spec: PlainObject): Quantity | undefined {
  return Quantity.parse(objectAt(objectAt(spec, 'resources'), 'requests').storage);
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Deeper than any field; an object of unknown origin may hold itself. */
const DEEPEST = 32;

// Whether all that is said is so already: defaults are filled in beside it, and amounts rewritten.
function holds(value: unknown, before: unknown, depth = 0): boolean {
  if (!isSet(value) || value === before || depth > DEEPEST) {
    return true;
  }
  if (Array.isArray(value)) {
    return (
      Array.isArray(before) &&
      before.length === value.length &&
      value.every((each, index) => holds(each, before[index], depth + 1))
    );
  }
  if (isPlainObject(value)) {
    const keys = Object.keys(value).filter((key) => key !== 'status');
    return isPlainObject(before)
      ? keys.every((key) => holds(value[key], before[key], depth + 1))
      : keys.length === 0;
  }
  if (typeof value === 'string' && typeof before === 'string') {
    const [one, other] = [Quantity.parse(value), Quantity.parse(before)];
    return one !== undefined && one.nanos === other?.nanos;
  }
  return !isSet(before) && (value === '' || value === false || value === 0);
}
