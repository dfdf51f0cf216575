import { posix } from 'node:path';
import { isDnsSubdomain } from '../../kube/names';
import { isPlainObject, listAt, objectAt, type PlainObject, textAt } from '../plain-object';
import { checkModes } from './access-modes';
import { checkMetadata, NO_SUBDOMAIN } from './metadata';
import type { ApiProblems } from './problems';
import { checkAmount } from './quantity';
import { checkNodeSelector } from './selector';
import { checkSecret, checkSource, SHARED_SOURCES } from './sources';

/** Sources of a volume (Kubernetes API, PersistentVolumeSource). */
const SOURCES: ReadonlySet<string> = new Set([...SHARED_SOURCES, 'local']);

const RECLAIM_POLICIES: readonly unknown[] = ['Delete', 'Recycle', 'Retain'];

/** Secrets that a CSI source may name. */
const CSI_SECRETS: readonly string[] = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodeStageSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
];

/** What of an object is looked at, and what is known of it. */
export interface CheckedParts {
  /** Whether the amount of storage has been read already. */
  readonly hasAmount: boolean;

  /** Whether the API server keeps VolumeAttributesClasses: before 1.34 it drops them. */
  readonly attributesClasses: boolean;
}

/**
 * What is wrong with a PersistentVolume.
 *
 * Source: Kubernetes, pkg/apis/core/validation, ValidatePersistentVolume.
 */
export function checkVolume(
  volume: PlainObject,
  { hasAmount, attributesClasses }: CheckedParts,
  problems: ApiProblems,
): void {
  checkMetadata(volume, problems);
  const spec = objectAt(volume, 'spec');
  checkModes(spec, 'PersistentVolume', '', problems);
  checkCapacity(spec, hasAmount, problems);
  const policy = spec.persistentVolumeReclaimPolicy ?? '';
  if (policy !== '' && !RECLAIM_POLICIES.includes(policy)) {
    const path = ['spec', 'persistentVolumeReclaimPolicy'];
    problems.unsupported(path, policy, RECLAIM_POLICIES as readonly string[]);
  }
  if (isPlainObject(spec.nodeAffinity)) {
    const path = ['spec', 'nodeAffinity', 'required'];
    if (isPlainObject(spec.nodeAffinity.required)) {
      checkNodeSelector(spec.nodeAffinity.required, path, problems);
    } else {
      problems.required(path, 'must specify required node constraints');
    }
  }
  checkSources(spec, problems);
  checkClassName(spec, 'storageClassName', 'PersistentVolumeSpec', problems);
  checkMountOptions(spec, problems);
  if (attributesClasses) {
    checkAttributesClass(spec, problems);
  }
}

/** What is wrong with the name of a class in a spec. */
export function checkClassName(
  spec: PlainObject,
  field: string,
  type: string,
  problems: ApiProblems,
): void {
  const name = spec[field] ?? '';
  if (typeof name !== 'string') {
    problems.type(['spec', field], name, `${type}.spec.${field}`, 'string');
  } else if (name !== '' && !isDnsSubdomain(name)) {
    problems.invalid(['spec', field], name, NO_SUBDOMAIN);
  }
}

function checkCapacity(spec: PlainObject, hasAmount: boolean, problems: ApiProblems): void {
  const capacity = objectAt(spec, 'capacity');
  const path = ['spec', 'capacity'];
  const keys = Object.keys(capacity);
  if (keys.length === 0) {
    problems.required(path);
  } else if (keys.length > 1 || keys[0] !== 'storage') {
    problems.unsupported(path, capacity, ['storage']);
  }
  if (!hasAmount && capacity.storage !== undefined) {
    checkAmount(capacity.storage, [...path, 'storage'], problems);
  }
}

function checkSources(spec: PlainObject, problems: ApiProblems): void {
  let first: string | undefined;
  for (const field in spec) {
    const fields = spec[field];
    if (!SOURCES.has(field) || !isPlainObject(fields)) {
      continue;
    }
    const path = ['spec', field];
    if (first !== undefined) {
      problems.forbidden(path, 'may not specify more than 1 volume type');
      continue;
    }
    first = field;
    checkSource(field, fields, path, problems);
    if (field === 'csi') {
      checkCsi(fields, problems);
    } else if (field === 'local' && !isPlainObject(spec.nodeAffinity)) {
      problems.required(['spec', 'nodeAffinity'], 'Local volume requires node affinity');
    } else if (field === 'hostPath') {
      checkRecycledRoot(spec, fields, problems);
    }
  }
  if (first === undefined) {
    problems.required(['spec'], 'must specify a volume type');
  }
}

function checkCsi(csi: PlainObject, problems: ApiProblems): void {
  if (!textAt(csi, 'volumeHandle')) {
    problems.required(['spec', 'csi', 'volumeHandle']);
  }
  for (const secret of CSI_SECRETS) {
    checkSecret(csi[secret], ['spec', 'csi', secret], problems);
  }
}

function checkRecycledRoot(spec: PlainObject, hostPath: PlainObject, problems: ApiProblems): void {
  const path = textAt(hostPath, 'path');
  if (spec.persistentVolumeReclaimPolicy === 'Recycle' && path && posix.resolve(path) === '/') {
    problems.forbidden(
      ['spec', 'persistentVolumeReclaimPolicy'],
      "may not be 'recycle' for a hostPath mount of '/'",
    );
  }
}

function checkMountOptions(spec: PlainObject, problems: ApiProblems): void {
  for (const [index, option] of listAt(spec, 'mountOptions').entries()) {
    if (typeof (option ?? '') !== 'string') {
      const path = ['spec', 'mountOptions', index];
      problems.type(path, option, 'PersistentVolumeSpec.spec.mountOptions', 'string');
    }
  }
}

function checkAttributesClass(spec: PlainObject, problems: ApiProblems): void {
  const field = 'volumeAttributesClassName';
  if (spec[field] === undefined || spec[field] === null) {
    return;
  }
  if (spec[field] === '') {
    problems.required(['spec', field], 'an empty string is disallowed');
  }
  checkClassName(spec, field, 'PersistentVolumeSpec', problems);
  if (!isPlainObject(spec.csi)) {
    problems.required(['spec', 'csi'], 'has to be specified when using volumeAttributesClassName');
  }
}
