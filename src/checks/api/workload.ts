import { selects } from '../../kube/label-selector';
import { checkClaimTemplate } from '../../planner/api/claim';
import { checkLabels, checkMetadata } from '../../planner/api/metadata';
import { ApiProblems } from '../../planner/api/problems';
import { checkLabelSelector } from '../../planner/api/selector';
import type { WorkloadEntry } from '../../planner/inventory';
import { labelsOf } from '../../planner/metadata';
import { isPlainObject, objectAt, type PlainObject } from '../../planner/plain-object';
import type { PlanContext } from '../../planner/plan-context';
import { podSpecOf, podTemplateOf } from '../../planner/pod-template';
import { readSelector } from '../../planner/read-selector';
import { podPath } from '../pod-volumes';
import { checkPod, ephemeralTemplates } from './pod';
import { checkShape } from './shape';
import { WORKLOAD_SHAPES } from './shapes';

/** Kinds of apps/v1, which must say by a selector which pods are theirs. */
const SELECTING: ReadonlySet<string> = new Set([
  'DaemonSet',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
]);

/** What of a workload cannot be read, because a field has a value of another type. */
export function checkWorkloadShape(
  { kind, object }: Pick<WorkloadEntry, 'kind' | 'object'>,
  problems: ApiProblems,
): void {
  const shape = WORKLOAD_SHAPES[kind];
  if (shape !== undefined) {
    checkShape(object, shape, problems);
  }
}

/**
 * What is wrong with what makes pods, and with the pods.
 *
 * Of a StatefulSet, neither the pods nor the templates of claims are looked at: what is wrong with
 * them shows when its pods are to be made.
 *
 * Source: Kubernetes, pkg/apis/apps/validation: ValidateDeploymentSpec, ValidateStatefulSetSpec…
 */
export function checkWorkload(
  entry: WorkloadEntry,
  context: PlanContext,
  problems: ApiProblems,
): void {
  const { kind, object } = entry;
  const spec = objectAt(object, 'spec');
  checkMetadata(object, problems);
  if (SELECTING.has(kind)) {
    checkSelector(entry, spec, problems);
  }
  const { replicas } = spec;
  if (typeof replicas === 'number' && replicas < 0) {
    problems.invalid(['spec', 'replicas'], replicas, 'must be greater than or equal to 0');
  }
  if (kind === 'Deployment') {
    checkStrategy(spec, problems);
  }
  if (kind !== 'StatefulSet') {
    const pod = podSpecOf(entry);
    const path = podPath(kind);
    checkPod(pod, path, problems);
    for (const each of ephemeralTemplates(pod, path)) {
      const inner = new ApiProblems(each.path);
      const { attributesClasses } = context;
      checkClaimTemplate(each.template, { hasAmount: false, attributesClasses }, inner);
      problems.found.push(...inner.found);
    }
  }
}

function checkSelector(entry: WorkloadEntry, spec: PlainObject, problems: ApiProblems): void {
  const { kind } = entry;
  const path = ['spec', 'selector'];
  const labels = objectAt(podTemplateOf(entry), 'metadata');
  checkLabels(labels, ['spec', 'template', 'metadata'], problems);
  const { selector } = spec;
  if (selector === undefined || selector === null) {
    problems.required(path);
    return;
  }
  const before = problems.found.length;
  checkLabelSelector(selector, path, problems);
  const read = readSelector(selector);
  if (problems.found.length > before || read === undefined || !isPlainObject(selector)) {
    return;
  }
  const { matchLabels = {}, matchExpressions = [] } = read;
  if (Object.keys(matchLabels).length + matchExpressions.length === 0) {
    const detail = `empty selector is invalid for ${kind.toLowerCase()}`;
    problems.invalid(path, selector, detail);
  } else if (!selects(read, labelsOf(labels) ?? {})) {
    problems.invalid(
      ['spec', 'template', 'metadata', 'labels'],
      labels.labels,
      '`selector` does not match template `labels`',
      'give spec.template.metadata.labels what spec.selector asks for',
    );
  }
}

// Defaults are filled in before: 25% each, and a type of RollingUpdate.
function checkStrategy(spec: PlainObject, problems: ApiProblems): void {
  const { type, rollingUpdate } = objectAt(spec, 'strategy');
  const path = ['spec', 'strategy', 'rollingUpdate'];
  if (type === 'Recreate') {
    if (isPlainObject(rollingUpdate)) {
      problems.forbidden(path, "may not be specified when strategy `type` is 'Recreate'");
    }
    return;
  }
  if (type !== undefined && type !== null && type !== '' && type !== 'RollingUpdate') {
    problems.unsupported(['spec', 'strategy', 'type'], type, ['Recreate', 'RollingUpdate']);
    return;
  }
  const { maxSurge, maxUnavailable } = isPlainObject(rollingUpdate) ? rollingUpdate : {};
  checkCount(maxSurge, [...path, 'maxSurge'], problems);
  checkCount(maxUnavailable, [...path, 'maxUnavailable'], problems);
  if (isNone(maxSurge) && isNone(maxUnavailable)) {
    problems.invalid(
      [...path, 'maxUnavailable'],
      maxUnavailable,
      'may not be 0 when `maxSurge` is 0',
      'set spec.strategy.rollingUpdate.maxUnavailable: 1',
    );
  }
  const percent = typeof maxUnavailable === 'string' && /^(\d+)%$/.exec(maxUnavailable)?.[1];
  if (percent && Number(percent) > 100) {
    problems.invalid([...path, 'maxUnavailable'], maxUnavailable, 'must not be greater than 100%');
  }
}

function checkCount(value: unknown, path: readonly string[], problems: ApiProblems): void {
  if (typeof value === 'string' && !/^\d+%$/.test(value)) {
    const detail =
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
    problems.invalid(path, value, detail);
  } else if (typeof value === 'number' && value < 0) {
    problems.invalid(path, value, 'must be greater than or equal to 0');
  }
}

function isNone(value: unknown): boolean {
  return value === 0 || (typeof value === 'string' && /^0+%$/.test(value));
}
