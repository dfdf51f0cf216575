import { isLabelValue, isQualifiedName } from '../../kube/names';
import { isPlainObject, listAt, type PlainObject } from '../plain-object';
import { checkLabelMap } from './metadata';
import type { ApiProblems, FieldPath } from './problems';

/** Operators whose values say what a label may be, and those that take none. */
const WITH_VALUES: ReadonlySet<unknown> = new Set(['In', 'NotIn']);
const WITHOUT_VALUES: ReadonlySet<unknown> = new Set(['Exists', 'DoesNotExist']);
const WITH_ONE_VALUE: ReadonlySet<unknown> = new Set(['Gt', 'Lt']);

const NO_OPERATOR = 'not a valid selector operator';

/**
 * What is wrong with a label selector.
 *
 * Source: k8s.io/apimachinery, pkg/apis/meta/v1/validation, ValidateLabelSelector.
 */
export function checkLabelSelector(
  selector: unknown,
  path: FieldPath,
  problems: ApiProblems,
): void {
  if (!isPlainObject(selector)) {
    problems.type(path, selector, 'LabelSelector', 'v1.LabelSelector');
    return;
  }
  if (isPlainObject(selector.matchLabels)) {
    const field = 'LabelSelector.matchLabels';
    checkLabelMap(selector.matchLabels, [...path, 'matchLabels'], field, problems);
  }
  listAt(selector, 'matchExpressions').forEach((each, index) => {
    if (isPlainObject(each)) {
      const at = [...path, 'matchExpressions', index];
      checkRequirement(each, at, problems, false);
    }
  });
}

/**
 * What is wrong with the terms of a node selector.
 *
 * Source: Kubernetes, pkg/apis/core/validation, ValidateNodeSelector.
 */
export function checkNodeSelector(
  selector: PlainObject,
  path: FieldPath,
  problems: ApiProblems,
): void {
  const terms = listAt(selector, 'nodeSelectorTerms');
  if (terms.length === 0) {
    const detail = 'must have at least one node selector term';
    problems.required([...path, 'nodeSelectorTerms'], detail);
  }
  terms.forEach((term, position) => {
    if (isPlainObject(term)) {
      listAt(term, 'matchExpressions').forEach((each, index) => {
        if (isPlainObject(each)) {
          const at = [...path, 'nodeSelectorTerms', position, 'matchExpressions', index];
          checkRequirement(each, at, problems, true);
        }
      });
    }
  });
}

function checkRequirement(
  requirement: PlainObject,
  path: FieldPath,
  problems: ApiProblems,
  ofNodes: boolean,
): void {
  const { key, operator, values } = requirement;
  const count = Array.isArray(values) ? values.length : 0;
  const at = [...path, 'values'];
  if (typeof key !== 'string' || !isQualifiedName(key)) {
    problems.invalid([...path, 'key'], key ?? '', 'name part must be non-empty and a label');
  }
  if (WITH_VALUES.has(operator)) {
    if (count === 0) {
      problems.required(at, "must be specified when `operator` is 'In' or 'NotIn'");
    }
  } else if (WITHOUT_VALUES.has(operator)) {
    if (count > 0) {
      problems.forbidden(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    }
  } else if (ofNodes && WITH_ONE_VALUE.has(operator)) {
    if (count !== 1) {
      problems.required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'");
    }
  } else {
    problems.invalid([...path, 'operator'], operator ?? '', NO_OPERATOR);
  }
  for (const [index, value] of listAt(requirement, 'values').entries()) {
    if (typeof (value ?? '') !== 'string') {
      const field = ofNodes ? 'NodeSelectorRequirement.values' : 'LabelSelectorRequirement.values';
      problems.type([...at, index], value, field, 'string');
    } else if (!ofNodes && typeof value === 'string' && !isLabelValue(value)) {
      problems.invalid([...at, index], value, 'must be a valid label value');
    }
  }
}
