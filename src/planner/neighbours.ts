import type { Effort } from './effort';
import type { NodeEntry } from './inventory';
import type { NodeSets } from './node-sets';
import { textOf } from './object-text';
import { type Claimant, PodCrowds } from './pod-crowds';
import { PodMeetings } from './pod-meetings';
import type { Room } from './pod-room';
import type { Workload } from './workload';

/** What the pods of other workloads do to those of one: they keep off each other, or attract. */
export class Neighbours {
  readonly #crowds: PodCrowds;
  readonly #meetings: PodMeetings;

  /** @param nodesOf - the nodes that a workload's pods may run on, volumes aside */
  constructor(
    workloads: readonly Workload[],
    nodesOf: (workload: Workload) => readonly NodeEntry[],
    private readonly sets: NodeSets,
    private readonly effort: Effort,
  ) {
    this.#crowds = new PodCrowds(workloads, nodesOf, sets);
    this.#meetings = new PodMeetings(workloads, nodesOf, sets, effort);
  }

  /** Whether pods of other workloads may take places before a workload's own. */
  mayComeFirst(workload: Workload): boolean {
    return this.#crowds.claimantsOf(workload)?.length !== 0;
  }

  /** The same for workloads to which other pods do the same. */
  keyOf(workload: Workload): string {
    return `${this.#crowds.keyOf(workload)} ${this.#meetings.keyOf(workload)}`;
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
    const claimants = this.#crowds.claimantsOf(workload);
    if (claimants?.length === 0 || room.most === 0) {
      return room;
    }
    const taken =
      claimants &&
      this.sets.once(nodes, `taken ${this.#crowds.keyOf(workload)}`, () =>
        this.#takenBy(claimants, nodes),
      );
    if (taken === undefined) {
      return { least: 0, most: room.most, exact: false };
    }
    let { least } = room;
    for (const [topologyKey, lost] of taken) {
      const mine = this.sets.placesOf(nodes, topologyKey);
      if (mine.labelled.length < nodes.length) {
        continue; // a node without the label is no place that could be taken
      }
      const places = mine.nodes.size;
      if (lost >= places) {
        least = 0;
      } else if (lost > 0 && apart.length > 0) {
        // A place taken is at most one of the workload's own pods less where places are the same.
        least = apart.every((key) => key === topologyKey) ? Math.min(least, places - lost) : 0;
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
    return this.#meetings.of(workload, nodes);
  }

  #takenBy(
    claimants: readonly Claimant[],
    nodes: readonly NodeEntry[],
  ): ReadonlyMap<string, number> | undefined {
    const taken = new Map<string, number>();
    for (const { crowd, topologyKey, workloads } of claimants) {
      if (!this.effort.spend(1)) {
        return undefined;
      }
      const shared = this.#shared(nodes, crowd.nodes, topologyKey);
      const each = crowd.isDaemon ? shared : Math.min(shared, crowd.pods);
      taken.set(topologyKey, (taken.get(topologyKey) ?? 0) + each * workloads);
    }
    return taken;
  }

  /** How many places two lists of nodes have in common. */
  #shared(a: readonly NodeEntry[], b: readonly NodeEntry[], topologyKey: string): number {
    const mine = this.sets.placesOf(a, topologyKey).nodes;
    if (a === b) {
      return mine.size;
    }
    return this.sets.once(a, textOf([this.sets.idOf(b), topologyKey]), () => {
      const theirs = this.sets.placesOf(b, topologyKey).nodes;
      const [few, many] = mine.size < theirs.size ? [mine, theirs] : [theirs, mine];
      this.effort.spend(few.size >> 3);
      let shared = 0;
      for (const place of few.keys()) {
        shared += many.has(place) ? 1 : 0;
      }
      return shared;
    });
  }
}
