import type { NfsTraits, VolumeTraits } from '../claims/contracts';
import type { PersistentVolumeSource } from '../kube/objects';
import { NFS_CSI_DRIVER, type NfsAccessMode } from './limits';
import { ownerOf } from './users';

/** Which client mounts an NFS volume. */
export const NFS_DRIVERS = ['in-tree', 'csi'] as const;

/** Which client mounts an NFS volume. */
export type NfsDriver = (typeof NFS_DRIVERS)[number];

/** Where the data of an NFS volume is. */
export function nfsSource(
  { server, path }: { readonly server: string; readonly path: string },
  driver: NfsDriver,
  accessMode: NfsAccessMode,
  volumeName: string,
): PersistentVolumeSource {
  const readOnly = accessMode === 'ReadOnlyMany' && { readOnly: true };
  return driver === 'in-tree'
    ? { nfs: { server, path, ...readOnly } }
    : {
        csi: {
          driver: NFS_CSI_DRIVER,
          // Two volumes of one handle would be one volume to the kubelet: the name keeps them apart.
          // Source: csi-driver-nfs, deploy/example/pv-nfs-csi.yaml.
          volumeHandle: `${server}#${path}#${volumeName}`,
          ...readOnly,
          volumeAttributes: { server, share: path },
        },
      };
}

/** What a workload has to know of an NFS volume; `nfs` is what is known of its export. */
export function nfsTraits(driver: NfsDriver, nfs: NfsTraits = {}, readOnly = false): VolumeTraits {
  const owner = ownerOf(nfs, readOnly);
  return {
    driver: driver === 'csi' ? NFS_CSI_DRIVER : 'kubernetes.io/nfs',
    attaches: false,
    honoursFsGroup: false,
    hasLostAndFound: false,
    nfs,
    ...(owner && { owner }),
  };
}
