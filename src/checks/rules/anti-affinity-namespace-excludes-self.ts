import { isPlainObject, listAt, nameAt, objectAt } from '../../planner/plain-object';
import type { Workload } from '../../planner/workload';
import { type AntiTerm, antiTerms } from '../anti-affinity';
import type { Facts } from '../facts';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';
import { selectedWorkloads } from '../selected-workloads';

const manifests = (namespaces: string) => `
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
            - labelSelector: { matchLabels: { app: web } }
              topologyKey: kubernetes.io/hostname${namespaces}
`;

export const antiAffinityNamespaceExcludesSelf: Rule = {
  id: 'anti-affinity-namespace-excludes-self',
  severity: 'error',
  summary: 'an anti-affinity is for its own pods, and lists namespaces without theirs',
  why: `The \`namespaces\` of a pod affinity or anti-affinity are namespaces of pods; a list replaces the
pod's own. Node names have been seen in it. No pod is then in the listed namespaces, the rule does
nothing, and all replicas may land on one node: nothing warns of it. It is a warning where the
anti-affinity is a preference only.`,
  source: 'Kubernetes API, PodAffinityTerm.namespaces',
  bad: manifests('\n              namespaces: [worker-1, worker-2]'),
  good: manifests(''),
  *check(facts) {
    for (const workload of facts.workloads) {
      const terms = workload.existing ? [] : antiTerms(workload);
      const found = terms.find((each) => excludesSelf(each, workload, facts));
      if (found === undefined || isCovered(found, terms, workload)) {
        continue;
      }
      const { object, namespace } = workload;
      const listed = listAt(found.fields, 'namespaces');
      yield {
        object,
        severity: severityOf(found, workload, facts),
        message: `the anti-affinity of ${titleOf(object)} is for its own pods in the namespaces ${listed.join(', ')}, and they are in ${namespace}: it does nothing, and all of them may come to one node`,
        fix: "drop 'namespaces' from the term: it is then about the pods' own namespace",
        path: [...found.path, 'namespaces'],
      };
    }
  },
};

// The selector means the pods themselves, the list leaves them out; and no other workload of the
// input is in one of those namespaces and meant by it.
function excludesSelf(
  { fields, term, inOwnNamespace }: AntiTerm,
  workload: Workload,
  facts: Facts,
): boolean {
  return (
    listAt(fields, 'namespaces').length > 0 &&
    !isPlainObject(fields.namespaceSelector) &&
    inOwnNamespace.matches(workload) === true &&
    term.matches(workload) === false &&
    !selectedWorkloads(term.selector ?? {}, facts).some((other) => term.matches(other) === true)
  );
}

// Another term keeps the pods off each other, so that this one is for others.
function isCovered(
  { term: { topologyKey } }: AntiTerm,
  terms: readonly AntiTerm[],
  workload: Workload,
): boolean {
  return terms.some(
    ({ term }) => term.topologyKey === topologyKey && term.matches(workload) !== false,
  );
}

// An object that names no namespace may be applied into the one that is listed, if it is no node.
function severityOf({ fields, required }: AntiTerm, { object }: Workload, { inventory }: Facts) {
  const [name, ...others] = listAt(fields, 'namespaces');
  const isOpen = nameAt(objectAt(object, 'metadata'), 'namespace') === undefined;
  const isNode = inventory.nodes.has(String(name)) || NODE_NAME.test(String(name));
  if (isOpen && others.length === 0 && !isNode) {
    return 'info';
  }
  return required ? undefined : 'warning';
}

/** What nodes are called, and namespaces are not. */
const NODE_NAME = /node|worker|master|control-plane|^ip-\d/;
