import type { ClaimEntry } from './claim-entry';
import type { ClassEntry } from './class-entry';
import type { NodeEntry } from './inventory';
import type { LatePool, LateVolume } from './late-pool';
import { isPlainObject, listAt, textAt } from './plain-object';
import { reachOfNewVolume } from './provisioned-reach';
import { type Reach, reaches } from './volume-reach';

/** A claim that waits for its first consumer, and its class. */
export interface LateClaim {
  readonly entry: ClaimEntry;
  readonly class: ClassEntry;

  /** Whether its class makes volumes. */
  readonly provisions: boolean;
}

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

// Equal sizes in several places multiply; beyond this many the verdict is left open.
const MOST_ASSIGNMENTS = 64;

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
  let ways: readonly Assignment[] = [NOTHING];
  for (const level of bySize(claims)) {
    ways = unique(ways.flatMap((way) => orders(level, way)));
  }
  return ways;

  // Claims of one size come in no order of their own.
  function orders(level: readonly LateClaim[], way: Assignment): readonly Assignment[] {
    if (level.length === 0) {
      return [way];
    }
    const firsts = level.length > 3 ? level.slice(0, 1) : level;
    return unique(
      firsts.flatMap((first) =>
        bind(first, way).flatMap((next) =>
          orders(
            level.filter((each) => each !== first),
            next,
          ),
        ),
      ),
    );
  }

  function bind(claim: LateClaim, way: Assignment): readonly Assignment[] {
    const named = [...way.bound.values()].flatMap(({ volume }) => volume ?? []);
    const found: BoundVolume[] = volumesFor(claim, new Set([...taken, ...named])).map(
      ({ volume, reach }) => ({ volume: volume.name, reach }),
    );
    if ((found.length === 0 || contested) && claim.provisions && allows(claim.class, node)) {
      found.push({ reach: reachOfNewVolume(claim.class.provisioner, node) });
    }
    return found.map((each) => ({
      bound: new Map(way.bound).set(claim.entry.key, each),
      unsure: way.unsure || each.reach === undefined,
    }));
  }

  function volumesFor({ entry }: LateClaim, gone: ReadonlySet<string>): readonly LateVolume[] {
    const reserved = pool.reservedFor(entry);
    if (reserved !== undefined) {
      return reaches({ id: '', affinity: reserved.reach.affinity }, node) ? [reserved] : [];
    }
    return contested ? pool.anyAt(node, entry, gone) : pool.smallestAt(node, entry, gone);
  }
}

/** Whether the class may make volumes for the node (StorageClass.allowedTopologies). */
export function allows({ object }: ClassEntry, { labels }: NodeEntry): boolean {
  const terms = listAt(object, 'allowedTopologies').filter(isPlainObject);
  return (
    terms.length === 0 ||
    terms.some((term) =>
      listAt(term, 'matchLabelExpressions')
        .filter(isPlainObject)
        .every((expression) => {
          const key = textAt(expression, 'key') ?? '';
          return Object.hasOwn(labels, key) && listAt(expression, 'values').includes(labels[key]);
        }),
    )
  );
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
  const known = new Map<string, Assignment>();
  for (const way of ways) {
    known.set(idOf(way), way);
  }
  const kept = [...known.values()];
  return kept.length <= MOST_ASSIGNMENTS
    ? kept
    : kept.slice(0, MOST_ASSIGNMENTS).map((way) => ({ ...way, unsure: true }));
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
