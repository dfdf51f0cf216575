import { oncePer } from '../kube/once-per';
import type { ClaimEntry } from '../planner/claim-entry';
import type { ClassEntry } from '../planner/class-entry';
import type { Facts } from './facts';

/**
 * The class by whose provisioner the claim's volume is made; undefined where a volume that is there
 * may serve it, or nothing is known of its class.
 */
export function provisioningClass(facts: Facts, claim: ClaimEntry): ClassEntry | undefined {
  if (claim.settled || claim.volumeName !== undefined) {
    return undefined;
  }
  const outcomes = facts.bindingOf(claim)?.outcomes ?? [];
  const isNew = outcomes.length > 0 && outcomes.every(isForNewVolume);
  const storageClass = isNew ? facts.classOf(claim) : undefined;
  // While it waits for a pod, nobody has looked for a volume that is there.
  return storageClass !== undefined && !classesWithVolumes(facts).has(storageClass.name)
    ? storageClass
    : undefined;
}

function isForNewVolume(outcome: string): boolean {
  return outcome === 'provisioned' || outcome === 'waits-for-consumer';
}

/** Names of the classes of volumes that no claim has. */
const classesWithVolumes = oncePer(({ inventory, bindings }: Facts): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { name, className, refusal } of inventory.volumes.values()) {
    if (refusal === undefined && !bindings.holders.has(name)) {
      names.add(className);
    }
  }
  return names;
});
