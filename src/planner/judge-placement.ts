import type { NodeEntry } from './inventory';
import type { Placement } from './placements';
import type { KubernetesVersion, WorkloadAnswer } from './plan';
import { fits, type Room, type Spacing } from './pod-room';
import type { PodSpacing } from './pod-spacing';
import { rollsOut } from './roll-out';
import { allOf, FINE, never, oneOf, type ScheduleAnswer, unknown } from './schedule-answer';
import {
  NO_VOLUMES,
  type NodeReason,
  noNodeFits,
  reasonOfSpacing,
  reasonsOutside,
} from './schedule-reasons';
import type { Workload } from './workload';

/** What a workload's pods meet, whatever becomes of their claims. */
export interface PodSurroundings {
  readonly workload: Workload;

  /** Whose words the reasons are in. */
  readonly version: KubernetesVersion;

  /** How many nodes the cluster has. */
  readonly nodeCount: number;

  /** The nodes that the pod itself and the pods of other workloads leave. */
  readonly open: readonly NodeEntry[];

  /** The scheduler's reasons for the other nodes. */
  readonly reasons: readonly NodeReason[];
  readonly spacing: PodSpacing;

  /** How many pods fit on the nodes. */
  readonly roomOn: (nodes: readonly NodeEntry[], spacing: Spacing) => Room;

  /** Takes from the room what pods of other workloads may take first. */
  readonly narrow: (room: Room, nodes: readonly NodeEntry[]) => Room;

  /** Whether the pods' own claims find volumes on these nodes, one pod after the other. */
  readonly ownClaims?: (nodes: readonly NodeEntry[]) => WorkloadAnswer;
}

/** Whether all pods of a workload are scheduled, and roll out, where its claims have come to this. */
export function judgePlacement(around: PodSurroundings, placement: Placement): ScheduleAnswer {
  const { open, nodeCount, reasons } = around;
  if (placement.unknown === true) {
    return unknown('it is open which nodes can use the volumes of its claims');
  }
  if (placement.onlySureOf !== undefined) {
    return oneOf(
      judgePlacement(around, { ...placement, onlySureOf: undefined }),
      judgePlacement(around, {
        ...placement,
        nodes: [placement.onlySureOf],
        onlySureOf: undefined,
      }),
    );
  }
  const { stuck, nodes, volumes = [] } = placement;
  const outside = () => [...reasons, ...reasonsOutside(open, nodes, volumes, around.version)];
  if (placement.conflicts) {
    return never(() => noNodeFits(nodeCount, outside()));
  }
  if (stuck !== undefined) {
    const isAboutNodes = stuck.startsWith('node(s)');
    return never(() =>
      noNodeFits(
        nodeCount,
        isAboutNodes ? [...reasons, { reason: stuck, nodes: open.length }] : [{ reason: stuck }],
      ),
    );
  }
  return judgeNodes(around, nodes, outside);
}

function judgeNodes(
  { workload, version, spacing, nodeCount, roomOn, narrow, ownClaims, open }: PodSurroundings,
  nodes: readonly NodeEntry[],
  reasons: () => readonly NodeReason[],
): ScheduleAnswer {
  const isDaemon = workload.kind === 'DaemonSet';
  if (isDaemon && nodes.length < open.length) {
    return never(() => noNodeFits(nodeCount, reasons()));
  }
  const pods = isDaemon ? nodes.length : workload.replicas.most;
  const room = {
    all: narrow(roomOn(nodes, spacing.all), nodes),
    acrossRevisions: narrow(roomOn(nodes, spacing.acrossRevisions), nodes),
  };
  const placed = fits(room.all, pods);
  const bound = placed === 'no' ? 'yes' : (ownClaims?.(nodes) ?? 'yes');
  const runs = spacing.unsure ? 'unknown' : allOf([placed, bound]);
  const rolls = runs === 'yes' || runs === 'depends' ? rollsOut(workload, room, pods) : runs;
  const why = () => {
    const reason = bound === 'yes' ? reasonOfSpacing(spacing.all, version) : NO_VOLUMES;
    const message = noNodeFits(nodeCount, [...reasons(), { reason, nodes: nodes.length }]);
    return runs === 'yes' ? `a roll-out: ${message}` : message;
  };
  if (runs === 'no') {
    return never(why);
  }
  if (runs === 'yes' && rolls === 'yes') {
    return FINE;
  }
  return { runs, rollsOut: allOf([runs, rolls]), why };
}
