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

/**
 * The planner as a validation of `cdk8s synth`, declared in cdk8s.yaml:
 *
 * ```yaml
 * validations:
 *   - package: ./node_modules/cdk8s-storage
 *     version: 0.1.0
 *     class: StorageValidation
 * ```
 *
 * cdk8s writes `construct-metadata.json` beside the manifests for its report. It is no manifest, and
 * `kubectl apply -f` and Argo CD fail on it: it is removed once it has been read.
 */
export class StorageValidation {
  readonly #props: StorageValidationProps;

  /**
   * @param props - `properties` in cdk8s.yaml
   * @throws StorageError `PropUnknown`, `PropType` where a property is not what its type says
   */
  constructor(props: StorageValidationProps = {}) {
    // Loaded when it is first called: an app that only authors does not pay for the planner.
    const {
      checkValidationProps,
    }: typeof import('./validate-manifests') = require('./validate-manifests');
    checkValidationProps(props);
    this.#props = props;
  }

  /**
   * Looks at the manifests that `cdk8s synth` wrote.
   *
   * @param run - the manifests, and where what is wrong with them goes
   * @throws StorageError `PlanExisting` where the file of `existing` cannot be read
   */
  async validate(run: ValidationRun): Promise<void> {
    const {
      validateManifests,
    }: typeof import('./validate-manifests') = require('./validate-manifests');
    validateManifests(run, this.#props);
  }
}
