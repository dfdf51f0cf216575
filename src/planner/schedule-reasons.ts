import type { NodeEntry } from './inventory';
import { isAtLeast } from './kubernetes-version';
import type { KubernetesVersion } from './plan';
import type { Spacing } from './pod-room';
import { EACH_NODE } from './pod-terms';
import type { Reach } from './volume-reach';

/** A text that versions of Kubernetes word differently: each since a version, newest first. */
type Wording = readonly (readonly [since: KubernetesVersion, text: string])[];

// Read in the releases from 1.28.0 to 1.36.0, and in later patches of 1.32, 1.33 and 1.34:
// pkg/scheduler/framework/plugins, volumebinding, volumerestrictions and tainttoleration.
const WORDINGS = {
  /** For a node that one of the pod's volumes cannot be used on. */
  volumeConflict: [
    ['1.33', "node(s) didn't match PersistentVolume's node affinity"],
    ['1.28', 'node(s) had volume node affinity conflict'],
  ],

  /** For each node where another pod has the claim that one pod alone can have. */
  onePod: [
    [
      '1.34',
      'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
    ],
    [
      '1.28',
      'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode',
    ],
  ],

  /** For a node with a taint; 1.34 itself named the taint, as its later patches do not. */
  taint: [
    ['1.34', 'node(s) had untolerated taint(s)'],
    ['1.28', 'node(s) had untolerated taint {<key>: <value>}'],
  ],
} as const satisfies Record<string, Wording>;

function worded(which: keyof typeof WORDINGS, version: KubernetesVersion): string {
  const wording: Wording = WORDINGS[which];
  const [, text = ''] = wording.find(([since]) => isAtLeast(version, since)) ?? [];
  return text;
}

/** The scheduler's reason for a node that one of the pod's volumes cannot be used on. */
export function volumeConflict(version: KubernetesVersion): string {
  return worded('volumeConflict', version);
}

/** The scheduler's reason for a node with a taint that the pod does not tolerate. */
export function untolerated(key: string, value: string, version: KubernetesVersion): string {
  return worded('taint', version)
    .replace('<key>', () => key)
    .replace('<value>', () => value);
}

/** The scheduler's reason where a claim is neither bound nor waiting for a pod. */
export const UNBOUND_CLAIMS = 'pod has unbound immediate PersistentVolumeClaims';

/** The scheduler's reason for a node that the zone labels of one of the pod's volumes exclude. */
const NO_ZONE = 'node(s) had no available volume zone';

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
export function reasonOfSpacing(
  { single, apart, spreads }: Spacing,
  version: KubernetesVersion,
): string {
  if (single) {
    return worded('onePod', version);
  }
  if (apart.some((key) => key !== EACH_NODE)) {
    return NOT_APART;
  }
  if (spreads.length > 0) {
    return "node(s) didn't match pod topology spread constraints";
  }
  return apart.length > 0 ? "node(s) didn't have free ports for the requested pod ports" : KEPT_OFF;
}

/**
 * The scheduler's reasons for nodes that are left out of a placement.
 *
 * A volume's node affinity is looked at before its zone labels, and both before other pods.
 *
 * @param all - the nodes that the pod itself leaves
 * @param kept - those of them that are not left out
 * @param volumes - where its volumes can be used
 */
export function reasonsOutside(
  all: readonly NodeEntry[],
  kept: readonly NodeEntry[],
  volumes: readonly Reach[],
  version: KubernetesVersion,
): readonly NodeReason[] {
  const inside = new Set(kept);
  let [conflicts, zones, others] = [0, 0, 0];
  for (const node of all) {
    if (inside.has(node)) {
      continue;
    }
    if (volumes.some(({ affinity, label }) => !admits(node, affinity, label))) {
      conflicts += 1;
    } else if (volumes.some((reach) => reach.zones?.has(node) === false)) {
      zones += 1;
    } else {
      others += 1;
    }
  }
  return [
    { reason: volumeConflict(version), nodes: conflicts },
    { reason: NO_ZONE, nodes: zones },
    { reason: NOT_TOGETHER, nodes: others },
  ];
}

function admits(node: NodeEntry, affinity: Reach['affinity'], label: Reach['label']): boolean {
  return (
    (affinity?.has(node) ?? true) && (label === undefined || node.labels[label.key] === label.value)
  );
}
