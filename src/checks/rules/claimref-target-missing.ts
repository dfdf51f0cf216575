import type { ClaimEntry } from '../../planner/claim-entry';
import { nameAt, objectAt } from '../../planner/plain-object';
import type { VolumeEntry } from '../../planner/volume-entry';
import { namespaceOfClaim } from '../claim-names';
import { claimTitle, volumeTitle } from '../claim-words';
import type { Facts } from '../facts';
import type { Rule, RuleFinding } from '../rule';

const manifests = (namespace: string, spare: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  capacity: { storage: 10Gi }
  claimRef: { namespace: ${namespace}, name: uploads }
  nfs: { server: 10.0.0.10, path: /exports/uploads }
${spare}---
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

const SPARE = `---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: spare
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  capacity: { storage: 10Gi }
  nfs: { server: 10.0.0.10, path: /exports/spare }
`;

export const claimrefTargetMissing: Rule = {
  id: 'claimref-target-missing',
  severity: 'warning',
  closed: true,
  summary: 'the volume is reserved for a claim that is not there',
  why: `A reserved volume serves nobody else. If the claim was renamed, or is in another namespace, the
volume stays idle, and the claim looks for another one.`,
  source: 'Kubernetes, "Persistent Volumes", reserving a PersistentVolume',
  bad: manifests('default', SPARE),
  good: manifests('shop', ''),
  *check(facts) {
    const { claims, volumes } = facts.inventory;
    let prefixes: ReadonlySet<string> | undefined;
    const isToCome = (key: string): boolean => {
      prefixes ??= new Set(prefixesOf(facts));
      return prefixes.has(key.replace(/\d+$/, ''));
    };
    for (const volume of volumes.values()) {
      const { claimRef, existing, refusal } = volume;
      // With a uid it is told by claimref-has-uid, without a namespace by claimref-no-namespace.
      if (claimRef === undefined || claimRef.uid !== undefined || claims.has(claimRef.key)) {
        continue;
      }
      const [namespace = '', name = ''] = claimRef.key.split('/');
      if (existing || refusal !== undefined || !namespace || !name || isToCome(claimRef.key)) {
        continue;
      }
      const other = namespaceOfClaim(name, facts);
      const beside = other === undefined ? undefined : claims.get(`${other}/${name}`);
      yield {
        object: volume.object,
        message: `${volumeTitle(volume)} is reserved for ${claimTitle(claimRef)}, which is not there${other === undefined ? '' : `; claim ${name} is in namespace ${other}`}: the volume stays idle`,
        ...mend(volume, namespace, beside),
      };
    }
  },
};

// A claim that says no namespace may be applied with one that the command line gives.
function mend(
  { claimRef }: VolumeEntry,
  namespace: string,
  beside: ClaimEntry | undefined,
): Pick<RuleFinding, 'fix' | 'path'> {
  if (beside === undefined) {
    return {
      fix: `add ${claimTitle({ key: claimRef?.key ?? '' })}, or remove spec.claimRef`,
      path: ['spec', 'claimRef', 'name'],
    };
  }
  const says = nameAt(objectAt(beside.object, 'metadata'), 'namespace');
  return {
    fix:
      says === undefined
        ? `set metadata.namespace: ${namespace} on the claim`
        : `set spec.claimRef.namespace: ${says}`,
    path: ['spec', 'claimRef', 'namespace'],
  };
}

// What the claims of StatefulSets are called, but for the number: more replicas make more of them.
function* prefixesOf(facts: Facts): Generator<string> {
  for (const workload of facts.workloads) {
    if (workload.kind === 'StatefulSet') {
      for (const template of facts.claimsOf(workload).own) {
        yield `${workload.namespace}/${template}-${workload.name}-`;
      }
    }
  }
}
