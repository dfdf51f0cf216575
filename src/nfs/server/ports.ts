import { refuse } from '../../kube/storage-error';
import { DEFAULT_NFS3_PORTS, NFS_PORT, type NfsServerVersion, RPCBIND_PORT } from './limits';
import type { CheckedExport } from './read-exports';

/** A port of an NFS server that its clients reach. */
export interface NfsServerPort {
  /** The port. */
  readonly port: number;

  /** The protocol. */
  readonly protocol: 'TCP' | 'UDP';

  /** The networks that reach it; `0.0.0.0/0` and `::/0` where an export is open to everyone. */
  readonly sources: readonly string[];

  /** What listens on it. */
  readonly service: 'nfs' | 'rpcbind' | 'mountd' | 'statd' | 'lockd';
}

/** Ports that the services beside NFS 3 are pinned to: each from 1024 to 65535, each another. */
export interface Nfs3Ports {
  /**
   * Port of mountd, which clients ask for an export's handle.
   *
   * @default 20048
   */
  readonly mountd?: number;

  /**
   * Port of statd, which clients tell that they have restarted.
   *
   * @default 32765
   */
  readonly statd?: number;

  /**
   * Port of lockd, which locks files.
   *
   * @default 32768
   */
  readonly lockd?: number;
}

/** The same with every port said. */
export type PinnedPorts = Required<Nfs3Ports>;

/**
 * The ports of an NFS 3 server with the defaults filled in.
 *
 * @throws StorageError `NfsPorts` where two are one
 */
export function pinnedPorts(place: string, ports: Nfs3Ports): PinnedPorts {
  const pinned = { ...DEFAULT_NFS3_PORTS, ...ports };
  const holders = new Map<number, string>([[NFS_PORT, 'NFS itself']]);
  for (const service of ['mountd', 'statd', 'lockd'] as const) {
    const port = pinned[service];
    const holder = holders.get(port);
    if (holder !== undefined) {
      refuse(
        'NfsPorts',
        place,
        `'ports.${service}' must be a port of its own, got ${port}, which ${holder} has`,
      );
    }
    holders.set(port, service);
  }
  return pinned;
}

/**
 * The ports that the clients of a server reach.
 *
 * NFS itself is served over TCP alone: over UDP, Linux serves it no more unless told to (rpc.nfsd,
 * since nfs-utils 2.2). The services beside NFS 3 are asked over both.
 */
export function portsOf(
  version: NfsServerVersion,
  pinned: PinnedPorts,
  exports: readonly CheckedExport[],
): readonly NfsServerPort[] {
  const sources = sourcesOf(exports);
  const nfs = { port: NFS_PORT, protocol: 'TCP', sources, service: 'nfs' } as const;
  if (version === '4') {
    return [nfs];
  }
  const services = { rpcbind: RPCBIND_PORT, ...pinned };
  return [
    nfs,
    ...(['rpcbind', 'mountd', 'statd', 'lockd'] as const).flatMap((service) =>
      (['TCP', 'UDP'] as const).map((protocol) => ({
        port: services[service],
        protocol,
        sources,
        service,
      })),
    ),
  ];
}

function sourcesOf(exports: readonly CheckedExport[]): readonly string[] {
  const clients = exports.flatMap((each) => each.clients);
  return [...new Set(clients.flatMap((client) => (client === '*' ? EVERYWHERE : [client])))];
}

const EVERYWHERE = ['0.0.0.0/0', '::/0'];
