import { nearest } from '../../kube/nearest';
import type { ClaimBinding } from '../../planner/claim-binding';
import { classNotFound } from '../../planner/provisioning';
import { claimPath, claimTitle, openClaims, shown, volumeTitle } from '../claim-words';
import type { Facts } from '../facts';
import { failure, nearestVolume } from '../nearest-volume';
import type { Rule, RuleFinding } from '../rule';

const manifests = (className: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: cache
  namespace: shop
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ${className}
  resources: { requests: { storage: 10Gi } }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
`;

export const pvcClassNotFound: Rule = {
  id: 'pvc-class-not-found',
  severity: 'error',
  closed: true,
  summary: 'the class that the claim names does not exist, and no volume of that class serves it',
  why: `A class is a name first: a claim binds to a volume that has the same one, whether or not there
is a StorageClass of it. Only where no volume is found is the StorageClass looked for, to make one; if
it does not exist, the claim stays Pending.`,
  source:
    'Kubernetes, pkg/controller/volume/persistentvolume/pv_controller.go, provisionClaimOperation',
  bad: manifests('fsat'),
  good: manifests('fast'),
  *check(facts) {
    const { inventory } = facts;
    for (const binding of openClaims(facts)) {
      const { claim, shapes, own, outcomes } = binding;
      if (claim.volumeName !== undefined || shapes.length > 0 || own.length > 0) {
        continue;
      }
      const [name, ...others] = facts.classNamesOf(claim) ?? [];
      // A default class that the options name is there, unless all that is there is known.
      const isSaid = claim.className !== undefined || facts.closed;
      const isLeft = outcomes.includes('pending') || outcomes.includes('unknown');
      if (name && others.length === 0 && isSaid && isLeft && !inventory.classes.has(name)) {
        yield finding(binding, name, facts);
      }
    }
  },
};

function finding({ claim }: ClaimBinding, name: string, facts: Facts): RuleFinding {
  const { classes } = facts.inventory;
  const meant = nearest(name, [...classes.keys()]);
  const other = nearestVolume(claim, [name], facts);
  const beside =
    other?.why !== undefined && other.volume.className === name
      ? `: ${volumeTitle(other.volume)} ${failure(other.why)}`
      : '';
  return {
    object: claim.object,
    message: `${claimTitle(claim)} is of class "${name}", of which there is no StorageClass, and no volume of that class serves it${beside}${shown(classNotFound(name))}`,
    fix:
      meant === undefined
        ? `add StorageClass ${name}, or set storageClassName to one that exists`
        : `set storageClassName: "${meant}"`,
    path: claimPath(claim, 'spec', 'storageClassName'),
  };
}
