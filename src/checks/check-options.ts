import * as types from '../kube/props';
import { KUBERNETES_VERSIONS, type PlanOptions } from '../planner/plan';
import type { Rule } from './rule';

/** Refuses options that are not what their types say: apps in plain JavaScript have no compiler. */
export function checkOptions(options: PlanOptions, rules: readonly Rule[]): void {
  const known: types.PropTypes<PlanOptions> = {
    kubernetes: types.optional(types.oneOf(KUBERNETES_VERSIONS)),
    existing: types.optional({
      expected: 'a list of Kubernetes objects',
      accepts: Array.isArray,
    }),
    defaultClass: types.optional({
      expected: 'the name of a class, or null for none',
      accepts: (value) => value === null || types.objectName.accepts(value),
    }),
    ignore: types.optional(types.listOf(types.oneOf(rules.map(({ id }) => id)))),
  };
  types.checkProps('', 'the plan', options, known);
}
