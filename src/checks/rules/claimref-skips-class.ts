import { misfit } from '../../planner/matching';
import { claimPath, claimTitle, openClaims, volumeTitle } from '../claim-words';
import type { Rule } from '../rule';

const manifests = (className: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ${className}
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
  storageClassName: ""
  resources: { requests: { storage: 10Gi } }
`;

export const claimrefSkipsClass: Rule = {
  id: 'claimref-skips-class',
  severity: 'warning',
  summary: 'the claim is bound to the volume reserved for it, whatever class or labels it asks for',
  why: `Of a volume that is reserved for a claim, neither class nor labels are compared: the claim gets
it, and says that it is of another class. What reads the claim's class (expansion, quotas, a later
snapshot) goes by a class that made nothing here.`,
  source: 'Kubernetes, k8s.io/component-helpers/storage/volume/pv_helpers.go, FindMatchingVolume',
  bad: manifests('manual'),
  good: manifests('""'),
  *check(facts) {
    const { inventory, context } = facts;
    for (const { claim, own } of openClaims(facts)) {
      if (claim.volumeName !== undefined) {
        continue; // told by prebound-unchecked
      }
      for (const name of own) {
        const volume = inventory.volumes.get(name);
        // Which class the claim is given is not known without the default class.
        const classNames = facts.classNamesOf(claim) ?? [volume?.className ?? ''];
        const why = volume && misfit(volume, claim, classNames, context);
        if (volume !== undefined && (why?.rule === 'class' || why?.rule === 'selector')) {
          yield {
            // Of a volume that exists it is the claim that can be mended.
            object: volume.existing ? claim.object : volume.object,
            message: `${claimTitle(claim)} is bound to ${volumeTitle(volume)}, which is reserved for it, in spite of the ${why.rule}: ${why.detail}`,
            fix:
              why.rule === 'class'
                ? `set the same storageClassName on both, such as "${volume.className}"`
                : 'drop spec.selector of the claim, or give the volume the labels that it asks for',
            path: volume.existing
              ? claimPath(claim, 'spec', why.rule === 'class' ? 'storageClassName' : 'selector')
              : why.rule === 'class'
                ? ['spec', 'storageClassName']
                : ['metadata', 'labels'],
          };
        }
      }
    }
  },
};
