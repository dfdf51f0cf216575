import { compileSelector, type Labels } from '../kube/label-selector';
import { oncePer } from '../kube/once-per';
import type { ClaimEntry } from '../planner/claim-entry';
import { isReservedFor, type Misfit, misfit } from '../planner/matching';
import { includesModes } from '../planner/mode-set';
import { unavailable } from '../planner/rejections';
import type { VolumeEntry } from '../planner/volume-entry';
import type { Facts } from './facts';
import { reservations } from './reservations';

/** The volume that comes closest to serving a claim. */
export interface NearestVolume {
  readonly volume: VolumeEntry;

  /** The first rule that it fails; undefined where it serves. */
  readonly why?: Misfit;

  /** Whether that is the only one. */
  readonly only: boolean;
}

/** Rules of which a volume is rather than fails. */
const STATES: ReadonlySet<string> = new Set(['claimed', 'deleting', 'refused', 'released']);

/** Why it does not serve, as the end of a sentence: `fails on size: 5Gi is less than …`. */
export function failure({ rule, detail }: Misfit): string {
  return `${STATES.has(rule) ? 'is' : 'fails on'} ${rule}: ${detail}`;
}

/** How many volumes may be looked at in all: a message is worth no pass for each of many claims. */
const MOST_LOOKS = 400_000;

/** How far a volume is off that fails a rule: what can be mended at the claim is nearer. */
const FAR = { refused: 1000, taken: 100, class: 13, other: 10 } as const;

/** What has been looked for already. */
interface Memory {
  looks: number;
  readonly byShape: Map<string, VolumeEntry | undefined>;
  readonly byClass: Map<string, VolumeEntry>;
}

const memoryOf = oncePer(
  (_: Facts): Memory => ({ looks: MOST_LOOKS, byShape: new Map(), byClass: new Map() }),
);

/**
 * The volume that comes closest to serving the claim as one of these classes; undefined where there
 * is no volume, or where it would cost too much to say.
 */
export function nearestVolume(
  claim: ClaimEntry,
  classNames: readonly string[],
  facts: Facts,
): NearestVolume | undefined {
  const volume = nearest(claim, classNames, facts);
  if (volume === undefined) {
    return undefined;
  }
  const faults = faultsOf(volume, claim, classNames, matcherOf(claim), facts);
  const why =
    unavailable(volume, claim, facts.bindings) ?? misfit(volume, claim, classNames, facts.context);
  return { volume, why, only: faults.count === 1 };
}

function nearest(
  claim: ClaimEntry,
  classNames: readonly string[],
  facts: Facts,
): VolumeEntry | undefined {
  const reserved = reservations(facts).get(claim.key);
  if (reserved !== undefined) {
    return closest(reserved, claim, classNames, facts);
  }
  const memory = memoryOf(facts);
  const group = classNames.join();
  const shape = `${group} ${claim.volumeMode} ${claim.attributesClass} ${claim.modes} ${claim.request.rank} ${JSON.stringify(claim.selector)}`;
  if (memory.byShape.has(shape)) {
    return memory.byShape.get(shape);
  }
  if (memory.looks <= 0) {
    return memory.byClass.get(group);
  }
  const { volumes } = facts.inventory;
  memory.looks -= volumes.size;
  const found = closest(volumes.values(), claim, classNames, facts);
  memory.byShape.set(shape, found);
  if (found !== undefined) {
    memory.byClass.set(group, found);
  }
  return found;
}

function closest(
  volumes: Iterable<VolumeEntry>,
  claim: ClaimEntry,
  classNames: readonly string[],
  facts: Facts,
): VolumeEntry | undefined {
  const matches = matcherOf(claim);
  let best: VolumeEntry | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const volume of volumes) {
    const { far } = faultsOf(volume, claim, classNames, matches, facts);
    if (far < least || (far === least && best && volume.capacity.rank > best.capacity.rank)) {
      best = volume;
      least = far;
    }
  }
  return best;
}

type Matcher = (labels: Labels) => boolean;

function matcherOf({ selector }: ClaimEntry): Matcher | undefined {
  return selector === undefined ? undefined : compileSelector(selector);
}

// As `misfit` and `unavailable` have it, and without words: this is asked of many volumes.
function faultsOf(
  volume: VolumeEntry,
  claim: ClaimEntry,
  classNames: readonly string[],
  matches: Matcher | undefined,
  { bindings, context }: Facts,
): { readonly far: number; readonly count: number } {
  let far = 0;
  let count = 0;
  const add = (by: number): void => {
    far += by;
    count += 1;
  };
  if (volume.refusal !== undefined) {
    add(FAR.refused);
  } else {
    const holder = bindings.holders.get(volume.name);
    if (
      volume.deleting ||
      (holder !== undefined && holder !== claim) ||
      (volume.claimRef !== undefined && !isReservedFor(volume, claim))
    ) {
      add(FAR.taken);
    }
  }
  if (volume.capacity.rank < claim.request.rank) {
    add(FAR.other);
  }
  if (!classNames.includes(volume.className)) {
    add(FAR.class);
  }
  if (volume.volumeMode !== claim.volumeMode) {
    add(FAR.other);
  }
  if (context.attributesClasses && volume.attributesClass !== claim.attributesClass) {
    add(FAR.other);
  }
  if (!includesModes(volume.modes, claim.modes)) {
    add(FAR.other);
  }
  if (matches !== undefined && !matches(volume.labels)) {
    add(FAR.other);
  }
  return { far, count };
}
