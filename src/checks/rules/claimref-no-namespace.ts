import { nameAt, objectAt } from '../../planner/plain-object';
import { namespaceOfClaim } from '../claim-names';
import { claimTitle, volumeTitle } from '../claim-words';
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
  claimRef: ${claimRef}
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

export const claimrefNoNamespace: Rule = {
  id: 'claimref-no-namespace',
  severity: 'error',
  summary: 'the volume is reserved for a claim in no namespace, which is nobody',
  why: `A claimRef is compared by namespace and name. One without a namespace is accepted, and no claim
ever matches it: the volume is taken, and serves nobody.`,
  source: 'Kubernetes, k8s.io/component-helpers/storage/volume/pv_helpers.go, IsVolumeBoundToClaim',
  bad: manifests('{ name: uploads }'),
  good: manifests('{ namespace: shop, name: uploads }'),
  *check(facts) {
    for (const volume of facts.inventory.volumes.values()) {
      if (volume.claimRef?.key.startsWith('/') && volume.refusal === undefined) {
        const reference = objectAt(objectAt(volume.manifest, 'spec'), 'claimRef');
        const name = nameAt(reference, 'name') ?? '';
        const namespace = namespaceOfClaim(name, facts);
        const claim =
          namespace === undefined
            ? ''
            : `, not even ${claimTitle({ key: `${namespace}/${name}` })}`;
        yield {
          object: volume.object,
          message: `${volumeTitle(volume)} is reserved for claim "${name}" in no namespace, which no claim matches${claim}`,
          fix: `set spec.claimRef.namespace: ${namespace ?? `the namespace of claim ${name}`}`,
          path: ['spec', 'claimRef'],
        };
      }
    }
  },
};
