import type { ClaimBinding } from '../../planner/claim-binding';
import type { VolumeEntry } from '../../planner/volume-entry';
import { claimPath, claimTitle, openClaims, referenceTo, shown, volumeTitle } from '../claim-words';
import type { Rule } from '../rule';

export const staticDynamicRace: Rule = {
  id: 'static-dynamic-race',
  severity: 'warning',
  summary: 'a volume serves the claim, and the provisioner of its class may make another one first',
  why: `A claim of a class that provisions takes a free volume of that class if there is one when it is
looked at. Applied together, the claim may be looked at before the volume is Available: then a new and
empty volume is made, and the one with the data stays idle. Where the class waits for a pod, it is the
node on which that pod lands that decides. A volume that is reserved for the claim is waited for.`,
  source: 'Kubernetes, pkg/controller/volume/persistentvolume, syncUnboundClaim',
  bad: `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: shared
provisioner: nfs.csi.k8s.io
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  storageClassName: shared
  capacity: { storage: 10Gi }
  nfs: { server: 10.0.0.10, path: /exports/uploads }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
  namespace: shop
spec:
  accessModes: [ReadWriteMany]
  storageClassName: shared
  resources: { requests: { storage: 10Gi } }
`,
  good: `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: shared
provisioner: nfs.csi.k8s.io
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  storageClassName: shared
  capacity: { storage: 10Gi }
  claimRef: { namespace: shop, name: uploads }
  nfs: { server: 10.0.0.10, path: /exports/uploads }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
  namespace: shop
spec:
  accessModes: [ReadWriteMany]
  storageClassName: shared
  resources: { requests: { storage: 10Gi } }
`,
  *check(facts) {
    for (const binding of openClaims(facts)) {
      const { claim, event, outcomes, own, shapes } = binding;
      const isRace = outcomes.includes('bound') && outcomes.includes('provisioned');
      const found = facts.classOf(claim);
      const volume = isRace && own.length === 0 ? firstOf(shapes) : undefined;
      // Several classes that the claim may be given are told by default-class-multiple.
      if (volume !== undefined && found !== undefined) {
        yield {
          object: claim.object,
          message: `${claimTitle(claim)} binds to ${volumeTitle(volume)} or is given a new volume by ${found.provisioner}, the provisioner of its class "${found.name}", whichever comes first${shown(event)}`,
          fix: `set spec.claimRef: ${referenceTo(claim)} on ${volumeTitle(volume)}`,
          path: claimPath(claim, 'spec', 'storageClassName'),
        };
      }
    }
  },
};

function firstOf(shapes: ClaimBinding['shapes']): VolumeEntry | undefined {
  for (const shape of shapes) {
    for (const volume of shape.family.reached(shape)) {
      return volume;
    }
  }
  return undefined;
}
