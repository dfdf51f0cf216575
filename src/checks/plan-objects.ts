import type { PlanOptions, StoragePlan } from '../planner/plan';
import { predict } from '../planner/prediction';
import { checkOptions } from './check-options';
import { Facts } from './facts';
import { RULES } from './registry';
import { runRules, type Telling } from './run-rules';

/** The plan of objects, the places of which may be known. */
export function planObjects(
  objects: readonly unknown[],
  options: PlanOptions,
  placeOf?: Telling['placeOf'],
): StoragePlan {
  checkOptions(options);
  const prediction = predict(objects, options);
  const { claims, volumes, workloads } = prediction;
  const findings = runRules(new Facts(prediction), RULES, { ignore: options.ignore, placeOf });
  return { claims, volumes, workloads, findings };
}
