import type { Workload } from '../../planner/workload';
import { exclusiveVolume } from '../attaching';
import type { Facts } from '../facts';
import { isForcedApart, nodesFor, staysTogether } from '../pod-places';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';

export const rwoMultiReplica: Rule = {
  id: 'rwo-multi-replica',
  severity: 'warning',
  summary: 'several pods share a volume that one node at a time can have',
  why: `ReadWriteOnce is about nodes, and the scheduler does not look at it: it puts the pods on any
nodes. A disk is attached to the first of them; pods on other nodes stay in ContainerCreating for as
long as the first one has it. It is an error where the pods have to be on different nodes, by
anti-affinity, a hard topology spread or as a DaemonSet. A disk that the pod names itself, without a
claim, is for one pod even on one node. NFS and folders of a node are not attached,
and so do not come into it.`,
  source:
    'Kubernetes, pkg/controller/volume/attachdetach/reconciler, and pkg/volume/util, IsMultiAttachAllowed',
  bad: `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: disks }
provisioner: ebs.csi.aws.com
parameters: { type: gp3 }
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: disks
  resources: { requests: { storage: 10Gi } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  strategy: { type: Recreate }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: registry.example.com/shop:1.4.2
          volumeMounts: [{ name: data, mountPath: /data }]
      volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
`,
  good: `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: disks }
provisioner: ebs.csi.aws.com
parameters: { type: gp3 }
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  serviceName: web
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: registry.example.com/shop:1.4.2
          volumeMounts: [{ name: data, mountPath: /data }]
  volumeClaimTemplates:
    - apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: data }
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: disks
        resources: { requests: { storage: 10Gi } }
`,
  *check(facts) {
    for (const workload of facts.workloads) {
      const pods = workload.existing ? undefined : podsOf(workload, facts);
      const volume = pods === undefined ? undefined : exclusiveVolume(workload, facts);
      if (pods === undefined || volume === undefined) {
        continue;
      }
      const { path, title, refusal, onNode } = volume;
      const together = staysTogether(workload, facts);
      // A DaemonSet has one pod on a node.
      if (together && (onNode === undefined || workload.kind === 'DaemonSet')) {
        continue;
      }
      const { object } = workload;
      const forced =
        workload.kind === 'DaemonSet'
          ? nodesFor(workload, facts) !== undefined
          : isForcedApart(workload, facts, workload.replicas.most);
      const where = forced
        ? 'its pods are on different nodes, where all but the first show'
        : 'pods that come to other nodes show';
      const result = together
        ? `its pods come to one node, where all but the first stay Pending with '${onNode}'`
        : `${where} '${refusal}'`;
      yield {
        object,
        severity: forced || together ? 'error' : undefined,
        message: `${titleOf(object)} runs ${pods} on ${title}, which one node at a time can have: ${result}`,
        fix: 'use a volume with ReadWriteMany, or give each pod its own by volumeClaimTemplates of a StatefulSet',
        path,
      };
    }
  },
};

// How many pods share a volume, in words; undefined where it is one.
function podsOf(workload: Workload, facts: Facts): string | undefined {
  if (workload.kind === 'DaemonSet') {
    const nodes = nodesFor(workload, facts)?.nodes.length;
    return nodes === undefined ? 'a pod on every node' : `pods on ${nodes} nodes`;
  }
  const { most } = workload.replicas;
  return most > 1 ? `${workload.replicas.least < most ? 'up to ' : ''}${most} pods` : undefined;
}
