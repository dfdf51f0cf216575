import type { NfsServerVersion } from '../limits';
import type { PinnedPorts } from '../ports';

/**
 * Settings of the host's NFS services, for a file in `/etc/nfs.conf.d`.
 *
 * Debian and Ubuntu have mountd look groups up on the server (`manage-gids`), where the groups of
 * pods do not exist: then `supplementalGroups` would count for nothing. rpc.statd reads the section
 * of lockd, and sets lockd's ports. NFS 2, which no server speaks any more, is turned off for mountd:
 * for its sake it listens on ports of its choice beside NFS 4. Source: nfs.conf(5), rpc.mountd(8),
 * rpc.statd(8), and what they do (nfs-utils 2.6.2).
 */
export function nfsConf(version: NfsServerVersion, ports: PinnedPorts): string {
  const three = version === '3';
  const sections: readonly (readonly [string, Readonly<Record<string, string | number>>])[] = [
    ['nfsd', { vers2: 'n', vers3: three ? 'y' : 'n', vers4: three ? 'n' : 'y' }],
    ['mountd', { 'manage-gids': 'n', ...(three && { port: ports.mountd }) }],
    ...(three
      ? ([
          ['statd', { port: ports.statd }],
          ['lockd', { port: ports.lockd, 'udp-port': ports.lockd }],
        ] as const)
      : []),
  ];
  return sections
    .map(([name, values]) =>
      [`[${name}]`, ...Object.entries(values).map(([key, value]) => `${key}=${value}`), ''].join(
        '\n',
      ),
    )
    .join('\n');
}
