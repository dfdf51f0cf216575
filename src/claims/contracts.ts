import type { IStorage } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { AccessMode } from '../kube/access-mode';
import type { Quantity } from '../kube/quantity';
import type { ErrorPlace } from '../kube/storage-error';
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

  /**
   * The claim's namespace; pods of no other namespace can use it.
   *
   * @default - not known
   */
  readonly namespace?: string | undefined;

  /**
   * What a workload has to know of the volume.
   *
   * @default - not known
   */
  readonly traits?: VolumeTraits | undefined;
}

/** A claim that pods on any number of nodes can write at once. */
export interface ISharedClaim extends IClaim<'ReadWriteMany', 'Filesystem'> {}

/** A claim that comes as a raw device: a container takes it by `volumeDevices`, it is not mounted. */
export interface IBlockClaim extends IClaim<AccessMode, 'Block'> {}

/** What an NFS server makes of the users that reach it (exports(5), "User ID Mapping"). */
export interface NfsTraits {
  /**
   * Whose files the server gives to its anonymous user: root's, everybody's or nobody's.
   *
   * @default - nobody said it; servers squash root unless they are told otherwise
   */
  readonly squash?: 'root' | 'all' | 'none' | undefined;

  /**
   * UID of the anonymous user.
   *
   * @default - nobody said it; 65534 unless the server is told otherwise
   */
  readonly anonUid?: number | undefined;

  /**
   * GID of the anonymous user.
   *
   * @default - nobody said it; 65534 unless the server is told otherwise
   */
  readonly anonGid?: number | undefined;

  /**
   * Owner of the exported folder.
   *
   * @default - nobody said it, or the anonymous user where everybody is that
   */
  readonly folderOwner?: FileOwner | undefined;

  /**
   * Whether root of a node may enter the exported folder. The kubelet is root: where it may not, no
   * container with a `subPath` of the volume starts, and apps over it are refused one.
   *
   * @default - nobody said it, and nothing is refused
   */
  readonly rootEnters?: boolean | undefined;
}

/** The owner of files. */
export interface FileOwner {
  /** Numeric UID, from 0 to 2147483647. */
  readonly uid: number;

  /** Numeric GID, from 0 to 2147483647. */
  readonly gid: number;
}

/** Who owns the files of a volume. */
export interface VolumeOwner extends FileOwner {
  /**
   * Whether whatever is written gets this owner, whoever writes it, as on an NFS export with
   * `all_squash`. An app then runs as this owner, and one that says another is refused: it would
   * find its own files to be somebody else's. Where not, the volume's folder has this owner, and an
   * app runs as it unless it says another.
   */
  readonly imposed: boolean;
}

/** What a workload has to know of a volume. */
export interface VolumeTraits {
  /** The CSI driver or the provisioner. */
  readonly driver: string;

  /** Whether a volume is attached to a node, and so to one node at a time. */
  readonly attaches: boolean;

  /** Whether a volume's files can be given to the pod's fsGroup, whatever else is set up. */
  readonly honoursFsGroup: boolean;

  /** Whether a fresh volume holds a `lost+found` that many servers refuse to start over. */
  readonly hasLostAndFound: boolean;

  /**
   * Whose files they are where the volume is on an NFS server.
   *
   * @default - the volume is on none
   */
  readonly nfs?: NfsTraits | undefined;

  /**
   * Who owns its files: apps over it run as that owner by default.
   *
   * @default - not known
   */
  readonly owner?: VolumeOwner | undefined;
}

/** What is asked of a class. */
export interface ClaimRequest {
  /** The size of each claim. */
  readonly size: Quantity;

  /** The access mode of each claim. */
  readonly accessMode: AccessMode;

  /** The volume mode of each claim. */
  readonly volumeMode: VolumeMode;

  /** How many claims: the replicas of a StatefulApp, 1 for a claim of its own. */
  readonly count: number;
}

/** A storage class of this library, or a pool of volumes under one: what claims are made from. */
export interface IStorageClass extends IConstruct {
  /** Name of the StorageClass. */
  readonly storageClassName: string;

  /** What a workload has to know of its volumes. */
  readonly traits: VolumeTraits;

  /** The access mode of a claim that does not say one. */
  readonly defaultAccessMode: AccessMode;

  /**
   * Refuses claims that the class could not serve.
   *
   * @param place - the construct that asks, or its path
   * @param request - what it asks for
   * @throws StorageError with a code of the driver's
   */
  checkClaim(place: ErrorPlace, request: ClaimRequest): void;
}
