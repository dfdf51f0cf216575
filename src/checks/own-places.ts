import { nameAt } from '../planner/plain-object';
import { noNodeFits, reasonOfSpacing } from '../planner/schedule-reasons';
import type { Workload } from '../planner/workload';
import { type AntiTerm, antiTerms } from './anti-affinity';
import type { Facts } from './facts';
import { HOSTNAME, mostPlaces, nodesFor } from './pod-places';
import { volumeNodes } from './volume-nodes';

/** How many pods of a workload there can be at once, by their required anti-affinity to each other. */
export interface OwnPlaces {
  /** Places, each for one of the pods; at least one. */
  readonly count: number;

  /** What a place is: `node`, or the label that says so. */
  readonly unit: string;

  /** The term that says so. */
  readonly term: AntiTerm;

  /** What `kubectl describe pod` shows of a pod too many. */
  readonly refusal: () => string;
}

/**
 * The fewest places that one of a workload's required anti-affinities to its own pods leaves them;
 * undefined where the input does not say how many there are.
 *
 * Where there is no place at all, it is not the anti-affinity that keeps the pods off.
 *
 * @param acrossRevisions - whether the old and new pods of a roll-out have to keep off each other
 */
export function ownPlaces(
  workload: Workload,
  facts: Facts,
  acrossRevisions: boolean,
): OwnPlaces | undefined {
  // A pod that names its node passes the scheduler by; a DaemonSet has one on each node anyway.
  if (workload.kind === 'DaemonSet' || nameAt(workload.pod, 'nodeName') !== undefined) {
    return undefined;
  }
  let fewest: { count: number; term: AntiTerm } | undefined;
  for (const each of antiTerms(workload)) {
    const { required, term } = each;
    if (required && term.matches(workload) === true && !(acrossRevisions && term.ownRevision)) {
      const count = mostPlaces(workload, term.topologyKey, facts);
      if (count > 0 && count < (fewest?.count ?? Number.POSITIVE_INFINITY)) {
        fewest = { count, term: each };
      }
    }
  }
  if (fewest === undefined) {
    return undefined;
  }
  const { count } = fewest;
  const { topologyKey } = fewest.term.term;
  return {
    ...fewest,
    unit: topologyKey === HOSTNAME ? 'node' : topologyKey,
    refusal: () => refusalOf(workload, topologyKey, count, facts),
  };
}

function refusalOf(workload: Workload, key: string, count: number, facts: Facts): string {
  const reason = reasonOfSpacing({ single: false, apart: [key], spreads: [] }, facts.version);
  const eligible = nodesFor(workload, facts);
  // What keeps the pods off the other nodes is known where it is the pods themselves.
  return eligible !== undefined &&
    volumeNodes(facts.inventory).countPlaces(eligible.nodes, key) === count
    ? noNodeFits(facts.inventory.nodes.size, [
        ...eligible.reasons,
        { reason, nodes: eligible.nodes.length },
      ])
    : reason;
}
