import type { EligibleNodes } from './eligible-nodes';
import type { NodeEntry } from './inventory';
import { isPlainObject, listAt, objectAt, type PlainObject } from './plain-object';
import type { Spacing, Spread } from './pod-room';
import { EACH_NODE, ownNamespaceTerm, placeOf, podTerms } from './pod-terms';
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

  /** Labels that a node must have for the pods' spreads. */
  readonly needed: readonly string[];

  /** Whether the input leaves open whether a rule is about the pods themselves. */
  readonly unsure: boolean;
}

/**
 * How a workload's pods keep clear of each other.
 *
 * @param single - whether they share a claim that one pod alone can have
 */
export function podSpacing(
  workload: Workload,
  { wanted }: EligibleNodes,
  nodes: readonly NodeEntry[],
  single: boolean,
): PodSpacing {
  const anti = podTerms(workload, 'podAntiAffinity');
  const affine = podTerms(workload, 'podAffinity');
  const apart = anti.filter((term) => term.matches(workload) === true);
  const ports = usesHostPorts(workload.pod) ? [EACH_NODE] : [];
  const constraints = listAt(workload.pod, 'topologySpreadConstraints')
    .filter(isPlainObject)
    .filter(({ whenUnsatisfiable }) => (whenUnsatisfiable ?? 'DoNotSchedule') === 'DoNotSchedule')
    .map((constraint) => ({ constraint, term: ownNamespaceTerm(constraint, workload) }));
  const spreads = constraints
    .filter(({ term }) => term.matches(workload) === true)
    .map(({ constraint, term }) => ({
      ownRevision: term.ownRevision,
      spread: readSpread(constraint, term.topologyKey, workload.pod, nodes, wanted),
    }));
  return {
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
  };
}

function readSpread(
  constraint: PlainObject,
  topologyKey: string,
  pod: PlainObject,
  all: readonly NodeEntry[],
  wanted: readonly NodeEntry[],
): Spread {
  const affinity = constraint.nodeAffinityPolicy === 'Ignore' ? all : wanted;
  const counted =
    constraint.nodeTaintsPolicy === 'Honor'
      ? affinity.filter((node) => welcomes(node, pod))
      : affinity;
  return {
    topologyKey,
    maxSkew: Math.max(1, Number(constraint.maxSkew ?? 1) || 1),
    minDomains: Number(constraint.minDomains ?? 1) || 1,
    counted: counted.filter((node) => placeOf(node, topologyKey) !== undefined),
  };
}

function welcomes(node: NodeEntry, pod: PlainObject): boolean {
  return hardTaints(objectAt(node.object, 'spec')).every((taint) => tolerates(pod, taint));
}

/** Whether two of the pods on one node would want the same port of it. */
function usesHostPorts(pod: PlainObject): boolean {
  const network = pod.hostNetwork === true;
  return listAt(pod, 'containers')
    .filter(isPlainObject)
    .flatMap((container) => listAt(container, 'ports').filter(isPlainObject))
    .some(({ hostPort, containerPort }) => Boolean(hostPort || (network && containerPort)));
}
