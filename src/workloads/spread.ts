import { Node, NodeLabelQuery, Pods, Topology, type Workload } from 'cdk8s-plus-28';
import type { Labels } from '../kube/label-selector';

/** How strictly the pods of a workload keep to nodes of their own. */
export const SPREADS = ['preferred', 'required', 'none'] as const;

/**
 * How strictly the pods of a workload keep to nodes of their own.
 *
 * - `'preferred'`: where there is room; a pod without a free node joins another.
 * - `'required'`: always; a replica without a node of its own stays Pending.
 * - `'none'`: not at all.
 */
export type Spread = (typeof SPREADS)[number];

/** The largest weight of a preference (Kubernetes API, WeightedPodAffinityTerm.weight: 1 to 100). */
const STRONGEST = 100;

/**
 * Keeps the pods that a selector selects on nodes of their own.
 *
 * The selector counts in the pods' own namespace: anti-affinity takes `namespaces` for namespaces of
 * pods, and a list there that leaves out their own makes the rule do nothing.
 */
export function spreadOverNodes(workload: Workload, spread: Spread, selector: Labels): void {
  if (spread === 'none') {
    return;
  }
  workload.scheduling.separate(Pods.select(workload, 'Replicas', { labels: { ...selector } }), {
    topology: Topology.HOSTNAME,
    ...(spread === 'preferred' && { weight: STRONGEST }),
  });
}

/** The same rule as a plain object, or undefined for `'none'`. */
export function antiAffinity(
  spread: Spread,
  matchLabels: Labels,
): Readonly<Record<string, unknown>> | undefined {
  const term = { labelSelector: { matchLabels }, topologyKey: Topology.HOSTNAME.key };
  switch (spread) {
    case 'preferred':
      return {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: STRONGEST, podAffinityTerm: term },
        ],
      };
    case 'required':
      return { requiredDuringSchedulingIgnoredDuringExecution: [term] };
    case 'none':
      return undefined;
  }
}

/** Keeps the pods on nodes that have all of these labels. */
export function attractToNodes(workload: Workload, nodeLabels: Labels): void {
  const queries = Object.entries(nodeLabels).map(([key, value]) => NodeLabelQuery.is(key, value));
  if (queries.length > 0) {
    workload.scheduling.attract(Node.labeled(...queries));
  }
}
