import { annotationOf } from '../../planner/metadata';
import { isPlainObject, listAt, nameAt, objectAt } from '../../planner/plain-object';
import type { Workload } from '../../planner/workload';
import type { Facts } from '../facts';
import { podPath } from '../pod-volumes';
import { type RemovedPlugin, removedProvisioner, removedSource } from '../removed-plugins';
import type { Rule, RuleFinding } from '../rule';
import { titleOf } from '../run-rules';

const manifests = (ledger: string, archive: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: ledger
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: disks
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  ${ledger}
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: archive
spec:
  accessModes: [ReadWriteMany]
  storageClassName: files
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  ${archive}
`;

export const volumePluginRemoved: Rule = {
  id: 'volume-plugin-removed',
  severity: 'warning',
  summary: 'the volume plugin that is named is no longer part of Kubernetes',
  why: `Kubernetes once brought a plugin for each kind of storage along. Most are gone. What named a
disk of a cloud is handed to that cloud's CSI driver, and works only where somebody has installed
the driver; for the rest nothing takes over, and a pod that uses such a volume never starts. Where
the driver is known to be there, by its CSIDriver object or because it has served the volume before,
nothing is wrong.`,
  source: 'Kubernetes, "Volumes" and "Persistent Volumes"; k8s.io/csi-translation-lib',
  bad: manifests(
    'awsElasticBlockStore: { volumeID: vol-0123456789abcdef0, fsType: ext4 }',
    'glusterfs: { endpoints: gluster, path: archive }',
  ),
  good: manifests(
    'csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0, fsType: ext4 }',
    'nfs: { server: 10.0.0.10, path: /exports/archive }',
  ),
  *check(facts) {
    const { inventory, version } = facts;
    for (const { object, name, provisioner } of inventory.classes.values()) {
      const removed = removedProvisioner(provisioner, version);
      if (removed !== undefined && !isServed(removed, facts)) {
        const without = `no volume plugin matched name: ${provisioner}`;
        yield told(removed, {
          object,
          title: `StorageClass ${name} has provisioner ${provisioner}`,
          without,
          fix:
            removed.driver === undefined
              ? 'name the provisioner of a CSI driver'
              : `set provisioner: ${removed.driver}`,
          path: ['provisioner'],
        });
      }
    }
    for (const { object, name, manifest } of inventory.volumes.values()) {
      const spec = objectAt(manifest, 'spec');
      // Most volumes are of plugins that stay.
      if (isPlainObject(spec.csi) || isPlainObject(spec.nfs) || isPlainObject(spec.hostPath)) {
        continue;
      }
      const removed = removedSource(spec, version);
      const served = annotationOf(objectAt(manifest, 'metadata'), 'pv.kubernetes.io/migrated-to');
      if (removed !== undefined && !isServed(removed, facts) && served === undefined) {
        const { field, driver } = removed;
        yield told(removed, {
          object,
          title: `PersistentVolume ${name} is of ${field}`,
          without: NO_PLUGIN,
          fix:
            driver === undefined
              ? 'move the data to a volume of a CSI driver'
              : `name the same volume under csi, with driver: ${driver}`,
          path: ['spec', field],
        });
      }
    }
    for (const workload of facts.workloads) {
      yield* inlineVolumes(workload, facts);
    }
  },
};

/** What the kubelet says of a volume that is nobody's. */
const NO_PLUGIN = 'no volume plugin matched';

interface Place extends Pick<RuleFinding, 'object' | 'fix' | 'path'> {
  readonly title: string;
  readonly without: string;
}

function told({ since, driver }: RemovedPlugin, place: Place): RuleFinding {
  const { object, title, without, fix, path } = place;
  const gone = since === undefined ? '' : `, which is gone since Kubernetes ${since}`;
  return driver === undefined
    ? { object, severity: 'error', message: `${title}${gone}: ${without}`, fix, path }
    : {
        object,
        message: `${title}${gone || ', which Kubernetes no longer serves itself'}: it is handed to the CSI driver ${driver}, and without that there is "driver name ${driver} not found in the list of registered CSI drivers"`,
        fix: `install the driver, and ${fix}`,
        path,
      };
}

// The runner keeps the first: what nothing takes over goes before what a driver may serve.
function inlineVolumes({ kind, object, pod }: Workload, facts: Facts): readonly RuleFinding[] {
  const found: RuleFinding[] = [];
  for (const [index, volume] of listAt(pod, 'volumes').entries()) {
    const removed = isPlainObject(volume) ? removedSource(volume, facts.version) : undefined;
    if (!isPlainObject(volume) || removed === undefined || isServed(removed, facts)) {
      continue;
    }
    const { field, driver } = removed;
    const finding = told(removed, {
      object,
      title: `${titleOf(object)} has volume "${nameAt(volume, 'name') ?? index}" of ${field}`,
      without: NO_PLUGIN,
      fix:
        field === 'gitRepo'
          ? 'clone into an emptyDir by an init container'
          : 'mount a claim of a CSI volume instead',
      path: [...podPath(kind), 'volumes', index, field],
    });
    if (driver === undefined) {
      found.unshift(finding);
    } else {
      found.push(finding);
    }
  }
  return found;
}

function isServed({ driver }: RemovedPlugin, { inventory }: Facts): boolean {
  return driver !== undefined && inventory.drivers.has(driver);
}
