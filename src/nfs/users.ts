import type { FileOwner, NfsTraits, VolumeOwner } from '../claims/contracts';
import * as types from '../kube/props';
import { NFS_SQUASHES } from './limits';

/** Largest UID and GID that Kubernetes takes (apis/core/validation: 0 to 2^31 - 1). */
const MOST_ID = 2 ** 31 - 1;

const ID = types.wholeNumber(0, MOST_ID);

/** The owner of a folder, as a prop. */
export const FOLDER_OWNER: types.PropType = types.nested({
  uid: ID,
  gid: ID,
} satisfies types.PropTypes<FileOwner>);

/** What an NFS server makes of its users, as a prop. */
export const NFS_USERS: types.PropType = types.nested({
  squash: types.optional(types.oneOf(NFS_SQUASHES)),
  anonUid: types.optional(ID),
  anonGid: types.optional(ID),
  folderOwner: types.optional(FOLDER_OWNER),
  rootEnters: types.optional(types.flag),
} satisfies types.PropTypes<NfsTraits>);

/**
 * Who owns the files of a volume on a server, where that is known.
 *
 * @param users - what the server makes of its users
 * @param readOnly - whether pods only read the volume: then no owner is imposed on anything
 */
export function ownerOf(
  { squash, anonUid, anonGid, folderOwner }: NfsTraits,
  readOnly: boolean,
): VolumeOwner | undefined {
  const all = squash === 'all' && anonUid !== undefined && anonGid !== undefined;
  const owner = all ? { uid: anonUid, gid: anonGid } : folderOwner;
  // No app runs as root for the sake of a folder.
  return owner === undefined || owner.uid === 0
    ? undefined
    : { uid: owner.uid, gid: owner.gid, imposed: all && !readOnly };
}
