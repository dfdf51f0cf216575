/**
 * A slow model of how Kubernetes 1.28 and later binds claims, step by step as
 * pkg/controller/volume/persistentvolume/pv_controller.go and index.go take them, for small
 * scenarios of well-formed objects. It shares no code with the planner.
 */

export interface ModelVolume {
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string> };
  readonly spec: {
    readonly capacity: { readonly storage: string };
    readonly accessModes: readonly string[];
    readonly volumeMode?: string;
    readonly storageClassName?: string;
    readonly claimRef?: {
      readonly namespace: string;
      readonly name: string;
      readonly uid?: string;
    };
  };
}

interface ModelRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface ModelClaim {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid?: string;
    readonly annotations?: Record<string, string>;
  };
  readonly spec: {
    readonly resources: { readonly requests: { readonly storage: string } };
    readonly accessModes: readonly string[];
    readonly volumeMode?: string;
    readonly storageClassName?: string;
    readonly volumeName?: string;
    readonly selector?: {
      readonly matchLabels?: Record<string, string>;
      readonly matchExpressions?: readonly ModelRequirement[];
    };
  };
}

export interface ModelClass {
  readonly metadata: {
    readonly name: string;
    readonly creationTimestamp?: string;
    readonly annotations?: Record<string, string>;
  };
  readonly provisioner: string;
  readonly volumeBindingMode: string;
}

export interface ModelScenario {
  readonly classes: readonly ModelClass[];
  readonly volumes: readonly ModelVolume[];
  readonly claims: readonly ModelClaim[];
}

/** What became of one claim: the volume that it took, or the outcome without one. */
export type ModelEnd = { readonly volume: string } | { readonly outcome: string };

const UNITS: Record<string, number> = {
  '': 1,
  Ki: 2 ** 10,
  M: 1e6,
  Mi: 2 ** 20,
  G: 1e9,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

function bytes(text: string): number {
  const [, digits, unit] = /^(\d+)([A-Za-z]*)$/.exec(text) as unknown as [string, string, string];
  return Number(digits) * (UNITS[unit] as number);
}

/** The class that a claim names itself. */
function namedClass(claim: ModelClaim): string | undefined {
  return (
    claim.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ??
    claim.spec.storageClassName
  );
}

/** The default class; several where new ones share the newest second. */
export function defaultClasses(classes: readonly ModelClass[]): readonly string[] {
  const marked = classes.filter(
    ({ metadata }) =>
      metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true',
  );
  const fresh = marked.filter(({ metadata }) => metadata.creationTimestamp === undefined);
  if (fresh.length > 0) {
    return fresh.map(({ metadata }) => metadata.name);
  }
  const sorted = [...marked].sort(
    (a, b) =>
      Date.parse(b.metadata.creationTimestamp ?? '') -
        Date.parse(a.metadata.creationTimestamp ?? '') ||
      (a.metadata.name < b.metadata.name ? -1 : 1),
  );
  return [sorted[0]?.metadata.name ?? ''];
}

function labelsMatch(claim: ModelClaim, volume: ModelVolume): boolean {
  const labels = volume.metadata.labels ?? {};
  const { matchLabels = {}, matchExpressions = [] } = claim.spec.selector ?? {};
  const met = ({ key, operator, values = [] }: ModelRequirement): boolean => {
    const has = key in labels;
    const listed = has && values.includes(labels[key] as string);
    return { In: listed, NotIn: !listed, Exists: has, DoesNotExist: !has }[operator] as boolean;
  };
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(met)
  );
}

/** Everything that one run of the controller knows. */
interface Run {
  readonly scenario: ModelScenario;

  /** Who has taken a volume, by its name. */
  readonly taken: ReadonlyMap<string, ModelClaim>;
}

function reservedFor(volume: ModelVolume, claim: ModelClaim, { taken }: Run): boolean {
  const ref = volume.spec.claimRef;
  return (
    !taken.has(volume.metadata.name) &&
    ref !== undefined &&
    ref.namespace === claim.metadata.namespace &&
    ref.name === claim.metadata.name &&
    (ref.uid === undefined || ref.uid === claim.metadata.uid)
  );
}

function isFree(volume: ModelVolume, { taken }: Run): boolean {
  return volume.spec.claimRef === undefined && !taken.has(volume.metadata.name);
}

function modesFit(claim: ModelClaim, modes: readonly string[]): boolean {
  return claim.spec.accessModes.every((mode) => modes.includes(mode));
}

function modeOf({ spec }: { readonly spec: { readonly volumeMode?: string } }): string {
  return spec.volumeMode ?? 'Filesystem';
}

