import type { Bindings } from './binder';
import { type ClaimBinding, onceScheduled, pendingClaim } from './claim-binding';
import type { ClaimChance } from './claim-chances';
import { volumesOf } from './claim-verdict';
import { podsByClaim } from './consumers';
import { eligibleFinder } from './eligible-nodes';
import type { Inventory } from './inventory';
import { CLAIM_OUTCOMES, type ClaimOutcome } from './plan';
import type { PlanContext } from './plan-context';
import { WAITS_FOR_CONSUMER, waitsForPods } from './provisioning';

/**
 * What becomes of claims where the scheduler finds no node for the pods that they wait for.
 *
 * The controller leaves a claim of a class that waits to the scheduler, and tells until then that it
 * waits for its pods (Kubernetes, pv_controller.go, syncUnboundClaim).
 *
 * @param chances - whether some node takes a pod of such a claim, by the claim's key
 */
export function withChances(
  bindings: Bindings,
  chances: ReadonlyMap<string, ClaimChance>,
  inventory: Inventory,
  context: PlanContext,
): Bindings {
  const revised = new Map<string, ClaimBinding>();
  let pods: ReadonlyMap<string, readonly string[]> | undefined;
  for (const [key, chance] of chances) {
    const binding = chance === 'some' ? undefined : bindings.claims.get(key);
    if (binding !== undefined && waitsForNode(binding)) {
      pods ??= podsIn(inventory, context);
      revised.set(key, revise(binding, chance, pods.get(key) ?? []));
    }
  }
  if (revised.size === 0) {
    return bindings;
  }
  const claims = new Map(bindings.claims);
  for (const [key, binding] of revised) {
    claims.set(key, binding);
  }
  return { ...bindings, claims, outOfReach: outOfReach([...revised.values()], inventory) };
}

/** How many volumes lists of candidates may name together, per volume and claim of the input. */
const LOOKS_EACH = 8;

function outOfReach(
  revised: readonly ClaimBinding[],
  { volumes, claims }: Inventory,
): ReadonlyMap<string, number> {
  // Claims that compete for the same volumes share one list of them.
  const lists = new Map<readonly string[], number>();
  for (const binding of revised) {
    if (!binding.outcomes.some((outcome) => FOUND.includes(outcome))) {
      const names = volumesOf(onceScheduled(binding));
      lists.set(names, (lists.get(names) ?? 0) + 1);
    }
  }
  const counts = new Map<string, number>();
  let looks = LOOKS_EACH * (volumes.size + claims.size);
  for (const [names, count] of lists) {
    looks -= names.length;
    // What was not looked at is taken to be within reach.
    if (looks < 0) {
      break;
    }
    for (const name of names) {
      counts.set(name, (counts.get(name) ?? 0) + count);
    }
  }
  return counts;
}

const FOUND: readonly ClaimOutcome[] = ['bound', 'provisioned'];

// What is reserved or named is bound without a pod; and once a node is selected, a volume is made.
function waitsForNode({ claim, outcomes, own }: ClaimBinding): boolean {
  return (
    !claim.nodeSelected &&
    own.length === 0 &&
    outcomes.some((outcome) => FOUND.includes(outcome)) &&
    !outcomes.includes('unknown')
  );
}

function podsIn(inventory: Inventory, { version }: PlanContext) {
  const finder = eligibleFinder(inventory, version);
  return podsByClaim(
    inventory,
    (workload) => workload.kind !== 'DaemonSet' || finder.of(workload).nodes.length > 0,
  );
}

function revise(binding: ClaimBinding, chance: ClaimChance, pods: readonly string[]): ClaimBinding {
  const { claim, outcomes, event } = binding;
  switch (chance) {
    case 'none':
      return { ...pendingClaim(claim, waitsForPods(pods)), scheduled: binding };
    case 'no-pods':
      return {
        ...pendingClaim(claim, WAITS_FOR_CONSUMER),
        outcomes: ['waits-for-consumer'],
        scheduled: binding,
      };
    default:
      return {
        ...binding,
        outcomes: CLAIM_OUTCOMES.filter(
          (outcome) => outcome === 'pending' || outcomes.includes(outcome),
        ),
        deterministic: false,
        event: event ?? waitsForPods(pods),
        scheduled: binding,
      };
  }
}
