import type { Effort } from './effort';
import type { NodeEntry } from './inventory';
import { conditionsOf, LabelIndex } from './label-index';
import type { NodeSets } from './node-sets';
import { Numbering, textOf } from './object-text';
import { ownLabelKeys, type PodTerm, podTerms, requiredTerms } from './pod-terms';
import type { Workload } from './workload';

/** The pods that a required affinity is about. */
interface Hosts {
  readonly workloads: ReadonlySet<Workload>;

  /** Whether the input leaves open which these are. */
  readonly open: boolean;

  /** Where they can be. */
  readonly places: ReadonlySet<string>;
}

// Places of several affinities multiply; beyond this many the verdict is left open.
const MOST_WAYS = 1_000;

const NO_NODES: readonly NodeEntry[] = [];

/** Where the pods of a workload meet the pods that a required affinity wants them to be with. */
export class PodMeetings {
  readonly #running: readonly Workload[];
  readonly #hosts = new Map<string, Hosts>();
  readonly #numbers = new Numbering();
  #index: LabelIndex<Workload> | undefined;

  constructor(
    workloads: readonly Workload[],
    private readonly nodesOf: (workload: Workload) => readonly NodeEntry[],
    private readonly sets: NodeSets,
    private readonly effort: Effort,
  ) {
    this.#running = workloads.filter(({ replicas }) => replicas.most > 0);
  }

  /** The same for workloads that meet pods in the same places. */
  keyOf(workload: Workload): string {
    const terms = podTerms(workload, 'podAffinity');
    if (terms.length === 0) {
      return '';
    }
    const parts = terms.map((term) => {
      const hosts = this.#hostsOf(workload, term);
      const own = term.matches(workload);
      return hosts === undefined
        ? 'too many'
        : [
            term.topologyKey,
            own,
            hosts.open,
            hosts.workloads.size - (hosts.workloads.has(workload) ? 1 : 0) === 0,
            [...hosts.places],
          ];
    });
    return `${this.#numbers.of(textOf(parts))}`;
  }

  /** The nodes for each way to meet; undefined where that is open. */
  of(
    workload: Workload,
    nodes: readonly NodeEntry[],
  ): readonly (readonly NodeEntry[])[] | undefined {
    let ways: readonly (readonly NodeEntry[])[] = [nodes];
    for (const term of podTerms(workload, 'podAffinity')) {
      const own = term.matches(workload);
      const hosts = this.#hostsOf(workload, term);
      if (own === undefined || hosts === undefined || hosts.open) {
        return undefined;
      }
      const others = hosts.workloads.size - (hosts.workloads.has(workload) ? 1 : 0);
      if (own && others === 0) {
        continue; // the first of its own pods is let in anywhere
      }
      if (ways.length * hosts.places.size > MOST_WAYS) {
        return undefined;
      }
      const { topologyKey } = term;
      ways = ways.flatMap((way) => {
        const { nodes: byPlace } = this.sets.placesOf(way, topologyKey);
        return Array.from(hosts.places, (place) => byPlace.get(place) ?? NO_NODES);
      });
      ways = [...new Set(ways)];
    }
    return ways.length === 0 ? [NO_NODES] : ways;
  }

  #hostsOf(workload: Workload, term: PodTerm): Hosts | undefined {
    const required = requiredTerms(workload, 'podAffinity');
    const position = podTerms(workload, 'podAffinity').indexOf(term);
    const own = ownLabelKeys(required).map((key) =>
      typeof key === 'string' && Object.hasOwn(workload.labels, key) ? workload.labels[key] : null,
    );
    const key = textOf([workload.namespace, position, required, own]);
    const known = this.#hosts.get(key);
    if (known !== undefined) {
      return known;
    }
    const found = this.#find(term);
    if (found !== undefined) {
      this.#hosts.set(key, found);
    }
    return found;
  }

  #find({ selector, topologyKey, matches }: PodTerm): Hosts | undefined {
    this.#index ??= new LabelIndex(this.#running, ({ labels }) => labels);
    const narrow = selector === undefined ? [] : this.#index.narrow(conditionsOf(selector));
    if (!this.effort.spend(narrow.length)) {
      return undefined;
    }
    const workloads = new Set<Workload>();
    const nodes = new Set<readonly NodeEntry[]>();
    let open = false;
    for (const other of narrow) {
      const match = matches(other);
      if (match !== false) {
        workloads.add(other);
        nodes.add(this.nodesOf(other));
        open ||= match === undefined;
      }
    }
    const places = new Set<string>();
    for (const each of nodes) {
      const of = this.sets.placesOf(each, topologyKey).nodes;
      if (!this.effort.spend(of.size)) {
        return undefined;
      }
      for (const place of of.keys()) {
        places.add(place);
      }
    }
    return { workloads, open, places };
  }
}
