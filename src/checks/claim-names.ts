import { oncePer } from '../kube/once-per';
import type { Facts } from './facts';

/** The namespace of the only claim of that name; undefined where there are none or several. */
export function namespaceOfClaim(name: string, facts: Facts): string | undefined {
  return namespacesByClaim(facts).get(name) || undefined;
}

/** The namespace of each claim by its name, empty where several claims have it. */
const namespacesByClaim = oncePer(({ inventory }: Facts): ReadonlyMap<string, string> => {
  const namespaces = new Map<string, string>();
  for (const key of inventory.claims.keys()) {
    const slash = key.indexOf('/');
    const name = key.slice(slash + 1);
    namespaces.set(name, namespaces.has(name) ? '' : key.slice(0, slash));
  }
  return namespaces;
});
