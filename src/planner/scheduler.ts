import { type BoundClaim, ClaimPlacer, type ClaimPlaces, type EarlyPlace } from './claim-places';
import { daemonPod } from './daemon-pod';
import { type EligibleNodes, eligibleNodes } from './eligible-nodes';
import type { Inventory, NodeEntry } from './inventory';
import { judgePlacement, type PodSurroundings } from './judge-placement';
import type { LateClaim } from './late-binding';
import { LatePool } from './late-pool';
import { LateUses } from './late-uses';
import { namedNodeAnswer } from './named-node';
import { Neighbours } from './neighbours';
import { ownClaimsAnswer } from './own-claims';
import { placements } from './placements';
import { objectAt } from './plain-object';
import type { WorkloadVerdict } from './plan';
import type { PlanContext } from './plan-context';
import { type PodClaims, podClaims } from './pod-claims';
import { podSpacing } from './pod-spacing';
import { placeOf } from './pod-terms';
import { rollsOut } from './roll-out';
import { anyOf, FINE, never, type ScheduleAnswer, unknown } from './schedule-answer';
import {
  NO_SPREAD_LABEL,
  NOT_TOGETHER,
  noNodeFits,
  reasonOfSpacing,
  UNBOUND_CLAIMS,
} from './schedule-reasons';
import { VolumeReaches } from './volume-reach';
import { readWorkloads, type Workload } from './workload';

/**
 * Whether every pod of each workload is scheduled, and whether a change of it rolls out.
 *
 * Nodes have room for every pod: what pods ask of memory and processors is not looked at.
 *
 * @param verdictOf - the binder's verdict on the claim of a key such as `shop/uploads`
 */
export function judgeWorkloads(
  inventory: Inventory,
  context: PlanContext,
  verdictOf: (claim: string) => BoundClaim | undefined,
): readonly WorkloadVerdict[] {
  const workloads = readWorkloads(inventory);
  const planned = workloads.filter(({ existing }) => !existing);
  if (planned.length === 0) {
    return [];
  }
  const scheduler = new Scheduler(inventory, workloads, context, verdictOf);
  return planned.map((workload) => {
    const { runs, rollsOut, why } = scheduler.judge(workload);
    return { workload: workload.key, runs, rollsOut, ...(why ? { message: why() } : {}) };
  });
}

class Scheduler {
  readonly #nodes: readonly NodeEntry[];
  readonly #pool: LatePool;
  readonly #placer: ClaimPlacer;
  readonly #lateUses: LateUses;
  readonly #neighbours: Neighbours;
  readonly #eligible = new Map<string, EligibleNodes>();

