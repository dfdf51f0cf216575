import type { ClaimBinding } from '../../planner/claim-binding';
import type { ClassEntry } from '../../planner/class-entry';
import { provisioning } from '../../planner/provisioning';
import type { VolumeEntry } from '../../planner/volume-entry';
import { claimPath, claimTitle, openClaims, referenceTo, shown, volumeTitle } from '../claim-words';
import type { Facts } from '../facts';
import { nearestVolume } from '../nearest-volume';
import type { Rule } from '../rule';

const manifests = (claimRef: string) => `
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
  capacity: { storage: 10Gi }${claimRef}
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
`;

export const staticDynamicRace: Rule = {
  id: 'static-dynamic-race',
  severity: 'warning',
  summary: 'a volume serves the claim, and the provisioner of its class may make another one first',
  why: `A claim of a class that provisions takes a free volume of that class if there is one when it is
looked at. Applied together, the claim may be looked at before the volume is Available: then a new and
empty volume is made, and the one with the data stays idle. Where the class waits for a pod, it is the
node on which that pod lands that decides. A volume that is reserved for the claim is waited for.`,
  source: 'Kubernetes, pkg/controller/volume/persistentvolume/pv_controller.go, syncUnboundClaim',
  bad: manifests(''),
  good: manifests('\n  claimRef: { namespace: shop, name: uploads }'),
  *check(facts) {
    for (const binding of openClaims(facts)) {
      const { claim, event } = binding;
      const found = facts.classOf(claim);
      // Several classes that the claim may be given are told by default-class-multiple.
      const volume = found && rivalOf(binding, found, facts);
      if (found !== undefined && volume !== undefined) {
        const which = found.waits ? 'as the node of its pod has it' : 'whichever comes first';
        yield {
          object: claim.object,
          message: `${claimTitle(claim)} binds to ${volumeTitle(volume)} or is given a new volume by ${found.provisioner}, the provisioner of its class "${found.name}", ${which}${shown(event)}`,
          fix: `set spec.claimRef: ${referenceTo(claim)} on ${volumeTitle(volume)}`,
          path: claimPath(claim, 'spec', 'storageClassName'),
        };
      }
    }
  },
};

// The volume that the claim may bind to, or not.
function rivalOf(
  { claim, outcomes, own, shapes }: ClaimBinding,
  found: ClassEntry,
  facts: Facts,
): VolumeEntry | undefined {
  if (own.length > 0 || claim.volumeName !== undefined) {
    return undefined;
  }
  if (outcomes.includes('bound')) {
    return outcomes.includes('provisioned') ? firstOf(shapes) : undefined;
  }
  // No pod uses it yet: a node that the volume cannot be used on gets a new one.
  const isMade = provisioning(found, facts.version).outcome === 'provisioned';
  const nearest =
    isMade && outcomes[0] === 'waits-for-consumer'
      ? nearestVolume(claim, [found.name], facts)
      : undefined;
  return nearest?.why === undefined && nearest?.volume.nodeAffinity !== undefined
    ? nearest.volume
    : undefined;
}

function firstOf(shapes: ClaimBinding['shapes']): VolumeEntry | undefined {
  for (const shape of shapes) {
    for (const volume of shape.family.reached(shape)) {
      return volume;
    }
  }
  return undefined;
}
