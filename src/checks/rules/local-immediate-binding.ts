import { listAt, objectAt } from '../../planner/plain-object';
import type { VolumeEntry } from '../../planner/volume-entry';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';

export const localImmediateBinding: Rule = {
  id: 'local-immediate-binding',
  severity: 'warning',
  summary: 'a class binds claims to volumes of single nodes before their pods have a node',
  why: `With \`volumeBindingMode: Immediate\`, the default, a claim takes the smallest volume that fits,
on whatever node that is. A pod that may not run there (another volume, a selector, no room) stays
Pending for ever. With \`WaitForFirstConsumer\` the scheduler chooses node and volume together.`,
  source: 'Kubernetes, "Storage Classes", Volume Binding Mode; "Volumes", local',
  bad: `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: local-disks
provisioner: kubernetes.io/no-provisioner
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: disk-1
spec:
  accessModes: [ReadWriteOnce]
  capacity: { storage: 100Gi }
  persistentVolumeReclaimPolicy: Retain
  storageClassName: local-disks
  local: { path: /mnt/disks/1 }
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions:
            - { key: kubernetes.io/hostname, operator: In, values: [node-1] }
`,
  good: `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: local-disks
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: disk-1
spec:
  accessModes: [ReadWriteOnce]
  capacity: { storage: 100Gi }
  persistentVolumeReclaimPolicy: Retain
  storageClassName: local-disks
  local: { path: /mnt/disks/1 }
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions:
            - { key: kubernetes.io/hostname, operator: In, values: [node-1] }
`,
  *check({ inventory }) {
    const told = new Set<string>();
    for (const volume of inventory.volumes.values()) {
      const { className } = volume;
      const found = inventory.classes.get(className);
      // A reserved volume goes to its claim whatever the class says.
      if (
        found === undefined ||
        found.waits ||
        told.has(className) ||
        volume.claimRef !== undefined ||
        !isOfOneNode(volume)
      ) {
        continue;
      }
      told.add(className);
      yield {
        object: found.object,
        message: `${titleOf(found.object)} has volumeBindingMode Immediate, and ${titleOf(volume.object)} of it is on a single node: its claim is bound before the pod has a node`,
        fix: 'set volumeBindingMode: WaitForFirstConsumer on a class of a new name; it cannot be changed on one that exists',
        path: ['volumeBindingMode'],
      };
    }
  },
};

/** Label of a node that is its own. */
const HOSTNAME = 'kubernetes.io/hostname';

function isOfOneNode({ manifest, nodeAffinity }: VolumeEntry): boolean {
  if (nodeAffinity === undefined) {
    return false;
  }
  const { required } = objectAt(objectAt(manifest, 'spec'), 'nodeAffinity');
  const terms = listAt((required ?? {}) as Record<string, unknown>, 'nodeSelectorTerms');
  return (
    objectAt(manifest, 'spec').local !== undefined ||
    (terms.length > 0 && JSON.stringify(terms).includes(`"${HOSTNAME}"`))
  );
}
