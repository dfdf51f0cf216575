import * as types from '../kube/props';
import { KUBERNETES_VERSIONS, type PlanOptions } from '../planner/plan';
import { RULES } from './registry';

const IDS: readonly string[] = RULES.map(({ id }) => id);

const ruleId: types.PropType = {
  expected: 'the id of a rule',
  names: IDS,
  accepts: (value) => IDS.includes(value as string),
};

/** The types of all options but `existing`, which is objects here and a file there. */
export const OPTION_TYPES: types.PropTypes<Omit<PlanOptions, 'existing'>> = {
  kubernetes: types.optional(types.oneOf(KUBERNETES_VERSIONS)),
  defaultClass: types.optional({
    expected: 'the name of a class, or null for none',
    accepts: (value) => value === null || types.objectName.accepts(value),
  }),
  ignore: types.optional(types.listOf(ruleId)),
};

/** Refuses options that are not what their types say: apps in plain JavaScript have no compiler. */
export function checkOptions(options: PlanOptions): void {
  types.checkProps('', 'the plan', options, {
    ...OPTION_TYPES,
    existing: types.optional({
      expected: 'a list of Kubernetes objects',
      accepts: Array.isArray,
    }),
  });
}
