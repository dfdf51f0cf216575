import * as types from '../../kube/props';
import { DISK, type NfsServerDisk } from './disk';
import { EXPORTS, type NfsExportProps } from './export-props';
import { LEAST_NFS3_PORT, NFS_SERVER_VERSIONS, type NfsExportAccess } from './limits';
import type { Nfs3Ports } from './ports';

/** Exports by name. */
export type NfsExports = Readonly<Record<string, NfsExportProps>>;

/** Whether clients write an export with these props. */
export type NfsAccessOf<P> = P extends { readonly access: infer A extends NfsExportAccess }
  ? A
  : 'rw';

/** Props that no export knows are refused: a literal whose type is inferred may have any. */
export type NfsKnownProps<E extends NfsExports> = {
  readonly [N in keyof E]: {
    readonly [K in Exclude<keyof E[N], keyof NfsExportProps>]: never;
  };
};

/** What every server has. */
export interface NfsServerHost<E extends NfsExports> {
  /**
   * The address or the name by which the nodes mount from it: an IPv4 or IPv6 address, or a DNS name
   * that the nodes resolve.
   */
  readonly host: string;

  /**
   * What it exports, by names of your own: lower case letters, digits and `-`. At least one; none
   * within another.
   */
  readonly exports: E & NfsKnownProps<E>;

  /**
   * A disk of the host that exports lie on; `userData` formats it once and mounts it.
   *
   * Without one, a client that forges handles of files reaches all of the system's disk, since
   * subtrees are not checked (exports(5), `no_subtree_check`): as any user but root, where root is
   * squashed. Exports of one disk are that near to each other, too: they are for clients that may
   * see them all.
   *
   * @default - none, the exports lie on the system's own disk
   */
  readonly disk?: NfsServerDisk;

  /**
   * Name of the server in the names of its files: a DNS label.
   *
   * @default - from the construct's path: `shop/files` gives `shop-files`
   */
  readonly name?: string;
}

/** A server that speaks NFS 4 alone: one port, and no other service to reach. */
export interface Nfs4Server {
  /**
   * The protocol.
   *
   * @default '4'
   */
  readonly version?: '4';

  /** NFS 4 has but the one port, TCP 2049. */
  readonly ports?: never;
}

/** A server that speaks NFS 3 alone, for clients that know no other. */
export interface Nfs3Server {
  /** The protocol: five services, each with a port of its own. */
  readonly version: '3';

  /**
   * Ports that mountd, statd and lockd are pinned to.
   *
   * @default - 20048, 32765 and 32768
   */
  readonly ports?: Nfs3Ports;
}

/** Props of an NfsServer. */
export type NfsServerProps<E extends NfsExports = NfsExports> = NfsServerHost<E> &
  (Nfs4Server | Nfs3Server);

const PORT = types.optional(types.wholeNumber(LEAST_NFS3_PORT, 65535));

/** The types of these props. */
export const NFS_SERVER_PROPS: types.PropTypes<NfsServerProps> = {
  host: types.text,
  exports: EXPORTS,
  disk: types.optional(DISK),
  name: types.optional(types.labelName),
  version: types.optional(types.oneOf(NFS_SERVER_VERSIONS)),
  ports: types.optional(
    types.nested({ mountd: PORT, statd: PORT, lockd: PORT } satisfies types.PropTypes<Nfs3Ports>),
  ),
};
