import type { Effort } from './effort';
import type { NodeEntry } from './inventory';
import { type Assignment, assignmentsAt, idOf } from './late-binding';
import type { LateClaim } from './late-claim';
import type { LatePool } from './late-pool';
import type { NodeSets } from './node-sets';
import { StockUses } from './stock-uses';
import type { Workload } from './workload';

/** The waiting claims of a workload's pods. */
export interface LateClaims {
  readonly all: readonly LateClaim[];

  /** Those of its first pod. */
  readonly first: readonly LateClaim[];
}

/** A workload whose pods bind claims that wait for a pod. */
interface LateUser {
  readonly workload: Workload;
  readonly claims: LateClaims;

  /** The nodes that its pods may run on, volumes aside. */
  readonly nodes: readonly NodeEntry[];
}

/** A claim, and who uses it. */
interface LateUse {
  readonly claim: LateClaim;
  readonly users: LateUser[];
}

/** Claims of one shape whose pods may run on the same nodes, each of one workload alone. */
interface LateGroup {
  readonly claim: LateClaim;
  readonly nodes: readonly NodeEntry[];
  claims: number;
}

/** The claims of a class. */
interface ClassUses {
  readonly groups: Map<string, LateGroup>;

  /** Those that several workloads share, by their key. */
  readonly shared: Map<string, LateUse>;

  /** How many claims the groups have together. */
  grouped: number;
}

// Beyond so many comparisons claims' sizes and nodes are not looked at.
const MOST_COMPARED = 200;

/** Which workloads' pods bind claims that wait for a pod: they share claims, or contest volumes. */
export class LateUses {
  readonly #byClass = new Map<string, ClassUses>();
  readonly #byClaim = new Map<string, LateUse>();
  readonly #stocks = new Map<string, StockUses>();
  readonly #users = new Map<Workload, LateUser>();

  /** @param nodesOf - the nodes that a workload's pods may run on, volumes aside */
  constructor(
    workloads: readonly Workload[],
    lateOf: (workload: Workload) => LateClaims,
    nodesOf: (workload: Workload) => readonly NodeEntry[],
    private readonly pool: LatePool,
    private readonly sets: NodeSets,
    private readonly effort: Effort,
  ) {
    for (const workload of workloads) {
      const claims = lateOf(workload);
      if (claims.all.length > 0) {
        const user = { workload, claims, nodes: nodesOf(workload) };
        this.#users.set(workload, user);
        for (const claim of claims.all) {
          const use = this.#byClaim.get(claim.entry.key);
          if (use === undefined) {
            this.#byClaim.set(claim.entry.key, { claim, users: [user] });
          } else if (use.users.at(-1) !== user) {
            use.users.push(user);
          }
        }
      }
    }
    for (const [key, use] of this.#byClaim) {
      this.#sort(key, use);
    }
  }

