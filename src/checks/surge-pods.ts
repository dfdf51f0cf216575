import { objectAt } from '../planner/plain-object';
import { deploymentSurge } from '../planner/surge';
import type { Workload } from '../planner/workload';

/**
 * The least number of a Deployment's pods, from `from` on, with which none of them may be missing
 * in a roll-out, so that a new pod has to run beside them; undefined where there is none.
 *
 * An autoscaler may have set any number between its bounds. What rounds down to none for a number of
 * pods does so for each smaller one, so that the least one decides.
 */
export function surgePods({ kind, spec, replicas }: Workload, from = 1): number | undefined {
  const pods = Math.max(1, replicas.least, from);
  return kind === 'Deployment' &&
    objectAt(spec, 'strategy').type !== 'Recreate' &&
    pods <= replicas.most &&
    deploymentSurge(spec, pods).unavailable === 0
    ? pods
    : undefined;
}

/** How a Deployment of so many pods rolls out, in words. */
export function rollOutOf({ spec }: Workload, pods: number): string {
  const given = objectAt(objectAt(spec, 'strategy'), 'rollingUpdate').maxUnavailable ?? '25%';
  const { unavailable } = deploymentSurge(spec, pods);
  return given === unavailable
    ? `rolls out with maxUnavailable ${unavailable}`
    : `rolls out with maxUnavailable ${unavailable} (${String(given)} of ${pods})`;
}
