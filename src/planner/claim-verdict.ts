import type { Bindings } from './binder';
import type { ClaimBinding } from './claim-binding';
import type { Inventory } from './inventory';
import type { ClaimOutcome, ClaimVerdict, RejectedVolume } from './plan';
import type { PlanContext } from './plan-context';
import { rejections } from './rejections';

/** A claim's binding, as it is told; its lists are made when they are asked for. */
export class PlannedClaim implements ClaimVerdict {
  readonly claim: string;
  readonly outcomes: readonly ClaimOutcome[];
  readonly deterministic: boolean;
  readonly reason?: string;
  readonly message?: string;

  readonly #binding: ClaimBinding;
  readonly #bindings: Bindings;
  readonly #inventory: Inventory;
  readonly #context: PlanContext;
  #volumes: readonly string[] | undefined;

  constructor(
    binding: ClaimBinding,
    bindings: Bindings,
    inventory: Inventory,
    context: PlanContext,
  ) {
    this.claim = binding.claim.key;
    this.outcomes = binding.outcomes;
    this.deterministic = binding.deterministic;
    if (binding.event !== undefined) {
      this.reason = binding.event.reason;
    }
    const message = binding.event?.message ?? binding.refusal;
    if (message !== undefined) {
      this.message = message;
    }
    this.#binding = binding;
    this.#bindings = bindings;
    this.#inventory = inventory;
    this.#context = context;
  }

  get volumes(): readonly string[] {
    this.#volumes ??= volumesOf(this.#binding);
    return this.#volumes;
  }

  rejected(): readonly RejectedVolume[] {
    return rejections(
      this.#binding.claim,
      new Set(this.volumes),
      this.#bindings,
      this.#inventory,
      this.#context,
    );
  }

  /** The verdict with its list of volumes, which JSON would leave out. */
  toJSON(): Record<string, unknown> {
    const { claim, outcomes, volumes, deterministic, reason, message } = this;
    return { claim, outcomes, volumes, deterministic, reason, message };
  }
}

/** Names of the volumes that a claim can bind to; frozen, and shared where it is one shape's. */
export function volumesOf({ shapes, own }: ClaimBinding): readonly string[] {
  const lists = shapes.map((shape) => shape.family.volumesOf(shape));
  const [first] = lists;
  if (own.length === 0 && lists.length === 1 && first !== undefined) {
    return first;
  }
  return lists.length === 0 ? own : Object.freeze([...new Set([...lists.flat(), ...own])]);
}