  /** The same for workloads of which the same can be said, where their claims are of one shape. */
  keyOf(workload: Workload): string {
    const shared = this.#users
      .get(workload)
      ?.claims.first.filter(({ entry }) => this.#isShared(entry.key));
    return shared === undefined || shared.length === 0
      ? ''
      : JSON.stringify(shared.map(({ entry }) => entry.key));
  }

  /** What pods of other workloads can make of the claims, if they come first. */
  byOthers(workload: Workload, claims: readonly LateClaim[]): readonly Assignment[] {
    const keys = new Set(claims.map(({ entry }) => entry.key));
    const seen = new Set<readonly Assignment[]>();
    const found = new Map<string, Assignment>();
    for (const key of keys) {
      for (const user of this.#byClaim.get(key)?.users ?? []) {
        const ways = user.workload === workload ? [] : this.#waysOf(user);
        if (seen.has(ways) || !this.effort.spend(1 + ways.length)) {
          continue;
        }
        seen.add(ways);
        for (const { bound, unsure } of ways) {
          const way = { bound: new Map([...bound].filter(([each]) => keys.has(each))), unsure };
          found.set(idOf(way), way);
        }
      }
    }
    return [...found.values()];
  }

  /** How many claims of other workloads' pods are after volumes that serve the claims on the nodes. */
  rivals(workload: Workload, claims: readonly LateClaim[], nodes: readonly NodeEntry[]): number {
    const shapes = [...new Map(claims.map((claim) => [claim.shape, claim])).values()];
    const own = new Set(claims.map(({ entry }) => entry.key));
    let rivals = 0;
    for (const name of new Set(shapes.map(({ entry }) => entry.className ?? ''))) {
      const uses = this.#byClass.get(name);
      rivals += uses === undefined ? 0 : this.#rivalsIn(uses, name, workload, own, shapes, nodes);
    }
    return rivals;
  }

  #rivalsIn(
    uses: ClassUses,
    className: string,
    workload: Workload,
    own: ReadonlySet<string>,
    shapes: readonly LateClaim[],
    nodes: readonly NodeEntry[],
  ): number {
    const { groups, shared, grouped } = uses;
    const user = this.#users.get(workload);
    const alone = (user?.claims.all ?? []).filter(
      ({ entry }) => (entry.className ?? '') === className && !this.#isShared(entry.key),
    );
    if ((groups.size + shared.size) * shapes.length > MOST_COMPARED) {
      const ownShared = [...own].flatMap((key) => shared.get(key)?.claim ?? []);
      const mine = [...alone, ...ownShared];
      const rivals = this.#stocksOf(className, uses).rivals(shapes, mine);
      return rivals ?? grouped + shared.size - mine.length;
    }
    let rivals = 0;
    for (const group of groups.values()) {
      rivals += this.#isRival(group, shapes, nodes) ? group.claims : 0;
    }
    for (const claim of alone) {
      const group = groups.get(this.#groupOf(claim, user?.nodes ?? []));
      rivals -= group !== undefined && this.#isRival(group, shapes, nodes) ? 1 : 0;
    }
    for (const [key, { claim, users }] of shared) {
      const other = own.has(key) ? undefined : users.at(-1) === user ? users.at(-2) : users.at(-1);
      const group = other && { claim, nodes: other.nodes, claims: 1 };
      rivals += group !== undefined && this.#isRival(group, shapes, nodes) ? 1 : 0;
    }
    return rivals;
  }

  #stocksOf(className: string, { groups, shared }: ClassUses): StockUses {
    let stocks = this.#stocks.get(className);
    if (stocks === undefined) {
      const one = Array.from(shared.values(), ({ claim }) => ({ claim, claims: 1 }));
      stocks = new StockUses([...groups.values(), ...one], this.pool);
      this.#stocks.set(className, stocks);
    }
    return stocks;
  }

  #isRival(group: LateGroup, shapes: readonly LateClaim[], nodes: readonly NodeEntry[]): boolean {
    return shapes.some((claim) => {
      const key = `rival ${claim.shape} ${group.claim.shape} ${this.sets.idOf(group.nodes)}`;
      return this.sets.once(nodes, key, () =>
        this.pool.overlaps(nodes, claim.entry, group.nodes, group.claim.entry),
      );
    });
  }

  #sort(key: string, use: LateUse): void {
    const { claim, users } = use;
    const className = claim.entry.className ?? '';
    let uses = this.#byClass.get(className);
    if (uses === undefined) {
      uses = { groups: new Map(), shared: new Map(), grouped: 0 };
      this.#byClass.set(className, uses);
    }
    if (users.length > 1) {
      uses.shared.set(key, use);
      return;
    }
    const nodes = users[0]?.nodes ?? [];
    const id = this.#groupOf(claim, nodes);
    const group = uses.groups.get(id);
    if (group === undefined) {
      uses.groups.set(id, { claim, nodes, claims: 1 });
    } else {
      group.claims += 1;
    }
    uses.grouped += 1;
  }

  #groupOf({ shape }: LateClaim, nodes: readonly NodeEntry[]): string {
    return `${shape} ${this.sets.idOf(nodes)}`;
  }

  #isShared(key: string): boolean {
    return (this.#byClaim.get(key)?.users.length ?? 0) > 1;
  }

  /** Every way for the first pod of a workload; the same list for workloads that use the same. */
  #waysOf({ claims: { first }, nodes }: LateUser): readonly Assignment[] {
    const key = `ways ${JSON.stringify(first.map(({ entry }) => entry.key))}`;
    return this.sets.once(nodes, key, () => {
      const found = new Map<string, Assignment>();
      for (const node of nodes) {
        for (const way of assignmentsAt(node, first, this.pool, new Set())) {
          found.set(idOf(way), way);
        }
        if (!this.effort.spend(1)) {
          break;
        }
      }
      return [...found.values()];
    });
  }
}
