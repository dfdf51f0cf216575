import { WITHOUT_CLASS } from '../../planner/provisioning';
import { claimPath, claimTitle, openClaims } from '../claim-words';
import type { Rule } from '../rule';

export const defaultClassImplicit: Rule = {
  id: 'default-class-implicit',
  severity: 'info',
  summary: 'the claim names no class, and what it gets depends on the default class of the cluster',
  why: `A claim without \`storageClassName\` is given the default class, if the cluster has one: here a
disk, there a shared folder, elsewhere nothing at all. Said, the class is the same on every cluster.
\`""\` asks for a volume without a class, made by hand.`,
  source: 'Kubernetes, "Persistent Volumes", class',
  bad: `
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: cache
  namespace: shop
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 10Gi } }
`,
  good: `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: disks
provisioner: ebs.csi.aws.com
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: cache
  namespace: shop
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: disks
  resources: { requests: { storage: 10Gi } }
`,
  *check(facts) {
    if (facts.context.defaultClasses !== undefined) {
      return;
    }
    for (const { claim, outcomes, shapes } of openClaims(facts)) {
      const { volumeName } = claim;
      const isMissing = volumeName !== undefined && !facts.inventory.volumes.has(volumeName);
      // What is reserved for it, it gets anyway; a volume that is not there is told by its own rule.
      if (claim.className !== undefined || outcomes[0] !== 'unknown' || isMissing) {
        continue;
      }
      const without =
        volumeName !== undefined
          ? `with one, it does not bind to PersistentVolume ${volumeName} unless that is of this class`
          : shapes.length > 0
            ? 'without one, it binds to a PersistentVolume that has no class'
            : `without one, it stays Pending: ${WITHOUT_CLASS.event?.message}`;
      yield {
        object: claim.object,
        message: `${claimTitle(claim)} names no class and is given the default class of the cluster, which is not known; ${without}`,
        fix:
          shapes.length > 0 || volumeName !== undefined
            ? 'set storageClassName: "" for a volume that has no class, or name the class that is meant'
            : 'set storageClassName to the class that is meant',
        path: claimPath(claim, 'spec'),
      };
    }
  },
};
