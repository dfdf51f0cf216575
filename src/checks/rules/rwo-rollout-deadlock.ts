import { objectAt } from '../../planner/plain-object';
import { exclusiveVolume } from '../attaching';
import { isForcedAway, staysTogether } from '../pod-places';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';
import { rollOutOf, surgePods } from '../surge-pods';

const manifests = (strategy: string) => `
apiVersion: v1
kind: PersistentVolume
metadata: { name: ghost }
spec:
  accessModes: [ReadWriteOnce]
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  storageClassName: ""
  claimRef: { namespace: shop, name: ghost }
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0, fsType: ext4 }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ghost, namespace: shop }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  volumeName: ghost
  resources: { requests: { storage: 10Gi } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ghost, namespace: shop }
spec:
  replicas: 1${strategy}
  selector: { matchLabels: { app: ghost } }
  template:
    metadata: { labels: { app: ghost } }
    spec:
      containers:
        - name: ghost
          image: ghost:5.118
          volumeMounts: [{ name: content, mountPath: /var/lib/ghost/content }]
      volumes: [{ name: content, persistentVolumeClaim: { claimName: ghost } }]
`;

export const rwoRolloutDeadlock: Rule = {
  id: 'rwo-rollout-deadlock',
  severity: 'warning',
  summary: 'a roll-out waits for a new pod whose volume the old pod does not let go',
  why: `A Deployment rolls out by RollingUpdate unless it says otherwise, and with few replicas 25% of
them rounds down to none that may be missing. The old pod then goes when the new one is ready; the
new one, if it is scheduled onto another node, waits for the volume of the old one. Neither moves. It
is an error where the new pod has to go to another node.`,
  source:
    'Kubernetes, pkg/controller/deployment/util, ResolveFenceposts; pkg/volume/util, IsMultiAttachAllowed',
  bad: manifests(''),
  good: manifests('\n  strategy: { type: Recreate }'),
  *check(facts) {
    for (const workload of facts.workloads) {
      const pods = workload.existing ? undefined : surgePods(workload);
      const volume = pods === undefined ? undefined : exclusiveVolume(workload, facts);
      if (pods === undefined || volume === undefined) {
        continue;
      }
      const { path, title, refusal, onNode } = volume;
      const together = staysTogether(workload, facts);
      if (together && onNode === undefined) {
        continue;
      }
      const { object } = workload;
      const forced = isForcedAway(workload, facts, pods);
      const where = forced ? 'has to go to another node' : 'may go to another node';
      const beside = onNode === undefined ? '' : `, on the same one '${onNode}'`;
      const result = together
        ? `has to go to the same node, where ${title} keeps it Pending with '${onNode}'`
        : `${where}, where ${title} shows '${refusal}'${beside}`;
      yield {
        object,
        severity: forced || together ? 'error' : undefined,
        message: `${titleOf(object)} ${rollOutOf(workload, pods)}: the old pod goes when the new one is ready, and the new one ${result}`,
        fix: 'set spec.strategy: { type: Recreate }, or make it a StatefulSet',
        path: objectAt(workload.spec, 'strategy').type === undefined ? path : ['spec', 'strategy'],
      };
    }
  },
};
