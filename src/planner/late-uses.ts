import type { ClaimPlacer } from './claim-places';
import type { NodeEntry } from './inventory';
import { type Assignment, assignmentsAt, idOf, type LateClaim } from './late-binding';
import type { LatePool } from './late-pool';
import { podClaims } from './pod-claims';
import type { Workload } from './workload';

/** A claim that waits for the pods of a workload. */
interface LateUse {
  readonly workload: Workload;
  readonly claim: LateClaim;
}

// Beyond so many claims each is taken to be after every volume.
const MOST_COMPARED = 200;

/** Which workloads' pods bind claims that wait for a pod: they share claims, or contest volumes. */
export class LateUses {
  readonly #byClass = new Map<string, LateUse[]>();
  readonly #byClaim = new Map<string, LateUse[]>();

  /** @param nodesOf - the nodes that a workload's pods may run on, volumes aside */
  constructor(
    workloads: readonly Workload[],
    private readonly placer: ClaimPlacer,
    private readonly pool: LatePool,
    private readonly nodesOf: (workload: Workload) => readonly NodeEntry[],
  ) {
    for (const workload of workloads) {
      for (const claim of this.#lateOf(workload)) {
        const use = { workload, claim };
        const { key, className = '' } = claim.entry;
        push(this.#byClass, className, use);
        push(this.#byClaim, key, use);
      }
    }
  }

  /** What pods of other workloads can make of the claims, if they come first. */
  byOthers(workload: Workload, claims: readonly LateClaim[]): readonly Assignment[] {
    const keys = new Set(claims.map(({ entry }) => entry.key));
    const others = new Set(
      [...keys].flatMap((key) => (this.#byClaim.get(key) ?? []).map((use) => use.workload)),
    );
    others.delete(workload);
    const found = new Map<string, Assignment>();
    for (const other of others) {
      const late = this.#lateOf(other);
      for (const node of this.nodesOf(other)) {
        for (const { bound, unsure } of assignmentsAt(node, late, this.pool, new Set())) {
          const shared = new Map([...bound].filter(([key]) => keys.has(key)));
          const way = { bound: shared, unsure };
          found.set(idOf(way), way);
        }
      }
    }
    return [...found.values()];
  }

  /** How many claims of other workloads' pods are after volumes that serve the claims on the nodes. */
  rivals(workload: Workload, claims: readonly LateClaim[], nodes: readonly NodeEntry[]): number {
    const own = new Set(claims.map(({ entry }) => entry.key));
    const rivals = new Map<string, LateUse>();
    for (const name of new Set(claims.map(({ entry }) => entry.className ?? ''))) {
      for (const use of this.#byClass.get(name) ?? []) {
        if (use.workload !== workload && !own.has(use.claim.entry.key)) {
          rivals.set(use.claim.entry.key, use);
        }
      }
    }
    if (rivals.size * claims.length > MOST_COMPARED) {
      return rivals.size;
    }
    return [...rivals.values()].filter((rival) =>
      claims.some(({ entry }) =>
        this.pool.overlaps(nodes, entry, this.nodesOf(rival.workload), rival.claim.entry),
      ),
    ).length;
  }

  #lateOf(workload: Workload): readonly LateClaim[] {
    if (workload.replicas.most === 0 || workload.pod.nodeName) {
      return [];
    }
    const { shared, own, ownOf } = podClaims(workload);
    const pods = own.length === 0 ? 0 : workload.replicas.most;
    const keys = [...shared, ...Array.from({ length: pods }, (_, pod) => ownOf(pod)).flat()];
    return keys.flatMap((key) => {
      const places = this.placer.of(key);
      return places.kind === 'late' ? [places.claim] : [];
    });
  }
}

function push(lists: Map<string, LateUse[]>, key: string, use: LateUse): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [use]);
  } else {
    list.push(use);
  }
}
