import { Quantity } from '../../kube/quantity';
import type { ApiProblems, FieldPath } from './problems';

/**
 * What is wrong with an amount that must be above zero.
 *
 * Source: k8s.io/apimachinery, pkg/api/resource/quantity.go; Kubernetes, pkg/apis/core/validation,
 * ValidatePositiveQuantityValue.
 */
export function checkAmount(value: unknown, path: FieldPath, problems: ApiProblems): void {
  const text = typeof value === 'number' ? String(value) : value;
  const amount = Quantity.parse(text);
  if (amount?.nanos === 0n || (typeof text === 'string' && /^-\d/.test(text))) {
    problems.invalid(path, text, 'must be greater than zero');
  } else if (amount === undefined) {
    problems.invalid(path, value, UNREADABLE);
  }
}

const UNREADABLE =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
