import type { NodeEntry } from './inventory';
import { assignmentsAt } from './late-binding';
import type { OwnClaims, OwnSurroundings } from './own-surroundings';
import type { WorkloadAnswer } from './plan';
import { placeOf } from './pod-terms';
import { reaches } from './volume-reach';

// The nodes that are tried for one pod after the other; beyond, the answer is left open.
const MOST_TRIES = 20_000;

// More pods are not placed one by one.
const MOST_PODS = 300;

/** Tries what the scheduler can choose for one pod after the other. */
export class OwnSearch {
  readonly #pods: readonly OwnClaims[];
  readonly #seen = new Set<string>();
  #tries = 0;
  #yes = false;
  #no = false;

  constructor(
    runs: readonly OwnClaims[],
    private readonly around: OwnSurroundings,
  ) {
    const count = runs.reduce((sum, { pods }) => sum + pods, 0);
    this.#pods =
      count > MOST_PODS ? [] : runs.flatMap((run) => Array.from({ length: run.pods }, () => run));
  }

  /** Whether all find a place, whatever the scheduler chooses. */
  answer(): WorkloadAnswer {
    if (this.#pods.length === 0) {
      return 'unknown';
    }
    this.#place(0, new Set(), new Set());
    if (this.#yes && this.#no) {
      return 'depends';
    }
    return this.#isTired ? 'unknown' : this.#no ? 'no' : 'yes';
  }

  get #isTired(): boolean {
    return this.#tries > MOST_TRIES || this.around.pool.effort.isSpent;
  }

  #place(position: number, places: ReadonlySet<string>, taken: ReadonlySet<string>): void {
    const pod = this.#pods[position];
    if (pod === undefined) {
      this.#yes = true;
      return;
    }
    if ((this.#yes && this.#no) || this.#isTired || !this.#isNew(position, places, taken)) {
      return;
    }
    let some = false;
    // Nodes where the same comes of it are one choice.
    const tried = new Set<string>();
    for (const node of this.around.nodes) {
      this.#tries += 1;
      if (!this.around.pool.effort.spend(1 + (places.size >> 3)) || (this.#yes && this.#no)) {
        return;
      }
      const own = this.#placesOf(node);
      if (own.some((place) => places.has(place)) || !isInReach(pod, node)) {
        continue;
      }
      for (const way of assignmentsAt(node, pod.late, this.around.pool, taken)) {
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

  #isNew(position: number, places: ReadonlySet<string>, taken: ReadonlySet<string>): boolean {
    const state = JSON.stringify([position, [...places].sort(), [...taken].sort()]);
    const isNew = !this.#seen.has(state);
    this.#seen.add(state);
    return isNew;
  }

  #placesOf(node: NodeEntry): readonly string[] {
    return this.around.apart.flatMap((key) => {
      const place = placeOf(node, key);
      return place === undefined ? [] : [JSON.stringify([key, place])];
    });
  }
}

function isInReach({ early }: OwnClaims, node: NodeEntry): boolean {
  return early.every((place) => place.kind === 'bound' && reaches(place.reach, node));
}
