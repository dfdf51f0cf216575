import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OPTION_TYPES } from '../checks/check-options';
import { FAIL_ON, fails } from '../checks/fail-on';
import { planManifests } from '../checks/plan-manifests';
import * as types from '../kube/props';
import { refuse } from '../kube/storage-error';
import { type Manifests, readManifests } from '../manifests/read-manifests';
import type { Finding } from '../planner/plan';
import type { StorageValidationProps, ValidationRun } from './validation-run';

/** Refuses properties that are not what their types say. */
export function checkValidationProps(props: StorageValidationProps): void {
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
}

/** Reports what the rules find in the manifests. */
export function validateManifests(
  { manifests, report }: ValidationRun,
  props: StorageValidationProps,
): void {
  removeMetadata(manifests);
  const { existing, failOn = 'error', ...options } = props;
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
