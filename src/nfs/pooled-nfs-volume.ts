import type { NfsTraits } from '../claims/contracts';
import { readSize } from '../claims/size';
import type { PooledVolume } from '../claims/volume-pool';
import * as types from '../kube/props';
import type { QuantityInput } from '../kube/quantity';
import { checkExportPath, checkServer } from './export';
import { DEFAULT_NFS_MOUNT_OPTIONS, type NfsMountOption } from './limits';
import { readMountOptions } from './mount-options';
import { NFS_DRIVERS, type NfsDriver, nfsSource, nfsTraits } from './source';
import { NFS_USERS } from './users';

/** A folder of an export, for a VolumePool. */
export interface PooledNfsVolumeProps {
  /** The server: an IPv4 or IPv6 address, or a DNS name that the nodes resolve. */
  readonly server: string;

  /** The folder, which exists: an absolute path without `..`. */
  readonly path: string;

  /** Size of the volume, such as `'100Gi'`; NFS enforces it nowhere. */
  readonly capacity: QuantityInput;

  /**
   * Options of the mount, as in nfs(5); given ones replace the default ones.
   *
   * @default ['hard', 'nfsvers=4.1']
   */
  readonly mountOptions?: readonly NfsMountOption[];

  /**
   * Which client mounts the volume: see NfsVolume.
   *
   * @default 'in-tree'
   */
  readonly driver?: NfsDriver;

  /**
   * What the server makes of the users that reach it: see NfsVolume.
   *
   * @default - not known
   */
  readonly users?: NfsTraits;
}

const POOLED_NFS_VOLUME_PROPS: types.PropTypes<PooledNfsVolumeProps> = {
  server: types.text,
  path: types.text,
  capacity: types.size,
  mountOptions: types.optional(types.listOf(types.text)),
  driver: types.optional(types.oneOf(NFS_DRIVERS)),
  users: types.optional(NFS_USERS),
};

/** A folder of an export, as a volume of a pool; `NfsVolume.pooled` calls it. */
export function pooledNfsVolume(
  props: PooledNfsVolumeProps,
): PooledVolume<'ReadWriteMany', 'Filesystem'> {
  return {
    describe: (place, prop) => {
      types.checkProps(place, 'NfsVolume.pooled', props, POOLED_NFS_VOLUME_PROPS, prop);
      const { server, path, driver = 'in-tree' } = props;
      checkServer(place, server, driver, undefined, `${prop}.server`);
      checkExportPath(place, path, `${prop}.path`);
      const parts = path.split('/').filter(Boolean);
      return {
        handle: `nfs/${server}/${parts.join('/')}`,
        identity: [server, ...parts],
        capacity: readSize(place, `${prop}.capacity`, props.capacity),
        accessMode: 'ReadWriteMany',
        volumeMode: 'Filesystem',
        traits: nfsTraits(driver, props.users),
        mountOptions: readMountOptions(place, props, DEFAULT_NFS_MOUNT_OPTIONS),
        source: (volumeName) => nfsSource(props, driver, 'ReadWriteMany', volumeName),
      };
    },
  };
}