/** The volume that the claim names. */
function pinned(claim: ModelClaim, className: string, run: Run): ModelEnd {
  const volume = run.scenario.volumes.find((each) => each.metadata.name === claim.spec.volumeName);
  const pending = { outcome: 'pending' };
  if (volume === undefined) {
    return pending;
  }
  const end = { volume: volume.metadata.name };
  if (!isFree(volume, run)) {
    return reservedFor(volume, claim, run) ? end : pending;
  }
  const suits =
    bytes(volume.spec.capacity.storage) >= bytes(claim.spec.resources.requests.storage) &&
    (volume.spec.storageClassName ?? '') === className &&
    modeOf(volume) === modeOf(claim) &&
    modesFit(claim, volume.spec.accessModes);
  return suits ? end : pending;
}

/** Every volume that the controller may take for the claim now. */
function found(claim: ModelClaim, className: string, run: Run): readonly string[] {
  const waits = classOf(className, run)?.volumeBindingMode === 'WaitForFirstConsumer';
  const buckets = new Map<string, ModelVolume[]>();
  for (const volume of run.scenario.volumes) {
    const modes = [...new Set(volume.spec.accessModes)].sort();
    if (modesFit(claim, modes)) {
      buckets.set(modes.join(), [...(buckets.get(modes.join()) ?? []), volume]);
    }
  }
  for (let count = 1; count <= 4; count += 1) {
    const hits: string[] = [];
    for (const [modes, volumes] of buckets) {
      if (modes.split(',').length === count) {
        hits.push(...bestIn(volumes, claim, className, waits, run));
      }
    }
    if (hits.length > 0) {
      return hits;
    }
  }
  return [];
}

function bestIn(
  volumes: readonly ModelVolume[],
  claim: ModelClaim,
  className: string,
  waits: boolean,
  run: Run,
): readonly string[] {
  const large = volumes.filter(
    (volume) =>
      bytes(volume.spec.capacity.storage) >= bytes(claim.spec.resources.requests.storage) &&
      modeOf(volume) === modeOf(claim),
  );
  const names = (list: readonly ModelVolume[]) => list.map(({ metadata }) => metadata.name);
  const reserved = large.filter((volume) => reservedFor(volume, claim, run));
  if (reserved.length > 0) {
    return names(reserved);
  }
  if (waits) {
    return [];
  }
  const free = large.filter(
    (volume) =>
      isFree(volume, run) &&
      labelsMatch(claim, volume) &&
      (volume.spec.storageClassName ?? '') === className,
  );
  const smallest = Math.min(...free.map(({ spec }) => bytes(spec.capacity.storage)));
  return names(free.filter(({ spec }) => bytes(spec.capacity.storage) === smallest));
}

function classOf(name: string, { scenario }: Run): ModelClass | undefined {
  return scenario.classes.find(({ metadata }) => metadata.name === name);
}

/** B: what comes where no volume is found. */
function without(className: string, run: Run): ModelEnd {
  const found = className === '' ? undefined : classOf(className, run);
  if (found?.volumeBindingMode === 'WaitForFirstConsumer') {
    return { outcome: 'waits-for-consumer' };
  }
  const provisions = found !== undefined && !found.provisioner.startsWith('kubernetes.io/');
  return { outcome: provisions ? 'provisioned' : 'pending' };
}

/** All that can become of the claim when it is its turn, with the default class given. */
function ends(claim: ModelClaim, defaultClass: string, run: Run): readonly ModelEnd[] {
  const live = claim.metadata.uid !== undefined;
  const named = namedClass(claim);
  if (claim.spec.volumeName !== undefined) {
    return [pinned(claim, named ?? (live ? '' : defaultClass), run)];
  }
  // A claim that is there without a class is tried as one of class "" first.
  const tries = named !== undefined ? [named] : live ? ['', defaultClass] : [defaultClass];
  for (const className of tries) {
    const names = found(claim, className, run);
    if (names.length > 0) {
      return names.map((volume) => ({ volume }));
    }
  }
  return [without(tries[tries.length - 1] as string, run)];
}

/** What can become of each claim, by name: every order, every tie, every default class. */
export function allEnds(
  scenario: ModelScenario,
  defaults: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const seen = new Map<string, Set<string>>(
    scenario.claims.map(({ metadata }) => [metadata.name, new Set<string>()]),
  );
  const visited = new Set<string>();
  const go = (left: readonly ModelClaim[], taken: ReadonlyMap<string, ModelClaim>): void => {
    const state = `${left.map(({ metadata }) => metadata.name)}|${[...taken.keys()].sort()}`;
    if (visited.has(state)) {
      return;
    }
    visited.add(state);
    for (const claim of left) {
      const rest = left.filter((each) => each !== claim);
      for (const defaultClass of defaults) {
        for (const end of ends(claim, defaultClass, { scenario, taken })) {
          const isBound = 'volume' in end;
          seen.get(claim.metadata.name)?.add(isBound ? `bound ${end.volume}` : end.outcome);
          go(rest, isBound ? new Map(taken).set(end.volume, claim) : taken);
        }
      }
    }
  };
  go(scenario.claims, new Map());
  return seen;
}
