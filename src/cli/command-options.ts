import type { FailOn } from '../checks/fail-on';
import type { KubernetesVersion } from '../planner/plan';
import type { ReportFormat } from '../reports/report';

/** Exit codes of every command. */
export const EXIT = { clean: 0, found: 1, cannotRun: 2 } as const;

/** Options that say what a plan rests on. */
export interface PlanningOptions {
  readonly kubernetes?: KubernetesVersion;
  readonly existing?: readonly string[];
  readonly defaultClass?: string;
}

/** Options of `check`. */
export interface CheckOptions extends PlanningOptions {
  readonly format: ReportFormat;
  readonly failOn: FailOn;
  readonly ignore?: readonly string[];
}

/** Options of `explain`. */
export interface ExplainOptions extends PlanningOptions {
  readonly format: 'text' | 'json';
}
