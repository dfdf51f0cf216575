import { isIP, isIPv4 } from 'node:net';
import { show } from './show';

/** A network: all addresses that begin with the same bits. */
export interface Cidr {
  /** Version of the protocol. */
  readonly family: 4 | 6;

  /** The first address, as a number. */
  readonly first: bigint;

  /** How many bits the addresses share. */
  readonly prefix: number;
}

const BITS = { 4: 32, 6: 128 } as const;

/**
 * What is wrong with a network in CIDR notation, or undefined where nothing is.
 *
 * Stricter than most readers, which mask what is beyond the prefix without a word: a bit set there
 * is a slip in the address or in the length. An IPv4 network is written as one, not as `::ffff:…`.
 *
 * Source: RFC 4632, section 3.1; RFC 4291, section 2.3.
 */
export function cidrProblem(text: string): string | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const family = isIP(address);
  if ((family !== 4 && family !== 6) || address.includes('%') || rest.length > 0) {
    return `must be a network such as '172.26.0.0/16' or 'fd00:26::/64', got ${show(text)}; names are not taken`;
  }
  const bits = BITS[family];
  if (length === undefined) {
    return `must have a prefix length, got ${show(text)}; write '${text}/${bits}' for this address alone`;
  }
  if (!/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits) {
    return `must have a prefix length from 0 to ${bits}, got ${show(text)}`;
  }
  const number = addressNumber(address);
  if (family === 6 && number >> 32n === 0xffffn) {
    return `must be written as IPv4 where it is, got ${show(text)}`;
  }
  const beyond = BigInt(bits - Number(length));
  const first = (number >> beyond) << beyond;
  return first === number
    ? undefined
    : `must have no bits set beyond its prefix, got ${show(text)}; write '${addressText(first, family)}/${length}'`;
}

/** A network in CIDR notation, or undefined where it is none. */
export function readCidr(text: string): Cidr | undefined {
  if (cidrProblem(text) !== undefined) {
    return undefined;
  }
  const [address = '', length] = text.split('/');
  return {
    family: isIPv4(address) ? 4 : 6,
    first: addressNumber(address),
    prefix: Number(length),
  };
}

/** Whether two texts of a network are of the same one. */
export function sameCidr(one: Cidr, other: Cidr): boolean {
  return one.family === other.family && one.first === other.first && one.prefix === other.prefix;
}

/** Whether networks together have every address of IPv4, or every one of IPv6, in them. */
export function coversAll(cidrs: readonly Cidr[]): boolean {
  return ([4, 6] as const).some((family) => {
    let next = 0n;
    const ofFamily = cidrs.filter((cidr) => cidr.family === family);
    for (const { first, prefix } of ofFamily.sort((one, other) =>
      one.first < other.first ? -1 : 1,
    )) {
      if (first > next) {
        return false;
      }
      const end = first + (1n << BigInt(BITS[family] - prefix));
      next = end > next ? end : next;
    }
    return next === 1n << BigInt(BITS[family]);
  });
}

function addressNumber(address: string): bigint {
  return isIPv4(address)
    ? digits(address.split('.').map(Number), 8n)
    : digits(groups(address), 16n);
}

function digits(values: readonly number[], width: bigint): bigint {
  return values.reduce((number, value) => (number << width) + BigInt(value), 0n);
}

/** The eight groups of an IPv6 address; `::` is as many zeros as are missing. */
function groups(address: string): number[] {
  const [head = '', tail] = address
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':').flatMap(group)));
  const [before, behind] = [head || [], tail ?? []];
  return [...before, ...Array<number>(8 - before.length - behind.length).fill(0), ...behind];
}

// The last 32 bits may be written as an IPv4 address.
function group(text: string): number | number[] {
  const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number);
  return text.includes('.') ? [a * 256 + b, c * 256 + d] : Number.parseInt(text, 16);
}

function addressText(number: bigint, family: 4 | 6): string {
  if (family === 4) {
    return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 0xffn).join('.');
  }
  const text = Array.from({ length: 8 }, (_, index) =>
    ((number >> BigInt(112 - index * 16)) & 0xffffn).toString(16),
  ).join(':');
  // The one place of Node that shortens an address as RFC 5952 says.
  return new URL(`http://[${text}]`).hostname.slice(1, -1);
}
