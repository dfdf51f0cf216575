import { App, Chart } from 'cdk8s';
import type {
  PooledVolume,
  PooledVolumeDescription,
  VolumePoolProps,
} from '../../src/claims/volume-pool';
import { quantity } from '../../src/kube/quantity';

/** A chart of the namespace shop. */
export function shop(): Chart {
  return new Chart(new App(), 'shop', { namespace: 'shop' });
}

/** A volume that an administrator prepared, of no driver of this library. */
export function disk(
  name: string,
  capacity: string,
  description: Partial<PooledVolumeDescription> = {},
): PooledVolume {
  return {
    describe: () => ({
      identity: [name],
      handle: `disk/${name}`,
      capacity: quantity(capacity),
      accessMode: 'ReadWriteOnce',
      volumeMode: 'Filesystem',
      traits: {
        driver: 'disk.example.com',
        attaches: true,
        honoursFsGroup: true,
        hasLostAndFound: true,
      },
      source: (volumeName) => ({
        csi: { driver: 'disk.example.com', volumeHandle: `${name} as ${volumeName}` },
      }),
      ...description,
    }),
  };
}

/** Volumes of these sizes. */
export function disks(...capacities: readonly string[]): VolumePoolProps['volumes'] {
  const [first, ...others] = capacities.map((capacity, index) => disk(`d${index}`, capacity));
  return [first as PooledVolume, ...others];
}
