import type { PlanOptions, StoragePlan } from '../planner/plan';

/**
 * Says what becomes of the claims, volumes and workloads in a set of objects that are applied
 * together, by Kubernetes' own rules, and what is wrong with them.
 *
 * @param objects - Kubernetes objects of any origin; kubectl Lists are opened
 * @param options - what the plan rests on besides them
 * @throws StorageError `PropUnknown`, `PropType` where an option is not what its type says
 */
export function planStorage(objects: readonly unknown[], options: PlanOptions = {}): StoragePlan {
  // Loaded when it is first called: an app that only authors does not pay for the planner.
  const { planObjects }: typeof import('./plan-objects') = require('./plan-objects');
  return planObjects(objects, options);
}
