import { isPlainObject, nameAt, objectAt } from '../../planner/plain-object';
import type { VolumeEntry } from '../../planner/volume-entry';
import { attaches } from '../attaching';
import { volumeTitle } from '../claim-words';
import type { Rule } from '../rule';
import { sourceOf, type VolumeSource } from '../volume-source';

const manifests = (handle: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: ledger
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: disks
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0 }
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: ledger-copy
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: disks
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  csi: { driver: ebs.csi.aws.com, volumeHandle: ${handle} }
`;

export const duplicateVolumeHandle: Rule = {
  id: 'duplicate-volume-handle',
  severity: 'error',
  summary: 'two volumes stand for one disk',
  why: `Kubernetes knows a disk by the volume that names it. Two volumes over one disk bind to two
claims, whose pods are scheduled anywhere: the driver attaches the disk to the first node and
refuses the second, or, on one node, two pods write to one file system without knowing of each
other. What is deleted with one claim is gone for the other. Drivers that attach nothing, such as
NFS, may well serve one folder by several volumes.`,
  source:
    'Kubernetes, pkg/volume/csi, GetUniqueVolumeName: driver and handle; csi-translation-lib for in-tree disks',
  bad: manifests('vol-0123456789abcdef0'),
  good: manifests('vol-0fedcba9876543210'),
  *check(facts) {
    const disks = new Map<string, Map<string, VolumeEntry>>();
    for (const volume of facts.inventory.volumes.values()) {
      const spec = objectAt(volume.manifest, 'spec');
      // The most common sources have no disk behind them.
      if (volume.deleting || isPlainObject(spec.nfs) || isPlainObject(spec.hostPath)) {
        continue;
      }
      const source = sourceOf(spec, facts.version);
      const disk = source && diskOf(source);
      if (source === undefined || disk === undefined || attaches(source, facts) !== true) {
        continue;
      }
      const driver = source.driver ?? source.plugin;
      const known = disks.get(driver) ?? new Map<string, VolumeEntry>();
      disks.set(driver, known);
      const first = known.get(disk);
      if (first === undefined) {
        known.set(disk, volume);
        continue;
      }
      // What exists comes last, and is nobody's to mend here.
      const [planned, other] = volume.existing ? [first, volume] : [volume, first];
      yield {
        object: planned.object,
        message: `${volumeTitle(planned)} and ${volumeTitle(other)} are both ${disk} of ${driver}: two claims can be bound to one disk`,
        fix: `keep one of the two, or give ${volumeTitle(planned)} a disk of its own`,
        path: ['spec', source.plugin],
      };
    }
  },
};

// An in-tree EBS volume may be named with its zone, as aws://ap-northeast-1a/vol-…. A LUN of iSCSI
// is one by its portal, its target and its number; many may have it where they only read.
function diskOf({ plugin, handle, fields }: VolumeSource): string | undefined {
  switch (plugin) {
    case 'awsElasticBlockStore':
      return handle?.replace(/^aws:\/\/.*\//, '');
    case 'iscsi': {
      const [portal, target] = [nameAt(fields, 'targetPortal'), nameAt(fields, 'iqn')];
      return portal === undefined || target === undefined || fields.readOnly === true
        ? undefined
        : `LUN ${String(fields.lun ?? 0)} of ${target} at ${portal}`;
    }
    default:
      return handle;
  }
}
