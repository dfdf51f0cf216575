import { type Bindings, bind } from './binder';
import { PlannedClaim, volumesOf } from './claim-verdict';
import type { Inventory } from './inventory';
import type { PlanOptions, StoragePlan } from './plan';
import { type PlanContext, planContext } from './plan-context';
import { readInventory } from './read-inventory';
import { judgeWorkloads } from './scheduler';
import { withChances } from './unplaced-claims';
import { PlannedVolume } from './volume-verdict';

/** What becomes of a set of objects, before any rule has looked at it. */
export interface Prediction extends Omit<StoragePlan, 'findings'> {
  readonly inventory: Inventory;
  readonly context: PlanContext;
  readonly bindings: Bindings;
}

/**
 * Says what becomes of the claims, volumes and workloads in a set of objects that are applied
 * together, by Kubernetes' own rules.
 *
 * @param objects - Kubernetes objects of any origin; kubectl Lists are opened
 * @param options - what the plan rests on besides them
 */
export function predict(objects: readonly unknown[], options: PlanOptions = {}): Prediction {
  const inventory = readInventory(objects, options.existing);
  const context = planContext(inventory, options);
  const bound = bind(inventory, context);
  const { workloads, chances } = judgeWorkloads(inventory, context, (key) => {
    const binding = bound.claims.get(key);
    return binding && { outcomes: binding.outcomes, volumes: () => volumesOf(binding) };
  });
  const bindings = withChances(bound, chances, inventory, context);
  const claims = [...bindings.claims.values()]
    .filter(({ claim }) => !claim.existing)
    .map((binding) => new PlannedClaim(binding, bindings, inventory, context));
  const volumes = [...inventory.volumes.values()]
    .filter(({ existing }) => !existing)
    .map((volume) => new PlannedVolume(volume, bindings, inventory));
  return { claims, volumes, workloads, inventory, context, bindings };
}
