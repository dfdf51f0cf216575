import type { IStorage } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { AccessMode } from '../kube/access-mode';
import type { VolumeMode } from '../kube/volume-mode';

/**
 * A PersistentVolumeClaim that a workload can use.
 *
 * Its access mode and volume mode are literal types, so that a workload says in its props what it
 * needs and a claim that cannot give it does not compile. It is a cdk8s-plus `IStorage`:
 * `container.mount('/data', claim)` works, in several containers too.
 */
export interface IClaim<M extends AccessMode = AccessMode, V extends VolumeMode = VolumeMode>
  extends IConstruct,
    IStorage {
  /** Name of the PersistentVolumeClaim. */
  readonly claimName: string;

  /** How many nodes or pods may use it, and how. */
  readonly accessMode: M;

  /** Whether it comes as a folder (Filesystem) or as a device (Block). */
  readonly volumeMode: V;

  /** The claim's namespace, where it is known; pods of no other namespace can use it. */
  readonly namespace?: string | undefined;
}

/** A claim that pods on any number of nodes can write at once. */
export interface ISharedClaim extends IClaim<'ReadWriteMany', 'Filesystem'> {}

/** A claim that comes as a raw device: a container takes it by `volumeDevices`, it is not mounted. */
export interface IBlockClaim extends IClaim<AccessMode, 'Block'> {}
