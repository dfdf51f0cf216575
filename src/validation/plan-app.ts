import { ApiObject, type App } from 'cdk8s';
import type { PlanOptions, StoragePlan } from '../planner/plan';

/**
 * Says what becomes of the claims, volumes and workloads of an app, and what is wrong with them;
 * each finding names the construct that renders the object.
 *
 * @param app - the app, complete; it is not synthesized, and nothing is written
 * @param options - what the plan rests on besides the app's objects
 * @throws StorageError `PropUnknown`, `PropType` where an option is not what its type says
 */
export function planApp(app: App, options: PlanOptions = {}): StoragePlan {
  const constructs = new Map<unknown, string>();
  for (const construct of app.node.findAll()) {
    if (ApiObject.isApiObject(construct)) {
      constructs.set(construct.toJson(), construct.node.path);
    }
  }
  // Loaded when it is first called: an app that only authors does not pay for the planner.
  const {
    planObjects,
  }: typeof import('../checks/plan-objects') = require('../checks/plan-objects');
  return planObjects([...constructs.keys()], options, (object) => {
    const construct = constructs.get(object);
    return construct === undefined ? undefined : { construct };
  });
}
