import type { ClaimBinding } from './claim-binding';
import type { ClaimEntry } from './claim-entry';
import type { Shape, Stop } from './family';
import { CLAIM_OUTCOMES, type ClaimOutcome } from './plan';
import { type ClaimEvent, type Fallback, WAITS_FOR_CONSUMER, waitsForPods } from './provisioning';
import type { VolumeEntry } from './volume-entry';

/** What all claims of a class have in common. */
export interface ClassSetting {
  /** Whether they wait for a pod. */
  readonly waits: boolean;

  /** What becomes of them where no volume is found. */
  readonly fallback: Fallback;
}

/** A claim's search for a volume, as one of a class. */
export interface Search {
  readonly setting: ClassSetting;

  /** The pods that the scheduler places and that use the claim, where it waits for such. */
  readonly pods: readonly string[] | undefined;

  /** Where the claim competes; undefined where there is nothing to compete for. */
  readonly shape: Shape | undefined;
}

/** All that a claim tries. */
export interface Searches {
  readonly claim: ClaimEntry;

  /** The volumes reserved for it in the first bucket that has such. */
  readonly reserved: readonly VolumeEntry[];

  /** That bucket. */
  readonly stop: Stop | undefined;

  /** One for each class that the claim can have. */
  readonly searches: readonly Search[];

  /** One for each class that it is given if nothing is found. */
  readonly retries: readonly Search[];

  /** Whether it is known which classes the claim can have. */
  readonly known: boolean;
}

interface Result {
  readonly outcomes: readonly ClaimOutcome[];
  readonly event?: ClaimEvent;
  readonly shape?: Shape;

  /** Whether there may be no volume for it. */
  readonly misses: boolean;
}

/** What comes of a claim's search, once it is known what every claim reaches. */
export function searchResult({
  claim,
  reserved,
  stop,
  searches,
  retries,
  known,
}: Searches): ClaimBinding {
  if (stop !== undefined) {
    return reservedResult(claim, reserved, searches);
  }
  const [only] = searches;
  if (known && only !== undefined && searches.length === 1 && retries.length === 0) {
    return single(claim, judge(claim, only));
  }
  const results = searches.map((search) => judge(claim, search));
  const missed = results.some(({ misses }) => misses);
  const all = missed && retries.length > 0 ? afterMiss(results, claim, retries) : results;
  const shapes = all.flatMap(({ shape }) => shape ?? []);
  if (!known) {
    // A volume of class "" is certain only where there is no default class.
    return { claim, outcomes: UNKNOWN, deterministic: false, shapes, own: NONE };
  }
  const outcomes = inOrder(all.flatMap((result) => result.outcomes));
  const event = all.find((result) => result.event !== undefined)?.event;
  const deterministic = all.length === 1 && isOnly(outcomes, shapes[0]);
  return { claim, outcomes, deterministic, event, shapes, own: NONE };
}

function single(claim: ClaimEntry, { outcomes, event, shape }: Result): ClaimBinding {
  const shapes = shape === undefined ? NONE : [shape];
  return { claim, outcomes, deterministic: isOnly(outcomes, shape), event, shapes, own: NONE };
}

function isOnly(outcomes: readonly ClaimOutcome[], shape: Shape | undefined): boolean {
  return outcomes.length === 1 && (shape === undefined || shape.family.countOf(shape) <= 1);
}

const NONE: readonly never[] = Object.freeze([]);
const UNKNOWN = Object.freeze(['unknown'] as const);
const BOUND = Object.freeze(['bound'] as const);

/** A list of one outcome, by outcome. */
const SINGLE = byOutcome((outcome) => [outcome]);

/** `bound`, or else the outcome. */
const OR_BOUND = byOutcome((outcome) => ['bound', outcome]);

const WAITS: Result = {
  outcomes: SINGLE['waits-for-consumer'],
  event: WAITS_FOR_CONSUMER,
  misses: true,
};

function byOutcome(
  list: (outcome: ClaimOutcome) => readonly ClaimOutcome[],
): Readonly<Record<ClaimOutcome, readonly ClaimOutcome[]>> {
  return Object.fromEntries(
    CLAIM_OUTCOMES.map((outcome) => [outcome, Object.freeze(list(outcome))]),
  ) as Record<ClaimOutcome, readonly ClaimOutcome[]>;
}

// Free volumes in smaller buckets are taken first; where others have taken them all, or there are
// none, the reserved one is: nobody else can.
function reservedResult(
  claim: ClaimEntry,
  reserved: readonly VolumeEntry[],
  searches: readonly Search[],
): ClaimBinding {
  const shapes = searches.flatMap(({ shape }) => shape ?? []);
  const reaches =
    shapes.length < searches.length ||
    shapes.some(({ family, reach }) => family.places === undefined || reach.stops);
  const own = reaches ? Object.freeze(reserved.map(({ name }) => name)) : NONE;
  const total = own.length + shapes.reduce((sum, shape) => sum + shape.family.countOf(shape), 0);
  return { claim, outcomes: BOUND, deterministic: total === 1, shapes, own };
}

function judge(claim: ClaimEntry, { setting, pods, shape }: Search): Result {
  const { waits, fallback } = setting;
  const event =
    pods !== undefined && fallback.outcome === 'pending' ? waitsForPods(pods) : fallback.event;
  if (shape === undefined) {
    return waits && pods === undefined && !claim.nodeSelected
      ? WAITS
      : { outcomes: SINGLE[fallback.outcome], event, misses: true };
  }
  const misses = shape.family.places === undefined || shape.reach.exhausts;
  if (misses || (fallback.outcome === 'provisioned' && races(waits, shape))) {
    return { outcomes: OR_BOUND[fallback.outcome], event, shape, misses };
  }
  return { outcomes: BOUND, shape, misses };
}

// Beside a real provisioner, a volume that is applied together with the claim may not be Available
// when the claim is looked at; and the scheduler may choose a node where there is no volume.
function races(waits: boolean, shape: Shape): boolean {
  for (const { present, nodeAffinity } of shape.family.reached(shape)) {
    if (waits ? nodeAffinity !== undefined : !present) {
      return true;
    }
  }
  return false;
}

function afterMiss(
  results: readonly Result[],
  claim: ClaimEntry,
  retries: readonly Search[],
): readonly Result[] {
  const hits = results.flatMap(({ shape }) =>
    shape === undefined ? [] : [{ outcomes: BOUND, shape, misses: false }],
  );
  return [...hits, ...retries.map((retry) => judge(claim, retry))];
}

function inOrder(outcomes: readonly ClaimOutcome[]): readonly ClaimOutcome[] {
  const [only] = outcomes;
  return outcomes.length === 1 && only !== undefined
    ? SINGLE[only]
    : Object.freeze(CLAIM_OUTCOMES.filter((outcome) => outcomes.includes(outcome)));
}
