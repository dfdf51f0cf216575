import { DNS_SUBDOMAIN_LIMIT, isDnsLabel } from '../../kube/names';
import { checkClaimTemplate } from '../../planner/api/claim';
import { NO_LABEL } from '../../planner/api/metadata';
import { type ApiProblem, ApiProblems } from '../../planner/api/problems';
import type { WorkloadEntry } from '../../planner/inventory';
import { isLive } from '../../planner/metadata';
import {
  isPlainObject,
  listAt,
  nameAt,
  objectAt,
  type PlainObject,
} from '../../planner/plain-object';
import { podSpecOf } from '../../planner/pod-template';
import { ordinalsOf } from '../../planner/template-claims';
import { checkPod, ephemeralTemplates } from '../api/pod';
import { checkWorkloadShape } from '../api/workload';
import type { Facts } from '../facts';
import type { Rule, RuleFinding } from '../rule';
import { titleOf } from '../run-rules';

const manifests = (volume: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
  namespace: shop
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers:
        - name: db
          image: docker.io/library/postgres:17.2
          volumeMounts:
            - { name: ${volume}, mountPath: /var/lib/postgresql/data }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: disks
        resources: { requests: { storage: 10Gi } }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: disks
provisioner: ebs.csi.aws.com
volumeBindingMode: WaitForFirstConsumer
`;

export const stsTemplateInvalid: Rule = {
  id: 'sts-template-invalid',
  severity: 'error',
  summary: 'a StatefulSet is taken as it is, and its claims or pods are refused',
  why: `The API server takes a StatefulSet without a look at the templates of its claims and at what
its containers mount. What is wrong there shows when the controller makes the first claim or pod:
nothing runs, and the reason stands in the events of the set, as \`FailedCreate\`.`,
  source:
    'Kubernetes, pkg/apis/apps/validation, ValidatePodTemplateSpecForStatefulSet and ValidateStatefulSetName; pkg/controller/statefulset/stateful_pod_control.go',
  bad: manifests('dta'),
  good: manifests('data'),
  *check(facts) {
    for (const entry of facts.inventory.workloads) {
      if (entry.kind === 'StatefulSet' && !entry.existing && isReadable(entry)) {
        yield* setFindings(entry, facts);
      }
    }
  },
};

// What the API server cannot read is told by api-invalid.
function isReadable(entry: WorkloadEntry): boolean {
  const problems = new ApiProblems();
  checkWorkloadShape(entry, problems);
  return problems.found.length === 0;
}

// The first one of a set counts, in the order in which a user would meet them.
function* setFindings(entry: WorkloadEntry, facts: Facts): Iterable<RuleFinding> {
  const { name, object } = entry;
  if (!isDnsLabel(name) && !isLive(objectAt(object, 'metadata'))) {
    const path = ['metadata', 'name'];
    const problems = new ApiProblems();
    problems.invalid(path, name, NO_LABEL, 'set a metadata.name that is a DNS label');
    yield* refused(object, problems.found, `the API server refuses ${titleOf(object)}`);
    return;
  }
  const { start } = ordinalsOf(object) ?? { start: 0 };
  const pod = `${name}-${start}`;
  const templates = listAt(objectAt(object, 'spec'), 'volumeClaimTemplates');
  for (const [index, template] of templates.entries()) {
    const prefix = isPlainObject(template)
      ? nameAt(objectAt(template, 'metadata'), 'name')
      : undefined;
    // One without a name is told where the input is read.
    if (isPlainObject(template) && prefix !== undefined) {
      const claim = `${prefix}-${pod}`;
      const event = `create Claim ${claim} for Pod ${pod} in StatefulSet ${name} failed error: PersistentVolumeClaim "${claim}" is invalid`;
      const found = templateProblems(template, index, claim, facts);
      yield* refused(object, found, failing(object, event));
    }
  }
  const event = `create Pod ${pod} in StatefulSet ${name} failed error: Pod "${pod}" is invalid`;
  yield* refused(object, podProblems(entry, templates, facts), failing(object, event));
}

function failing(object: PlainObject, event: string): string {
  return `${titleOf(object)} gets no pods; kubectl describe statefulset shows FailedCreate: ${event}`;
}

function refused(
  object: PlainObject,
  found: readonly ApiProblem[],
  before: string,
): readonly RuleFinding[] {
  const [first] = found;
  return first === undefined
    ? []
    : [
        {
          object,
          message: `${before}: ${found.map(({ text }) => text).join('; ')}`,
          fix: [...new Set(found.map(({ fix }) => fix))].join(', and '),
          path: first.path,
        },
      ];
}

function templateProblems(
  template: PlainObject,
  index: number,
  claim: string,
  { context }: Facts,
): readonly ApiProblem[] {
  const problems = new ApiProblems(['spec', 'volumeClaimTemplates', index], []);
  if (claim.length > DNS_SUBDOMAIN_LIMIT) {
    const detail = `must be no more than ${DNS_SUBDOMAIN_LIMIT} characters`;
    problems.invalid(['metadata', 'name'], claim, detail, 'shorten the name of the template');
  }
  const { attributesClasses } = context;
  checkClaimTemplate(template, { hasAmount: false, attributesClasses }, problems);
  return problems.found;
}

// A claim's volume in the pod is called as its template is.
function podProblems(
  entry: WorkloadEntry,
  templates: readonly unknown[],
  { context }: Facts,
): readonly ApiProblem[] {
  const problems = new ApiProblems(['spec', 'template'], []);
  const named = templates.flatMap((template, index) => {
    const metadata = isPlainObject(template) ? objectAt(template, 'metadata') : {};
    const name = nameAt(metadata, 'name');
    if (name !== undefined && !isDnsLabel(name)) {
      const inner = new ApiProblems(['spec', 'volumeClaimTemplates', index, 'metadata'], []);
      inner.invalid(['name'], name, NO_LABEL, 'give the claim template the name of a DNS label');
      problems.found.push(...inner.found);
    }
    return name ?? [];
  });
  const pod = podSpecOf(entry);
  checkPod(pod, ['spec'], problems, named);
  for (const { template, path } of ephemeralTemplates(pod, ['spec'])) {
    const inner = new ApiProblems(['spec', 'template', ...path], path);
    const { attributesClasses } = context;
    checkClaimTemplate(template, { hasAmount: false, attributesClasses }, inner);
    problems.found.push(...inner.found);
  }
  return problems.found;
}
