import type { Bindings } from '../planner/binder';
import { type ClaimBinding, onceScheduled } from '../planner/claim-binding';
import type { ClaimEntry } from '../planner/claim-entry';
import type { ClassEntry } from '../planner/class-entry';
import type { Inventory } from '../planner/inventory';
import type { KubernetesVersion } from '../planner/plan';
import type { PlanContext } from '../planner/plan-context';
import { type PodClaims, podClaims } from '../planner/pod-claims';
import type { Prediction } from '../planner/prediction';
import { readWorkloads, type Workload } from '../planner/workload';

/** A workload, and the claims that its pods use. */
export interface ClaimUser {
  readonly workload: Workload;
  readonly claims: PodClaims;
}

/** What the rules read: the objects, as the planner has read them, and what it predicts of them. */
export class Facts {
  readonly inventory: Inventory;
  readonly context: PlanContext;
  readonly bindings: Bindings;
  readonly version: KubernetesVersion;

  /** Whether the whole cluster is known: what is not in the input is nowhere. */
  readonly closed: boolean;

  #users: ReadonlyMap<string, readonly ClaimUser[]> | undefined;

  constructor({ inventory, context, bindings }: Prediction) {
    this.inventory = inventory;
    this.context = context;
    this.bindings = bindings;
    this.version = context.version;
    this.closed = inventory.closed;
  }

  /** What makes pods, and the pods; existing ones included. */
  get workloads(): readonly Workload[] {
    return readWorkloads(this.inventory);
  }

  /** The claims that the pods of a workload use. */
  claimsOf(workload: Workload): PodClaims {
    return podClaims(workload);
  }

  /** The workloads whose pods share a claim, by the claim's key; own claims of pods are not among. */
  usersOf(claim: string): readonly ClaimUser[] {
    this.#users ??= this.#readUsers();
    return this.#users.get(claim) ?? [];
  }

  /**
   * What becomes of a claim by itself: that no node takes the pods that it waits for is a slip of its
   * own, and hides no other.
   */
  bindingOf({ key }: Pick<ClaimEntry, 'key'>): ClaimBinding | undefined {
    const binding = this.bindings.claims.get(key);
    return binding && onceScheduled(binding);
  }

  /** Names of the classes that a claim may have; undefined where the default class is unknown. */
  classNamesOf({ className }: ClaimEntry): readonly string[] | undefined {
    return className === undefined ? this.context.defaultClasses : [className];
  }

  /** The class of a claim, where it is known and among the objects. */
  classOf(claim: ClaimEntry): ClassEntry | undefined {
    const names = this.classNamesOf(claim);
    const [name] = names ?? [];
    return names?.length === 1 && name ? this.inventory.classes.get(name) : undefined;
  }

  #readUsers(): ReadonlyMap<string, readonly ClaimUser[]> {
    const users = new Map<string, ClaimUser[]>();
    for (const workload of this.workloads) {
      const claims = this.claimsOf(workload);
      for (const key of claims.shared) {
        const known = users.get(key);
        if (known === undefined) {
          users.set(key, [{ workload, claims }]);
        } else {
          known.push({ workload, claims });
        }
      }
    }
    return users;
  }
}
