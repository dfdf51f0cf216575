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

/** The scheduler's reason for a node that has a pod which keeps clear of a pod. */
const KEPT_OFF = "node(s) didn't satisfy existing pods anti-affinity rules";

/** The scheduler's reason for a node without the label of a topology spread. */
export const NO_SPREAD_LABEL =
  "node(s) didn't match pod topology spread constraints (missing required label)";

/** Why so many nodes do not take a pod. */
export interface NodeReason {
  readonly reason: string;

  /** How many nodes; undefined where the reason is not about nodes. */
  readonly nodes?: number;
}

/** What `kubectl describe pod` shows of a pod that no node takes. */
export function noNodeFits(nodes: number, reasons: readonly NodeReason[]): string {
  const counts = new Map<string, number | undefined>();
  for (const { reason, nodes: count } of reasons) {
    if (count !== 0) {
      counts.set(reason, count === undefined ? undefined : (counts.get(reason) ?? 0) + count);
    }
  }
  const parts = [...counts].map(([reason, count]) =>
    count === undefined ? reason : `${count} ${reason}`,
  );
  const what = parts.sort().join(', ');
  return nodes === 0 ? what : `0/${nodes} nodes are available: ${what}.`;
}

/**
 * The scheduler's reason for a node that has one of the workload's pods already, or one of another
 * workload that keeps clear of them.
 */
export function reasonOfSpacing({ single, apart, spreads }: Spacing): string {
  if (single) {
    return 'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';
  }
  if (apart.some((key) => key !== EACH_NODE)) {
    return NOT_APART;
  }
  if (spreads.length > 0) {
    return "node(s) didn't match pod topology spread constraints";
  }
  return apart.length > 0 ? "node(s) didn't have free ports for the requested pod ports" : KEPT_OFF;
}
