import { didYouMean } from '../kube/nearest';
import { alternatives, show } from '../kube/show';

/** The CSI driver for NFS (kubernetes-csi/csi-driver-nfs). */
export const NFS_CSI_DRIVER = 'nfs.csi.k8s.io';

/**
 * Access modes that NFS volumes are used with; ReadWriteOncePod exists for CSI drivers only.
 *
 * Source: Kubernetes, "Persistent Volumes" (Access Modes).
 */
export const NFS_ACCESS_MODES = ['ReadWriteMany', 'ReadOnlyMany', 'ReadWriteOnce'] as const;

/** An access mode of an NFS volume. */
export type NfsAccessMode = (typeof NFS_ACCESS_MODES)[number];

/** Whose requests the server takes for those of the anonymous user (exports(5), "User ID Mapping"). */
export const NFS_SQUASHES = ['root', 'all', 'none'] as const;

/** Whose requests the server takes for those of the anonymous user: root's, everyone's, nobody's. */
export type NfsSquash = (typeof NFS_SQUASHES)[number];

/** Protocol versions that the Linux client takes (nfs(5), `nfsvers=n`). */
export const NFS_VERSIONS = ['3', '4', '4.0', '4.1', '4.2'] as const;

/** A protocol version of NFS; version 2 is gone from Linux since 5.8. */
export type NfsVersion = (typeof NFS_VERSIONS)[number];

/**
 * Mount options without a value.
 *
 * Source: nfs(5) (nfs-utils 2.6; `softerr` 2.7), and mount(8), "FILESYSTEM-INDEPENDENT MOUNT
 * OPTIONS".
 */
export const NFS_FLAGS = [
  'ac',
  'acl',
  'async',
  'atime',
  'cto',
  'dev',
  'diratime',
  'exec',
  'fg',
  'fsc',
  'hard',
  'lock',
  'migration',
  'noac',
  'noacl',
  'noatime',
  'nocto',
  'nodev',
  'nodiratime',
  'noexec',
  'nofsc',
  'nolock',
  'nomigration',
  'norelatime',
  'noresvport',
  'nordirplus',
  'nosharecache',
  'nosuid',
  'nosoftreval',
  'rdirplus',
  'rdma',
  'relatime',
  'resvport',
  'ro',
  'rw',
  'sharecache',
  'soft',
  'softerr',
  'softreval',
  'strictatime',
  'suid',
  'sync',
  'tcp',
  'udp',
] as const;

/**
 * Mount options with a whole number.
 *
 * Source: nfs(5) (nfs-utils 2.6). `timeo` is in tenths of a second, the `ac…` options in seconds,
 * `rsize` and `wsize` in bytes.
 */
export const NFS_NUMBERS = [
  'acdirmax',
  'acdirmin',
  'acregmax',
  'acregmin',
  'actimeo',
  'max_connect',
  'mountport',
  'mountvers',
  'namlen',
  'nconnect',
  'port',
  'retrans',
  'retry',
  'rsize',
  'timeo',
  'wsize',
] as const;

/**
 * Least and most of the numbers that the kernel bounds; it refuses to mount with others.
 *
 * Source: Linux, fs/nfs/fs_context.c (`nfs_fs_context_parse_param`).
 */
const RANGES: { readonly [K in (typeof NFS_NUMBERS)[number]]?: readonly [number, number] } = {
  max_connect: [1, 16],
  mountport: [0, 65535],
  mountvers: [1, 3],
  nconnect: [1, 16],
  port: [0, 65535],
  retrans: [0, 2 ** 31 - 1],
  timeo: [1, 2 ** 31 - 1],
};

/** Mount options with one of a few words. Source: nfs(5) (nfs-utils 2.6; `xprtsec` 2.7). */
export const NFS_CHOICES = {
  local_lock: ['all', 'flock', 'posix', 'none'],
  lookupcache: ['all', 'none', 'pos', 'positive'],
  mountproto: ['tcp', 'tcp6', 'udp', 'udp6'],
  nfsvers: NFS_VERSIONS,
  proto: ['tcp', 'tcp6', 'udp', 'udp6', 'rdma', 'rdma6'],
  sec: ['sys', 'krb5', 'krb5i', 'krb5p', 'none'],
  vers: NFS_VERSIONS,
  xprtsec: ['none', 'tls', 'mtls'],
} as const;

/** A mount option of NFS, spelt as nfs(5) spells it: `hard`, `nfsvers=4.1`, `timeo=600`. */
export type NfsMountOption =
  | (typeof NFS_FLAGS)[number]
  | `${(typeof NFS_NUMBERS)[number]}=${number}`
  | {
      [K in keyof typeof NFS_CHOICES]: `${K}=${(typeof NFS_CHOICES)[K][number]}`;
    }[keyof typeof NFS_CHOICES];

/**
 * What a mount gets where nothing else is said.
 *
 * `hard`, because a soft mount gives up with an error in the middle of a write, which many programs
 * do not look at: silent corruption (nfs(5), "soft / hard"). 4.1, because it needs one port and
 * recovers its locks, and because naming it keeps client and server from agreeing on less.
 */
