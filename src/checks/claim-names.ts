import type { Facts } from './facts';

const KNOWN = new WeakMap<Facts, ReadonlyMap<string, string>>();

/** The namespace of the only claim of that name; undefined where there are none or several. */
export function namespaceOfClaim(name: string, facts: Facts): string | undefined {
  let known = KNOWN.get(facts);
  if (known === undefined) {
    known = readNamespaces(facts);
    KNOWN.set(facts, known);
  }
  return known.get(name) || undefined;
}

function readNamespaces({ inventory }: Facts): ReadonlyMap<string, string> {
  const namespaces = new Map<string, string>();
  for (const key of inventory.claims.keys()) {
    const slash = key.indexOf('/');
    const name = key.slice(slash + 1);
    namespaces.set(name, namespaces.has(name) ? '' : key.slice(0, slash));
  }
  return namespaces;
}
