import type { App } from 'cdk8s';
import { refuse } from '../kube/storage-error';
import type { Finding, PlanOptions } from '../planner/plan';
import { planApp } from './plan-app';

/**
 * Makes `app.synth()` itself fail where a rule finds an error, before anything is written: for apps
 * that are run without the cdk8s CLI and its validations.
 *
 * @param app - the app; constructs may still be added to it
 * @param options - what the plan rests on besides the app's objects
 * @throws StorageError `StoragePlan`, and `PropUnknown` or `PropType` where an option is not what its
 * type says, from `app.synth()` and `app.synthYaml()`
 */
export function assertStorage(app: App, options: PlanOptions = {}): void {
  // A validation of the node would run once more for each chart.
  const { synth, synthYaml } = app;
  app.synth = () => {
    refuseErrors(app, options);
    synth.call(app);
  };
  app.synthYaml = () => {
    refuseErrors(app, options);
    return synthYaml.call(app);
  };
}

function refuseErrors(app: App, options: PlanOptions): void {
  const errors = planApp(app, options).findings.filter(({ severity }) => severity === 'error');
  const [first, ...others] = errors;
  if (first !== undefined) {
    const told =
      others.length === 0 ? '' : `; and ${others.length} more: ${others.map(brief).join(', ')}`;
    refuse(
      'StoragePlan',
      first.construct ?? '',
      `${first.message}; ${first.fix} (${first.rule})${told}`,
    );
  }
}

function brief({ rule, construct, object }: Finding): string {
  return `${rule} at ${construct ?? object}`;
}
