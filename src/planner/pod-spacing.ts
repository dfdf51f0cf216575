import type { EligibleNodes } from './eligible-nodes';
import type { NodeEntry } from './inventory';
import { NodeSets } from './node-sets';
import { textOf } from './object-text';
import { isPlainObject, listAt, objectAt, type PlainObject } from './plain-object';
import type { Spacing, Spread } from './pod-room';
import { EACH_NODE, ownNamespaceTerm, podTerms } from './pod-terms';
import { hardTaints, tolerates } from './tolerations';
import type { Workload } from './workload';

/** How a workload's pods keep clear of each other, and what it cannot be said of. */
export interface PodSpacing {
  /** Among all its pods. */
  readonly all: Spacing;

  /** Among the pods of two revisions: what a roll-out's new pods have to keep of the old ones. */
  readonly acrossRevisions: Spacing;

  /** Topology keys of a required affinity of the pods to each other. */
  readonly together: readonly string[];

  /** The same for pods that keep clear of each other in the same way. */
  readonly key: string;

  /** Labels that a node must have for the pods' spreads. */
  readonly needed: readonly string[];

  /** Whether the input leaves open whether a rule is about the pods themselves. */
  readonly unsure: boolean;
}

/**
 * How a workload's pods keep clear of each other.
 *
 * @param single - whether they share a claim that one pod alone can have
 * @param sets - remembers what it is asked of the lists of nodes
 */
export function podSpacing(
  workload: Workload,
  { wanted }: EligibleNodes,
  nodes: readonly NodeEntry[],
  single: boolean,
  sets = new NodeSets(),
): PodSpacing {
  const { pod } = workload;
  const ports = usesHostPorts(pod) ? [EACH_NODE] : [];
  if (pod.affinity === undefined && pod.topologySpreadConstraints === undefined) {
    return withoutRules(ports, single);
  }
  const anti = podTerms(workload, 'podAntiAffinity');
  const affine = podTerms(workload, 'podAffinity');
  const apart = anti.filter((term) => term.matches(workload) === true);
  const constraints = listAt(pod, 'topologySpreadConstraints')
    .filter(isPlainObject)
    .filter(({ whenUnsatisfiable }) => (whenUnsatisfiable ?? 'DoNotSchedule') === 'DoNotSchedule')
    .map((constraint) => ({ constraint, term: ownNamespaceTerm(constraint, workload) }));
  const spreads = constraints
    .filter(({ term }) => term.matches(workload) === true)
    .map(({ constraint, term }) => ({
      ownRevision: term.ownRevision,
      spread: readSpread(constraint, term.topologyKey, pod, nodes, wanted, sets),
    }));
  return keyed(sets, {
    all: {
      apart: [...apart.map(({ topologyKey }) => topologyKey), ...ports],
      spreads: spreads.map(({ spread }) => spread),
      single,
    },
    acrossRevisions: {
      apart: [
        ...apart.filter((term) => !term.ownRevision).map(({ topologyKey }) => topologyKey),
        ...ports,
      ],
      spreads: spreads.filter((each) => !each.ownRevision).map(({ spread }) => spread),
      single,
    },
    together: affine
      .filter((term) => term.matches(workload) === true)
      .map(({ topologyKey }) => topologyKey),
    needed: constraints.map(({ term }) => term.topologyKey),
    unsure: [...anti, ...affine].some((term) => term.matches(workload) === undefined),
  });
}

// Most pods say nothing of others.
function withoutRules(apart: readonly string[], single: boolean): PodSpacing {
  const all = { apart, spreads: [], single };
  const key = `${apart.length} ${single}`;
  return { all, acrossRevisions: all, together: [], needed: [], unsure: false, key };
}

function keyed(sets: NodeSets, spacing: Omit<PodSpacing, 'key'>): PodSpacing {
  const { all, acrossRevisions, together, needed, unsure } = spacing;
  const key = textOf([keyOf(all, sets), keyOf(acrossRevisions, sets), together, needed, unsure]);
  return { ...spacing, key };
}

/** The same for pods that keep clear of each other in the same way. */
export function keyOf({ apart, spreads, single }: Spacing, sets: NodeSets): string {
  return apart.length + spreads.length === 0
    ? String(single)
    : textOf([
        apart,
        single,
        spreads.map(({ topologyKey, maxSkew, minDomains, counted }) => [
          topologyKey,
          maxSkew,
          minDomains,
          sets.idOf(counted),
        ]),
      ]);
}

function readSpread(
  constraint: PlainObject,
  topologyKey: string,
  pod: PlainObject,
  all: readonly NodeEntry[],
  wanted: readonly NodeEntry[],
  sets: NodeSets,
): Spread {
  const affinity = constraint.nodeAffinityPolicy === 'Ignore' ? all : wanted;
  const counted =
    constraint.nodeTaintsPolicy === 'Honor'
      ? sets.once(affinity, `welcome ${textOf(pod.tolerations)}`, () =>
          affinity.filter((node) => welcomes(node, pod)),
        )
      : affinity;
  return {
    topologyKey,
    maxSkew: countAt(constraint, 'maxSkew'),
    minDomains: countAt(constraint, 'minDomains'),
    counted: sets.labelled(counted, [topologyKey]),
  };
}

function countAt(constraint: PlainObject, key: string): number {
  const value = constraint[key];
  return Number.isInteger(value) ? Math.max(1, Number(value)) : 1;
}

function welcomes(node: NodeEntry, pod: PlainObject): boolean {
  return hardTaints(objectAt(node.object, 'spec')).every((taint) => tolerates(pod, taint));
}

/** Whether two of the pods on one node would want the same port of it. */
function usesHostPorts(pod: PlainObject): boolean {
  const network = pod.hostNetwork === true;
  for (const container of listAt(pod, 'containers')) {
    for (const port of isPlainObject(container) ? listAt(container, 'ports') : []) {
      if (isPlainObject(port) && (port.hostPort || (network && port.containerPort))) {
        return true;
      }
    }
  }
  return false;
}
