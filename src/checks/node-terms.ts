import { isLabels } from '../planner/metadata';
import { isPlainObject, listAt, objectAt, type PlainObject, textAt } from '../planner/plain-object';

/** What a node's label, or its name, has to be. */
export interface NodeCondition {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** Conditions that a node has to meet, all of them. */
export type NodeTerm = readonly NodeCondition[];

/** Which nodes are meant: those that meet one of the terms. */
export type NodeTerms = readonly NodeTerm[];

/** Every node. */
export const ANY_NODE: NodeTerms = [[]];

/** Stands for a node's name among the keys of labels; no label is called so. */
const NAME = 'metadata.name';

/** Labels of one meaning: nodes that have several of them have one value. */
const ALIASES: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'topology.ebs.csi.aws.com/zone': 'topology.kubernetes.io/zone',
};

/** The terms of a node selector such as `spec.nodeAffinity.required`; every node where there is none. */
export function selectorTerms(selector: unknown): NodeTerms {
  if (!isPlainObject(selector)) {
    return ANY_NODE;
  }
  // A term without a condition matches no node.
  return listAt(selector, 'nodeSelectorTerms')
    .filter(isPlainObject)
    .map((term) => [
      ...conditionsOf(term, 'matchExpressions', (key) => key),
      ...conditionsOf(term, 'matchFields', () => NAME),
    ])
    .filter((term) => term.length > 0);
}

/** The nodes that a pod asks for by its nodeSelector and its required node affinity. */
export function podNodeTerms(pod: PlainObject): NodeTerms {
  const { nodeSelector } = pod;
  const labels = isLabels(nodeSelector) ? Object.entries(nodeSelector) : [];
  const own: NodeTerm = labels.map(([key, value]) => is(key, [value]));
  const affinity = objectAt(objectAt(pod, 'affinity'), 'nodeAffinity');
  return selectorTerms(affinity.requiredDuringSchedulingIgnoredDuringExecution).map((term) => [
    ...own,
    ...term,
  ]);
}

/** Where a class makes volumes (StorageClass.allowedTopologies); every node where it does not say. */
export function topologyTerms(storageClass: PlainObject): NodeTerms {
  const terms = listAt(storageClass, 'allowedTopologies').filter(isPlainObject);
  return terms.length === 0
    ? ANY_NODE
    : terms.map((term) => conditionsOf(term, 'matchLabelExpressions', (key) => key, 'In'));
}

/** A label with one of some values. */
export function is(key: string, values: readonly string[]): NodeCondition {
  return { key: Object.hasOwn(ALIASES, key) ? (ALIASES[key] ?? key) : key, operator: 'In', values };
}

function conditionsOf(
  term: PlainObject,
  list: string,
  keyOf: (key: string) => string,
  operator?: string,
): NodeTerm {
  return listAt(term, list)
    .filter(isPlainObject)
    .map((each) => ({
      ...is(keyOf(textAt(each, 'key') ?? ''), listAt(each, 'values').map(String)),
      operator: operator ?? textAt(each, 'operator') ?? '',
    }));
}

// Long selectors multiply; beyond so many pairs nothing is said.
const MOST_PAIRS = 10_000;

/** Whether no node whatever its labels can be meant by both. */
export function excludes(some: NodeTerms, others: NodeTerms): boolean {
  return (
    some.length * others.length <= MOST_PAIRS &&
    some.every((term) => others.every((other) => contradicts([...term, ...other])))
  );
}

/** Whether no node can meet all of the conditions. */
function contradicts(conditions: NodeTerm): boolean {
  const byKey = new Map<string, NodeCondition[]>();
  for (const condition of conditions) {
    const known = byKey.get(condition.key);
    if (known === undefined) {
      byKey.set(condition.key, [condition]);
    } else {
      known.push(condition);
    }
  }
  return [...byKey.values()].some(leavesNothing);
}

function leavesNothing(conditions: readonly NodeCondition[]): boolean {
  const absent = conditions.some(({ operator }) => operator === 'DoesNotExist');
  const present = conditions.some(({ operator }) =>
    ['In', 'Exists', 'Gt', 'Lt'].includes(operator),
  );
  const listed = conditions.filter(({ operator }) => operator === 'In');
  const [first, ...rest] = listed;
  const left = first?.values.filter(
    (value) =>
      rest.every(({ values }) => values.includes(value)) &&
      !conditions.some(({ operator, values }) => operator === 'NotIn' && values.includes(value)),
  );
  return (absent && present) || left?.length === 0;
}

/** The terms in words, such as `topology.kubernetes.io/zone a or b`. */
export function shownTerms(terms: NodeTerms): string {
  const shown = terms.map((term) => term.map(shownCondition).join(' and '));
  return shown.length > 3 ? `${shown.slice(0, 3).join(', or ')}, …` : shown.join(', or ');
}

function shownCondition({ key, operator, values }: NodeCondition): string {
  const list = values.length > 5 ? [...values.slice(0, 5), '…'] : values;
  const operators = operator === 'In' ? '' : `${operator} `;
  return `${key} ${operators}${list.join(' or ')}`.trimEnd();
}
