import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OPTION_TYPES } from '../checks/check-options';
import { FAIL_ON, type FailOn, fails } from '../checks/fail-on';
import { planManifests } from '../checks/plan-text';
import * as types from '../kube/props';
import { refuse } from '../kube/storage-error';
import { type Manifests, readManifests } from '../manifests/read-manifests';
import type { Finding, PlanOptions } from '../planner/plan';

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
    if (typeof props?.kubernetes === 'number') {
      // YAML reads 1.30 without quotes as 1.3.
      const got = String(props.kubernetes);
      refuse(
        'PropType',
        '',
        `'kubernetes' must be a string, got the number ${got}; put it in quotes`,
      );
    }
    types.checkProps('', 'StorageValidation', props, {
      ...OPTION_TYPES,
      existing: types.optional(types.text),
      failOn: types.optional(types.oneOf(FAIL_ON)),
    });
    this.#props = props;
  }

  /** Looks at the manifests that `cdk8s synth` wrote. */
  async validate({ manifests, report }: ValidationRun): Promise<void> {
    removeMetadata(manifests);
    const { existing, failOn = 'error', ...options } = this.#props;
    const texts = manifests.map((file) => ({ file, text: readFileSync(file, 'utf8') }));
    const { findings } = planManifests(readManifests(texts), {
      ...options,
      ...(existing === undefined ? {} : { existing: objectsIn(existing) }),
    });
    for (const finding of findings) {
      report.addViolation({
        ruleName: `${finding.rule} (${finding.severity})`,
        recommendation: finding.message,
        fix: finding.fix,
        violatingResources: [
          {
            resourceName: nameOf(finding),
            manifestPath: finding.file ?? '',
            locations: finding.line === undefined ? [] : [`line ${finding.line}`],
          },
        ],
      });
    }
    report.submit(fails(findings, failOn) ? 'failure' : 'success', countsOf(findings));
  }
}

// cdk8s finds the construct of a resource by its name alone.
function nameOf({ object }: Finding): string {
  return object.slice(object.search(/[^ /]*$/));
}

function countsOf(findings: readonly Finding[]): Record<string, string> {
  const count = (wanted: string) => findings.filter(({ severity }) => severity === wanted).length;
  return {
    errors: `${count('error')}`,
    warnings: `${count('warning')}`,
    infos: `${count('info')}`,
  };
}

function objectsIn(file: string): Manifests['objects'] {
  if (!existsSync(file)) {
    refuse('PlanExisting', '', `'existing' must be a file, got '${file}', which does not exist`);
  }
  const { objects, problems } = readManifests([{ file, text: readFileSync(file, 'utf8') }]);
  const [problem] = problems;
  if (problem !== undefined) {
    const at = problem.line === undefined ? file : `${file}:${problem.line}`;
    refuse(
      'PlanExisting',
      '',
      `'existing' must be a file of manifests, got ${at}: ${problem.message}`,
    );
  }
  return objects;
}

function removeMetadata(manifests: readonly string[]): void {
  // With a folder for each chart it is one level up.
  const folders = new Set(manifests.flatMap((file) => [dirname(file), dirname(dirname(file))]));
  for (const folder of folders) {
    const file = join(folder, 'construct-metadata.json');
    if (existsSync(file) && CONSTRUCT_METADATA.test(readFileSync(file, 'utf8'))) {
      rmSync(file);
    }
  }
}

/** How cdk8s begins the file (cdk8s, src/app.ts, writeConstructMetadata). */
const CONSTRUCT_METADATA = /^\{"version":"[\d.]+","resources":\{/;
