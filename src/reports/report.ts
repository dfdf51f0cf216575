import type { StoragePlan } from '../planner/plan';

/** Forms in which a plan and its findings are told. */
export const REPORT_FORMATS = ['text', 'json', 'sarif', 'github'] as const;

/** A form in which a plan and its findings are told. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What a report is about. */
export interface Report {
  readonly plan: StoragePlan;

  /** Version of this package. */
  readonly version: string;

  /** Whether text may carry colours. */
  readonly colour: boolean;
}
