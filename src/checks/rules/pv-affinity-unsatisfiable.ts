import { onceScheduled } from '../../planner/claim-binding';
import { NO_VOLUMES, volumeConflict } from '../../planner/schedule-reasons';
import type { Workload } from '../../planner/workload';
import type { Facts } from '../facts';
import { excludes, shownTerms } from '../node-terms';
import { type PodNodes, placeConflict, refusalBy } from '../place-conflict';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';
import { volumeNodes } from '../volume-nodes';
import type { VolumePlace } from '../volume-places';

const manifests = (zone: string) => `
apiVersion: v1
kind: PersistentVolume
metadata: { name: uploads }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  claimRef: { namespace: shop, name: uploads }
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0, fsType: ext4 }
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a] }]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  volumeName: uploads
  resources: { requests: { storage: 4Gi } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  nodeSelector: { topology.kubernetes.io/zone: ${zone} }
  containers:
    - name: web
      image: registry.example.com/shop:1.4.2
      volumeMounts: [{ name: uploads, mountPath: /data }]
  volumes: [{ name: uploads, persistentVolumeClaim: { claimName: uploads } }]
`;

export const pvAffinityUnsatisfiable: Rule = {
  id: 'pv-affinity-unsatisfiable',
  severity: 'error',
  summary: 'a volume can be used on no node that its pods may run on',
  why: `A pod runs where both its own node selector and affinity and the node affinity of its volumes
allow. Where they exclude each other it stays Pending, on any cluster; where the nodes are in the
input, none of them may be left for other reasons, such as a name that no node has.`,
  source: 'Kubernetes, pkg/scheduler/framework/plugins/volumebinding, FindPodVolumes',
  bad: manifests('eu-west-1c'),
  good: manifests('eu-west-1a'),
  *check(facts) {
    for (const workload of facts.workloads) {
      const excluded = placeConflict(workload, facts, isExcluded);
      if (excluded === undefined) {
        continue;
      }
      const { claim, place, count } = excluded;
      const { object } = workload;
      const which = count > 1 ? `, one of ${count} places where its volume may be,` : '';
      const waits = waitsFor(workload, claim, facts);
      const what = waits ? 'no volume for it, and' : 'a volume node affinity conflict,';
      const reason = waits ? NO_VOLUMES : volumeConflict(facts.version);
      const target = workload.existing ? place.volume?.object : object;
      yield {
        object: target,
        message: `${place.title} of claim ${claim}${which} is for nodes with ${shownTerms(place.affinity) || 'what no node has'}, and ${excluded.askedBy(titleOf(object))}: ${what} its pods stay Pending with '${refusalBy(workload, facts, reason)}'`,
        fix: 'let the nodeSelector or node affinity of the pods and the nodeAffinity of the volume name the same nodes',
      };
    }
  },
};

// A claim is bound to a volume that its pods cannot use where others can, or where it never waited.
function waitsFor(workload: Workload, key: string, facts: Facts): boolean {
  const claim = facts.inventory.claims.get(key);
  const binding = facts.bindings.claims.get(key);
  if (claim === undefined || binding === undefined || claim.settled || claim.volumeName) {
    return false;
  }
  const isWaiting = facts.classOf(claim)?.waits === true && onceScheduled(binding).own.length === 0;
  const isUnplaced = binding.outcomes.every((outcome) => outcome === 'pending');
  const isOnly = facts.usersOf(key).every((user) => user.workload === workload);
  return isWaiting && (isUnplaced || isOnly);
}

function isExcluded(
  { volume, affinity }: VolumePlace,
  { asked, eligible, inventory }: PodNodes,
): boolean {
  if (volume?.nodeAffinity === undefined) {
    return false;
  }
  return eligible === undefined
    ? excludes(affinity, asked)
    : volumeNodes(inventory).byAffinity(eligible, volume).length === 0;
}
