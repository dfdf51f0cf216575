import type { ClassEntry } from '../../planner/class-entry';
import { eligibleFinder } from '../../planner/eligible-nodes';
import type { NodeEntry } from '../../planner/inventory';
import { allows } from '../../planner/new-volumes';
import { isPlainObject, listAt } from '../../planner/plain-object';
import { NO_VOLUMES } from '../../planner/schedule-reasons';
import type { Workload } from '../../planner/workload';
import type { Facts } from '../facts';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';

const manifests = (zones: string) => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
volumeBindingMode: WaitForFirstConsumer
allowedTopologies:
  - matchLabelExpressions:
      - { key: topology.kubernetes.io/zone, values: [${zones}] }
---
apiVersion: v1
kind: Node
metadata:
  name: node-1
  labels: { topology.kubernetes.io/zone: eu-central-1a }
`;

export const wffcTopologyEmpty: Rule = {
  id: 'wffc-topology-empty',
  severity: 'error',
  summary: 'the class makes volumes only in places where no node is that the pod may use',
  why: `For a claim that waits, the scheduler looks for a node in \`allowedTopologies\` of its class. Where
no node that the pod may use has these labels, the pod stays Pending: "node(s) didn't find available
persistent volumes to bind".`,
  source: 'Kubernetes, pkg/scheduler/framework/plugins/volumebinding, checkVolumeProvisions',
  bad: manifests('eu-central-1c'),
  good: manifests('eu-central-1a, eu-central-1c'),
  *check(facts) {
    const nodes = [...facts.inventory.nodes.values()];
    if (nodes.length === 0) {
      return;
    }
    const empty = new Set<string>();
    for (const found of facts.inventory.classes.values()) {
      if (listAt(found.object, 'allowedTopologies').length > 0 && noneIn(found, nodes)) {
        empty.add(found.name);
        yield {
          object: found.object,
          message: `no node of the input is in allowedTopologies ${placesOf(found)} of ${titleOf(found.object)}`,
          fix: 'allow places where nodes are',
          path: ['allowedTopologies'],
        };
      }
    }
    for (const workload of facts.workloads) {
      const found = classesFor(workload, facts).filter(({ name }) => !empty.has(name));
      const eligible =
        found.length === 0 ? [] : eligibleFinder(facts.inventory, facts.version).of(workload).nodes;
      const missed =
        eligible.length === 0 ? undefined : found.find((each) => noneIn(each, eligible));
      if (missed !== undefined) {
        yield {
          object: workload.object,
          message: `none of the ${eligible.length} nodes that the pod may use is in allowedTopologies ${placesOf(missed)} of ${titleOf(missed.object)}: ${NO_VOLUMES}`,
          fix: 'let the pod run where the class makes volumes, or allow the places of its nodes',
        };
      }
    }
  },
};

/** Classes that wait and would make a volume for the pods of the workload. */
function classesFor(workload: Workload, facts: Facts): readonly ClassEntry[] {
  const claims = facts.claimsOf(workload);
  return [...claims.shared, ...claims.ownOf(0)].flatMap((key) => {
    const binding = facts.bindingOf({ key });
    const found = binding && facts.classOf(binding.claim);
    const made = binding?.outcomes.length === 1 && binding.outcomes[0] === 'provisioned';
    return made && found?.waits ? [found] : [];
  });
}

function noneIn(found: ClassEntry, nodes: readonly NodeEntry[]): boolean {
  return !nodes.some((node) => allows(found, node));
}

function placesOf({ object }: ClassEntry): string {
  const terms = listAt(object, 'allowedTopologies').filter(isPlainObject);
  const places = terms.map((term) =>
    listAt(term, 'matchLabelExpressions')
      .filter(isPlainObject)
      .map(({ key, values }) => `${String(key)} in (${[values].flat().join(', ')})`)
      .join(' and '),
  );
  return `(${places.join('; ')})`;
}
