import type { Labels } from '../kube/label-selector';
import type { NodeEntry } from './inventory';
import { conditionsOf, LabelIndex } from './label-index';
import type { NodeSets } from './node-sets';
import { Numbering, textOf } from './object-text';
import { ownLabelKeys, type PodTerm, podTerms, requiredTerms } from './pod-terms';
import type { Workload } from './workload';

/** Workloads that keep off others, and are kept off by them, in the same way. */
export interface PodCrowd {
  readonly id: number;
  readonly namespace: string;

  /** Those of its pods' labels that any term asks for. */
  readonly labels: Labels;
  readonly terms: readonly PodTerm[];

  /** The nodes that its pods may run on, volumes aside. */
  readonly nodes: readonly NodeEntry[];

  /** How many pods each of the workloads has; as many as there are nodes where it is a DaemonSet. */
  readonly pods: number;
  readonly isDaemon: boolean;
  workloads: number;
}

/** Other workloads whose pods can take places before a workload's own. */
export interface Claimant {
  readonly crowd: PodCrowd;
  readonly topologyKey: string;

  /** How many of the crowd. */
  readonly workloads: number;
}

// A thousand workloads that each keep off all others by terms of their own are not compared.
const MOST_LINKS = 200_000;

const NOBODY: readonly Claimant[] = [];

/** Which workloads' pods keep off each other, by a required anti-affinity of either. */
export class PodCrowds {
  readonly #byWorkload = new Map<Workload, PodCrowd>();
  readonly #claimants = new Map<PodCrowd, readonly Claimant[]>();

  /** Whether there are too many to be compared. */
  #isOpen = false;

  constructor(
    workloads: readonly Workload[],
    nodesOf: (workload: Workload) => readonly NodeEntry[],
    sets: NodeSets,
  ) {
    const running = workloads.filter(({ replicas }) => replicas.most > 0);
    const repelling = running.filter(
      (workload) => requiredTerms(workload, 'podAntiAffinity').length > 0,
    );
    if (repelling.length > 0) {
      const crowds = this.#gather(running, repelling, nodesOf, sets);
      this.#link(crowds);
    }
  }

  /** Whose pods may come first; undefined where that is too much to say. */
  claimantsOf(workload: Workload): readonly Claimant[] | undefined {
    const crowd = this.#byWorkload.get(workload);
    if (crowd === undefined) {
      return NOBODY;
    }
    return this.#isOpen ? undefined : (this.#claimants.get(crowd) ?? NOBODY);
  }

  /** The same for workloads of which the same may come first. */
  keyOf(workload: Workload): string {
    const crowd = this.#byWorkload.get(workload);
    if (crowd === undefined) {
      return '';
    }
    return this.#isOpen ? 'open' : this.#claimants.has(crowd) ? `${crowd.id}` : '';
  }

  #gather(
    running: readonly Workload[],
    repelling: readonly Workload[],
    nodesOf: (workload: Workload) => readonly NodeEntry[],
    sets: NodeSets,
  ): readonly PodCrowd[] {
    const asked = askedLabels(repelling);
    const texts = new Numbering();
    const crowds = new Map<string, PodCrowd>();
    for (const workload of running) {
      const { namespace, kind, replicas } = workload;
      const labels = pick(workload.labels, asked);
      const required = requiredTerms(workload, 'podAntiAffinity');
      const terms = required.length === 0 ? -1 : texts.of(textOf(required));
      const nodes = nodesOf(workload);
      const isDaemon = kind === 'DaemonSet';
      const key = `${namespace} ${terms} ${sets.idOf(nodes)} ${isDaemon} ${replicas.most} ${textOf(labels)}`;
      let crowd = crowds.get(key);
      if (crowd === undefined) {
        crowd = {
          id: crowds.size,
          namespace,
          labels,
          terms: podTerms(workload, 'podAntiAffinity'),
          nodes,
          pods: replicas.most,
          isDaemon,
          workloads: 0,
        };
        crowds.set(key, crowd);
      }
      crowd.workloads += 1;
      this.#byWorkload.set(workload, crowd);
    }
    return [...crowds.values()];
  }

  #link(crowds: readonly PodCrowd[]): void {
    const index = new LabelIndex(crowds, ({ labels }) => labels);
    const links = new Map<PodCrowd, Map<string, Claimant>>();
    let compared = 0;
    for (const crowd of crowds) {
      for (const { selector, topologyKey, matches } of crowd.terms) {
        const narrow = selector === undefined ? [] : index.narrow(conditionsOf(selector));
        compared += narrow.length;
        if (compared > MOST_LINKS) {
          this.#isOpen = true;
          return;
        }
        for (const other of narrow) {
          if (matches(other) === true) {
            add(links, crowd, other, topologyKey);
            add(links, other, crowd, topologyKey);
          }
        }
      }
    }
    for (const [crowd, claimants] of links) {
      this.#claimants.set(crowd, [...claimants.values()]);
    }
  }
}

function add(
  links: Map<PodCrowd, Map<string, Claimant>>,
  crowd: PodCrowd,
  other: PodCrowd,
  topologyKey: string,
): void {
  const workloads = crowd === other ? other.workloads - 1 : other.workloads;
  if (workloads === 0) {
    return;
  }
  let claimants = links.get(crowd);
  if (claimants === undefined) {
    claimants = new Map();
    links.set(crowd, claimants);
  }
  claimants.set(`${other.id} ${topologyKey}`, { crowd: other, topologyKey, workloads });
}

/** Keys of the labels that any term asks for. */
function askedLabels(repelling: readonly Workload[]): ReadonlySet<unknown> {
  const asked = new Set<unknown>();
  for (const workload of repelling) {
    for (const key of ownLabelKeys(requiredTerms(workload, 'podAntiAffinity'))) {
      asked.add(key);
    }
    for (const { selector } of podTerms(workload, 'podAntiAffinity')) {
      for (const { key } of selector === undefined ? [] : conditionsOf(selector)) {
        asked.add(key);
      }
    }
  }
  return asked;
}

function pick(labels: Labels, keys: ReadonlySet<unknown>): Labels {
  const picked: Record<string, string> = {};
  for (const key of Object.keys(labels).sort()) {
    if (keys.has(key)) {
      picked[key] = labels[key] as string;
    }
  }
  return picked;
}
