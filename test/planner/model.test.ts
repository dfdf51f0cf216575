import fc from 'fast-check';
import { planStorage } from '../../src/checks/plan-storage';
import type { ClaimVerdict } from '../../src/planner/plan';
import { allEnds, defaultClasses, type ModelClaim, type ModelScenario } from './model';

/** How varied a scenario is: claims that have much in common compete. */
interface Variety {
  readonly modes: fc.Arbitrary<readonly string[]>;
  readonly className: fc.Arbitrary<string>;
  readonly volumeMode: fc.Arbitrary<string | undefined>;

  /** One in how many claims and volumes has what only some have. */
  readonly rarity: number;
}

const MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'] as const;

const MIXED: Variety = {
  modes: fc.oneof(
    fc.constant(['ReadWriteOnce']),
    fc.constant(['ReadWriteOnce']),
    fc.subarray([...MODES], { minLength: 1 }),
  ),
  className: fc.constantFrom('', 'manual', 'manual', 'manual', 'wait', 'external', 'ghost'),
  volumeMode: fc.constantFrom(undefined, undefined, undefined, undefined, 'Filesystem', 'Block'),
  rarity: 4,
};

const CROWDED: Variety = {
  modes: fc.constantFrom(
    ['ReadWriteOnce'],
    ['ReadWriteOnce'],
    ['ReadWriteOnce', 'ReadOnlyMany'],
    ['ReadWriteOnce', 'ReadWriteMany'],
  ),
  className: fc.constant('manual'),
  volumeMode: fc.constant('Filesystem'),
  rarity: 12,
};

// Few sizes and labels, so that claims meet; two of the sizes differ by their unit only.
const size = fc.constantFrom('1Gi', '1G', '2Gi', '3Gi');
const label = fc.constantFrom('a', 'b');
const claimName = fc.constantFrom('c0', 'c1', 'c2', 'www-web-0');
const uid = fc.constantFrom(undefined, undefined, 'uid-c0', 'uid-c1');

function sometimes<T>(value: fc.Arbitrary<T>, rarity: number): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined, freq: rarity });
}

function rarely<T>(value: fc.Arbitrary<T>, rarity: number): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: rarity, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: value },
  );
}

const volumeOf = ({ modes, className, volumeMode, rarity }: Variety) =>
  fc.record(
    {
      labels: fc.record({ tier: label, rack: label }, { requiredKeys: [] }),
      storage: size,
      accessModes: modes,
      volumeMode,
      storageClassName: sometimes(className, rarity),
      claimRef: rarely(
        fc.record({ namespace: fc.constantFrom('shop', 'shop', 'other'), name: claimName, uid }),
        rarity,
      ),
    },
    { noNullPrototype: true },
  );

const requirement = fc.oneof(
  fc.record({
    key: fc.constantFrom('tier', 'rack'),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.uniqueArray(label, { minLength: 1 }),
  }),
  fc.record({
    key: fc.constantFrom('tier', 'rack'),
    operator: fc.constantFrom('Exists', 'DoesNotExist'),
  }),
);

