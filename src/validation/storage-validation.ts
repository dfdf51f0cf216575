import type { StorageValidationProps, ValidationRun } from './validation-run';

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
