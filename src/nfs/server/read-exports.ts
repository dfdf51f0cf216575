import { createHash } from 'node:crypto';
import type { FileOwner, NfsTraits } from '../../claims/contracts';
import { show } from '../../kube/show';
import { refuse } from '../../kube/storage-error';
import type { AnyNfsExportProps } from './export-props';
import {
  clientProblem,
  EVERY_CLIENT,
  exportPathProblem,
  isWithin,
  type NfsExportAccess,
  NOBODY,
} from './limits';

/** An export with everything said. */
export interface CheckedExport {
  readonly name: string;
  readonly path: string;
  readonly access: NfsExportAccess;

  /** The machines that may mount it, as exports(5) has them; at least one. */
  readonly clients: readonly string[];

  /** What all of them may do, in the words of exports(5). */
  readonly options: readonly string[];

  /** Owner of the folder, and its mode. */
  readonly folder: FileOwner & { readonly mode: string };

  /** What the server makes of its users. */
  readonly users: NfsTraits;
}

/** UID and GID that apps of this library run with where nothing else is said. */
const APP_ID = 1000;

/**
 * Modes of the folders: whoever writes and his group, nobody else. Where UIDs stay apart, the group
 * is passed on to what is made in the folder. One that is only read can be read by everyone.
 */
const MODES = { squashed: '0770', written: '2770', read: '0755' } as const;

/**
 * Refuses exports that cannot be, would not be safe or contradict each other, and fills in the rest.
 *
 * @throws StorageError `NfsExportPath`, `NfsClients`, `NfsSquash`, `NfsAsync`, `NfsFsid`
 */
export function readExports(
  place: string,
  exports: Readonly<Record<string, AnyNfsExportProps>>,
): CheckedExport[] {
  const read = Object.entries(exports).map(([name, props]) => readExport(place, name, props));
  for (const [index, one] of read.entries()) {
    for (const other of read.slice(0, index)) {
      refuseOverlap(place, one, other);
    }
  }
  refuseFsidTwice(place, exports);
  return read;
}

function readExport(place: string, name: string, props: AnyNfsExportProps): CheckedExport {
  const { path, clients, access = 'rw', openToEveryone = false } = props;
  const prop = `exports.${name}`;
  const wrongPath = exportPathProblem(path);
  if (wrongPath !== undefined) {
    refuse('NfsExportPath', place, `'${prop}.path' ${wrongPath}`);
  }
  const wrongClient = clientProblem(clients, openToEveryone);
  if (wrongClient !== undefined) {
    const { index, problem } = wrongClient;
    const at = index === undefined ? '' : `[${index}]`;
    refuse('NfsClients', place, `'${prop}.clients${at}' ${problem}`);
  }
  checkPairing(place, prop, props);
  return {
    name,
    path,
    access,
    clients: clients.length === 0 ? [EVERY_CLIENT] : clients,
    options: optionsOf(props),
    folder: folderOf(props),
    users: usersOf(props),
  };
}

// The types say so; plain JavaScript has none.
function checkPairing(place: string, prop: string, props: AnyNfsExportProps): void {
  const { access, async, squash = 'root', trustClientRoot, owner } = props;
  if (access === 'ro' && async !== undefined) {
    refuse(
      'NfsAsync',
      place,
      `'${prop}.async' must be left out where clients only read, got ${async}`,
    );
  }
  for (const key of ['anonUid', 'anonGid'] as const) {
    if (squash === 'all' && props[key] === undefined) {
      refuse('NfsSquash', place, `'${prop}.${key}' must be set beside squash 'all', got undefined`);
    }
    if (squash !== 'all' && props[key] !== undefined) {
      refuse(
        'NfsSquash',
        place,
        `'${prop}.${key}' must be left out beside squash '${squash}', got ${props[key]}; it is for squash 'all'`,
      );
    }
  }
  if (squash === 'all' && owner !== undefined) {
    refuse(
      'NfsSquash',
      place,
      `'${prop}.owner' must be left out beside squash 'all', got ${show(owner)}; the folder is of 'anonUid' and 'anonGid'`,
    );
  }
  if (squash === 'none' && trustClientRoot !== true) {
    refuse(
      'NfsSquash',
      place,
      `'${prop}.trustClientRoot' must be true beside squash 'none', got ${trustClientRoot}: root of every client is root on the export`,
    );
  }
  if (squash !== 'none' && trustClientRoot !== undefined) {
    refuse(
      'NfsSquash',
      place,
      `'${prop}.trustClientRoot' must be left out beside squash '${squash}', got ${trustClientRoot}; it is for squash 'none'`,
    );
  }
}

