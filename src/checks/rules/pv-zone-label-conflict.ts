import { ANY_NODE, excludes, type NodeTerms, shownTerms } from '../node-terms';
import { type PodNodes, placeConflict, refusalBy, VOLUME_ZONE_CONFLICT } from '../place-conflict';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';
import { volumeNodes } from '../volume-nodes';
import type { VolumePlace } from '../volume-places';

const manifests = (zone: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
  labels: { topology.kubernetes.io/zone: eu-west-1a }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  claimRef: { namespace: shop, name: uploads }
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0, fsType: ext4 }
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

export const pvZoneLabelConflict: Rule = {
  id: 'pv-zone-label-conflict',
  severity: 'error',
  summary: 'a volume has the label of a zone in which its pods may not run',
  why: `The scheduler compares the zone and region labels of a volume with those of nodes, also where the
volume has no node affinity: a label of another zone keeps its pods off every node. A list of zones in
one label has \`__\` between them.`,
  source: 'Kubernetes, pkg/scheduler/framework/plugins/volumezone',
  bad: manifests('eu-west-1c'),
  good: manifests('eu-west-1a'),
  *check(facts) {
    for (const workload of facts.workloads) {
      const found = placeConflict(workload, facts, isElsewhere);
      const volume = found?.place.volume;
      if (found === undefined || volume === undefined) {
        continue;
      }
      const { claim, place } = found;
      const { object } = workload;
      yield {
        object: volume.existing ? object : volume.object,
        message: `${place.title} of claim ${claim} is by its labels for nodes with ${shownTerms(place.zones)}, and ${found.askedBy(titleOf(object))}: its pods stay Pending with '${refusalBy(workload, facts, VOLUME_ZONE_CONFLICT)}'`,
        fix: 'set the label to the zone in which the volume is, and let the pods run there',
        path: volume.existing ? undefined : ['metadata', 'labels'],
      };
    }
  },
};

// A conflict of its node affinity is told by another rule. A node without any zone passes, so that
// pods that ask for a node without one are no conflict.
function isElsewhere(
  { volume, affinity, zones }: VolumePlace,
  { asked, eligible, inventory }: PodNodes,
): boolean {
  if (volume === undefined || zones === ANY_NODE) {
    return false;
  }
  if (eligible === undefined) {
    return excludes(zones, asked.map(listed)) && !excludes(affinity, asked);
  }
  const nodes = volumeNodes(inventory);
  const usable = nodes.byAffinity(eligible, volume);
  return usable.length > 0 && nodes.within(usable, volume).length === 0;
}

function listed(term: NodeTerms[number]): NodeTerms[number] {
  return term.filter(({ operator }) => operator === 'In');
}
