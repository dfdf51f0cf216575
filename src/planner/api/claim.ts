import { isDnsSubdomain } from '../../kube/names';
import { isPlainObject, nameAt, objectAt, type PlainObject } from '../plain-object';
import { checkModes } from './access-modes';
import { isCoreSource } from './data-sources';
import { checkLabels, checkMetadata, NO_SUBDOMAIN } from './metadata';
import type { ApiProblems } from './problems';
import { checkAmount } from './quantity';
import { checkLabelSelector } from './selector';
import { type CheckedParts, checkClassName } from './volume';

/**
 * What is wrong with a PersistentVolumeClaim.
 *
 * Source: Kubernetes, pkg/apis/core/validation, ValidatePersistentVolumeClaim.
 */
export function checkClaim(claim: PlainObject, parts: CheckedParts, problems: ApiProblems): void {
  checkMetadata(claim, problems);
  checkClaimSpec(claim, parts, problems);
}

/** What is wrong with a template of claims, whose name and namespace are made up. */
export function checkClaimTemplate(
  template: PlainObject,
  parts: CheckedParts,
  problems: ApiProblems,
): void {
  checkLabels(objectAt(template, 'metadata'), ['metadata'], problems);
  checkClaimSpec(template, parts, problems);
}

function checkClaimSpec(
  claim: PlainObject,
  { hasAmount, attributesClasses }: CheckedParts,
  problems: ApiProblems,
): void {
  const spec = objectAt(claim, 'spec');
  checkModes(spec, 'PersistentVolumeClaim', 'at least 1 access mode is required', problems);
  const { selector } = spec;
  if (selector !== undefined && selector !== null) {
    checkLabelSelector(selector, ['spec', 'selector'], problems);
  }
  const path = ['spec', 'resources', 'requests', 'storage'];
  const { storage } = objectAt(objectAt(spec, 'resources'), 'requests');
  if (storage === undefined || storage === null) {
    problems.required(path);
  } else if (!hasAmount) {
    checkAmount(storage, path, problems);
  }
  checkClassName(spec, 'storageClassName', 'PersistentVolumeClaimSpec', problems);
  if (attributesClasses) {
    checkClassName(spec, 'volumeAttributesClassName', 'PersistentVolumeClaimSpec', problems);
  }
  if (spec.dataSource || spec.dataSourceRef) {
    checkDataSources(spec, problems);
  }
}

// What is dropped before it is looked at is told by a rule of its own.
function checkDataSources(spec: PlainObject, problems: ApiProblems): void {
  const { dataSource, dataSourceRef } = spec;
  if (isPlainObject(dataSourceRef)) {
    if (nameAt(dataSourceRef, 'namespace') !== undefined) {
      return;
    }
    checkDataSource(dataSourceRef, 'dataSourceRef', problems);
    if (isPlainObject(dataSource) && !isSame(dataSource, dataSourceRef)) {
      problems.invalid(
        ['spec'],
        'spec.dataSource',
        'must match dataSourceRef',
        'drop spec.dataSource',
      );
    }
  } else if (isPlainObject(dataSource) && isCoreSource(dataSource) && !nameAt(dataSource, 'name')) {
    problems.required(['spec', 'dataSource', 'name']);
  }
}

function checkDataSource(source: PlainObject, field: string, problems: ApiProblems): void {
  const path = ['spec', field];
  for (const each of ['name', 'kind']) {
    if (nameAt(source, each) === undefined) {
      problems.required([...path, each]);
    }
  }
  const group = nameAt(source, 'apiGroup');
  if (group === undefined && source.kind !== 'PersistentVolumeClaim') {
    const detail = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
    problems.invalid(path, source.kind, detail, `set spec.${field}.apiGroup`);
  } else if (group !== undefined && !isDnsSubdomain(group)) {
    problems.invalid([...path, 'apiGroup'], group, NO_SUBDOMAIN);
  }
}

function isSame(one: PlainObject, other: PlainObject): boolean {
  return ['apiGroup', 'kind', 'name'].every((field) => nameAt(one, field) === nameAt(other, field));
}
