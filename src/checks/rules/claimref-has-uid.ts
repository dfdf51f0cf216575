import { isLive } from '../../planner/metadata';
import { objectAt } from '../../planner/plain-object';
import { claimTitle, volumeTitle } from '../claim-words';
import type { Rule } from '../rule';

const manifests = (uid: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  capacity: { storage: 10Gi }
  claimRef: { namespace: shop, name: uploads${uid} }
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

export const claimrefHasUid: Rule = {
  id: 'claimref-has-uid',
  severity: 'error',
  summary: 'the volume is reserved for a claim of a uid that no claim has',
  why: `A uid names one claim and no later one of its name. It gets into manifests that were read from a
cluster: applied where that claim is gone, the volume is Released at once, no claim can bind to it, and
its reclaim policy runs, which with \`Delete\` takes the data away.`,
  source: 'Kubernetes, pkg/controller/volume/persistentvolume/pv_controller.go, syncVolume',
  bad: manifests(', uid: 2f1c6d1e-7f0a-4c1b-9d57-3a6f0e8b5c11'),
  good: manifests(''),
  *check({ inventory }) {
    for (const volume of inventory.volumes.values()) {
      const { claimRef, existing, object, phase, refusal } = volume;
      const uid = claimRef?.uid;
      if (claimRef === undefined || uid === undefined || existing || refusal !== undefined) {
        continue;
      }
      // What the cluster has filled in, and the manifest does not say, stays as it is.
      const said = objectAt(objectAt(object, 'spec'), 'claimRef').uid;
      if (said !== uid || claimRef.key.startsWith('/')) {
        continue;
      }
      const claim = inventory.claims.get(claimRef.key);
      const seen = isLive(objectAt(object, 'metadata'));
      // A dump of volumes alone does not hold their claims; one that was released is no news.
      const isKnown = seen && (claim === undefined || phase === 'Released' || phase === 'Failed');
      if (uid !== claim?.uid && !isKnown) {
        const other =
          claim === undefined
            ? 'is not there'
            : claim.uid === undefined
              ? 'is made anew'
              : `has uid ${claim.uid}`;
        yield {
          object,
          message: `${volumeTitle(volume)} is reserved for ${claimTitle(claimRef)} of uid ${uid}, and that claim ${other}: the volume becomes Released, ${volume.reclaimPolicy === 'Retain' ? 'and no claim can bind to it' : `and its reclaim policy ${volume.reclaimPolicy} takes its data away`}`,
          fix: 'remove spec.claimRef.uid',
          path: ['spec', 'claimRef', 'uid'],
        };
      }
    }
  },
};
