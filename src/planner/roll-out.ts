import { objectAt } from './plain-object';
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
 * old ones (BINDING.md D7). What is made anew as a whole (Pod, Job) rolls out where it runs; the
 * autoscaler may have set any number of replicas between its bounds.
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
  const answers = new Set<WorkloadAnswer>([runs]);
  for (let count = Math.max(1, replicas.least); count <= pods; count += 1) {
    if (deploymentSurge(spec, count).unavailable === 0) {
      answers.add(fits(room.acrossRevisions, count + 1));
    }
  }
  return allOf([...answers]);
}

/** A StatefulSet deletes a pod before it makes the next. */
const SETS = { surge: 0, unavailable: 1 };

function isFree({ least }: Room): boolean {
  return least === Number.POSITIVE_INFINITY;
}
