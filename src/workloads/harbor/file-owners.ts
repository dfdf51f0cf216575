import type { VolumeTraits } from '../../claims/contracts';
import { refuse } from '../../kube/storage-error';
import { NFS_CSI_DRIVER } from '../../nfs/limits';
import { HARBOR_UIDS, type HarborPart } from './harbor-chart';
import type { HarborOnStorageProps } from './harbor-on-storage-props';
import { type CheckedPart, nameOf } from './parts';

/** The anonymous user of a server that is told no other (exports(5)). */
const NOBODY = 65534;

/**
 * Refuses files that a part could not write, or that are taken away from the database.
 *
 * @throws StorageError `HarborOwner`, `HarborDatabaseNfs`
 */
export function checkOwners(
  place: string,
  parts: ReadonlyMap<HarborPart, CheckedPart>,
  { database }: HarborOnStorageProps,
): void {
  for (const storage of parts.values()) {
    const traits = storage.kind === 'class' ? storage.from.traits : storage.claim.traits;
    if (traits !== undefined) {
      checkFolder(place, storage, traits);
    }
    if (storage.part === 'database' && typeof database === 'object') {
      checkDatabase(place, storage, traits, database.allowNfs === true);
    }
  }
}

// The chart has no value for its pods' UIDs; their fsGroup, the same number, is a group of theirs on
// NFS too.
function checkFolder(place: string, storage: CheckedPart, { owner }: VolumeTraits): void {
  const id = HARBOR_UIDS[storage.part];
  if (owner !== undefined && !owner.imposed && owner.uid !== id && owner.gid !== id) {
    refuse(
      'HarborOwner',
      place,
      `'${storage.part}' must be on a folder of UID or GID ${id}, got ${nameOf(storage)} on one of ${owner.uid}:${owner.gid}; give the export that owner, or squash 'all'`,
    );
  }
}

/**
 * Refuses a database on NFS whose server may take its folder away from it.
 *
 * PostgreSQL does not start over a data directory that another user owns, or that others can read
 * (postgres, src/backend/utils/init/miscinit.c, checkDataDir). The chart sets the mode and never the
 * owner (goharbor/harbor-helm, templates/database/database-ss.yaml, `data-permissions-ensurer`), and
 * what PostgreSQL makes on an export with `all_squash` is the anonymous user's. Under csi-driver-nfs
 * the kubelet walks the volume as root to give it to fsGroup, which ends, and the pod with it, at a
 * folder of mode 0700 where root is squashed (kubernetes, pkg/volume/volume_linux.go).
 */
function checkDatabase(
  place: string,
  storage: CheckedPart,
  traits: VolumeTraits | undefined,
  allowNfs: boolean,
): void {
  const nfs = traits?.nfs;
  const own = HARBOR_UIDS.database;
  const uid = nfs?.squash === 'all' ? (nfs.anonUid ?? NOBODY) : own;
  if (uid !== own) {
    refuse(
      'HarborDatabaseNfs',
      place,
      `'database' must be on an export that leaves UID ${own} its files, got ${nameOf(storage)} on one that gives all files to UID ${uid}: PostgreSQL does not start over a folder that another user owns; take a disk, or an export whose anonymous UID is ${own}`,
    );
  }
  if (!(traits === undefined || allowNfs || keepsOwner(traits))) {
    refuse(
      'HarborDatabaseNfs',
      place,
      `'database' must be on a disk, got ${nameOf(storage)} on NFS, whose server squashes root unless it is told otherwise: PostgreSQL needs a folder that UID ${own} owns and nobody else can read; set 'database.allowNfs' where the export leaves both users their rights`,
    );
  }
}

/** Whether the files of PostgreSQL stay its own, by what is known of the volume. */
function keepsOwner({ driver, nfs, owner }: VolumeTraits): boolean {
  if (nfs === undefined || nfs.squash === 'none' || nfs.squash === 'all') {
    return true;
  }
  // The kubelet leaves an in-tree volume alone, so that it takes no root to use a folder of one's own.
  return nfs.squash === 'root' && owner !== undefined && driver !== NFS_CSI_DRIVER;
}
