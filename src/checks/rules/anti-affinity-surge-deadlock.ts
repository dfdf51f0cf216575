import { ownPlaces } from '../own-places';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';
import { rollOutOf, surgePods } from '../surge-pods';

const manifests = (strategy: string) => `
apiVersion: v1
kind: Node
metadata: { name: worker-1, labels: { kubernetes.io/hostname: worker-1 } }
---
apiVersion: v1
kind: Node
metadata: { name: worker-2, labels: { kubernetes.io/hostname: worker-2 } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2${strategy}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: registry.example.com/shop:1.4.2 }]
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - labelSelector: { matchLabels: { app: web } }
              topologyKey: kubernetes.io/hostname
`;

export const antiAffinitySurgeDeadlock: Rule = {
  id: 'anti-affinity-surge-deadlock',
  severity: 'error',
  summary: 'a roll-out waits for a new pod that finds no node without an old one',
  why: `With a required anti-affinity to its own kind a pod takes a node to itself. A roll-out that may
not miss any pod (25% of two or three is none) first makes a new one: where the old ones have all the
nodes, it stays Pending, and they are not taken away before it is ready.`,
  source:
    'Kubernetes, pkg/controller/deployment/util, ResolveFenceposts; pkg/scheduler/framework/plugins/interpodaffinity',
  bad: manifests(''),
  good: manifests('\n  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }'),
  *check(facts) {
    for (const workload of facts.workloads) {
      const { object, existing } = workload;
      const places =
        existing || surgePods(workload) === undefined
          ? undefined
          : ownPlaces(workload, facts, true);
      // The least number of pods that takes all places.
      const pods = places && surgePods(workload, places.count);
      if (places === undefined || pods === undefined) {
        continue;
      }
      const { count, unit, refusal } = places;
      yield {
        object,
        message: `${titleOf(object)} ${rollOutOf(workload, pods)}, with ${counted(pods, 'pod')} and ${counted(count, unit)} open to them: the new pod stays Pending with '${refusal()}', and the old ones wait for it`,
        fix: 'set spec.strategy.rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }',
        path: ['spec', 'strategy'],
      };
    }
  },
};

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
