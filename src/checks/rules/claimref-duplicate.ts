import type { ClaimEntry } from '../../planner/claim-entry';
import type { VolumeEntry } from '../../planner/volume-entry';
import { claimTitle, volumeTitle } from '../claim-words';
import { reservations } from '../reservations';
import type { Rule } from '../rule';

const manifests = (claimRef: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  capacity: { storage: 10Gi }
  claimRef: { namespace: shop, name: uploads }
  nfs: { server: 10.0.0.10, path: /exports/uploads }
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: exports
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  capacity: { storage: 10Gi }${claimRef}
  nfs: { server: 10.0.0.10, path: /exports/exports }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
  namespace: shop
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  resources: { requests: { storage: 10Gi } }
`;

export const claimrefDuplicate: Rule = {
  id: 'claimref-duplicate',
  severity: 'warning',
  summary: 'another volume is reserved for the same claim',
  why: `A claim binds to one volume. Of two that are reserved for it, it is left to chance which one it
gets, and the other one serves nobody.`,
  source: 'Kubernetes, k8s.io/component-helpers/storage/volume/pv_helpers.go, FindMatchingVolume',
  bad: manifests('\n  claimRef: { namespace: shop, name: uploads }'),
  good: manifests(''),
  *check(facts) {
    for (const [key, all] of reservations(facts)) {
      if (all.length < 2) {
        continue;
      }
      const claim = facts.inventory.claims.get(key);
      const [first, ...others] = inOrder(
        all.filter((volume) => !volume.deleting && isFor(volume, claim)),
        claim,
      );
      if (first === undefined || key.startsWith('/')) {
        continue; // a reference without a namespace is to nobody
      }
      for (const volume of others) {
        yield {
          object: volume.object,
          message: `${volumeTitle(volume)} is reserved for ${claimTitle({ key })}, as ${volumeTitle(first)} is: the claim binds to one of them, and the other stays idle`,
          fix: 'remove spec.claimRef from one of them, or reserve it for another claim',
          path: ['spec', 'claimRef', 'name'],
        };
      }
    }
  },
};

// What was another claim's of that name before is not reserved for this one.
function isFor({ claimRef }: VolumeEntry, claim: ClaimEntry | undefined): boolean {
  return claimRef?.uid === undefined || claimRef.uid === claim?.uid;
}

// First the one that the claim has or names, then what is there already: the others are the mistake.
function inOrder(
  volumes: readonly VolumeEntry[],
  claim: ClaimEntry | undefined,
): readonly VolumeEntry[] {
  const weight = ({ name, existing }: VolumeEntry): number =>
    name === claim?.volumeName ? 0 : existing ? 1 : 2;
  return [...volumes].sort((a, b) => weight(a) - weight(b));
}
