import { type Cidr, cidrProblem, coversAll, readCidr, sameCidr } from '../../kube/cidr';
import { absolutePathProblem } from '../../kube/paths';
import { show } from '../../kube/show';

/** Protocol versions that a server of ours speaks; 4 is 4.0, 4.1 and 4.2, of which clients take 4.1. */
export const NFS_SERVER_VERSIONS = ['4', '3'] as const;

/** A protocol version that a server of ours speaks. */
export type NfsServerVersion = (typeof NFS_SERVER_VERSIONS)[number];

/** What an export lets its clients do (exports(5), `rw` and `ro`). */
export const NFS_EXPORT_ACCESSES = ['rw', 'ro'] as const;

/** Whether clients write an export or only read it. */
export type NfsExportAccess = (typeof NFS_EXPORT_ACCESSES)[number];

/** The port of NFS (RFC 7530, section 3.1) and that of rpcbind (RFC 1833, section 1). */
export const NFS_PORT = 2049;
export const RPCBIND_PORT = 111;

/**
 * Ports that the services beside NFS 3 are pinned to where nothing else is said.
 *
 * mountd's is its own at IANA; statd and lockd have none, and get the numbers that guides for
 * Debian's firewall use.
 */
export const DEFAULT_NFS3_PORTS = { mountd: 20048, statd: 32765, lockd: 32768 } as const;

/** The first port that is not reserved to what the system itself runs (RFC 6335, section 6). */
export const LEAST_NFS3_PORT = 1024;

/**
 * Largest `fsid` and anonymous ID: exportfs keeps them as C's `int` when it writes its table
 * (nfs-utils, support/nfs/exports.c, putexportent), and Kubernetes runs no process with a larger ID.
 */
export const MOST_INT = 2 ** 31 - 1;

/** The user that a squashed one is where nothing else is said (exports(5), "User ID Mapping"). */
export const NOBODY = 65534;

/** Longest path of an export, in bytes (nfs-utils, nfslib.h: NFS_MAXPATHLEN). */
const EXPORT_PATH_LIMIT = 1024;

/**
 * Folders that belong to the system with all that is in them, and those that it shares: a folder of
 * one's own lies below these.
 *
 * Source: Filesystem Hierarchy Standard 3.0, chapters 3 to 5; /var/lib/nfs is the server's own state.
 */
const OF_THE_SYSTEM = [
  ...['/bin', '/boot', '/dev', '/etc', '/lib', '/lib32', '/lib64', '/libx32', '/lost+found'],
  ...['/proc', '/root', '/run', '/sbin', '/sys', '/tmp', '/usr'],
  ...['/var/lib/nfs', '/var/lock', '/var/run', '/var/tmp'],
];
const SHARED_FOLDERS = [
  ...['/home', '/media', '/mnt', '/opt', '/srv', '/var'],
  ...['cache', 'lib', 'local', 'log', 'mail', 'opt', 'spool'].map((name) => `/var/${name}`),
];

/**
 * What is wrong with a folder that a server is to make and export, or undefined where nothing is.
 *
 * There is one way to write it, so that both ends name it alike: the server follows links and slashes
 * where the client's mount names what it was given.
 */
export function exportPathProblem(path: string): string | undefined {
  const problem = absolutePathProblem(path);
  if (problem !== undefined) {
    return problem;
  }
  // Line separators, halves of characters and what is none: cloud-init reads the user-data by YAML
  // 1.1 (PyYAML), which takes the first for ends of lines and refuses the others.
  if (/[\p{Zl}\p{Zp}\p{Cs}\p{Cn}\uFEFF]/u.test(path)) {
    return `must be text on one line, got ${show(path)}`;
  }
  if (path === '/') {
    return "must be a folder below '/', got '/'; the whole system would be exported";
  }
  const normal = `/${path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')}`;
  if (normal !== path) {
    return `must be written without '.', '//' and '/' at its end, got ${show(path)}; write ${show(normal)}`;
  }
  const bytes = new TextEncoder().encode(path).length;
  if (bytes > EXPORT_PATH_LIMIT) {
    return `must be at most ${EXPORT_PATH_LIMIT} bytes long, got ${bytes}`;
  }
  const owner = OF_THE_SYSTEM.find((folder) => isWithin(path, folder));
  if (owner !== undefined) {
    return `must not be in ${show(owner)}, which is the system's, got ${show(path)}; take one such as '/srv/nfs/uploads'`;
  }
  return SHARED_FOLDERS.includes(path)
    ? `must be a folder of its own, got ${show(path)}, which others use; take one such as '/srv/nfs/uploads'`
    : undefined;
}

