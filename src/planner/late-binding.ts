import type { NodeEntry } from './inventory';
import type { LateClaim, LateVolume } from './late-claim';
import type { LatePool } from './late-pool';
import { type Reach, reaches } from './volume-reach';

/** A volume that a claim is bound to; one that is made has no name yet, and may have no known reach. */
export interface BoundVolume {
  readonly volume?: string;
  readonly reach?: Reach;
}

/** What the scheduler binds the claims of one pod to on one node. */
export interface Assignment {
  /** What each claim is bound to, by its key. */
  readonly bound: ReadonlyMap<string, BoundVolume>;

  /** Whether a volume is made of which it is unknown what other nodes can use it. */
  readonly unsure: boolean;
}

const NOTHING: Assignment = { bound: new Map(), unsure: false };
const ONLY_NOTHING: readonly Assignment[] = [NOTHING];

// Equal sizes in several places multiply; beyond this many the verdict is left open.
const MOST_ASSIGNMENTS = 64;

// Claims of one size come in no order of their own; of more, one order stands for all.
const MOST_ORDERED = 3;

/**
 * Every way in which the scheduler can bind a pod's waiting claims on a node; none where it cannot.
 *
 * The claims go in ascending size, the smallest volume wins, volumes taken for the same pod are left
 * out, and what finds no volume is made where the class makes volumes on such a node.
 * Source: Kubernetes, pkg/scheduler/framework/plugins/volumebinding, FindPodVolumes.
 *
 * @param contested - whether other pods may take volumes first, so that any may be the smallest left
 */
export function assignmentsAt(
  node: NodeEntry,
  claims: readonly LateClaim[],
  pool: LatePool,
  taken: ReadonlySet<string>,
  contested = false,
): readonly Assignment[] {
  const [only] = claims;
  if (only === undefined) {
    return ONLY_NOTHING;
  }
  pool.effort.spend(1);
  if (claims.length === 1) {
    return shortened(next(only, NOTHING));
  }
  let ways = ONLY_NOTHING;
  for (const level of bySize(claims)) {
    ways = level.length > MOST_ORDERED ? level.reduce(step, ways) : inAnyOrder(level, ways);
  }
  return ways;

  function inAnyOrder(
    level: readonly LateClaim[],
    from: readonly Assignment[],
  ): readonly Assignment[] {
    const [first, ...others] = level;
    if (first === undefined || others.length === 0) {
      return first === undefined ? from : step(from, first);
    }
    return unique(
      level.flatMap((each) =>
        inAnyOrder(
          level.filter((other) => other !== each),
          step(from, each),
        ),
      ),
    );
  }

  function step(from: readonly Assignment[], claim: LateClaim): readonly Assignment[] {
    const found: Assignment[] = [];
    for (const way of from) {
      for (const each of next(claim, way)) {
        found.push(each);
      }
      if (!pool.effort.spend(1 + claims.length) || found.length > MOST_ASSIGNMENTS * 4) {
        break;
      }
    }
    return unique(found);
  }

  function next(claim: LateClaim, way: Assignment): readonly Assignment[] {
    const gone = way === NOTHING ? taken : new Set([...taken, ...namesIn(way)]);
    const found: BoundVolume[] = volumesFor(claim, gone).map(({ volume, reach }) => ({
      volume: volume.name,
      reach,
    }));
    const makes = (found.length === 0 || contested) && claim.provisions;
    if (makes && pool.made.allows(claim.class, node)) {
      found.push({ reach: pool.made.reachAt(claim.class, node) });
    }
    return found.map((each) => ({
      bound: new Map(way.bound).set(claim.entry.key, each),
      unsure: way.unsure || each.reach === undefined,
    }));
  }

  function volumesFor(
    { entry, reserved }: LateClaim,
    gone: ReadonlySet<string>,
  ): readonly LateVolume[] {
    if (reserved !== undefined) {
      return reaches({ id: '', affinity: reserved.reach.affinity }, node) ? [reserved] : [];
    }
    return contested ? pool.anyAt(node, entry, gone) : pool.smallestAt(node, entry, gone);
  }
}

function namesIn({ bound }: Assignment): readonly string[] {
  return [...bound.values()].flatMap(({ volume }) => volume ?? []);
}

function bySize(claims: readonly LateClaim[]): readonly (readonly LateClaim[])[] {
  const levels = new Map<number, LateClaim[]>();
  for (const claim of claims) {
    const level = levels.get(claim.entry.request.rank) ?? [];
    levels.set(claim.entry.request.rank, level);
    level.push(claim);
  }
  return [...levels].sort(([a], [b]) => a - b).map(([, level]) => level);
}

function unique(ways: readonly Assignment[]): readonly Assignment[] {
  if (ways.length < 2) {
    return ways;
  }
  const known = new Map<string, Assignment>();
  for (const way of ways) {
    known.set(idOf(way), way);
  }
  return shortened([...known.values()]);
}

function shortened(ways: readonly Assignment[]): readonly Assignment[] {
  return ways.length <= MOST_ASSIGNMENTS
    ? ways
    : ways.slice(0, MOST_ASSIGNMENTS).map((way) => ({ ...way, unsure: true }));
}

/** The same for assignments that bind the same claims to the same volumes. */
export function idOf({ bound }: Assignment): string {
  const parts = [...bound].map(([claim, { volume, reach }]) => [claim, volume, reach?.id]);
  return JSON.stringify(parts.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
}

/** Where the volumes of an assignment can be used, as far as that is known. */
export function reachesOf({ bound }: Assignment): readonly Reach[] {
  return [...bound.values()].flatMap(({ reach }) => reach ?? []);
}
