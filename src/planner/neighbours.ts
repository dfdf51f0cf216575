import type { NodeEntry } from './inventory';
import type { Room } from './pod-room';
import { type PodTerm, placeOf, podTerms } from './pod-terms';
import type { Workload } from './workload';

// Places of several affinities multiply; beyond this many the verdict is left open.
const MOST_WAYS = 1_000;

/** Pods of another workload that can take places before a workload's own. */
interface Claimant {
  readonly workload: Workload;
  readonly topologyKey: string;
}

/** What the pods of other workloads do to those of one: they keep off each other, or attract. */
export class Neighbours {
  readonly #claimants = new Map<Workload, readonly Claimant[]>();
  readonly #repelling: readonly {
    readonly workload: Workload;
    readonly terms: readonly PodTerm[];
  }[];

  /** @param nodesOf - the nodes that a workload's pods may run on, volumes aside */
  constructor(
    private readonly workloads: readonly Workload[],
    private readonly nodesOf: (workload: Workload) => readonly NodeEntry[],
  ) {
    this.#repelling = workloads
      .map((workload) => ({ workload, terms: podTerms(workload, 'podAntiAffinity') }))
      .filter(({ terms, workload }) => terms.length > 0 && workload.replicas.most > 0);
  }

  /**
   * Takes from the room what other workloads' pods may take first.
   *
   * Required anti-affinity holds both ways, whichever of two pods has it: objects of one set come in
   * any order, so that each workload may find the other's pods in its way, or be first.
   */
  narrow(
    workload: Workload,
    room: Room,
    nodes: readonly NodeEntry[],
    apart: readonly string[],
  ): Room {
    const claimants = this.#claimantsOf(workload);
    if (claimants.length === 0 || room.most === 0) {
      return room;
    }
    let least = room.least;
    const lost = new Map<string, number>();
    for (const { workload: other, topologyKey } of claimants) {
      const mine = placesOf(nodes, topologyKey);
      const theirs = placesOf(this.nodesOf(other), topologyKey);
      const shared = [...theirs].filter((place) => mine.has(place)).length;
      const taken = (lost.get(topologyKey) ?? 0) + Math.min(shared, podsOf(other, shared));
      lost.set(topologyKey, taken);
      if (nodes.some((node) => placeOf(node, topologyKey) === undefined)) {
        continue; // a node without the label is no place that could be taken
      }
      if (taken >= mine.size) {
        least = 0;
      } else if (taken > 0 && apart.length > 0) {
        // A place taken is at most one of the workload's own pods less where places are the same.
        least = apart.every((key) => key === topologyKey) ? Math.min(least, mine.size - taken) : 0;
      }
    }
    return { ...room, least };
  }

  /**
   * The nodes that a required affinity to other pods leaves, for each place where those can be; the
   * nodes as they are where it asks for none; undefined where the input does not say which pods.
   */
  meetings(
    workload: Workload,
    nodes: readonly NodeEntry[],
  ): readonly (readonly NodeEntry[])[] | undefined {
    let ways: readonly (readonly NodeEntry[])[] = [nodes];
    for (const term of podTerms(workload, 'podAffinity')) {
      const own = term.matches(workload);
      const others = this.workloads.filter(
        (other) => other !== workload && other.replicas.most > 0 && term.matches(other) !== false,
      );
      if (own === undefined || others.some((other) => term.matches(other) === undefined)) {
        return undefined;
      }
      if (own && others.length === 0) {
        continue; // the first of its own pods is let in anywhere
      }
      const places = new Set(
        [...others, ...(own ? [workload] : [])].flatMap((each) => [
          ...placesOf(this.nodesOf(each), term.topologyKey),
        ]),
      );
      ways = ways.flatMap((way) =>
        [...places].map((place) => way.filter((node) => placeOf(node, term.topologyKey) === place)),
      );
      if (ways.length > MOST_WAYS) {
        return undefined;
      }
    }
    return ways.length === 0 ? [[]] : ways;
  }

  #claimantsOf(workload: Workload): readonly Claimant[] {
    let known = this.#claimants.get(workload);
    if (known === undefined) {
      known = this.#findClaimants(workload);
      this.#claimants.set(workload, known);
    }
    return known;
  }

  #findClaimants(workload: Workload): readonly Claimant[] {
    const claimants: Claimant[] = [];
    for (const term of podTerms(workload, 'podAntiAffinity')) {
      for (const other of this.workloads) {
        if (other !== workload && other.replicas.most > 0 && term.matches(other) === true) {
          claimants.push({ workload: other, topologyKey: term.topologyKey });
        }
      }
    }
    for (const { workload: other, terms } of this.#repelling) {
      for (const term of other === workload ? [] : terms) {
        if (term.matches(workload) === true) {
          claimants.push({ workload: other, topologyKey: term.topologyKey });
        }
      }
    }
    return unique(claimants);
  }
}

function podsOf({ kind, replicas }: Workload, places: number): number {
  return kind === 'DaemonSet' ? places : replicas.most;
}

// Two workloads that keep off each other are told once.
function unique(claimants: readonly Claimant[]): readonly Claimant[] {
  const known = new Map<string, Claimant>();
  for (const claimant of claimants) {
    known.set(JSON.stringify([claimant.workload.key, claimant.topologyKey]), claimant);
  }
  return [...known.values()];
}

function placesOf(nodes: readonly NodeEntry[], topologyKey: string): ReadonlySet<string> {
  const places = new Set<string>();
  for (const node of nodes) {
    const place = placeOf(node, topologyKey);
    if (place !== undefined) {
      places.add(place);
    }
  }
  return places;
}
