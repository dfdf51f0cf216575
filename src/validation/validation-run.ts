import type { FailOn } from '../checks/fail-on';
import type { PlanOptions } from '../planner/plan';

/** What `properties` of a validation in cdk8s.yaml take. */
export interface StorageValidationProps extends Omit<PlanOptions, 'existing'> {
  /**
   * File with what the cluster has already, as `kubectl get nodes,sc,pv,pvc -A -o yaml` writes it;
   * relative to the folder in which `cdk8s synth` runs.
   *
   * @default - unknown
   */
  readonly existing?: string;

  /**
   * From which severity on `cdk8s synth` fails: `error`, `warning`, `info` or `never`.
   *
   * @default 'error'
   */
  readonly failOn?: FailOn;
}

/** What `cdk8s synth` hands to a validation: the part of cdk8s-cli's ValidationContext that is used. */
export interface ValidationRun {
  /** Paths of the manifests that were written. */
  readonly manifests: readonly string[];

  /** Where what is wrong goes. */
  readonly report: {
    /**
     * Takes one thing that is wrong.
     *
     * @param violation - the rule, what it found, what to do, and the object with file and line
     */
    addViolation(violation: {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingResources: readonly {
        readonly resourceName: string;
        readonly manifestPath: string;
        readonly locations: readonly string[];
      }[];
    }): void;

    /**
     * Ends the report.
     *
     * @param status - whether `cdk8s synth` goes on
     * @param metadata - how many findings there are of each severity
     */
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}
