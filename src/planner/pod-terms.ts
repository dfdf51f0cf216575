import { compileSelector, type LabelSelector, type Labels, selects } from '../kube/label-selector';
import type { NodeEntry } from './inventory';
import { isPlainObject, listAt, objectAt, type PlainObject, textAt } from './plain-object';
import { readSelector } from './read-selector';
import type { Workload } from './workload';

/** What a pod says of other pods: a required (anti-)affinity, or one of its spreads. */
export interface PodTerm {
  /** Label of nodes that says which are one place. */
  readonly topologyKey: string;

  /** Whether it looks at pods of its own revision only, so that a roll-out's old pods do not count. */
  readonly ownRevision: boolean;

  /** What it asks of the labels of pods; undefined where it looks at none. */
  readonly selector?: LabelSelector;

  /** Whether it looks at the pods of a workload; undefined where the input does not say. */
  matches(other: Pick<Workload, 'namespace' | 'labels'>): boolean | undefined;
}

/** A label that tells the pods of a Deployment's revisions apart. */
const REVISION_LABEL = 'pod-template-hash';

/** Label that every namespace has: its name. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** The two kinds of rules that a pod has about other pods. */
export type AffinityKind = 'podAffinity' | 'podAntiAffinity';

/** The required terms of a pod's `podAffinity` or `podAntiAffinity`. */
export function podTerms(workload: Workload, kind: AffinityKind): readonly PodTerm[] {
  const required = requiredTerms(workload, kind);
  if (required.length === 0) {
    return NO_TERMS;
  }
  let terms = KNOWN[kind].get(workload);
  if (terms === undefined) {
    terms = required.filter(isPlainObject).map((term) => podTerm(term, workload));
    KNOWN[kind].set(workload, terms);
  }
  return terms;
}

/** A term of an affinity or anti-affinity, required or preferred. */
export function podTerm(term: PlainObject, workload: Workload): PodTerm {
  return readTerm(term, workload, namespacesOf(term, workload.namespace));
}

/** The same as they were written. */
export function requiredTerms({ pod }: Workload, kind: AffinityKind): readonly unknown[] {
  return listAt(
    objectAt(objectAt(pod, 'affinity'), kind),
    'requiredDuringSchedulingIgnoredDuringExecution',
  );
}

/** Labels of the pod itself that the terms add to their selectors. */
export function ownLabelKeys(terms: readonly unknown[]): readonly unknown[] {
  return terms
    .filter(isPlainObject)
    .flatMap((term) => [...listAt(term, 'matchLabelKeys'), ...listAt(term, 'mismatchLabelKeys')]);
}

const NO_TERMS: readonly PodTerm[] = [];

// A pod's terms are asked for by what keeps it apart and by what its neighbours do.
const KNOWN: Readonly<Record<AffinityKind, WeakMap<Workload, readonly PodTerm[]>>> = {
  podAffinity: new WeakMap(),
  podAntiAffinity: new WeakMap(),
};

/** A term that looks at pods of the workload's own namespace alone. */
export function ownNamespaceTerm(term: PlainObject, workload: Workload): PodTerm {
  return readTerm(term, workload, (namespace) => namespace === workload.namespace);
}

/** The place of a node under a topology key; undefined where the node lacks the label. */
export function placeOf(node: NodeEntry, topologyKey: string): string | undefined {
  if (topologyKey === EACH_NODE) {
    return node.name;
  }
  return Object.hasOwn(node.labels, topologyKey) ? node.labels[topologyKey] : undefined;
}

/** Stands for a topology key of which every node is a place of its own; no label is called so. */
export const EACH_NODE = '';

function readTerm(
  term: PlainObject,
  workload: Workload,
  inNamespace: (namespace: string) => boolean | undefined,
): PodTerm {
  const keys = listAt(term, 'matchLabelKeys');
  const selector = selectorOf(term, workload.labels);
  const selects = selector === undefined ? () => false : compileSelector(selector);
  return {
    topologyKey: textAt(term, 'topologyKey') ?? EACH_NODE,
    ownRevision: keys.includes(REVISION_LABEL),
    selector,
    matches: ({ namespace, labels }) => {
      const inside = inNamespace(namespace);
      return inside !== false && selects(labels) ? inside : false;
    },
  };
}

// A nil selector matches nothing, an empty one everything. `matchLabelKeys` adds the pod's own
// values to it, `mismatchLabelKeys` their opposite.
function selectorOf(term: PlainObject, labels: Labels): LabelSelector | undefined {
  const selector = readSelector(term.labelSelector);
  if (selector === undefined) {
    return undefined;
  }
  const own = (name: string, operator: 'In' | 'NotIn') =>
    listAt(term, name).flatMap((key) => {
      const value = typeof key === 'string' && Object.hasOwn(labels, key) ? labels[key] : undefined;
      return value === undefined ? [] : [{ key: String(key), operator, values: [value] }];
    });
  return {
    matchLabels: selector.matchLabels,
    matchExpressions: [
      ...(selector.matchExpressions ?? []),
      ...own('matchLabelKeys', 'In'),
      ...own('mismatchLabelKeys', 'NotIn'),
    ],
  };
}

/**
 * Which namespaces a term looks into: the pod's own, unless it lists or selects some.
 *
 * A list replaces the pod's own namespace.
 * Source: Kubernetes, pkg/scheduler/framework, getNamespacesFromPodAffinityTerm.
 */
function namespacesOf(term: PlainObject, own: string): (namespace: string) => boolean | undefined {
  const listed = listAt(term, 'namespaces');
  const given = term.namespaceSelector;
  if (given === undefined || given === null) {
    return listed.length === 0
      ? (namespace) => namespace === own
      : (namespace) => listed.includes(namespace);
  }
  const selector = readSelector(given);
  return (namespace) => {
    if (listed.includes(namespace)) {
      return true;
    }
    if (selector === undefined) {
      return false;
    }
    const keys = [
      ...Object.keys(selector.matchLabels ?? {}),
      ...(selector.matchExpressions ?? []).map(({ key }) => key),
    ];
    // Other labels of namespaces are not among what the planner reads.
    return keys.every((key) => key === NAMESPACE_NAME)
      ? selects(selector, { [NAMESPACE_NAME]: namespace })
      : undefined;
  };
}
