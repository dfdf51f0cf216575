import { namedNode } from '../../planner/eligible-nodes';
import type { Workload } from '../../planner/workload';
import type { Facts } from '../facts';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';

const manifests = (place: string) => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: local-path
provisioner: rancher.io/local-path
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: scratch
  namespace: shop
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: local-path
  resources: { requests: { storage: 1Gi } }
---
apiVersion: v1
kind: Pod
metadata:
  name: writer
  namespace: shop
spec:
  ${place}
  containers:
    - name: writer
      image: registry.example.com/writer:1.0.0
      volumeMounts:
        - { name: scratch, mountPath: /data }
  volumes:
    - name: scratch
      persistentVolumeClaim: { claimName: scratch }
`;

export const wffcNodename: Rule = {
  id: 'wffc-nodename',
  severity: 'error',
  summary: 'a pod names its node, past the scheduler, and so its claim is never bound',
  why: `The scheduler alone binds a claim whose class waits for its first consumer. A pod with
\`spec.nodeName\` never passes the scheduler: the claim waits, and the kubelet waits for the claim.`,
  source: 'Kubernetes, "Storage Classes", Volume Binding Mode (the caution about nodeName)',
  bad: manifests('nodeName: node-1'),
  good: manifests('nodeSelector: { kubernetes.io/hostname: node-1 }'),
  *check(facts) {
    for (const workload of facts.workloads) {
      const node = namedNode(workload.pod);
      const claim = node === undefined ? undefined : waitingClaim(workload, facts);
      if (claim !== undefined) {
        const title = titleOf(claim.claim.manifest);
        yield {
          object: workload.object,
          message: `the pod names node "${node}", past the scheduler, which alone could bind ${title} of class "${facts.classOf(claim.claim)?.name ?? ''}": ${claim.event?.message ?? ''}`,
          fix: `replace nodeName by nodeSelector { kubernetes.io/hostname: ${node} }`,
          path: workload.kind === 'Pod' ? ['spec', 'nodeName'] : undefined,
        };
      }
    }
  },
};

function waitingClaim(workload: Workload, facts: Facts) {
  const claims = facts.claimsOf(workload);
  const keys = [...claims.shared, ...claims.ownOf(0)];
  return keys
    .map((key) => facts.bindings.claims.get(key))
    .find((binding) => binding?.outcomes.join() === 'waits-for-consumer');
}
