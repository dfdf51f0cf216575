import type { NodeEntry } from './inventory';
import { matchesNodeSelector } from './node-selector';
import { isPlainObject, objectAt, type PlainObject, textAt } from './plain-object';
import { CORDON, hardTaints, tolerates } from './tolerations';

/** Nodes that a pod may run on as far as the pod and the nodes go, and why not on the others. */
export interface EligibleNodes {
  readonly nodes: readonly NodeEntry[];

  /** Nodes that the pod asks for, tainted and cordoned ones included: topology spread counts them. */
  readonly wanted: readonly NodeEntry[];

  /** The scheduler's reason for each node that is left out. */
  readonly reasons: readonly string[];
}

const NO_MATCH = "node(s) didn't match Pod's node affinity/selector";

/** The nodes that a pod may run on, before volumes and other pods are looked at. */
export function eligibleNodes(pod: PlainObject, all: Iterable<NodeEntry>): EligibleNodes {
  const nodes: NodeEntry[] = [];
  const wanted: NodeEntry[] = [];
  const reasons: string[] = [];
  for (const node of all) {
    const matches = asksFor(pod, node);
    if (matches) {
      wanted.push(node);
    }
    const reason = repels(pod, node) ?? (matches ? undefined : NO_MATCH);
    if (reason === undefined) {
      nodes.push(node);
    } else {
      reasons.push(reason);
    }
  }
  return { nodes, wanted, reasons };
}

/** Whether the pod's nodeSelector and its required node affinity match the node. */
export function asksFor(pod: PlainObject, node: NodeEntry): boolean {
  const labels = objectAt(pod, 'nodeSelector');
  for (const key of Object.keys(labels)) {
    if (!Object.hasOwn(node.labels, key) || node.labels[key] !== labels[key]) {
      return false;
    }
  }
  const affinity = objectAt(objectAt(pod, 'affinity'), 'nodeAffinity');
  const required = affinity.requiredDuringSchedulingIgnoredDuringExecution;
  return !isPlainObject(required) || matchesNodeSelector(required, node);
}

// In the order in which the scheduler asks: the first reason is the one that it tells.
function repels(pod: PlainObject, node: NodeEntry): string | undefined {
  const spec = objectAt(node.object, 'spec');
  if (spec.unschedulable === true && !tolerates(pod, CORDON)) {
    return 'node(s) were unschedulable';
  }
  const taint = hardTaints(spec).find((each) => !tolerates(pod, each));
  return taint && `node(s) had untolerated taint {${taint.key}: ${taint.value}}`;
}

/** The node that the pod names itself, past the scheduler. */
export function namedNode(pod: PlainObject): string | undefined {
  return textAt(pod, 'nodeName') || undefined;
}
