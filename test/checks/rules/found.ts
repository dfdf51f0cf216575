import { planStorage } from '../../../src/checks/plan-storage';
import type { Finding, PlanOptions } from '../../../src/planner/plan';

/** What one rule finds in these objects. */
export function found(
  rule: string,
  objects: readonly unknown[],
  options?: PlanOptions,
): readonly Finding[] {
  return planStorage(objects, options).findings.filter((each) => each.rule === rule);
}

/** The messages of what one rule finds. */
export function messages(
  rule: string,
  objects: readonly unknown[],
  options?: PlanOptions,
): readonly string[] {
  return found(rule, objects, options).map(({ message }) => message);
}