// Written out although some are exportfs' defaults: those have changed, and it warns without them.
function optionsOf(props: AnyNfsExportProps): string[] {
  const { access = 'rw', async = false, squash = 'root', anonUid, anonGid, path, fsid } = props;
  return [
    access,
    async ? 'async' : 'sync',
    'no_subtree_check',
    ...(squash === 'all'
      ? ['all_squash', `anonuid=${anonUid}`, `anongid=${anonGid}`]
      : [squash === 'none' ? 'no_root_squash' : 'root_squash']),
    `fsid=${fsid ?? stableId(path)}`,
  ];
}

/** A UUID of a path: version 8, which is for those that are made otherwise (RFC 9562, section 5.8). */
function stableId(path: string): string {
  const hex = createHash('sha256').update(path).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function folderOf({
  access,
  squash,
  anonUid = 0,
  anonGid = 0,
  owner,
}: AnyNfsExportProps): CheckedExport['folder'] {
  if (access === 'ro') {
    return { uid: owner?.uid ?? 0, gid: owner?.gid ?? 0, mode: MODES.read };
  }
  return squash === 'all'
    ? { uid: anonUid, gid: anonGid, mode: MODES.squashed }
    : { uid: owner?.uid ?? APP_ID, gid: owner?.gid ?? APP_ID, mode: MODES.written };
}

// One that everybody reads belongs to who fills it on the server, and says nothing of the apps.
function usersOf(props: AnyNfsExportProps): NfsTraits {
  const { access, squash = 'root', anonUid, anonGid } = props;
  const { uid, gid } = folderOf(props);
  const written = access !== 'ro';
  return {
    squash,
    ...(squash === 'all' && { anonUid, anonGid }),
    ...(squash !== 'all' && written && { folderOwner: { uid, gid } }),
    // A folder that is written is closed to all but its owner and group.
    ...(squash === 'root' && written && { rootEnters: uid === NOBODY || gid === NOBODY }),
  };
}

function refuseOverlap(place: string, one: CheckedExport, other: CheckedExport): void {
  if (one.path === other.path) {
    refuse(
      'NfsExportPath',
      place,
      `'exports.${one.name}.path' must be a folder of its own, got ${show(one.path)}, which '${other.name}' has; give one export all clients`,
    );
  }
  const [inner, outer] = isWithin(one.path, other.path) ? [one, other] : [other, one];
  if (isWithin(inner.path, outer.path)) {
    refuse(
      'NfsExportPath',
      place,
      `'exports.${inner.name}.path' must not lie in another export, got ${show(inner.path)} in ${show(outer.path)} of '${outer.name}'; put them side by side`,
    );
  }
}

function refuseFsidTwice(
  place: string,
  exports: Readonly<Record<string, AnyNfsExportProps>>,
): void {
  const holders = new Map<number, string>();
  for (const [name, { fsid }] of Object.entries(exports)) {
    const holder = fsid === undefined ? undefined : holders.get(fsid);
    if (holder !== undefined) {
      refuse(
        'NfsFsid',
        place,
        `'exports.${name}.fsid' must be a number of its own, got ${fsid}, which '${holder}' has; clients would take one export for the other`,
      );
    }
    if (fsid !== undefined) {
      holders.set(fsid, name);
    }
  }
}
