import { compares, type LabelSelectorRequirement } from '../../kube/label-selector';
import { listAt, objectAt } from '../../planner/plain-object';
import { readSelector } from '../../planner/read-selector';
import type { Workload } from '../../planner/workload';
import { type AntiTerm, antiTerms } from '../anti-affinity';
import type { Facts } from '../facts';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';
import { selectedWorkloads } from '../selected-workloads';
import { isSlipOf } from '../slip';

const manifests = (label: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: registry.example.com/shop:1.4.2 }]
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - labelSelector: { matchLabels: { ${label}: web } }
              topologyKey: kubernetes.io/hostname
`;

export const antiAffinityMissesSelf: Rule = {
  id: 'anti-affinity-misses-self',
  severity: 'warning',
  summary: 'an anti-affinity selects no pod, or misses the pods that it is meant for',
  why: `A term without a label selector matches no pod at all, and one whose selector says another key
or value than the pods' labels does not match them: it does nothing, and all replicas may land on one
node. A selector may be for another app: the rule is silent where the input has that app, and tells it
as info where it may be elsewhere in the cluster. It warns where the selector gives the pods' own
values under another key, or has a slip of the pen in a value.`,
  source: 'Kubernetes API, PodAffinityTerm.labelSelector',
  bad: manifests('app.kubernetes.io/name'),
  good: manifests('app'),
  *check(facts) {
    for (const workload of facts.workloads) {
      const { object } = workload;
      const terms = workload.existing ? [] : antiTerms(workload);
      if (terms.length === 0) {
        continue;
      }
      const nil = terms.find(({ fields }) => (fields.labelSelector ?? null) === null);
      if (nil !== undefined) {
        const labels = labelsOf(workload);
        yield {
          object,
          message: `the anti-affinity of ${titleOf(object)} has a term without a labelSelector, which matches no pod: it does nothing, and all of its pods may come to one node`,
          fix: `set labelSelector: { matchLabels: ${labels} }, or drop the term`,
          path: nil.path,
        };
      } else if (!terms.some(({ inOwnNamespace }) => inOwnNamespace.matches(workload) === true)) {
        for (const each of terms) {
          const { path, fields } = each;
          const aim = aimOf(each, workload);
          if (aim === 'others' || isFound(fields, workload, facts)) {
            continue;
          }
          const labels = labelsOf(workload);
          const asked = conditionsOf(fields).map(
            ({ key, values }) => `${key}=${values?.join('|')}`,
          );
          yield {
            object,
            closed: aim === 'open',
            message: `the anti-affinity of ${titleOf(object)} selects pods with ${asked.join(', ')}, which no workload has, and its own have ${labels}: it does nothing, and all of them may come to one node`,
            fix: `set labelSelector: { matchLabels: ${labels} }, if it is about its own pods`,
            path: [...path, 'labelSelector'],
          };
        }
      }
    }
  },
};

// What the workload selects its pods by, or else their labels.
function labelsOf({ spec, labels }: Workload): string {
  const selected = objectAt(objectAt(spec, 'selector'), 'matchLabels');
  const shown = Object.entries(Object.keys(selected).length > 0 ? selected : labels);
  return `{ ${shown.map(([key, value]) => `${key}: ${String(value)}`).join(', ')} }`;
}

function conditionsOf(fields: AntiTerm['fields']): readonly LabelSelectorRequirement[] {
  const { matchLabels = {}, matchExpressions = [] } = readSelector(fields.labelSelector) ?? {};
  return [
    ...Object.entries(matchLabels).map(([key, value]) => ({
      key,
      operator: 'In' as const,
      values: [value],
    })),
    ...matchExpressions,
  ];
}

/**
 * What a term that misses its own pods is meant for.
 *
 * For themselves, where each condition that they fail gives one of their own values under another
 * key, or one that is a slip away from theirs. It is open where the pods are several and have another
 * value of the same key: that may be another app, which the input then lacks.
 */
function aimOf({ fields, required }: AntiTerm, workload: Workload): 'self' | 'open' | 'others' {
  const { labels, name, replicas } = workload;
  const failed = conditionsOf(fields).filter(
    ({ key, operator, values = [] }) => !compares(operator, ownLabel(labels, key), values),
  );
  const isEqual = failed.every(
    ({ key, operator }) => operator === 'In' && !BY_CONTROLLERS.has(key),
  );
  if (failed.length === 0 || !isEqual || listAt(fields, 'mismatchLabelKeys').length > 0) {
    return 'others'; // told otherwise, or meant to leave the pods out
  }
  const isSelf = failed.every(({ key, values = [] }) => {
    const own = ownLabel(labels, key);
    return own === undefined
      ? values.some((value) => value === name || Object.values(labels).includes(value))
      : values.some((value) => isSlipOf(value, own));
  });
  if (isSelf) {
    return 'self';
  }
  const sameKeys = failed.every(({ key }) => ownLabel(labels, key) !== undefined);
  return required && sameKeys && replicas.most > 1 ? 'open' : 'others';
}

// Whether another workload of the input has the pods that the term selects.
function isFound(fields: AntiTerm['fields'], workload: Workload, facts: Facts): boolean {
  const selector = readSelector(fields.labelSelector) ?? {};
  return selectedWorkloads(selector, facts).some((other) => other !== workload);
}

function ownLabel(labels: Workload['labels'], key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** Labels that controllers give pods: the template does not have them, and selectors may ask for them. */
const BY_CONTROLLERS: ReadonlySet<string> = new Set([
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'pod-template-generation',
  'pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
]);
