import type { ClaimPlaces, EarlyPlace } from './claim-places';
import type { NodeEntry } from './inventory';
import { assignmentsAt, type LateClaim } from './late-binding';
import type { LatePool } from './late-pool';
import type { WorkloadAnswer } from './plan';
import { placeOf } from './pod-terms';
import { type Reach, reaches } from './volume-reach';

/** A pod's own claims. */
interface OwnClaims {
  readonly late: readonly LateClaim[];
  readonly early: readonly EarlyPlace[];
}

/** What the search has to know besides the claims. */
export interface OwnSearch {
  readonly nodes: readonly NodeEntry[];

  /** Topology keys of which no two of the pods share a place. */
  readonly apart: readonly string[];
  readonly pool: LatePool;

  /** How many claims of other workloads' pods are after the same volumes. */
  readonly rivals: number;
}

// The nodes that are tried for one pod after the other; beyond, the answer is left open.
const MOST_TRIES = 20_000;

/**
 * Whether every pod finds volumes for the claims that it has to itself, one pod after the other, as
 * those of a StatefulSet do.
 *
 * @param claims - of each pod, in the order in which the pods are made
 */
export function ownClaimsAnswer(
  claims: readonly (readonly ClaimPlaces[])[],
  search: OwnSearch,
): WorkloadAnswer {
  const pods: OwnClaims[] = [];
  for (const places of claims) {
    const early: EarlyPlace[] = [];
    for (const each of places) {
      if (each.kind === 'missing') {
        return each.certain ? 'no' : 'unknown';
      }
      if (each.kind === 'early') {
        const [only, ...others] = each.places;
        if (each.places.every(({ kind }) => kind === 'unbound')) {
          return 'no';
        }
        if (each.places.every((place) => isEverywhere(place))) {
          continue;
        }
        if (only === undefined || others.length > 0 || only.kind === 'unknown') {
          return each.places.some(({ kind }) => kind === 'unbound') ? 'depends' : 'unknown';
        }
        early.push(only);
      }
    }
    pods.push({ early, late: places.flatMap((each) => (each.kind === 'late' ? each.claim : [])) });
  }
  const answer = simply(pods, search) ?? new Search(pods, search).answer();
  return answer === 'yes' && search.rivals > 0 && pods.some(({ late }) => late.some(isScarce))
    ? 'depends'
    : answer;

  function isScarce({ entry, provisions }: LateClaim): boolean {
    const wanted = pods.length + search.rivals;
    return !provisions && search.pool.count(search.nodes, entry, wanted) < wanted;
  }
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

// What needs no search: pods without bonds, or of one claim each from a pool that serves all alike.
function simply(
  pods: readonly OwnClaims[],
  { nodes, apart, pool }: OwnSearch,
): WorkloadAnswer | undefined {
  if (pods.every(({ early, late }) => early.length + late.length === 0)) {
    return 'yes';
  }
  const [first] = pods;
  const [claim, ...others] = first?.late ?? [];
  if (claim === undefined || others.length > 0 || !pods.every((pod) => isLike(pod, claim))) {
    return undefined;
  }
  if (pods.some(({ late: [each] }) => each && pool.reservedFor(each.entry) !== undefined)) {
    return undefined;
  }
  const volumes = pool.count(nodes, claim.entry, pods.length);
  if (!claim.provisions && volumes < pods.length) {
    return 'no';
  }
  if (claim.provisions) {
    return undefined;
  }
  const [key, ...more] = apart;
  return key === undefined
    ? 'yes'
    : more.length > 0
      ? undefined
      : inSeparatePlaces(pool.reachesFor(nodes, claim.entry), nodes, key, pods.length);
}

// Where each volume stays in one place, every choice of a pod takes one place from the others.
function inSeparatePlaces(
  all: readonly Reach[],
  nodes: readonly NodeEntry[],
  topologyKey: string,
  pods: number,
): WorkloadAnswer | undefined {
  const members = new Set(nodes);
  const taken = new Set<string>();
  for (const { affinity } of all) {
    const places = new Set(
      [...(affinity ?? nodes)]
        .filter((node) => members.has(node))
        .map((node) => placeOf(node, topologyKey)),
    );
    const [place, ...others] = places;
    if (place === undefined || others.length > 0) {
      return undefined;
    }
    taken.add(place);
  }
  return taken.size >= pods ? 'yes' : 'no';
}

function isLike({ early, late }: OwnClaims, { entry, provisions }: LateClaim): boolean {
  const [claim, ...others] = late;
  return (
    claim !== undefined &&
    early.length + others.length === 0 &&
    claim.provisions === provisions &&
    claim.entry.className === entry.className &&
    claim.entry.request.rank === entry.request.rank &&
    claim.entry.modes === entry.modes &&
    claim.entry.volumeMode === entry.volumeMode &&
    claim.entry.selector === entry.selector
  );
}

/** Tries what the scheduler can choose for one pod after the other. */
class Search {
  readonly #seen = new Set<string>();
  #tries = 0;
  #yes = false;
  #no = false;

  constructor(
    private readonly pods: readonly OwnClaims[],
    private readonly search: OwnSearch,
  ) {}

  answer(): WorkloadAnswer {
    this.#place(0, new Set(), new Set());
    if (this.#yes && this.#no) {
      return 'depends';
    }
    return this.#tries > MOST_TRIES ? 'unknown' : this.#no ? 'no' : 'yes';
  }

  #place(position: number, places: ReadonlySet<string>, taken: ReadonlySet<string>): void {
    const pod = this.pods[position];
    if (pod === undefined) {
      this.#yes = true;
      return;
    }
    const state = JSON.stringify([position, [...places].sort(), [...taken].sort()]);
    if (this.#seen.has(state) || (this.#yes && this.#no) || this.#tries > MOST_TRIES) {
      return;
    }
    this.#seen.add(state);
    const { nodes, apart, pool } = this.search;
    let some = false;
    // Nodes where the same comes of it are one choice.
    const tried = new Set<string>();
    for (const node of nodes) {
      this.#tries += 1;
      const own = apart.flatMap((key) => {
        const place = placeOf(node, key);
        return place === undefined ? [] : [JSON.stringify([key, place])];
      });
      const early = pod.early.every(
        (place) => place.kind === 'bound' && reaches(place.reach, node),
      );
      if (!early || own.some((place) => places.has(place))) {
        continue;
      }
      for (const way of assignmentsAt(node, pod.late, pool, taken)) {
        some = true;
        const next = new Set(taken);
        for (const { volume } of way.bound.values()) {
          if (volume !== undefined) {
            next.add(volume);
          }
        }
        const outcome = JSON.stringify([own, [...next].sort()]);
        if (!tried.has(outcome)) {
          tried.add(outcome);
          this.#place(position + 1, new Set([...places, ...own]), next);
        }
      }
    }
    if (!some) {
      this.#no = true;
    }
  }
}
