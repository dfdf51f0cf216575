import type { PlanOptions, StoragePlan } from '../planner/plan';
import { predict } from '../planner/prediction';
import { checkOptions } from './check-options';
import { Facts } from './facts';
import { RULES } from './registry';
import { runRules, type Telling } from './run-rules';

/**
 * Says what becomes of the claims, volumes and workloads in a set of objects that are applied
 * together, by Kubernetes' own rules, and what is wrong with them.
 *
 * @param objects - Kubernetes objects of any origin; kubectl Lists are opened
 * @param options - what the plan rests on besides them
 * @throws StorageError `PropUnknown`, `PropType` where an option is not what its type says
 */
export function planStorage(objects: readonly unknown[], options: PlanOptions = {}): StoragePlan {
  return planObjects(objects, options);
}

/** The plan of objects whose places are known. */
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
