import { isIP } from 'node:net';
import { isDnsSubdomain } from './names';
import { show } from './show';

/**
 * What is wrong with the address or the name of a server, or undefined where nothing is.
 *
 * Names are taken in any case; an IPv6 address has no brackets and no zone, which is a node's own.
 */
export function hostProblem(host: string): string | undefined {
  // A name of digits and dots alone is an address with a slip in it.
  const named = isDnsSubdomain(host.toLowerCase()) && !/^[\d.]+$/.test(host);
  return named || (isIP(host) !== 0 && !host.includes('%'))
    ? undefined
    : `must be an IPv4 or IPv6 address or a DNS name, without port and path, got ${show(host)}`;
}
