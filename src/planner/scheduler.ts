import { ChanceFinder } from './chance-finder';
import { type ClaimChance, claimChances } from './claim-chances';
import { type BoundClaim, ClaimPlacer, shapeOf } from './claim-places';
import { Effort } from './effort';
import { type EligibleFinder, eligibleFinder } from './eligible-nodes';
import type { Inventory, NodeEntry } from './inventory';
import { judgePlacement, type PodSurroundings } from './judge-placement';
import { LatePool } from './late-pool';
import { LateUses } from './late-uses';
import { namedNodeAnswer } from './named-node';
import { Neighbours } from './neighbours';
import { NewVolumes } from './new-volumes';
import { NodeSets } from './node-sets';
import { Numbering, textOf } from './object-text';
import { ownClaimsAnswer } from './own-claims';
import { placements } from './placements';
import type { KubernetesVersion, WorkloadVerdict } from './plan';
import type { PlanContext } from './plan-context';
import { roomOn, type Spacing } from './pod-room';
import { keyOf, type PodSpacing, podSpacing } from './pod-spacing';
import { rollsOut } from './roll-out';
import { anyOf, FINE, never, type ScheduleAnswer, unknown } from './schedule-answer';
import {
  NO_SPREAD_LABEL,
  NOT_TOGETHER,
  noNodeFits,
  reasonOfSpacing,
  UNBOUND_CLAIMS,
} from './schedule-reasons';
import { UsedClaims, type UsedPlaces } from './used-claims';
import { VolumeReaches } from './volume-reach';
import { readWorkloads, type Workload } from './workload';

/** What the scheduler makes of workloads, and of the claims that wait for their pods. */
export interface Scheduling {
  readonly workloads: readonly WorkloadVerdict[];

  /** Whether any node takes a pod of a waiting claim, by the claim's key; empty without nodes. */
  readonly chances: ReadonlyMap<string, ClaimChance>;
}

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
): Scheduling {
  const all = readWorkloads(inventory);
  const planned = all.filter(({ existing }) => !existing);
  const hasNodes = inventory.nodes.size > 0;
  if (planned.length === 0 && !(hasNodes && all.length > 0)) {
    return { workloads: [], chances: new Map() };
  }
  const scheduler = new Scheduler(inventory, all, context, verdictOf);
  const workloads = planned.map((workload) => {
    const { runs, rollsOut, why } = scheduler.judge(workload);
    return { workload: workload.key, runs, rollsOut, ...(why ? { message: why() } : {}) };
  });
  const chances = hasNodes ? scheduler.chances(all) : new Map<string, ClaimChance>();
  return { workloads, chances };
}

/** Steps of about a microsecond that questions which can take very long may take together. */
const MOST_STEPS = 2_000_000;

/** Steps that one of them may take. */
const MOST_STEPS_EACH = 200_000;

const TOO_MANY = 'there are too many ways to place its pods to try them all';

class Scheduler {
  readonly #version: KubernetesVersion;
  readonly #nodes: readonly NodeEntry[];
  readonly #pool: LatePool;
  readonly #claims: UsedClaims;
  readonly #lateUses: LateUses;
  readonly #neighbours: Neighbours;
  readonly #eligible: EligibleFinder;
  readonly #sets = new NodeSets();
  readonly #effort: Effort;

  /** Answers for workloads that the scheduler does not tell apart. */
  readonly #answers = new Map<string, ScheduleAnswer>();
  readonly #rollOuts = new Numbering();

