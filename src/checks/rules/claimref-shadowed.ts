import type { ClaimBinding } from '../../planner/claim-binding';
import { isReservedFor, takesReserved } from '../../planner/matching';
import { modesOf } from '../../planner/mode-set';
import type { VolumeEntry } from '../../planner/volume-entry';
import { claimPath, claimTitle, openClaims, volumeTitle } from '../claim-words';
import type { Facts } from '../facts';
import { reservations } from '../reservations';
import type { Rule } from '../rule';

const manifests = (volumeName: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteOnce, ReadWriteMany]
  storageClassName: ""
  capacity: { storage: 10Gi }
  claimRef: { namespace: shop, name: uploads }
  nfs: { server: 10.0.0.10, path: /exports/uploads }
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: scratch
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  capacity: { storage: 10Gi }
  nfs: { server: 10.0.0.10, path: /exports/scratch }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
  namespace: shop
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""${volumeName}
  resources: { requests: { storage: 10Gi } }
`;

export const claimrefShadowed: Rule = {
  id: 'claimref-shadowed',
  severity: 'warning',
  summary: 'a free volume of fewer access modes is taken before the one reserved for the claim',
  why: `Volumes are looked at in groups of the same access modes, fewest modes first. A reservation is
seen only when its group is reached: a free volume that serves, in a group of fewer modes, is taken
before, and the reserved one stays idle. A claim that names its volume looks at no other.`,
  source:
    'Kubernetes, pkg/controller/volume/persistentvolume/index.go, allPossibleMatchingAccessModes',
  bad: manifests(''),
  good: manifests('\n  volumeName: uploads'),
  *check(facts) {
    for (const binding of openClaims(facts)) {
      const { claim, shapes, own } = binding;
      // Only a claim with a reservation has shapes to lose it to, and is sure to be bound.
      const isReserved = binding.outcomes.length === 1 && binding.outcomes[0] === 'bound';
      const free = isReserved && claim.volumeName === undefined ? freeVolume(shapes) : undefined;
      const reserved = free && reservedVolume(binding, facts);
      if (free !== undefined && reserved !== undefined) {
        const isKnown = facts.classNamesOf(claim) !== undefined;
        yield {
          object: claim.object,
          message: `${claimTitle(claim)} ${own.length === 0 ? 'takes' : 'may take'} ${volumeTitle(free)} (${modesOf(free.modes).join(', ')}), although ${volumeTitle(reserved)} (${modesOf(reserved.modes).join(', ')}) is reserved for it: free volumes of fewer access modes come first`,
          fix:
            claim.madeBy === undefined
              ? `set volumeName: ${reserved.name}`
              : `set accessModes: [${modesOf(free.modes).join(', ')}] on ${volumeTitle(reserved)}`,
          path: claim.madeBy === undefined ? claimPath(claim, 'spec') : [],
          // With a default class, the claim looks among the volumes of that one.
          severity: isKnown ? 'warning' : 'info',
        };
      }
    }
  },
};

function freeVolume(shapes: ClaimBinding['shapes']): VolumeEntry | undefined {
  for (const shape of shapes) {
    for (const volume of shape.family.reached(shape)) {
      return volume;
    }
  }
  return undefined;
}

function reservedVolume({ claim }: ClaimBinding, facts: Facts): VolumeEntry | undefined {
  return reservations(facts)
    .get(claim.key)
    ?.find((volume) => isReservedFor(volume, claim) && takesReserved(volume, claim, facts.context));
}
