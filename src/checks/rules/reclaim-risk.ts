import { annotationOf } from '../../planner/metadata';
import { objectAt } from '../../planner/plain-object';
import type { VolumeEntry } from '../../planner/volume-entry';
import type { Rule } from '../rule';
import { sourceOf, type VolumeSource } from '../volume-source';

export const reclaimRisk: Rule = {
  id: 'reclaim-risk',
  severity: 'warning',
  summary: 'a volume made by hand is deleted, or emptied, together with its claim',
  why: `What becomes of a volume when its claim is deleted is its reclaim policy. Delete is right for
a volume that was made for the claim. A volume that somebody wrote a manifest for stands for data
that was there before: with Delete the driver removes the disk behind it, with Recycle a pod empties
it, and the claim may be deleted by nothing more than a renamed release.`,
  source:
    'Kubernetes, "Persistent Volumes", Reclaiming; pkg/controller/volume/persistentvolume, reclaimVolume',
  bad: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: disks
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Delete
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0 }
`,
  good: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: disks
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0 }
`,
  *check({ inventory, version }) {
    for (const volume of inventory.volumes.values()) {
      const { object, name, reclaimPolicy, manifest } = volume;
      if ((reclaimPolicy === 'Delete' || reclaimPolicy === 'Recycle') && !isProvisioned(volume)) {
        const source = sourceOf(objectAt(manifest, 'spec'), version);
        yield {
          object,
          message: `PersistentVolume ${name} is made by hand and has persistentVolumeReclaimPolicy ${reclaimPolicy}: when its claim is deleted, ${harmOf(reclaimPolicy, source)}`,
          fix: 'set persistentVolumeReclaimPolicy: Retain',
          path: ['spec', 'persistentVolumeReclaimPolicy'],
        };
      }
    }
  },
};

// A provisioner says so on each volume that it makes, a static one such as that for local disks too.
function isProvisioned({ manifest }: VolumeEntry): boolean {
  return annotationOf(objectAt(manifest, 'metadata'), PROVISIONED_BY) !== undefined;
}

const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';

/** In-tree plugins that can empty a volume (Kubernetes, pkg/volume, RecyclableVolumePlugin). */
const RECYCLABLE: readonly string[] = ['nfs', 'hostPath'];

function harmOf(policy: string, source: VolumeSource | undefined): string {
  if (source === undefined) {
    return 'its data may go with it';
  }
  const { plugin, driver, handle } = source;
  if (policy === 'Recycle') {
    return RECYCLABLE.includes(plugin)
      ? 'a pod removes all files of it'
      : `it becomes Failed, because ${plugin} volumes cannot be recycled`;
  }
  return driver === undefined
    ? `it becomes Failed, unless something deletes ${plugin} volumes`
    : `${driver} deletes ${handle ?? 'the volume'} with its data`;
}
