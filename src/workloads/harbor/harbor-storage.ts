import { Construct } from 'constructs';
import type { IClaim, IStorageClass } from '../../claims/contracts';
import type { AccessMode } from '../../kube/access-mode';
import * as types from '../../kube/props';
import type { QuantityInput } from '../../kube/quantity';
import { isClaim } from '../mounts';

/** Access modes that a part of Harbor can write with. */
export const HARBOR_ACCESS_MODES = [
  'ReadWriteOnce',
  'ReadWriteMany',
  'ReadWriteOncePod',
] as const satisfies readonly AccessMode[];

/** An access mode that a part of Harbor can write with. */
export type HarborAccessMode = (typeof HARBOR_ACCESS_MODES)[number];

/** Storage that the chart claims, from a class of this library. */
export interface HarborClassStorage {
  /** The storage class, or the pool, that the chart's claim is made from. */
  readonly from: IStorageClass;

  /**
   * How much room the claim asks for, such as `'200Gi'`.
   *
   * @default - the chart's: 5Gi for registry and Trivy, else 1Gi
   */
  readonly size?: QuantityInput;

  /**
   * How many nodes may write it at once.
   *
   * @default - for registry and job log the class's: ReadWriteOnce for disks, ReadWriteMany for NFS;
   * else ReadWriteOnce, or what the class has beside ReadWriteMany
   */
  readonly accessMode?: HarborAccessMode;

  /** A class makes the claim. */
  readonly claim?: never;

  /** A claim of its own is used as a whole. */
  readonly subPath?: never;
}

/** Storage in a claim that is there before Harbor is. */
export interface HarborClaimStorage {
  /** The claim: a folder that can be written, in Harbor's namespace. */
  readonly claim: IClaim<HarborAccessMode, 'Filesystem'>;

  /**
   * The folder of the claim that is used: a relative path without `..`. Parts that share a claim need
   * one each.
   *
   * @default - all of it
   */
  readonly subPath?: string;

  /** The claim is made already. */
  readonly from?: never;

  /** The claim has its size. */
  readonly size?: never;

  /** The claim has its access mode. */
  readonly accessMode?: never;
}

/** Where a part of Harbor keeps its files. */
export type HarborStorage = HarborClassStorage | HarborClaimStorage;

/** Where Harbor's PostgreSQL keeps its files. */
export type HarborDatabaseStorage = HarborStorage & {
  /**
   * Whether the files may be on NFS whose export may squash users.
   *
   * PostgreSQL runs as UID 999 and starts only over a folder of mode 0700 or 0750 that its own UID
   * owns. An export with `all_squash` gives the folder to the anonymous user, unless that is
   * UID 999. Under csi-driver-nfs root has to make the volume's folder, to give it to fsGroup 999 and
   * to look into it again at each start; an export with `root_squash`, the default, takes root's
   * rights, so that it needs `no_root_squash`. Mount it `hard` and export it `sync`: a server that
   * answers before it has written loses transactions (PostgreSQL, "File Systems").
   *
   * Volumes of an NfsServer's exports are known and need no word: a folder of UID 999 is taken, one of
   * another user never.
   *
   * @default false
   */
  readonly allowNfs?: boolean;
};

/** A storage class as a prop. */
const CLASS: types.PropType = {
  expected: 'a storage class or a pool of this library',
  accepts: (value) =>
    types.isObject(value) &&
    typeof value.storageClassName === 'string' &&
    typeof value.checkClaim === 'function',
};

/** Storage of a part as a prop; which form it is, is checked with what belongs to it. */
const STORAGE = {
  from: types.optional(CLASS),
  size: types.optional(types.size),
  accessMode: types.optional(types.oneOf(HARBOR_ACCESS_MODES)),
  claim: types.optional({
    expected: 'a claim: what NfsVolume is, what a class makes, or Claim.fromClaimName',
    accepts: isClaim,
  }),
  subPath: types.optional(types.text),
} satisfies types.PropTypes<HarborStorage>;

/** Storage of a part, or the word that stands for having none. */
export function storageProp(word?: string): types.PropType {
  return orWord(STORAGE, word);
}

/** Storage of the database, or the word that stands for having none. */
export function databaseProp(word: string): types.PropType {
  return orWord({ ...STORAGE, allowNfs: types.optional(types.flag) }, word);
}

function orWord(
  props: Readonly<Record<string, types.PropType>>,
  word: string | undefined,
): types.PropType {
  return {
    ...types.nested(props),
    expected: `storage, { from: a class } or { claim: a claim }${word === undefined ? '' : `, or '${word}'`}`,
    // A class or a claim itself is what one writes at first; its own props are of no use to tell.
    accepts: (value) =>
      (types.isObject(value) && !Construct.isConstruct(value)) ||
      (word !== undefined && value === word),
  };
}
