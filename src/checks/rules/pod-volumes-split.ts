import type { NodeEntry } from '../../planner/inventory';
import { nameAt } from '../../planner/plain-object';
import { volumeConflict } from '../../planner/schedule-reasons';
import type { Workload } from '../../planner/workload';
import { claimsOfPods } from '../claims-to-place';
import type { Facts } from '../facts';
import { ANY_NODE, excludes, type NodeTerms, shownTerms } from '../node-terms';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';
import { volumeNodes } from '../volume-nodes';
import { type VolumePlace, volumePlaces } from '../volume-places';

export const podVolumesSplit: Rule = {
  id: 'pod-volumes-split',
  severity: 'error',
  summary: 'the volumes of one pod are in places that no node is in at once',
  why: `Claims of classes that bind at once each get a volume before any pod is looked at. Two of one pod
in different zones, or on different nodes, leave it no node: it stays Pending. Classes with
\`volumeBindingMode: WaitForFirstConsumer\` choose all volumes of a pod for one node.`,
  source:
    'Kubernetes, "Storage Classes", volume binding mode; pkg/scheduler/framework/plugins/volumebinding',
  bad: `
apiVersion: v1
kind: PersistentVolume
metadata: { name: data }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  claimRef: { namespace: shop, name: data }
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0, fsType: ext4 }
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a] }]
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: logs }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  claimRef: { namespace: shop, name: logs }
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0fedcba9876543210, fsType: ext4 }
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1c] }]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  volumeName: data
  resources: { requests: { storage: 4Gi } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: logs, namespace: shop }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  volumeName: logs
  resources: { requests: { storage: 4Gi } }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop }
spec:
  containers:
    - name: db
      image: postgres:17.2
      volumeMounts: [{ name: data, mountPath: /data }, { name: logs, mountPath: /logs }]
  volumes:
    - { name: data, persistentVolumeClaim: { claimName: data } }
    - { name: logs, persistentVolumeClaim: { claimName: logs } }
`,
  good: `
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
  resources: { requests: { storage: 4Gi } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: logs, namespace: shop }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: disks
  resources: { requests: { storage: 4Gi } }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop }
spec:
  containers:
    - name: db
      image: postgres:17.2
      volumeMounts: [{ name: data, mountPath: /data }, { name: logs, mountPath: /logs }]
  volumes:
    - { name: data, persistentVolumeClaim: { claimName: data } }
    - { name: logs, persistentVolumeClaim: { claimName: logs } }
`,
  *check(facts) {
    for (const workload of facts.workloads) {
      const split = workload.existing ? undefined : splitOf(workload, facts);
      if (split === undefined) {
        continue;
      }
      const { object } = workload;
      const [one, other] = split;
      yield {
        object,
        message: `${titleOf(object)} has in one pod claim ${one.claim}, whose volume is ${whereOf(one)}, and claim ${other.claim}, whose volume is ${whereOf(other)}: no node is both, and it stays Pending with '${volumeConflict(facts.version)}'`,
        fix: 'use volumes of one place, or a class with volumeBindingMode: WaitForFirstConsumer for both claims',
      };
    }
  },
};

interface Placed {
  readonly claim: string;
  readonly places: readonly VolumePlace[];
}

// The first two claims of one pod of which each place excludes each place of the other.
function splitOf(workload: Workload, facts: Facts): readonly [Placed, Placed] | undefined {
  if (nameAt(workload.pod, 'nodeName') !== undefined) {
    return undefined; // past the scheduler
  }
  for (const claims of claimsOfPods(workload, facts)) {
    const placed = claims.length < 2 ? [] : claims.flatMap((claim) => placesOf(claim, facts));
    for (const [index, one] of placed.entries()) {
      const other = placed
        .slice(index + 1)
        .find(({ places }) =>
          one.places.every((here) => places.every((there) => areApart(here, there, facts))),
        );
      if (other !== undefined) {
        return [one, other];
      }
    }
  }
  return undefined;
}

function placesOf(claim: string, facts: Facts): readonly Placed[] {
  const places = volumePlaces(claim, facts);
  return places === undefined ? [] : [{ claim, places }];
}

function areApart(one: VolumePlace, other: VolumePlace, { inventory }: Facts): boolean {
  if (excludes(termsOf(one), termsOf(other))) {
    return true;
  }
  if (isAnywhere(one) || isAnywhere(other)) {
    return false;
  }
  const { all } = volumeNodes(inventory);
  const within = (nodes: readonly NodeEntry[], { volume }: VolumePlace) =>
    volume === undefined ? nodes : volumeNodes(inventory).within(nodes, volume);
  const here = within(all, one);
  // One that has no node at all is told by another rule.
  return here.length > 0 && within(all, other).length > 0 && within(here, other).length === 0;
}

function isAnywhere({ affinity, zones }: VolumePlace): boolean {
  return affinity === ANY_NODE && zones === ANY_NODE;
}

function termsOf({ affinity, zones }: VolumePlace): NodeTerms {
  return affinity.flatMap((term) => zones.map((zone) => [...term, ...zone]));
}

function whereOf({ places: [first], places }: Placed): string {
  const terms = first === undefined ? '' : shownTerms(termsOf(first));
  const others = places.length > 1 ? ` or in ${places.length - 1} other places` : '';
  return `${first?.title ?? ''} for nodes with ${terms || 'what no node has'}${others}`;
}
