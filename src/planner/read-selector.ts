import {
  type LabelSelector,
  type LabelSelectorRequirement,
  SELECTOR_OPERATORS,
} from '../kube/label-selector';
import { isLabels } from './metadata';
import { isPlainObject } from './plain-object';

/** Reads a label selector of unknown shape; undefined where the API server would refuse it. */
export function readSelector(value: unknown): LabelSelector | undefined {
  if (!isPlainObject(value)) {
    return undefined;
  }
  const matchLabels = value.matchLabels ?? {};
  const expressions = value.matchExpressions ?? [];
  if (!isLabels(matchLabels) || !Array.isArray(expressions)) {
    return undefined;
  }
  return expressions.every(isRequirement)
    ? { matchLabels, matchExpressions: expressions }
    : undefined;
}

/** Whether the selector asks for nothing, and so matches everything. */
export function isEmptySelector({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): boolean {
  return matchExpressions.length === 0 && Object.keys(matchLabels).length === 0;
}

function isRequirement(value: unknown): value is LabelSelectorRequirement {
  if (!isPlainObject(value) || typeof value.key !== 'string') {
    return false;
  }
  const values = value.values ?? [];
  if (!Array.isArray(values) || !values.every((each) => typeof each === 'string')) {
    return false;
  }
  const index = (SELECTOR_OPERATORS as readonly unknown[]).indexOf(value.operator);
  // In and NotIn come first and need values; the other two forbid them.
  return index >= 0 && (index < 2 ? values.length > 0 : values.length === 0);
}