export const DEFAULT_NFS_MOUNT_OPTIONS = ['hard', 'nfsvers=4.1'] as const;

/** What cannot stand together: at most one of each group. */
const EXCLUSIVE = [
  ['hard', 'soft', 'softerr'],
  ['ro', 'rw'],
  ['nfsvers', 'vers'],
  ['proto', 'rdma', 'tcp', 'udp'],
];

/** Options that the kernel takes and ignores (nfs(5): `intr` and `nointr` since 2.6.25). */
const IGNORED = ['intr', 'nointr'];

/**
 * Options that say too early that all is well: the mount goes on in the background (nfs(5), `bg`),
 * and the pod starts on an empty folder of the node.
 */
const BACKGROUND = ['bg'];

/**
 * What is wrong with a list of mount options, or undefined where nothing is.
 *
 * @param options - the options, one each
 * @param unchecked - options taken as they are; only conflicts are looked for
 */
export function mountOptionProblem(
  options: readonly string[],
  unchecked: readonly string[] = [],
): string | undefined {
  return (
    first([...options, ...unchecked], shapeProblem) ??
    first(options, spellingProblem) ??
    conflict([...options, ...unchecked])
  );
}

/**
 * What is wrong with mount options for what the volume is used for, or undefined where nothing is.
 *
 * @param options - all options of the mount
 * @param readOnly - whether pods only read the volume
 */
export function accessProblem(options: readonly string[], readOnly: boolean): string | undefined {
  if (readOnly) {
    // The kubelet adds `ro` and sorts: `rw` comes behind it, and wins.
    return options.includes('rw')
      ? "must not have 'rw' on a ReadOnlyMany volume, which pods only read; leave it out"
      : undefined;
  }
  return options.includes('ro')
    ? "must not have 'ro' on a volume that pods write; leave it out: an NfsVolume that pods only read has accessMode 'ReadOnlyMany'"
    : undefined;
}

function first(
  options: readonly string[],
  problem: (option: string) => string | undefined,
): string | undefined {
  for (const option of options) {
    const found = problem(option);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function shapeProblem(option: string): string | undefined {
  return /^[^\s,]+$/.test(option)
    ? undefined
    : `must hold one option each, without commas and spaces, got ${show(option)}`;
}

function spellingProblem(option: string): string | undefined {
  const [name = '', value] = split(option);
  if (IGNORED.includes(name)) {
    return `must not have ${show(option)}: Linux ignores it since 2.6.25; leave it out`;
  }
  if (BACKGROUND.includes(name)) {
    return `must not have ${show(option)}: the pod would start before the mount is there; leave it out`;
  }
  // Its own names only: every object has a `toString`.
  if (Object.hasOwn(NFS_CHOICES, name)) {
    const words: readonly string[] = NFS_CHOICES[name as keyof typeof NFS_CHOICES];
    return value !== undefined && words.includes(value)
      ? undefined
      : `must have ${alternatives(words)} for '${name}', got ${show(option)}`;
  }
  if ((NFS_NUMBERS as readonly string[]).includes(name)) {
    return numberProblem(name as (typeof NFS_NUMBERS)[number], value, option);
  }
  if ((NFS_FLAGS as readonly string[]).includes(option)) {
    return undefined;
  }
  const known = [...NFS_FLAGS, ...NFS_NUMBERS, ...Object.keys(NFS_CHOICES)];
  const meant =
    didYouMean(name, known) ||
    "; an option that it does not know goes into 'uncheckedMountOptions'";
  return `must be options of nfs(5), got ${show(option)}${meant}`;
}

function numberProblem(
  name: (typeof NFS_NUMBERS)[number],
  value: string | undefined,
  option: string,
): string | undefined {
  const [least, most] = RANGES[name] ?? [0, Number.POSITIVE_INFINITY];
  if (value !== undefined && /^\d+$/.test(value) && +value >= least && +value <= most) {
    return undefined;
  }
  const range = RANGES[name] === undefined ? '' : ` from ${least} to ${most}`;
  return `must have a whole number${range} for '${name}', got ${show(option)}`;
}

function conflict(options: readonly string[]): string | undefined {
  for (const group of EXCLUSIVE) {
    const members = options.filter((option) => group.includes(split(option)[0] ?? ''));
    if (members.length > 1) {
      return `must have one of ${alternatives(group)} at most, got ${members.map(show).join(' and ')}`;
    }
  }
  const version = options.find((option) => /^(nfs)?vers=4/.test(option));
  const udp = options.find((option) => /^(udp|proto=udp6?)$/.test(option));
  if (version !== undefined && udp !== undefined) {
    return `must not have ${show(udp)} beside ${show(version)}: version 4 of NFS knows no UDP; leave it out`;
  }
  const names = options.map((option) => split(option)[0]);
  const twice = options.find((_, index) => names.indexOf(names[index]) !== index);
  return twice === undefined ? undefined : `must have each option once, got ${show(twice)} again`;
}

function split(option: string): readonly string[] {
  const equals = option.indexOf('=');
  return equals < 0 ? [option] : [option.slice(0, equals), option.slice(equals + 1)];
}
