import { ownPlaces } from '../own-places';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';

export const antiAffinityTooFewNodes: Rule = {
  id: 'anti-affinity-too-few-nodes',
  severity: 'error',
  summary: 'there are fewer nodes for the pods than pods that each need one of their own',
  why: `By a required anti-affinity to its own kind each pod takes a node, or a zone, to itself. The
pods beyond the nodes that are open to them stay Pending. Nodes that the pods do not ask for, that are
tainted or that cannot use their volume are not open to them; the most pods that an autoscaler may make
count. Without nodes in the input the rule is silent, unless the pods name their nodes themselves.`,
  source:
    'Kubernetes, "Assigning Pods to Nodes", inter-pod affinity and anti-affinity; pkg/scheduler/framework/plugins/interpodaffinity',
  bad: `
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
  replicas: 3
  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }
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
`,
  good: `
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
  replicas: 3
  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: registry.example.com/shop:1.4.2 }]
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm:
                labelSelector: { matchLabels: { app: web } }
                topologyKey: kubernetes.io/hostname
`,
  *check(facts) {
    for (const workload of facts.workloads) {
      const { object, replicas, existing } = workload;
      const places = existing || replicas.most < 2 ? undefined : ownPlaces(workload, facts, false);
      if (places === undefined || replicas.most <= places.count) {
        continue;
      }
      const { count, unit, term, refusal } = places;
      const rest = replicas.most - count;
      const pods = replicas.least < replicas.most ? `up to ${replicas.most}` : `${replicas.most}`;
      yield {
        object,
        message: `${titleOf(object)} has ${pods} pods that each need a ${unit} of their own, and ${count} ${count === 1 ? 'is' : 'are'} open to them: ${rest} ${rest === 1 ? 'stays' : 'stay'} Pending with '${refusal()}'`,
        fix: `add nodes, run at most ${count}, or make the anti-affinity a preferredDuringSchedulingIgnoredDuringExecution`,
        path: term.path,
      };
    }
  },
};
