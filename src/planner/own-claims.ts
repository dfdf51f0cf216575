import type { ClaimPlaces, EarlyPlace } from './claim-places';
import type { NodeEntry } from './inventory';
import type { LateClaim } from './late-claim';
import type { Shelf } from './late-stock';
import { OwnSearch } from './own-search';
import type { OwnClaims, OwnSurroundings } from './own-surroundings';
import type { WorkloadAnswer } from './plan';
import { fits } from './pod-room';
import { placeOf } from './pod-terms';

/** Pods in a row whose own claims are alike. */
export interface PodRun {
  readonly claims: readonly ClaimPlaces[];
  readonly pods: number;
}

/**
 * Whether every pod finds volumes for the claims that it has to itself, one pod after the other, as
 * those of a StatefulSet do.
 *
 * @param claims - of the pods, in the order in which they are made
 */
export function ownClaimsAnswer(
  claims: readonly PodRun[],
  around: OwnSurroundings,
): WorkloadAnswer {
  const runs: OwnClaims[] = [];
  for (const run of claims) {
    const early: EarlyPlace[] = [];
    for (const each of run.claims) {
      const found = each.kind === 'late' ? undefined : earlyPlace(each);
      if (typeof found === 'string') {
        return found;
      }
      if (found !== undefined) {
        early.push(found);
      }
    }
    const late = run.claims.flatMap((each) => (each.kind === 'late' ? each.claim : []));
    runs.push({ early, late, pods: run.pods });
  }
  const answer = simply(runs, around) ?? new OwnSearch(runs, around).answer();
  return answer === 'yes' && around.rivals > 0 && isScarce(runs, around) ? 'depends' : answer;
}

/** Where an early claim is; undefined where that is everywhere, or the answer that it leaves. */
function earlyPlace(
  claim: Exclude<ClaimPlaces, { readonly kind: 'late' }>,
): EarlyPlace | WorkloadAnswer | undefined {
  if (claim.kind === 'missing') {
    return claim.certain ? 'no' : 'unknown';
  }
  const { places } = claim;
  const [only, ...others] = places;
  if (places.every(({ kind }) => kind === 'unbound')) {
    return 'no';
  }
  if (places.every((place) => isEverywhere(place))) {
    return undefined;
  }
  if (only === undefined || others.length > 0 || only.kind === 'unknown') {
    return places.some(({ kind }) => kind === 'unbound') ? 'depends' : 'unknown';
  }
  return only;
}

function isEverywhere(place: EarlyPlace): boolean {
  const reach = place.kind === 'bound' ? place.reach : undefined;
  return (
    reach !== undefined &&
    reach.affinity === undefined &&
    reach.zones === undefined &&
    reach.label === undefined
  );
}

function isScarce(runs: readonly OwnClaims[], { nodes, pool, rivals }: OwnSurroundings): boolean {
  const wanted = podsOf(runs) + rivals;
  const claims = new Map(runs.flatMap(({ late }) => late.map((each) => [each.shape, each])));
  return [...claims.values()].some(
    ({ entry, provisions }) => !provisions && pool.count(nodes, entry, wanted) < wanted,
  );
}

function podsOf(runs: readonly OwnClaims[]): number {
  return runs.reduce((sum, { pods }) => sum + pods, 0);
}

// What needs no search: pods without bonds, with volumes made where they come to, or of one claim
// each from a pool that serves all alike.
function simply(runs: readonly OwnClaims[], around: OwnSurroundings): WorkloadAnswer | undefined {
  if (runs.every(({ early, late }) => early.length + late.length === 0)) {
    return 'yes';
  }
  if (runs.some(({ early }) => early.length > 0)) {
    return undefined;
  }
  const claims = runs.flatMap(({ late }) => late);
  if (claims.some(({ reserved }) => reserved !== undefined)) {
    return undefined;
  }
  if (claims.every(({ provisions }) => provisions)) {
    return whereMade(claims, podsOf(runs), around);
  }
  const [claim] = claims;
  return claim !== undefined && runs.every(({ late }) => isOnly(late, claim))
    ? fromOnePool(claim, podsOf(runs), around)
    : undefined;
}

function isOnly([only, ...others]: readonly LateClaim[], { shape, provisions }: LateClaim) {
  return !provisions && only?.shape === shape && others.length === 0;
}

/** Whether pods fit where the classes of all their claims make volumes. */
function whereMade(
  claims: readonly LateClaim[],
  pods: number,
  { nodes, pool, roomOn }: OwnSurroundings,
): WorkloadAnswer | undefined {
  const classes = [...new Set(claims.map((claim) => claim.class))];
  const there = nodes.filter((node) => classes.every((each) => pool.made.allows(each, node)));
  if (there.length === nodes.length) {
    return fits(roomOn(nodes), pods);
  }
  const shapes = new Map(claims.map((claim) => [claim.shape, claim]));
  const none = [...shapes.values()].every(({ entry }) => pool.count(nodes, entry, 1) === 0);
  return none ? fits(roomOn(there), pods) : undefined;
}

/** Whether pods that each take any volume of the pool all find one. */
function fromOnePool(
  { entry }: LateClaim,
  pods: number,
  { nodes, apart, pool, roomOn }: OwnSurroundings,
): WorkloadAnswer | undefined {
  if (pool.count(nodes, entry, pods) < pods) {
    return 'no';
  }
  const [key, ...more] = apart;
  if (key === undefined) {
    return 'yes';
  }
  const shelves = (pool.stockFor(entry)?.shelvesOn(nodes) ?? []).filter(
    (shelf) => shelf.from(entry.request.rank) < shelf.volumes.length,
  );
  if (shelves.every(({ reach }) => reach.affinity === undefined)) {
    return fits(roomOn(nodes), pods);
  }
  const most = more.length > 0 ? undefined : mostApart(shelves, entry.request.rank, nodes, key);
  return most === undefined ? undefined : most >= pods ? 'yes' : 'no';
}

/**
 * How many pods find a volume in a place of their own, where every choice of a pod takes as much
 * from the others; undefined where it does not.
 */
function mostApart(
  shelves: readonly Shelf[],
  rank: number,
  nodes: readonly NodeEntry[],
  topologyKey: string,
): number | undefined {
  const members = new Set(nodes);
  const volumes = new Map<ReadonlySet<NodeEntry>, number>();
  for (const shelf of shelves) {
    const { affinity } = shelf.reach;
    if (affinity === undefined) {
      return undefined;
    }
    volumes.set(affinity, (volumes.get(affinity) ?? 0) + shelf.volumes.length - shelf.from(rank));
  }
  const owners = new Map<NodeEntry, ReadonlySet<NodeEntry>>();
  const homes = new Map<string, ReadonlySet<NodeEntry>>();
  let [most, isNarrow, isWide] = [0, true, true];
  for (const [affinity, count] of volumes) {
    const places = new Set<string>();
    for (const node of affinity) {
      const place = placeOf(node, topologyKey);
      if (!members.has(node)) {
        continue;
      }
      if (place === undefined || owners.has(node)) {
        return undefined;
      }
      owners.set(node, affinity);
      places.add(place);
      isWide &&= (homes.get(place) ?? affinity) === affinity;
      homes.set(place, affinity);
    }
    isNarrow &&= places.size === 1;
    most += Math.min(count, places.size);
  }
  return isNarrow ? homes.size : isWide ? most : undefined;
}
