import { daemonPod } from './daemon-pod';
import type { Inventory, NodeEntry } from './inventory';
import { type NodeIndex, nodeIndex } from './node-index';
import { matchesNodeSelector } from './node-selector';
import { textOf } from './object-text';
import { isPlainObject, objectAt, type PlainObject, textAt } from './plain-object';
import type { KubernetesVersion } from './plan';
import { type NodeReason, untolerated } from './schedule-reasons';
import { CORDON, hardTaints, tolerates } from './tolerations';
import type { Workload } from './workload';

/** Nodes that a pod may run on as far as the pod and the nodes go, and why not on the others. */
export interface EligibleNodes {
  readonly nodes: readonly NodeEntry[];

  /** Nodes that the pod asks for, tainted and cordoned ones included: topology spread counts them. */
  readonly wanted: readonly NodeEntry[];

  /** The scheduler's reasons for the nodes that are left out. */
  readonly reasons: readonly NodeReason[];
}

const NO_MATCH = "node(s) didn't match Pod's node affinity/selector";

const FINDERS = new WeakMap<Inventory, EligibleFinder>();

/** What finds the nodes of the inventory that pods may run on; one for all who ask. */
export function eligibleFinder(inventory: Inventory, version: KubernetesVersion): EligibleFinder {
  let finder = FINDERS.get(inventory);
  if (finder?.version !== version) {
    finder = new EligibleFinder(nodeIndex(inventory), version);
    FINDERS.set(inventory, finder);
  }
  return finder;
}

/** Finds the nodes that pods may run on, before volumes and other pods are looked at. */
export class EligibleFinder {
  /** Nodes that keep pods off. */
  readonly #guarded: readonly NodeEntry[];
  readonly #known = new Map<string, EligibleNodes>();
  readonly #wanted = new Map<string, readonly NodeEntry[]>();
  readonly #repelled = new Map<string, ReadonlyMap<NodeEntry, string>>();

  /** @param version - whose words the reasons are in */
  constructor(
    readonly index: NodeIndex,
    readonly version: KubernetesVersion,
  ) {
    this.#guarded = index.all.filter(({ object }) => {
      const spec = objectAt(object, 'spec');
      return spec.unschedulable === true || hardTaints(spec).length > 0;
    });
  }

  /** The nodes that a workload's pods may run on; the same object for pods that ask for the same. */
  of({ pod, kind }: Pick<Workload, 'pod' | 'kind'>): EligibleNodes {
    const { nodeAffinity } = objectAt(pod, 'affinity');
    const asksNothing = pod.nodeSelector === undefined && nodeAffinity === undefined;
    const asked = asksNothing ? '' : textOf([pod.nodeSelector, nodeAffinity]);
    const isDaemon = kind === 'DaemonSet';
    const tolerated =
      this.#guarded.length === 0
        ? ''
        : `${isDaemon && pod.hostNetwork === true} ${isDaemon} ${textOf(pod.tolerations)}`;
    const key = `${tolerated}\n${asked}`;
    let found = this.#known.get(key);
    if (found === undefined) {
      found = this.#find(isDaemon ? daemonPod(pod) : pod, asked, tolerated);
      this.#known.set(key, found);
    }
    return found;
  }

  #find(pod: PlainObject, asked: string, tolerated: string): EligibleNodes {
    let wanted = this.#wanted.get(asked);
    if (wanted === undefined) {
      wanted = asked === '' ? this.index.all : this.#askedFor(pod);
      this.#wanted.set(asked, wanted);
    }
    let repelled = this.#repelled.get(tolerated);
    if (repelled === undefined) {
      repelled = this.#repelledFrom(pod);
      this.#repelled.set(tolerated, repelled);
    }
    const away = repelled;
    const nodes = away.size === 0 ? wanted : wanted.filter((node) => !away.has(node));
    return { nodes, wanted, reasons: this.#reasons(away, nodes.length) };
  }

  #askedFor(pod: PlainObject): readonly NodeEntry[] {
    const labels = objectAt(pod, 'nodeSelector');
    const required = requiredOf(pod);
    const narrow = this.index.narrow(
      Object.keys(labels).map((key) => ({ key, operator: 'In', values: [labels[key]] })),
    );
    const matching = required === undefined ? undefined : this.index.matching(required);
    const candidates =
      matching !== undefined && matching.length < narrow.length ? matching : narrow;
    return candidates.filter((node) => asksFor(pod, node));
  }

  #repelledFrom(pod: PlainObject): ReadonlyMap<NodeEntry, string> {
    const repelled = new Map<NodeEntry, string>();
    for (const node of this.#guarded) {
      const reason = repels(pod, node, this.version);
      if (reason !== undefined) {
        repelled.set(node, reason);
      }
    }
    return repelled;
  }

  // The scheduler asks for taints first, so that what a pod does not ask for may be told as tainted.
  #reasons(repelled: ReadonlyMap<NodeEntry, string>, eligible: number): readonly NodeReason[] {
    const counts = new Map<string, number>();
    for (const reason of repelled.values()) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
    const others = this.index.all.length - repelled.size - eligible;
    const reasons = Array.from(counts, ([reason, nodes]) => ({ reason, nodes }));
    return others === 0 ? reasons : [...reasons, { reason: NO_MATCH, nodes: others }];
  }
}

function requiredOf(pod: PlainObject): PlainObject | undefined {
  const affinity = objectAt(objectAt(pod, 'affinity'), 'nodeAffinity');
  const required = affinity.requiredDuringSchedulingIgnoredDuringExecution;
  return isPlainObject(required) ? required : undefined;
}

/** Whether the pod's nodeSelector and its required node affinity match the node. */
export function asksFor(pod: PlainObject, node: NodeEntry): boolean {
  const labels = objectAt(pod, 'nodeSelector');
  for (const key of Object.keys(labels)) {
    if (!Object.hasOwn(node.labels, key) || node.labels[key] !== labels[key]) {
      return false;
    }
  }
  const required = requiredOf(pod);
  return required === undefined || matchesNodeSelector(required, node);
}

// In the order in which the scheduler asks: the first reason is the one that it tells.
function repels(pod: PlainObject, node: NodeEntry, version: KubernetesVersion): string | undefined {
  const spec = objectAt(node.object, 'spec');
  if (spec.unschedulable === true && !tolerates(pod, CORDON)) {
    return 'node(s) were unschedulable';
  }
  const taint = hardTaints(spec).find((each) => !tolerates(pod, each));
  return taint && untolerated(taint.key, taint.value, version);
}

/** The node that the pod names itself, past the scheduler. */
export function namedNode(pod: PlainObject): string | undefined {
  return textAt(pod, 'nodeName') || undefined;
}