/** File systems that a server's disk is formatted with. */
export const NFS_DISK_FORMATS = ['ext4', 'xfs'] as const;

/** A file system that a server's disk is formatted with. */
export type NfsDiskFormat = (typeof NFS_DISK_FORMATS)[number];

/** Longest label, in bytes (mke2fs(8), `-L`; mkfs.xfs(8), `-L`). */
const LABEL_LIMITS: Readonly<Record<NfsDiskFormat, number>> = { ext4: 16, xfs: 12 };

/** The label of a server's disk where none is said. */
export const DEFAULT_DISK_LABEL = 'nfs-exports';

/**
 * What is wrong with the name of a disk, or undefined where nothing is.
 *
 * The characters are those that udev leaves in the names of its links (udev(7), NAME).
 */
export function deviceProblem(device: string): string | undefined {
  return /^\/dev\/[A-Za-z0-9#+.:=@_/-]*[A-Za-z0-9]$/.test(device) && !/\/\.{0,2}\//.test(device)
    ? undefined
    : `must be a device such as '/dev/disk/by-id/virtio-exports', got ${show(device)}`;
}

/** What is wrong with the folder that a disk is mounted at, or undefined where nothing is. */
export function mountPathProblem(path: string): string | undefined {
  // Neither fstab(5) nor the options of exports(5) nor units of systemd write the others alike.
  return (
    exportPathProblem(path) ??
    (/^[A-Za-z0-9/._-]+$/.test(path)
      ? undefined
      : `must have letters, digits and '/', '.', '_', '-' in it alone, got ${show(path)}`)
  );
}

/** What is wrong with the label of a disk, or undefined where nothing is. */
export function labelProblem(label: string, format: NfsDiskFormat): string | undefined {
  const limit = LABEL_LIMITS[format];
  return label.length <= limit && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(label)
    ? undefined
    : `must be at most ${limit} letters, digits, '.', '_' and '-' for ${format}, got ${show(label)}`;
}

/** Whether a path is a folder or lies below it; both are normal. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** What is wrong with the clients of an export, or undefined where nothing is. */
export interface ClientProblem {
  /** Index of the client that it is about; none where it is about all. */
  readonly index?: number;

  /** The rest of a sentence that begins with the client, or with all of them. */
  readonly problem: string;
}

/** A client that is every machine (exports(5), "Machine Name Formats", wildcards). */
export const EVERY_CLIENT = '*';

/**
 * What is wrong with the clients of an export, or undefined where nothing is.
 *
 * @param clients - networks, or `*`
 * @param openToEveryone - whether it was said a second time that every machine is a client
 */
export function clientProblem(
  clients: readonly string[],
  openToEveryone: boolean,
): ClientProblem | undefined {
  const networks: Cidr[] = [];
  for (const [index, client] of clients.entries()) {
    if (client === EVERY_CLIENT) {
      continue;
    }
    const problem = cidrProblem(client);
    if (problem !== undefined) {
      return { index, problem };
    }
    const network = readCidr(client);
    if (network !== undefined && networks.some((other) => sameCidr(other, network))) {
      return { index, problem: `must be a network of its own, got ${show(client)} again` };
    }
    networks.push(...(network === undefined ? [] : [network]));
  }
  const open = isOpen(clients, networks);
  if (open && !openToEveryone) {
    return {
      problem: `must be the networks of the nodes, got ${clients.length === 0 ? 'none' : show(clients)}: any machine could mount it; set 'openToEveryone' as well where that is meant`,
    };
  }
  return !open && openToEveryone
    ? {
        problem: `must be '*', '0.0.0.0/0', '::/0' or none beside 'openToEveryone', got ${show(clients)}; leave 'openToEveryone' out`,
      }
    : undefined;
}

// No client at all is every client to exportfs.
function isOpen(clients: readonly string[], networks: readonly Cidr[]): boolean {
  return clients.length === 0 || clients.includes(EVERY_CLIENT) || coversAll(networks);
}
