import { compares } from '../kube/label-selector';
import type { NodeEntry } from './inventory';
import { isPlainObject, listAt, type PlainObject, textAt } from './plain-object';

/**
 * Whether one of the terms of a node selector matches the node.
 *
 * A term without a condition matches nothing, and so does a selector without a term.
 * Source: k8s.io/component-helpers, scheduling/corev1/nodeaffinity.
 */
export function matchesNodeSelector(selector: unknown, node: NodeEntry): boolean {
  return (
    isPlainObject(selector) &&
    listAt(selector, 'nodeSelectorTerms')
      .filter(isPlainObject)
      .some((term) => holds(term, node))
  );
}

function holds(term: PlainObject, node: NodeEntry): boolean {
  const expressions = listAt(term, 'matchExpressions');
  const fields = listAt(term, 'matchFields');
  return (
    expressions.length + fields.length > 0 &&
    expressions.every((each) => isPlainObject(each) && meets(each, labelAt(node, each))) &&
    // The node's name is the only field that there is.
    fields.every(
      (each) => isPlainObject(each) && each.key === 'metadata.name' && meets(each, node.name),
    )
  );
}

function labelAt({ labels }: NodeEntry, requirement: PlainObject): string | undefined {
  const key = textAt(requirement, 'key') ?? '';
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function meets(requirement: PlainObject, value: string | undefined): boolean {
  const values = listAt(requirement, 'values');
  switch (requirement.operator) {
    case 'Gt':
    case 'Lt':
      return isBeyond(requirement.operator, value, values[0]);
    default:
      return compares(requirement.operator, value, values);
  }
}

function isBeyond(operator: 'Gt' | 'Lt', value: string | undefined, bound: unknown): boolean {
  const [left, right] = [wholeNumber(value), wholeNumber(bound)];
  if (left === undefined || right === undefined) {
    return false;
  }
  return operator === 'Gt' ? left > right : left < right;
}

function wholeNumber(value: unknown): bigint | undefined {
  return typeof value === 'string' && /^[+-]?\d{1,19}$/.test(value) ? BigInt(value) : undefined;
}
