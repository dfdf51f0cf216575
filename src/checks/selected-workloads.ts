import { compileSelector, type LabelSelector } from '../kube/label-selector';
import { oncePer } from '../kube/once-per';
import { conditionsOf, LabelIndex } from '../planner/label-index';
import type { Workload } from '../planner/workload';
import type { Facts } from './facts';

const indexOf = oncePer(
  (workloads: readonly Workload[]) => new LabelIndex(workloads, ({ labels }) => labels),
);

/** The workloads whose pods a selector selects, in whatever namespace they are. */
export function selectedWorkloads(
  selector: LabelSelector,
  { workloads }: Facts,
): readonly Workload[] {
  const selects = compileSelector(selector);
  return indexOf(workloads)
    .narrow(conditionsOf(selector))
    .filter(({ labels }) => selects(labels));
}
