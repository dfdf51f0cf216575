import type { Spacing } from './pod-room';
import { EACH_NODE } from './pod-terms';

/** The scheduler's reason where a claim is neither bound nor waiting for a pod. */
export const UNBOUND_CLAIMS = 'pod has unbound immediate PersistentVolumeClaims';

/** The scheduler's reason for a node that one of the pod's volumes cannot be used on. */
export const VOLUME_CONFLICT = 'node(s) had volume node affinity conflict';

/** The scheduler's reason for a node where a waiting claim finds no volume. */
export const NO_VOLUMES = "node(s) didn't find available persistent volumes to bind";

/** The scheduler's reason for a node without the pods that a pod wants to be with. */
export const NOT_TOGETHER = "node(s) didn't match pod affinity rules";

/** The scheduler's reason for a node that has a pod which a pod keeps clear of. */
const NOT_APART = "node(s) didn't match pod anti-affinity rules";

/** The scheduler's reason for a node without the label of a topology spread. */
export const NO_SPREAD_LABEL =
  "node(s) didn't match pod topology spread constraints (missing required label)";

/**
 * What `kubectl describe pod` shows of a pod that no node takes.
 *
 * @param reasons - one for each node, or a single one that is not about nodes
 */
export function noNodeFits(nodes: number, reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const parts = [...counts].map(([reason, count]) =>
    reason.startsWith('node(s)') ? `${count} ${reason}` : reason,
  );
  const what = parts.sort().join(', ');
  return nodes === 0 ? what : `0/${nodes} nodes are available: ${what}.`;
}

/** The scheduler's reason for a node that has one of the workload's pods already. */
export function reasonOfSpacing({ single, apart, spreads }: Spacing): string {
  if (single) {
    return 'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';
  }
  if (apart.some((key) => key !== EACH_NODE)) {
    return NOT_APART;
  }
  return spreads.length > 0
    ? "node(s) didn't match pod topology spread constraints"
    : "node(s) didn't have free ports for the requested pod ports";
}
