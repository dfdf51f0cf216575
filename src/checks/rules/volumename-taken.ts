import type { ClaimBinding } from '../../planner/claim-binding';
import { claimPath, claimTitle, referenceTo, shown, volumeTitle } from '../claim-words';
import type { Facts } from '../facts';
import type { Rule, RuleFinding } from '../rule';

const RESERVED = `
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

export const volumenameTaken: Rule = {
  id: 'volumename-taken',
  severity: 'error',
  summary: 'the claim names a volume that is reserved for another claim, or bound to it',
  why: `A volume has one claim. A claim that names the volume of another one stays Pending, also where
that one is gone: until its claimRef is removed, a Released volume is still the volume of the claim
that it had.`,
  source: 'Kubernetes, pkg/controller/volume/persistentvolume/pv_controller.go, syncUnboundClaim',
  bad: `${RESERVED}---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: exports
  namespace: shop
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  volumeName: uploads
  resources: { requests: { storage: 10Gi } }
`,
  good: RESERVED,
  *check(facts) {
    for (const binding of facts.bindings.claims.values()) {
      const { claim, outcomes, refusal } = binding;
      const isPending = outcomes.length === 1 && outcomes[0] === 'pending';
      if (claim.volumeName && isPending && !claim.existing && refusal === undefined) {
        yield* taken(binding, facts);
      }
    }
  },
};

function* taken(
  { claim, event }: ClaimBinding,
  { inventory, bindings }: Facts,
): Iterable<RuleFinding> {
  const volume = inventory.volumes.get(claim.volumeName ?? '');
  if (volume === undefined || volume.refusal !== undefined || claim.deleting) {
    return;
  }
  const holder = bindings.holders.get(volume.name);
  const owner = volume.claimRef?.key ?? (holder === claim ? undefined : holder?.key);
  if (owner === undefined) {
    return;
  }
  const isOwn = owner === claim.key;
  const earlier = isOwn ? ', an earlier one of that name' : '';
  yield {
    object: claim.object,
    message: `${claimTitle(claim)} names ${volumeTitle(volume)}, which is that of ${owner.startsWith('/') ? `claim "${owner.slice(1)}" in no namespace` : claimTitle({ key: owner })}${earlier}${shown(event)}`,
    fix: isOwn
      ? `remove spec.claimRef.uid from ${volumeTitle(volume)}`
      : `name a volume that is free, or set spec.claimRef: ${referenceTo(claim)} on ${volumeTitle(volume)}`,
    path: claimPath(claim, 'spec', 'volumeName'),
  };
}