  constructor(
    inventory: Inventory,
    workloads: readonly Workload[],
    context: PlanContext,
    verdictOf: (claim: string) => BoundClaim | undefined,
  ) {
    this.#version = context.version;
    this.#eligible = eligibleFinder(inventory, context.version);
    const { index } = this.#eligible;
    this.#nodes = index.all;
    this.#effort = new Effort(MOST_STEPS, 1_000 + 4 * this.#nodes.length, MOST_STEPS_EACH);
    // Who lists the nodes of a cluster lists the cluster.
    const whole = inventory.closed || this.#nodes.length > 0;
    const reaches = new VolumeReaches(index);
    const made = new NewVolumes(this.#nodes);
    const { attributesClasses } = context;
    this.#pool = new LatePool(inventory, reaches, attributesClasses, made, this.#effort);
    const placer = new ClaimPlacer(inventory, context, reaches, this.#pool, verdictOf, whole);
    this.#claims = new UsedClaims(placer);
    const nodesOf = (workload: Workload) => this.#eligible.of(workload).nodes;
    this.#neighbours = new Neighbours(workloads, nodesOf, this.#sets, this.#effort);
    this.#lateUses = new LateUses(
      workloads,
      (workload) => this.#claims.lateOf(workload),
      nodesOf,
      this.#pool,
      this.#sets,
      this.#effort,
    );
  }

  judge(workload: Workload): ScheduleAnswer {
    if (workload.replicas.most === 0) {
      return FINE;
    }
    const used = this.#claims.of(workload);
    const { shared, early, keys } = used;
    for (const [index, each] of shared.entries()) {
      if (each.kind === 'missing' && each.certain) {
        const reason = each.deleting ? beingDeleted(keys[index]) : notFound(keys[index]);
        return never(() => noNodeFits(this.#nodes.length, [{ reason }]));
      }
    }
    if (early.some((each) => each.every(({ kind }) => kind === 'unbound'))) {
      return never(() => noNodeFits(this.#nodes.length, [{ reason: UNBOUND_CLAIMS }]));
    }
    const named = namedNodeAnswer(workload, this.#eligible.index, early, used.waits, this.#version);
    if (named !== undefined) {
      return named;
    }
    const missing = shared.findIndex(({ kind }) => kind === 'missing');
    if (this.#nodes.length === 0 || missing >= 0) {
      return withoutNodes(workload, used.single, keys[missing], this.#version);
    }
    return this.#answer(workload, used);
  }

  /** Whether some node takes a pod of each claim that waits for one. */
  chances(workloads: readonly Workload[]): ReadonlyMap<string, ClaimChance> {
    const finder = new ChanceFinder({
      eligible: this.#eligible,
      claims: this.#claims,
      pool: this.#pool,
      sets: this.#sets,
      neighbours: this.#neighbours,
      lateUses: this.#lateUses,
    });
    return claimChances(workloads, finder);
  }

  // Most workloads of a large input are alike in all that the scheduler looks at.
  #answer(workload: Workload, used: UsedPlaces): ScheduleAnswer {
    this.#effort.next();
    const eligible = this.#eligible.of(workload);
    const sets = this.#sets;
    const spacing = podSpacing(workload, eligible, this.#nodes, used.single, sets);
    const key = [
      this.#rollOuts.of(rollOutText(workload)),
      sets.idOf(eligible.nodes),
      sets.idOf(eligible.wanted),
      spacing.key,
      this.#neighbours.keyOf(workload),
      this.#lateUses.keyOf(workload),
      used.shared.map(shapeOf).join(),
      used.own.map(({ claims, pods }) => `${pods} x ${claims.map(shapeOf).join()}`).join(';'),
    ].join('|');
    let answer = this.#answers.get(key);
    if (answer === undefined) {
      answer = told(this.#schedule(workload, used, spacing));
      if (this.#effort.isSpent) {
        answer = unknown(TOO_MANY);
      }
      this.#answers.set(key, answer);
    }
    return answer;
  }

  #schedule(workload: Workload, used: UsedPlaces, spacing: PodSpacing): ScheduleAnswer {
    const eligible = this.#eligible.of(workload);
    const sets = this.#sets;
    const pool = this.#pool;
    const open = sets.labelled(eligible.nodes, spacing.needed);
    const { apart, spreads, single } = spacing.all;
    const reasons = [
      ...eligible.reasons,
      { reason: NO_SPREAD_LABEL, nodes: eligible.nodes.length - open.length },
    ];
    const keys = new Map<Spacing, string>();
    const roomFor = (nodes: readonly NodeEntry[], of: Spacing) => {
      const key = keys.get(of) ?? `room ${keyOf(of, sets)}`;
      keys.set(of, key);
      return sets.once(nodes, key, () => roomOn(nodes, of));
    };
    const hasOwn = used.own.length > 0;
    const around: PodSurroundings = {
      workload,
      version: this.#version,
      nodeCount: this.#nodes.length,
      open,
      reasons,
      spacing,
      roomOn: roomFor,
      narrow: (room, nodes) => this.#neighbours.narrow(workload, room, nodes, apart),
      ownClaims: hasOwn
        ? (nodes) => this.#ownClaims(workload, used, nodes, apart, roomFor)
        : undefined,
    };
    const meetings = this.#neighbours.meetings(workload, open);
    if (meetings === undefined) {
      return unknown('it is open which pods its pod affinity is about');
    }
    const claims = {
      early: used.early,
      late: used.late,
      others: this.#lateUses.byOthers(workload, used.late),
      rivals: (nodes: readonly NodeEntry[]) => this.#lateUses.rivals(workload, used.late, nodes),
    };
    const { together } = spacing;
    const isFree =
      apart.length + spreads.length + together.length === 0 &&
      !single &&
      !hasOwn &&
      workload.kind !== 'DaemonSet' &&
      !this.#neighbours.mayComeFirst(workload);
    const search = { pool, sets, together, anyNodeDoes: isFree };
    const cases: ScheduleAnswer[] = [];
    for (const nodes of meetings) {
      const away = { reason: NOT_TOGETHER, nodes: open.length - nodes.length };
      const those = { ...around, open: nodes, reasons: [...reasons, away] };
      for (const way of placements(nodes, claims, search)) {
        cases.push(judgePlacement(those, way));
      }
      const answer = anyOf(cases);
      // More ways do not change what depends on the choice of one.
      if (isOpen(answer) || !this.#effort.spend(4 * cases.length)) {
        return answer;
      }
      cases.splice(0, cases.length, answer);
    }
    return anyOf(cases);
  }

  #ownClaims(
    workload: Workload,
    { own, ownLate }: UsedPlaces,
    nodes: readonly NodeEntry[],
    apart: readonly string[],
    roomFor: PodSurroundings['roomOn'],
  ) {
    const rivals = this.#lateUses.rivals(workload, ownLate, nodes);
    return ownClaimsAnswer(own, {
      nodes,
      apart,
      pool: this.#pool,
      roomOn: (those) => roomFor(those, { apart, spreads: [], single: false }),
      rivals,
    });
  }
}

function isOpen({ runs, rollsOut }: ScheduleAnswer): boolean {
  return runs === 'depends' && rollsOut === 'depends';
}

// The text is made once for all workloads that share the answer.
function told(answer: ScheduleAnswer): ScheduleAnswer {
  const { why } = answer;
  if (why === undefined) {
    return answer;
  }
  let text: string | undefined;
  return {
    ...answer,
    why: () => {
      text ??= why();
      return text;
    },
  };
}

/** What a roll-out of the workload looks at besides its pods. */
function rollOutText({ kind, spec, replicas: { least, most } }: Workload): string {
  const { strategy, updateStrategy } = spec;
  const text = `${kind} ${least} ${most}`;
  return strategy === undefined && updateStrategy === undefined
    ? text
    : `${text} ${textOf([strategy, updateStrategy])}`;
}

function notFound(key: string = ''): string {
  return `persistentvolumeclaim "${key.slice(key.indexOf('/') + 1)}" not found`;
}

function beingDeleted(key: string = ''): string {
  return `persistentvolumeclaim "${key.slice(key.indexOf('/') + 1)}" is being deleted`;
}

// Without nodes nothing is known to run; that a claim is for one pod alone holds on any of them.
function withoutNodes(
  workload: Workload,
  single: boolean,
  missing: string | undefined,
  version: KubernetesVersion,
): ScheduleAnswer {
  const why = missing === undefined ? 'the nodes are not in the input' : notFound(missing);
  if (!single || workload.kind === 'DaemonSet') {
    return unknown(why);
  }
  const one = { least: 1, most: 1, exact: true };
  const reason = noNodeFits(0, [
    { reason: reasonOfSpacing({ single, apart: [], spreads: [] }, version) },
  ]);
  if (workload.replicas.most > 1) {
    return never(() => reason);
  }
  const rolls = rollsOut(workload, { all: one, acrossRevisions: one }, 1);
  return rolls === 'no'
    ? { runs: 'unknown', rollsOut: 'no', why: () => `a roll-out: ${reason}` }
    : unknown(why);
}
