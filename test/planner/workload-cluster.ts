import { planStorage } from '../../src/planner';
import type { WorkloadVerdict } from '../../src/planner/plan';

/** An object as a manifest has it. */
export type TestObject = Readonly<Record<string, unknown>>;

/** What the planner says of the workloads among the objects. */
export function judge(
  objects: readonly unknown[],
  existing?: readonly unknown[],
): readonly WorkloadVerdict[] {
  return planStorage(objects, existing === undefined ? {} : { existing }).workloads;
}
