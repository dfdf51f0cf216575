import { accessModeProblem, LOCAL_PATH_PROVISIONER } from '../../local-path/limits';
import type { ClassEntry } from '../../planner/class-entry';
import { modesOf } from '../../planner/mode-set';
import { listAt, objectAt } from '../../planner/plain-object';
import type { VolumeEntry } from '../../planner/volume-entry';
import type { Facts } from '../facts';
import { localPathSharing } from '../local-path-sharing';
import type { Rule, RuleFinding } from '../rule';
import { titleOf } from '../run-rules';

const manifests = (binding: string) => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: local-disks
provisioner: kubernetes.io/no-provisioner${binding}
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: disk-1
spec:
  accessModes: [ReadWriteOnce]
  capacity: { storage: 100Gi }
  persistentVolumeReclaimPolicy: Retain
  storageClassName: local-disks
  local: { path: /mnt/disks/1 }
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions:
            - { key: kubernetes.io/hostname, operator: In, values: [node-1] }
`;

export const localImmediateBinding: Rule = {
  id: 'local-immediate-binding',
  severity: 'warning',
  summary: 'a class binds claims to volumes of single nodes before their pods have a node',
  why: `With \`volumeBindingMode: Immediate\`, the default, a claim takes the smallest volume that fits,
on whatever node that is. A pod that may not run there (another volume, a selector, no room) stays
Pending for ever. The local-path provisioner makes no volume at all before it knows the node. With
\`WaitForFirstConsumer\` the scheduler chooses node and volume together.`,
  source:
    'Kubernetes, "Storage Classes", Volume Binding Mode; "Volumes", local; rancher/local-path-provisioner, provisioner.go, provisionFor',
  bad: manifests(''),
  good: manifests('\nvolumeBindingMode: WaitForFirstConsumer'),
  *check(facts) {
    const { inventory } = facts;
    for (const found of inventory.classes.values()) {
      if (found.provisioner === LOCAL_PATH_PROVISIONER && !found.waits && !found.existing) {
        yield* localPath(found, facts);
      }
    }
    const told = new Set<string>();
    for (const volume of inventory.volumes.values()) {
      const { className } = volume;
      const found = inventory.classes.get(className);
      // A reserved volume goes to its claim whatever the class says.
      if (
        found === undefined ||
        found.waits ||
        told.has(className) ||
        volume.claimRef !== undefined ||
        !isOfOneNode(volume)
      ) {
        continue;
      }
      told.add(className);
      yield {
        object: found.object,
        message: `${titleOf(found.object)} has volumeBindingMode Immediate, and ${titleOf(volume.object)} of it is on a single node: its claim is bound before the pod has a node`,
        fix: FIX,
        path: ['volumeBindingMode'],
      };
    }
  },
};

// Folders that all nodes share need no node; claims that many nodes write hint at such.
function* localPath(
  { object, name, provisioner }: ClassEntry,
  facts: Facts,
): Iterable<RuleFinding> {
  const sharing = localPathSharing(facts, name);
  if (sharing !== 'shared') {
    yield {
      object,
      message: `${titleOf(object)} has volumeBindingMode Immediate, and ${provisioner} makes folders of single nodes: a claim of it for which one has to be made stays Pending; kubectl describe pvc shows "ProvisioningFailed: failed to provision volume with StorageClass "${name}": configuration error, no node was specified"`,
      fix: FIX,
      path: ['volumeBindingMode'],
      closed: sharing === undefined && isAskedForMany(name, facts),
    };
  }
}

function isAskedForMany(className: string, { inventory }: Facts): boolean {
  return [...inventory.claims.values()].some(
    (claim) =>
      claim.className === className &&
      modesOf(claim.modes).some((mode) => accessModeProblem(mode, 'node') !== undefined),
  );
}

const FIX =
  'set volumeBindingMode: WaitForFirstConsumer on a class of a new name; it cannot be changed on one that exists';

/** Label of a node that is its own. */
const HOSTNAME = 'kubernetes.io/hostname';

function isOfOneNode({ manifest, nodeAffinity }: VolumeEntry): boolean {
  if (nodeAffinity === undefined) {
    return false;
  }
  const { required } = objectAt(objectAt(manifest, 'spec'), 'nodeAffinity');
  const terms = listAt((required ?? {}) as Record<string, unknown>, 'nodeSelectorTerms');
  return (
    objectAt(manifest, 'spec').local !== undefined ||
    (terms.length > 0 && JSON.stringify(terms).includes(`"${HOSTNAME}"`))
  );
}
