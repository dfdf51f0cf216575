import type { ClaimEntry } from '../../planner/claim-entry';
import { isReservedFor, misfit } from '../../planner/matching';
import { modesOf } from '../../planner/mode-set';
import type { VolumeEntry } from '../../planner/volume-entry';
import { claimPath, claimTitle, openClaims, volumeTitle } from '../claim-words';
import type { Rule, RuleFinding } from '../rule';

const manifests = (size: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  capacity: { storage: ${size} }
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
  storageClassName: ""
  volumeName: uploads
  resources: { requests: { storage: 10Gi } }
`;

export const preboundUnchecked: Rule = {
  id: 'prebound-unchecked',
  severity: 'warning',
  summary: 'the claim and the volume name each other, and do not agree otherwise',
  why: `A claim that names a volume which is reserved for it is bound to it with no checks at all: size,
class, volume mode and access modes may all be wrong, and nothing says so before a pod misses the
space, or its mount fails.`,
  source: 'Kubernetes, pkg/controller/volume/persistentvolume/pv_controller.go, syncUnboundClaim',
  bad: manifests('5Gi'),
  good: manifests('10Gi'),
  *check(facts) {
    for (const { claim } of openClaims(facts)) {
      const volume =
        claim.volumeName === undefined ? undefined : facts.inventory.volumes.get(claim.volumeName);
      if (volume === undefined || volume.refusal !== undefined || !isReservedFor(volume, claim)) {
        continue;
      }
      const classNames = facts.classNamesOf(claim) ?? [volume.className];
      // Different VolumeAttributesClasses are told by vac-mismatch.
      const asked = { ...claim, attributesClass: volume.attributesClass };
      const why = misfit(volume, asked, classNames, facts.context);
      if (why !== undefined) {
        yield {
          object: claim.object,
          message: `${claimTitle(claim)} and ${volumeTitle(volume)} name each other, so that they are bound unchecked, in spite of the ${why.rule}: ${why.detail}`,
          ...mend(why.rule, volume, claim),
        };
      }
    }
  },
};

function mend(
  rule: string,
  volume: VolumeEntry,
  claim: ClaimEntry,
): Pick<RuleFinding, 'fix' | 'path'> {
  switch (rule) {
    case 'size':
      return {
        fix: `request ${volume.size}, which is what there is`,
        path: claimPath(claim, 'spec', 'resources', 'requests', 'storage'),
      };
    case 'class':
      return {
        fix: `set storageClassName: "${volume.className}"`,
        path: claimPath(claim, 'spec', 'storageClassName'),
      };
    case 'volume-mode':
      return {
        fix: `set volumeMode: ${volume.volumeMode}`,
        path: claimPath(claim, 'spec', 'volumeMode'),
      };
    case 'access-modes':
      return {
        fix: `set accessModes: [${modesOf(volume.modes).join(', ')}]`,
        path: claimPath(claim, 'spec', 'accessModes'),
      };
    default:
      return {
        fix: 'drop spec.selector: volumeName says which volume it is',
        path: claimPath(claim, 'spec', 'selector'),
      };
  }
}
