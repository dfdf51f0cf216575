import { readSize } from '../claims/size';
import type { PooledVolume } from '../claims/volume-pool';
import { nodesWithLabels } from '../kube/node-selector';
import { absolutePathProblem } from '../kube/paths';
import * as types from '../kube/props';
import type { QuantityInput } from '../kube/quantity';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import { HOSTNAME_LABEL } from './limits';

/** A folder or disk of one node, prepared by an administrator. */
export interface PooledLocalVolumeProps {
  /** The node's `kubernetes.io/hostname` label; on some clouds it is not the node's name. */
  readonly hostname: string;

  /** The folder, which exists: an absolute path without `..`, and not `/`. */
  readonly path: string;

  /** Size of the volume, such as `'100Gi'`; a folder holds what its disk has, nothing enforces it. */
  readonly capacity: QuantityInput;
}

const POOLED_LOCAL_VOLUME_PROPS: types.PropTypes<PooledLocalVolumeProps> = {
  hostname: {
    expected: 'the value of a kubernetes.io/hostname label',
    accepts: (value) => types.labels.accepts({ [HOSTNAME_LABEL]: value }) && value !== '',
  },
  path: types.text,
  capacity: types.size,
};

/**
 * Folders and disks of nodes, for a VolumePool.
 *
 * `local` and not hostPath: the scheduler knows the node, the kubelet refuses a path that is not
 * there, and the pod's fsGroup gets the files.
 */
export const LocalVolume = {
  /**
   * A folder of a node, as a volume of a pool.
   *
   * @throws StorageError `LocalPath`, `SizeInvalid`, `PropMissing`, `PropType`, `PropUnknown`, when
   * the pool is made
   */
  pooled(props: PooledLocalVolumeProps): PooledVolume<'ReadWriteOnce', 'Filesystem'> {
    return {
      describe: (place, prop) => {
        types.checkProps(place, 'LocalVolume.pooled', props, POOLED_LOCAL_VOLUME_PROPS, prop);
        const { hostname, path } = props;
        // One folder is one volume, however its path is written.
        const folders = path.split('/').filter((part) => !['', '.'].includes(part));
        const problem =
          absolutePathProblem(path) ??
          (folders.length === 0 ? `must be a folder below '/', got ${show(path)}` : undefined);
        if (problem !== undefined) {
          refuse('LocalPath', place, `'${prop}.path' ${problem}`);
        }
        return {
          handle: `local/${[hostname, ...folders].join('/')}`,
          identity: [hostname, ...folders],
          capacity: readSize(place, `${prop}.capacity`, props.capacity),
          accessMode: 'ReadWriteOnce',
          volumeMode: 'Filesystem',
          traits: {
            driver: 'kubernetes.io/local-volume',
            attaches: false,
            honoursFsGroup: true,
            // A folder has none, the root of a disk has: a part of either serves.
            hasLostAndFound: true,
          },
          source: () => ({ local: { path } }),
          nodes: nodesWithLabels({ [HOSTNAME_LABEL]: hostname }),
        };
      },
    };
  },
} as const;
