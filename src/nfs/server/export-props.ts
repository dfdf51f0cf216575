import type { FileOwner } from '../../claims/contracts';
import * as types from '../../kube/props';
import { NFS_SQUASHES, type NfsSquash } from '../limits';
import { FOLDER_OWNER } from '../users';
import { MOST_INT, NFS_EXPORT_ACCESSES, type NfsExportAccess } from './limits';

/** What every export has. */
export interface NfsExportFolder {
  /**
   * The folder on the server: an absolute path, written the shortest way, that is no folder of the
   * system. Exports do not lie within each other: a client of the outer one would reach the inner
   * one by rules that are not its own.
   */
  readonly path: string;

  /**
   * The networks of the machines that may mount it, which are the nodes and not the pods, such as
   * `'172.26.0.0/16'` and `'fd00:26::/64'`; `'172.26.1.11/32'` is one machine. Names are not taken:
   * whoever answers for the name would be let in.
   */
  readonly clients: readonly string[];

  /**
   * Says for the second time that any machine that reaches the server may mount the export: without
   * it `'0.0.0.0/0'`, `'::/0'`, `'*'` and an empty list of clients are refused.
   *
   * @default false
   */
  readonly openToEveryone?: boolean;

  /**
   * Number by which clients know the file system, from 1 to 2147483647, unique on the server. Give
   * one where the folder moves to another path and its clients shall not notice; changed under them,
   * what they hold open becomes a stale handle.
   *
   * @default - a UUID that is made from `path`, and so survives a new disk and a new server
   */
  readonly fsid?: number;
}

/** An export that its clients write. */
export interface NfsWritableExport {
  /**
   * Clients read and write.
   *
   * @default 'rw'
   */
  readonly access?: 'rw';

  /**
   * Whether the server says that data is written before it is on the disk. That is faster, and when
   * the server crashes or loses power, the last seconds of what clients were told is safe are lost:
   * without an error, in the middle of files, and with databases corrupted.
   *
   * @default false - `sync`
   */
  readonly async?: boolean;
}

/** An export that its clients only read. */
export interface NfsReadOnlyExport {
  /** Clients only read: its volumes are ReadOnlyMany. */
  readonly access: 'ro';

  /** Nothing is written. */
  readonly async?: never;
}

/** An export on which root of a client is nobody, and every other user himself. */
export interface NfsRootSquash {
  /**
   * Root of a client is the server's user nobody, every other UID itself. The kubelet is root as
   * well: it cannot open a `subPath` of such a volume, nor can a provisioner make folders there, and
   * both are refused. Squash `all` lets both.
   *
   * @default 'root'
   */
  readonly squash?: 'root';

  /**
   * Owner of the folder: the UID and GID that the app runs with.
   *
   * @default - 1000 and 1000, as apps run; root where clients only read
   */
  readonly owner?: FileOwner;

  /** For `squash: 'all'`. */
  readonly anonUid?: never;

  /** For `squash: 'all'`. */
  readonly anonGid?: never;

  /** For `squash: 'none'`. */
  readonly trustClientRoot?: never;
}

/** An export on which every user of every client is one user of the server. */
export interface NfsAllSquash {
  /** Every user of a client is the user `anonUid` of the server: what one writes, all may read. */
  readonly squash: 'all';

  /**
   * UID of that user, from 1 to 2147483647: it owns the folder and whatever is written, and apps
   * over the export's volumes run as it.
   */
  readonly anonUid: number;

  /** Its GID, from 1 to 2147483647. */
  readonly anonGid: number;

  /** The anonymous user. */
  readonly owner?: never;

  /** For `squash: 'none'`. */
  readonly trustClientRoot?: never;
}

/** An export on which root of a client is root. */
export interface NfsNoSquash {
  /** Every UID is itself, root included. */
  readonly squash: 'none';

  /**
   * Says for the second time that whoever is root on a client may read, change and give away every
   * file of the export, and leave programs on it that run as root where they are started.
   */
  readonly trustClientRoot: true;

  /**
   * Owner of the folder: the UID and GID that the app runs with.
   *
   * @default - 1000 and 1000, as apps run; root where clients only read
   */
  readonly owner?: FileOwner;

  /** For `squash: 'all'`. */
  readonly anonUid?: never;

  /** For `squash: 'all'`. */
  readonly anonGid?: never;
}

/** A folder that an NfsServer exports: to whom, for what, and who its users are there. */
export type NfsExportProps = NfsExportFolder &
  (NfsWritableExport | NfsReadOnlyExport) &
  (NfsRootSquash | NfsAllSquash | NfsNoSquash);

/** All props that an export can have, for what plain JavaScript says. */
export interface AnyNfsExportProps extends NfsExportFolder {
  readonly access?: NfsExportAccess;
  readonly async?: boolean;
  readonly squash?: NfsSquash;
  readonly owner?: FileOwner;
  readonly anonUid?: number;
  readonly anonGid?: number;
  readonly trustClientRoot?: boolean;
}

// Everyone would be root.
const ANONYMOUS_ID = types.optional(types.wholeNumber(1, MOST_INT));

const EXPORT_PROPS: types.PropTypes<AnyNfsExportProps> = {
  path: types.text,
  clients: types.listOf(types.text),
  openToEveryone: types.optional(types.flag),
  access: types.optional(types.oneOf(NFS_EXPORT_ACCESSES)),
  async: types.optional(types.flag),
  squash: types.optional(types.oneOf(NFS_SQUASHES)),
  anonUid: ANONYMOUS_ID,
  anonGid: ANONYMOUS_ID,
  owner: types.optional(FOLDER_OWNER),
  trustClientRoot: types.optional(types.flag),
  fsid: types.optional(types.wholeNumber(1, MOST_INT)),
};

/** Exports by name, as a prop. */
export const EXPORTS: types.PropType = {
  expected:
    "exports by name (lower case letters, digits and '-', at most 63), each an object with 'path' and 'clients'; at least one",
  accepts: (value) =>
    types.isObject(value) &&
    Object.keys(value).length > 0 &&
    Object.keys(value).every(types.labelName.accepts),
  entry: types.nested(EXPORT_PROPS),
};
