import { objectAt, type PlainObject } from './plain-object';
import type { WorkloadAnswer } from './plan';
import { fits, type Room } from './pod-room';
import { allOf } from './schedule-answer';
import { daemonSurge, deploymentSurge } from './surge';
import type { Workload } from './workload';

/** Room for a workload's pods, and for those of two revisions at once. */
export interface RollOutRoom {
  readonly all: Room;
  readonly acrossRevisions: Room;
}

/**
 * Whether a change of the pod template completes, for pods that are made ready as soon as they are
 * scheduled.
 *
 * A pod that a StatefulSet, a Recreate or a `maxUnavailable` takes away first leaves its place to
 * the new one. Where nothing may be missing, one pod more than the replicas has to fit beside the
 * old ones. What is made anew as a whole (Pod, Job) rolls out where it runs; the autoscaler may have
 * set any number of replicas between its bounds.
 * Source: Kubernetes, pkg/controller/deployment/util/deployment_util.go, NewRSNewReplicas.
 */
export function rollsOut(workload: Workload, room: RollOutRoom, pods: number): WorkloadAnswer {
  const { kind, spec, replicas } = workload;
  const runs = fits(room.all, pods);
  if (pods === 0) {
    return 'yes';
  }
  if (kind === 'StatefulSet' || kind === 'DaemonSet') {
    if (objectAt(spec, 'updateStrategy').type === 'OnDelete') {
      return 'no';
    }
    const { surge, unavailable } = kind === 'DaemonSet' ? daemonSurge(spec, pods) : SETS;
    // A DaemonSet's surge puts the new pod beside the old one on each node.
    return surge > 0 && unavailable === 0
      ? allOf([runs, isFree(room.acrossRevisions) ? 'yes' : 'no'])
      : runs;
  }
  if (kind !== 'Deployment' || objectAt(spec, 'strategy').type === 'Recreate') {
    return runs;
  }
  const count = mostWithoutLoss(spec, Math.max(1, replicas.least), pods);
  return count === undefined ? runs : allOf([runs, fits(room.acrossRevisions, count + 1)]);
}

/**
 * The most replicas between the bounds of which a roll-out may miss none; undefined where it always
 * may. With fewer of them, there is more room for the one more.
 */
function mostWithoutLoss(spec: PlainObject, least: number, most: number): number | undefined {
  const isWithoutLoss = (count: number) => deploymentSurge(spec, count).unavailable === 0;
  if (most >= least && isWithoutLoss(most)) {
    return most;
  }
  // One per cent of a hundred is one.
  for (let count = Math.min(most, 100); count >= least; count -= 1) {
    if (isWithoutLoss(count)) {
      return count;
    }
  }
  return undefined;
}

/** A StatefulSet deletes a pod before it makes the next. */
const SETS = { surge: 0, unavailable: 1 };

function isFree({ least }: Room): boolean {
  return least === Number.POSITIVE_INFINITY;
}
