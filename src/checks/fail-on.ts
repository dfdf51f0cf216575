import { type Finding, SEVERITIES } from '../planner/plan';

/** From which severity on a finding makes a check fail. */
export const FAIL_ON = [...SEVERITIES, 'never'] as const;

/** From which severity on a finding makes a check fail; `never` for one that only tells. */
export type FailOn = (typeof FAIL_ON)[number];

/** Whether one of the findings matters enough. */
export function fails(findings: readonly Finding[], failOn: FailOn): boolean {
  const most = FAIL_ON.indexOf(failOn);
  return (
    failOn !== 'never' && findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= most)
  );
}
