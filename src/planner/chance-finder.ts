import type { PodScheduler } from './claim-chances';
import { type ClaimPlaces, shapeOf } from './claim-places';
import type { EligibleFinder } from './eligible-nodes';
import type { NodeEntry } from './inventory';
import type { LateClaim } from './late-claim';
import type { LatePool } from './late-pool';
import type { LateUses } from './late-uses';
import type { Neighbours } from './neighbours';
import type { NodeSets } from './node-sets';
import { joint, type PodChance, podChance } from './pod-chance';
import { podSpacing } from './pod-spacing';
import type { UsedClaims, UsedPlaces } from './used-claims';
import type { Workload } from './workload';

/** What the scheduler knows of nodes, claims and pods. */
export interface Surroundings {
  readonly eligible: EligibleFinder;
  readonly claims: UsedClaims;
  readonly pool: LatePool;
  readonly sets: NodeSets;
  readonly neighbours: Neighbours;
  readonly lateUses: LateUses;
}

/**
 * Finds whether some node takes a pod; each question is answered once for pods that are alike.
 *
 * Pods that keep off each other are not looked at: the first of them has a place.
 */
export class ChanceFinder implements PodScheduler {
  readonly #by: Surroundings;
  readonly #chances = new Map<string, PodChance>();

  constructor(by: Surroundings) {
    this.#by = by;
  }

  usedBy(workload: Workload): UsedPlaces {
    return this.#by.claims.of(workload);
  }

  nodesOf(workload: Workload): readonly NodeEntry[] {
    return this.#by.eligible.of(workload).nodes;
  }

  chanceOf(workload: Workload, own: readonly ClaimPlaces[], of: LateClaim): PodChance {
    const { eligible: finder, lateUses, neighbours, pool, sets } = this.#by;
    pool.effort.next();
    const used = this.#by.claims.of(workload);
    const all = [...used.shared, ...own];
    if (all.some((each) => each.kind === 'missing' && each.certain)) {
      return 'none';
    }
    const eligible = finder.of(workload);
    const spacing = podSpacing(workload, eligible, finder.index.all, used.single, sets);
    const late = all.flatMap((each) => (each.kind === 'late' ? [each.claim] : []));
    const others =
      late.length < 2
        ? []
        : lateUses
            .byOthers(workload, used.late)
            .filter(({ bound }) => bound.size > 0 && !bound.has(of.entry.key));
    const key = [
      sets.idOf(eligible.nodes),
      spacing.key,
      neighbours.keyOf(workload),
      others.length > 0 && of.entry.key,
      all.map(shapeOf).join(),
    ].join('|');
    let chance = this.#chances.get(key);
    if (chance === undefined) {
      const early = all.flatMap((each) => (each.kind === 'early' ? [each.places] : []));
      const open = sets.labelled(eligible.nodes, spacing.needed);
      const asked = { early, late, others, together: spacing.together };
      const meetings = neighbours.meetings(workload, open);
      const found = joint((meetings ?? [open]).map((nodes) => podChance(nodes, asked, pool, sets)));
      const isOpen = (meetings === undefined && found === 'some') || pool.effort.isSpent;
      chance = isOpen ? 'open' : found;
      this.#chances.set(key, chance);
    }
    const isShort = chance === 'some' && this.#mayRunShort(workload, all, of);
    return isShort || (chance === 'some' && pool.effort.isSpent) ? 'open' : chance;
  }

  // Whether pods that come first may leave a claim no volume on the nodes of its own pods. Where all
  // volumes can be used there, the binder has said so.
  #mayRunShort(workload: Workload, all: readonly ClaimPlaces[], of: LateClaim): boolean {
    const { entry, reserved, provisions } = of;
    const { claims, eligible, lateUses, pool, sets } = this.#by;
    const certain = all.flatMap((each) => {
      const [only, ...more] = each.kind === 'early' ? each.places : [];
      return more.length === 0 && only?.kind === 'bound' ? [only.reach] : [];
    });
    const nodes = sets.within(eligible.of(workload).nodes, certain);
    const ask = (what: string, does: () => boolean) =>
      sets.once(nodes, `${what} ${of.shape}`, does);
    if (
      reserved !== undefined ||
      (provisions && ask('made', () => nodes.some((node) => pool.made.allows(of.class, node)))) ||
      !ask('elsewhere', () => pool.servesElsewhere(nodes, entry))
    ) {
      return false;
    }
    const { late, ownLate } = claims.of(workload);
    const own = [...late, ...ownLate].filter(
      ({ entry: { className } }) => className === entry.className,
    );
    const wanted = own.length + lateUses.rivals(workload, own, nodes);
    return pool.count(nodes, entry, wanted) < wanted;
  }
}
