import type { ClaimEntry } from '../../planner/claim-entry';
import type { ClassEntry } from '../../planner/class-entry';
import { claimPath, claimTitle, openClaims, volumeTitle } from '../claim-words';
import type { Facts } from '../facts';
import { claimFault, type ModeFault, volumeFault } from '../mode-support';
import { provisioningClass } from '../provisioned-claims';
import type { Rule } from '../rule';

const manifests = (accessMode: string) => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: disks
provisioner: ebs.csi.aws.com
parameters: { type: gp3 }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
  namespace: shop
spec:
  accessModes: [${accessMode}]
  storageClassName: disks
  resources: { requests: { storage: 10Gi } }
`;

export const driverModeUnsupported: Rule = {
  id: 'driver-mode-unsupported',
  severity: 'error',
  summary: 'the driver cannot serve what the claim or the volume asks for',
  why: `Access modes and volume modes are words that Kubernetes passes on; what comes of them is for
the driver to say. A claim that the driver of its class refuses stays Pending with
\`ProvisioningFailed\`, and is tried again for ever. A volume that promises what its driver cannot
do binds, and fails when the first pod needs it.`,
  source:
    'aws-ebs-csi-driver v1.64.0, pkg/driver/controller.go; local-path-provisioner v0.0.37, provisioner.go; csi-driver-nfs v4.13.4, pkg/nfs/controllerserver.go; sig-storage-lib-external-provisioner, controller',
  bad: manifests('ReadWriteMany'),
  good: manifests('ReadWriteOnce'),
  *check(facts) {
    const known = new Map<ClassEntry, (ModeFault | undefined)[]>();
    for (const { claim } of openClaims(facts)) {
      const storageClass = provisioningClass(facts, claim);
      const fault = storageClass && faultOf(claim, storageClass, known, facts);
      if (fault !== undefined && storageClass !== undefined) {
        const { name, provisioner } = storageClass;
        const { field, problem, event, closed } = fault;
        const shown =
          event === undefined
            ? ''
            : `; kubectl describe pvc shows "ProvisioningFailed: failed to provision volume with StorageClass "${name}": ${event}"`;
        yield {
          object: claim.object,
          message: `${claimTitle(claim)} gets no volume of class "${name}" from ${provisioner}: ${problem}${shown}`,
          fix: FIXES[field],
          path: claimPath(claim, 'spec', field),
          closed,
        };
      }
    }
    for (const volume of facts.inventory.volumes.values()) {
      const fault = volume.refusal === undefined ? volumeFault(volume, facts) : undefined;
      if (fault !== undefined) {
        yield {
          object: volume.object,
          message: `${volumeTitle(volume)} promises what its driver cannot do: ${fault.problem}`,
          fix: FIXES[fault.field],
          path: ['spec', fault.field],
        };
      }
    }
  },
};

// What a driver says of a claim depends on little, and claims by the thousand are alike in it.
function faultOf(
  claim: ClaimEntry,
  storageClass: ClassEntry,
  known: Map<ClassEntry, (ModeFault | undefined)[]>,
  facts: Facts,
): ModeFault | undefined {
  let faults = known.get(storageClass);
  if (faults === undefined) {
    faults = [];
    known.set(storageClass, faults);
  }
  const { modes, volumeMode, selector } = claim;
  const key = modes * 4 + (volumeMode === 'Block' ? 2 : 0) + (selector === undefined ? 0 : 1);
  if (!(key in faults)) {
    faults[key] = claimFault(claim, storageClass, facts);
  }
  return faults[key];
}

const FIXES: Readonly<Record<ModeFault['field'], string>> = {
  accessModes:
    'set accessModes: [ReadWriteOnce], or take a driver that shares volumes between nodes, such as NFS',
  selector: 'drop spec.selector',
  volumeMode: 'set the volumeMode that the driver serves, or take another driver',
};
