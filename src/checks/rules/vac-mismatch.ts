import type { ClaimEntry } from '../../planner/claim-entry';
import type { VolumeEntry } from '../../planner/volume-entry';
import { claimPath, claimTitle } from '../claim-words';
import type { Facts } from '../facts';
import type { Rule, RuleFinding } from '../rule';

const manifests = (attributesClass: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: ledger
  namespace: shop
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  volumeAttributesClassName: gold
  volumeName: ledger
  resources: { requests: { storage: 10Gi } }
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: ledger
spec:
  accessModes: [ReadWriteOnce]
  volumeAttributesClassName: ${attributesClass}
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0 }
`;

export const vacMismatch: Rule = {
  id: 'vac-mismatch',
  severity: 'error',
  summary: 'a claim and the volume meant for it name different VolumeAttributesClasses',
  why: `A claim binds to a volume of its own VolumeAttributesClass only, and naming none is a class of
its own. A claim that names its volume stays Pending with \`VolumeMismatch\`, and a reservation of
the volume for the claim does not help. Before Kubernetes 1.34 the API server drops the field, so
that nothing has to agree.`,
  source:
    'Kubernetes, pkg/controller/volume/persistentvolume, checkVolumeSatisfyClaim; pkg/features, VolumeAttributesClass',
  bad: manifests('silver'),
  good: manifests('gold'),
  *check(facts) {
    const { context, inventory } = facts;
    if (!context.attributesClasses) {
      return;
    }
    for (const claim of inventory.claims.values()) {
      const { volumeName } = claim;
      const volume = volumeName === undefined ? undefined : inventory.volumes.get(volumeName);
      if (volume !== undefined && isFor(volume, claim) && differ(claim, volume)) {
        yield mismatch(claim, volume, facts);
      }
    }
    for (const volume of inventory.volumes.values()) {
      const { claimRef } = volume;
      const claim = claimRef === undefined ? undefined : inventory.claims.get(claimRef.key);
      // A claim that names a volume has been judged by that.
      if (
        claim !== undefined &&
        claim.volumeName === undefined &&
        isFor(volume, claim) &&
        differ(claim, volume)
      ) {
        yield mismatch(claim, volume, facts);
      }
    }
  },
};

function isFor({ claimRef }: VolumeEntry, { key, uid }: ClaimEntry): boolean {
  return (
    claimRef === undefined ||
    (claimRef.key === key && (claimRef.uid === undefined || claimRef.uid === uid))
  );
}

// A bound claim's class can be changed: the driver then modifies the volume, which takes a while.
function differ(claim: ClaimEntry, volume: VolumeEntry): boolean {
  return claim.attributesClass !== volume.attributesClass && !claim.settled;
}

function mismatch(claim: ClaimEntry, volume: VolumeEntry, facts: Facts): RuleFinding {
  const asked = named(claim.attributesClass);
  const offered = named(volume.attributesClass);
  const event = facts.bindingOf(claim)?.event;
  const field = ['spec', 'volumeAttributesClassName'];
  const [place, wanted] = claim.existing
    ? ['the volume', claim.attributesClass]
    : ['the claim', volume.attributesClass];
  return {
    object: claim.existing ? volume.object : claim.object,
    message: `${claimTitle(claim)} is of ${asked}, and PersistentVolume ${volume.name}, which is meant for it, of ${offered}${event === undefined ? '' : `: ${event.message}`}`,
    fix:
      wanted === ''
        ? `drop volumeAttributesClassName of ${place}`
        : `set volumeAttributesClassName: ${wanted} of ${place}`,
    path: claim.existing ? field : claimPath(claim, ...field),
  };
}

function named(attributesClass: string): string {
  return attributesClass === ''
    ? 'no VolumeAttributesClass'
    : `VolumeAttributesClass "${attributesClass}"`;
}