const selector = fc.record(
  {
    matchLabels: fc.record({ tier: label, rack: label }, { requiredKeys: [] }),
    matchExpressions: fc.array(requirement, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const claimOf = ({ modes, className, volumeMode, rarity }: Variety) =>
  fc.record({
    storage: size,
    accessModes: modes,
    volumeMode,
    storageClassName: sometimes(className, rarity),
    annotation: rarely(className, 2 * rarity),
    volumeName: rarely(fc.constantFrom('v0', 'v1', 'v9'), rarity),
    selector: rarely(selector, rarity / 2),
    live: fc.boolean(),
  });

/** Which classes are marked as default, and how old each is; younger than 0 is not there yet. */
const defaults = fc.dictionary(
  fc.constantFrom('manual', 'wait', 'external'),
  fc.constantFrom(-1, 1, 1, 2),
  { maxKeys: 3 },
);

const CLASSES = [
  ['manual', 'kubernetes.io/no-provisioner', 'Immediate'],
  ['wait', 'kubernetes.io/no-provisioner', 'WaitForFirstConsumer'],
  ['external', 'ebs.csi.aws.com', 'Immediate'],
] as const;

/** How many scenarios of each kind. */
const RUNS = 1000;

interface Scenario extends ModelScenario {
  /** The same claims, some of them as a StatefulSet makes them. */
  readonly objects: readonly unknown[];
}

const scenarioOf = (variety: Variety, mostClaims: number) =>
  fc
    .record({
      volumes: fc.array(volumeOf(variety), { maxLength: 6 }),
      claims: fc.array(claimOf(variety), { minLength: 1, maxLength: mostClaims }),
      defaults,
      inSet: fc.boolean(),
    })
    .map(({ volumes, claims, defaults: marked, inSet }): Scenario => {
      const asObjects = claims.map((each, index) => {
        const made = inSet && index === claims.length - 1;
        return claimObject(each, made ? 'www-web-0' : `c${index}`, made);
      });
      const last = asObjects[asObjects.length - 1] as ModelClaim;
      return {
        classes: CLASSES.map(([name, provisioner, volumeBindingMode]) => {
          const age = marked[name];
          const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' };
          const creationTimestamp = age === 1 ? '2026-01-01T00:00:00Z' : '2025-01-01T00:00:00Z';
          return {
            apiVersion: 'storage.k8s.io/v1',
            kind: 'StorageClass',
            metadata: {
              name,
              ...(age === -1 ? {} : { creationTimestamp, uid: `uid-${name}` }),
              ...(age === undefined ? {} : { annotations }),
            },
            provisioner,
            volumeBindingMode,
          };
        }),
        volumes: volumes.map(({ labels, storage, claimRef, ...spec }, index) => ({
          apiVersion: 'v1',
          kind: 'PersistentVolume',
          metadata: { name: `v${index}`, labels },
          spec: {
            ...spec,
            capacity: { storage },
            nfs: { server: 'a', path: '/' },
            ...(claimRef === undefined ? {} : { claimRef }),
          },
        })),
        claims: asObjects,
        objects: inSet ? [...asObjects.slice(0, -1), statefulSet(last)] : asObjects,
      };
    });

function claimObject(
  {
    storage,
    annotation,
    live,
    ...spec
  }: ReturnType<typeof claimOf> extends fc.Arbitrary<infer T> ? T : never,
  name: string,
  made: boolean,
): ModelClaim {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name,
      namespace: 'shop',
      // What the API server has seen has a uid; a template has none.
      ...(live && !made ? { uid: `uid-${name}` } : {}),
      ...(annotation === undefined
        ? {}
        : { annotations: { 'volume.beta.kubernetes.io/storage-class': annotation } }),
    },
    spec: { ...spec, resources: { requests: { storage } } },
  } as ModelClaim;
}

function statefulSet({ metadata, spec }: ModelClaim): unknown {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      replicas: 1,
      volumeClaimTemplates: [{ metadata: { ...metadata, name: 'www' }, spec }],
      // Its pods name a node, so that no claim is scheduled for: the model knows no scheduler.
      template: { spec: { nodeName: 'n1' } },
    },
  };
}

function verdicts({ objects, classes, volumes }: Scenario): readonly ClaimVerdict[] {
  return planStorage(objects, { existing: [...classes, ...volumes] }).claims;
}

/** What the verdict allows, in the words of the model. */
function allowed({ outcomes, volumes }: ClaimVerdict): ReadonlySet<string> {
  return new Set(
    outcomes.flatMap((outcome) =>
      outcome === 'bound' ? volumes.map((name) => `bound ${name}`) : [outcome],
    ),
  );
}

function defaultsOf({ classes }: Scenario): readonly string[] {
  return defaultClasses(classes);
}

describe.each([
  ['mixed', MIXED],
  ['crowded', CROWDED],
] as const)('in a %s cluster', (_, variety) => {
  test('one claim alone can do exactly what it is allowed to', () => {
    fc.assert(
      fc.property(scenarioOf(variety, 1), (scenario) => {
        const [verdict] = verdicts(scenario);
        const [ends] = allEnds(scenario, defaultsOf(scenario)).values();
        expect([...allowed(verdict as ClaimVerdict)].sort()).toEqual([...(ends ?? [])].sort());
        expect(verdict?.deterministic).toBe(ends?.size === 1);
      }),
      { numRuns: RUNS },
    );
  });

  test('claims do nothing that they are not allowed to, in no order', () => {
    fc.assert(
      fc.property(scenarioOf(variety, 5), (scenario) => {
        compare(scenario);
      }),
      { numRuns: RUNS },
    );
  });

  test('little is left open', () => {
    // Shares vary from one draw of scenarios to the next: these are always the same ones.
    const told = fc
      .sample(scenarioOf(variety, 5), { numRuns: RUNS, seed: 1 })
      .flatMap(compare)
      .reduce((sum, one) => ({
        all: sum.all + one.all,
        certain: sum.certain + one.certain,
        single: sum.single + one.single,
        allowed: sum.allowed + one.allowed,
        possible: sum.possible + one.possible,
      }));
    // Claims compete; and to say "it depends" of everything, or "any volume", would be sound too.
    expect(told.single / told.all).toBeLessThan(0.98);
    expect(told.certain / told.single).toBeGreaterThan(0.9);
    expect(told.allowed / told.possible).toBeLessThan(1.1);
  });
});

/** Holds the verdicts of a scenario against the model, and counts how much each leaves open. */
function compare(scenario: Scenario) {
  const model = allEnds(scenario, defaultsOf(scenario));
  return verdicts(scenario).map((verdict) => {
    const ends = model.get(verdict.claim.replace('shop/', '')) as ReadonlySet<string>;
    const may = allowed(verdict);
    expect([...ends].filter((end) => !may.has(end))).toEqual([]);
    if (verdict.deterministic) {
      expect([...may]).toEqual([...ends]);
    }
    return {
      all: 1,
      certain: verdict.deterministic ? 1 : 0,
      single: ends.size === 1 ? 1 : 0,
      allowed: may.size,
      possible: ends.size,
    };
  });
}
