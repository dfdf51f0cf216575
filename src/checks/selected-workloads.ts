import { compileSelector, type LabelSelector } from '../kube/label-selector';
import { conditionsOf, LabelIndex } from '../planner/label-index';
import type { Workload } from '../planner/workload';
import type { Facts } from './facts';

const KNOWN = new WeakMap<readonly Workload[], LabelIndex<Workload>>();

/** The workloads whose pods a selector selects, in whatever namespace they are. */
export function selectedWorkloads(
  selector: LabelSelector,
  { workloads }: Facts,
): readonly Workload[] {
  let index = KNOWN.get(workloads);
  if (index === undefined) {
    index = new LabelIndex(workloads, ({ labels }) => labels);
    KNOWN.set(workloads, index);
  }
  const selects = compileSelector(selector);
  return index.narrow(conditionsOf(selector)).filter(({ labels }) => selects(labels));
}