  constructor(
    inventory: Inventory,
    workloads: readonly Workload[],
    context: PlanContext,
    verdictOf: (claim: string) => BoundClaim | undefined,
  ) {
    this.#nodes = [...inventory.nodes.values()];
    // Who lists the nodes of a cluster lists the cluster.
    const whole = inventory.closed || this.#nodes.length > 0;
    const reaches = new VolumeReaches(this.#nodes);
    this.#pool = new LatePool(inventory, reaches, context.attributesClasses);
    this.#placer = new ClaimPlacer(inventory, context, reaches, this.#pool, verdictOf, whole);
    const nodesOf = (workload: Workload) => this.#eligibleFor(workload).nodes;
    this.#neighbours = new Neighbours(workloads, nodesOf);
    this.#lateUses = new LateUses(workloads, this.#placer, this.#pool, nodesOf);
  }

  judge(workload: Workload): ScheduleAnswer {
    if (workload.replicas.most === 0) {
      return FINE;
    }
    const used = podClaims(workload);
    const places = used.shared.map((key) => this.#placer.of(key));
    const gone = places.findIndex((each) => each.kind === 'missing' && each.certain);
    if (gone >= 0) {
      return never(() => noNodeFits(this.#nodes.length, [notFound(used.shared[gone])]));
    }
    const early = places.flatMap((each) => (each.kind === 'early' ? [each.places] : []));
    const late = places.flatMap((each) => (each.kind === 'late' ? [each.claim] : []));
    if (early.some((each) => each.every(({ kind }) => kind === 'unbound'))) {
      return never(() => noNodeFits(this.#nodes.length, [UNBOUND_CLAIMS]));
    }
    const own = usesOwn(workload, used, this.#placer);
    const waits = late.length > 0 || own.flat().some(({ kind }) => kind === 'late');
    const named = namedNodeAnswer(workload, this.#nodes, early, waits);
    if (named !== undefined) {
      return named;
    }
    const single = used.shared.some((key) => this.#placer.isForOnePod(key));
    const missing = places.findIndex(({ kind }) => kind === 'missing');
    if (this.#nodes.length === 0 || missing >= 0) {
      return withoutNodes(workload, single, used.shared[missing]);
    }
    return this.#schedule(workload, early, late, own, single);
  }

  #schedule(
    workload: Workload,
    early: readonly (readonly EarlyPlace[])[],
    late: readonly LateClaim[],
    own: readonly (readonly ClaimPlaces[])[],
    single: boolean,
  ): ScheduleAnswer {
    const eligible = this.#eligibleFor(workload);
    const spacing = podSpacing(workload, eligible, this.#nodes, single);
    const open = eligible.nodes.filter((node) =>
      spacing.needed.every((key) => placeOf(node, key) !== undefined),
    );
    const { apart } = spacing.all;
    const pool = this.#pool;
    const around: PodSurroundings = {
      workload,
      nodeCount: this.#nodes.length,
      open,
      reasons: () => [
        ...eligible.reasons,
        ...Array<string>(eligible.nodes.length - open.length).fill(NO_SPREAD_LABEL),
      ],
      spacing,
      narrow: (room, nodes) => this.#neighbours.narrow(workload, room, nodes, apart),
      ownClaims: (nodes) => {
        const rivals = this.#lateUses.rivals(workload, own.flat().flatMap(lateOf), nodes);
        return ownClaimsAnswer(own, { nodes, apart, pool, rivals });
      },
    };
    const shared = {
      early,
      late,
      others: this.#lateUses.byOthers(workload, late),
      rivals: (nodes: readonly NodeEntry[]) => this.#lateUses.rivals(workload, late, nodes),
    };
    const meetings = this.#neighbours.meetings(workload, open);
    if (meetings === undefined) {
      return unknown('it is open which pods its pod affinity is about');
    }
    const reasonsWith = (nodes: readonly NodeEntry[]) => [
      ...around.reasons(),
      ...Array<string>(open.length - nodes.length).fill(NOT_TOGETHER),
    ];
    const cases: ScheduleAnswer[] = [];
    for (const nodes of meetings) {
      const those = { ...around, open: nodes, reasons: () => reasonsWith(nodes) };
      for (const way of placements(nodes, shared, pool, spacing.together)) {
        cases.push(judgePlacement(those, way));
      }
    }
    return anyOf(cases);
  }

  #eligibleFor({ pod, kind }: Workload): EligibleNodes {
    const { nodeSelector, tolerations, hostNetwork } = pod;
    const { nodeAffinity } = objectAt(pod, 'affinity');
    const isDaemon = kind === 'DaemonSet';
    const key = JSON.stringify([nodeSelector, tolerations, nodeAffinity, isDaemon && hostNetwork]);
    const id = `${isDaemon} ${key}`;
    let found = this.#eligible.get(id);
    if (found === undefined) {
      found = eligibleNodes(isDaemon ? daemonPod(pod) : pod, this.#nodes);
      this.#eligible.set(id, found);
    }
    return found;
  }
}

function usesOwn(
  { replicas }: Workload,
  { own, ownOf }: PodClaims,
  placer: ClaimPlacer,
): readonly (readonly ClaimPlaces[])[] {
  if (own.length === 0) {
    return [];
  }
  const first = ownOf(0);
  return Array.from({ length: replicas.most }, (_, position) =>
    ownOf(position).map((key, index) => placer.ofOwn(key, first[index])),
  );
}

function lateOf(places: ClaimPlaces): readonly LateClaim[] {
  return places.kind === 'late' ? [places.claim] : [];
}

function notFound(key: string = ''): string {
  return `persistentvolumeclaim "${key.slice(key.indexOf('/') + 1)}" not found`;
}

// Without nodes nothing is known to run; that a claim is for one pod alone holds on any of them.
function withoutNodes(
  workload: Workload,
  single: boolean,
  missing: string | undefined,
): ScheduleAnswer {
  const why = missing === undefined ? 'the nodes are not in the input' : notFound(missing);
  if (!single || workload.kind === 'DaemonSet') {
    return unknown(why);
  }
  const one = { least: 1, most: 1, exact: true };
  const reason = noNodeFits(0, [reasonOfSpacing({ single, apart: [], spreads: [] })]);
  if (workload.replicas.most > 1) {
    return never(() => reason);
  }
  const rolls = rollsOut(workload, { all: one, acrossRevisions: one }, 1);
  return rolls === 'no'
    ? { runs: 'unknown', rollsOut: 'no', why: () => `a roll-out: ${reason}` }
    : unknown(why);
}
