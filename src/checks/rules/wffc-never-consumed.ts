import type { Rule } from '../rule';
import { titleOf } from '../run-rules';

const CLAIM = `
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
`;

export const wffcNeverConsumed: Rule = {
  id: 'wffc-never-consumed',
  severity: 'warning',
  closed: true,
  summary: 'the claim waits for a pod, and no workload uses it',
  why: `A class with \`volumeBindingMode: WaitForFirstConsumer\` binds a claim when a pod that uses it is
scheduled. Without such a pod the claim stays Pending; that is no fault of the class or the driver.`,
  source: 'Kubernetes, "Storage Classes", Volume Binding Mode',
  bad: CLAIM,
  good: `${CLAIM}---
apiVersion: v1
kind: Pod
metadata:
  name: writer
  namespace: shop
spec:
  containers:
    - name: writer
      image: registry.example.com/writer:1.0.0
      volumeMounts:
        - { name: scratch, mountPath: /data }
  volumes:
    - name: scratch
      persistentVolumeClaim: { claimName: scratch }
`,
  *check(facts) {
    for (const binding of facts.bindings.claims.values()) {
      const { claim, outcomes, event } = binding;
      const [outcome] = outcomes;
      // A claim for pods that name their node waits as well; of those wffc-nodename tells.
      if (
        outcome === 'waits-for-consumer' &&
        outcomes.length === 1 &&
        claim.madeBy === undefined &&
        facts.usersOf(claim.key).length === 0
      ) {
        yield {
          object: claim.object,
          message: `no workload uses ${titleOf(claim.manifest)}, whose class "${facts.classOf(claim)?.name ?? ''}" waits for one: ${event?.message ?? ''}`,
          fix: 'mount it in a workload, or drop it',
        };
      }
    }
  },
};
