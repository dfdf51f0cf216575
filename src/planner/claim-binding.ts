import type { ClaimEntry } from './claim-entry';
import type { Shape } from './family';
import type { ClaimOutcome } from './plan';
import type { ClaimEvent } from './provisioning';

/** What becomes of a claim, before it is told. */
export interface ClaimBinding {
  readonly claim: ClaimEntry;

  /** In the order of CLAIM_OUTCOMES. */
  readonly outcomes: readonly ClaimOutcome[];
  readonly deterministic: boolean;
  readonly event?: ClaimEvent;

  /** What the API server says where it refuses the claim. */
  readonly refusal?: string;

  /** Shapes of the claim, whose reach it can bind to. */
  readonly shapes: readonly Shape[];

  /** Names of volumes that it can bind to as well: its own, reserved or named ones. */
  readonly own: readonly string[];

  /** What becomes of it once a pod that uses it is scheduled, where none is or may be. */
  readonly scheduled?: ClaimBinding;
}

/** What becomes of a claim by itself, whether or not a node takes its pods. */
export function onceScheduled(binding: ClaimBinding): ClaimBinding {
  return binding.scheduled ?? binding;
}

const NONE: readonly never[] = Object.freeze([]);
const BOUND = Object.freeze(['bound'] as const);
const PENDING = Object.freeze(['pending'] as const);
const REFUSED = Object.freeze(['refused'] as const);

/** A claim that has its volume, or surely gets it. */
export function boundClaim(claim: ClaimEntry, volume: string): ClaimBinding {
  return {
    claim,
    outcomes: BOUND,
    deterministic: true,
    shapes: NONE,
    own: Object.freeze([volume]),
  };
}

/** A claim that surely gets nothing. */
export function pendingClaim(claim: ClaimEntry, event?: ClaimEvent): ClaimBinding {
  return { claim, outcomes: PENDING, deterministic: true, event, shapes: NONE, own: NONE };
}

/** A claim that the API server does not take. */
export function refusedClaim(claim: ClaimEntry, refusal: string): ClaimBinding {
  return { claim, outcomes: REFUSED, deterministic: true, refusal, shapes: NONE, own: NONE };
}
