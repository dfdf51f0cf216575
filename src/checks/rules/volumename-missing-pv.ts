import { nearest } from '../../kube/nearest';
import { claimPath, claimTitle, openClaims } from '../claim-words';
import type { Facts } from '../facts';
import { reservations } from '../reservations';
import type { Rule } from '../rule';

const manifests = (claimRef: string, volumeName: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
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
  storageClassName: ""
  volumeName: ${volumeName}
  resources: { requests: { storage: 10Gi } }
`;

export const volumenameMissingPv: Rule = {
  id: 'volumename-missing-pv',
  severity: 'error',
  closed: true,
  summary: 'the claim names a volume that is not there',
  why: `A claim with \`volumeName\` waits for the volume of that name and looks at no other; nor is one
made for it. It stays Pending, and no event says why.`,
  source: 'Kubernetes, pkg/controller/volume/persistentvolume/pv_controller.go, syncUnboundClaim',
  bad: manifests('', 'upload'),
  good: manifests('\n  claimRef: { namespace: shop, name: uploads }', 'uploads'),
  *check(facts) {
    const { volumes } = facts.inventory;
    let searches = MOST_SEARCHES;
    for (const { claim } of openClaims(facts)) {
      const { volumeName } = claim;
      if (volumeName === undefined || volumes.has(volumeName)) {
        continue;
      }
      const reserved = reservations(facts).get(claim.key)?.[0]?.name;
      searches -= reserved === undefined ? volumes.size : 0;
      const meant = reserved ?? (searches < 0 ? undefined : meantBy(volumeName, facts));
      yield {
        object: claim.object,
        message: `${claimTitle(claim)} names PersistentVolume ${volumeName}, which is not there: it stays Pending, and kubectl describe pvc shows no event`,
        fix:
          meant === undefined
            ? `add PersistentVolume ${volumeName}, or drop volumeName`
            : `set volumeName: ${meant}`,
        path: claimPath(claim, 'spec', 'volumeName'),
      };
    }
  },
};

/** How many names may be compared in all, to find what was meant. */
const MOST_SEARCHES = 20_000;

// Names that differ in their numbers alone are those of different volumes.
function meantBy(name: string, { inventory, bindings }: Facts): string | undefined {
  const digits = name.replace(/\D/g, '');
  const free = [...inventory.volumes.values()].filter(
    (volume) => volume.claimRef === undefined && !bindings.holders.has(volume.name),
  );
  return nearest(
    name,
    free.map((volume) => volume.name).filter((each) => each.replace(/\D/g, '') === digits),
  );
}
