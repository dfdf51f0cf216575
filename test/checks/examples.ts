import { loadAll } from 'js-yaml';
import { planStorage } from '../../src/checks/plan-storage';
import type { Rule } from '../../src/checks/rule';
import type { Finding } from '../../src/planner/plan';

/** What all rules find in an example of a rule. */
export function findingsOf({ options, closed }: Rule, example: string): readonly Finding[] {
  const planned = options ?? (closed === true ? { existing: [] } : {});
  return planStorage(loadAll(example), planned).findings;
}
