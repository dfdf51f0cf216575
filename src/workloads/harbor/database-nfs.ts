import { refuse } from '../../kube/storage-error';
import { HARBOR_UIDS } from './harbor-chart';
import type { HarborOnStorageProps } from './harbor-on-storage-props';
import { type CheckedPart, nameOf } from './parts';

/** The anonymous user of a server that is told no other (exports(5)). */
const NOBODY = 65534;

/**
 * Refuses a database on NFS whose server may take its folder away from it.
 *
 * PostgreSQL does not start over a data directory that another user owns, or that others can read
 * (postgres, src/backend/utils/init/miscinit.c, checkDataDir). The chart sets the mode and never the
 * owner (goharbor/harbor-helm, templates/database/database-ss.yaml, `data-permissions-ensurer`), and
 * what PostgreSQL makes on an export with `all_squash` is the anonymous user's. Under csi-driver-nfs
 * the kubelet walks the volume as root to give it to fsGroup, which ends, and the pod with it, at a
 * folder of mode 0700 where root is squashed (kubernetes, pkg/volume/volume_linux.go).
 *
 * @throws StorageError `HarborDatabaseNfs`
 */
export function checkDatabase(
  place: string,
  part: CheckedPart | undefined,
  database: HarborOnStorageProps['database'],
): void {
  const traits = part?.kind === 'class' ? part.from.traits : part?.claim.traits;
  const nfs = traits?.nfs;
  if (part === undefined || nfs === undefined || typeof database === 'string') {
    return;
  }
  const own = HARBOR_UIDS.database;
  if (nfs.squash === 'all') {
    const uid = nfs.anonUid ?? NOBODY;
    if (uid !== own) {
      refuse(
        'HarborDatabaseNfs',
        place,
        `'database' must be on an export that leaves UID ${own} its files, got ${nameOf(part)} on one that gives all files to UID ${uid}: PostgreSQL does not start over a folder that another user owns; take a disk, or an export whose anonymous UID is ${own}`,
      );
    }
    return;
  }
  if (nfs.squash !== 'none' && database.allowNfs !== true) {
    refuse(
      'HarborDatabaseNfs',
      place,
      `'database' must be on a disk, got ${nameOf(part)} on NFS, whose server squashes root unless it is told otherwise: PostgreSQL needs a folder that UID ${own} owns and nobody else can read; set 'database.allowNfs' where the export leaves both users their rights`,
    );
  }
}
