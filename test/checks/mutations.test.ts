import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { planStorage } from '../../src/checks/plan-storage';
import { RULES } from '../../src/checks/registry';
import { KUBERNETES_VERSIONS } from '../../src/planner/plan';

const SCENARIOS = join(__dirname, '..', 'fixtures', 'scenarios');

/** Sets of objects that belong together: what every rule shows, and the walk-throughs. */
const SEEDS: readonly (readonly unknown[])[] = [
  ...RULES.flatMap(({ bad, good }) => [bad, good]),
  ...readdirSync(SCENARIOS)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => readFileSync(join(SCENARIOS, file), 'utf8')),
].map((text) => loadAll(text));

/** Values that no field of a manifest should have, and some that only others should. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, Number.NaN, '', 'x', [], {}, [null], [[]]),
  fc.constantFrom<unknown>(
    { storage: 5 },
    ['ReadWriteOnce', 7],
    '10Gi',
    '0',
    '-5Gi',
    '25%',
    '9e99',
  ),
  fc.constantFrom<unknown>('__proto__', 'constructor', 'shop/x', 'ReadWriteMany', { key: {} }, 1e9),
  fc.anything({ maxDepth: 2 }),
);

interface Mutation {
  /** Which of the places of the objects, counted through. */
  readonly at: number;
  readonly drop: boolean;
  readonly value: unknown;
}

const mutations = fc.array(fc.record<Mutation>({ at: fc.nat(), drop: fc.boolean(), value: odd }), {
  minLength: 1,
  maxLength: 4,
});

/** Every field and element below the value, as the object that holds it and its key. */
function placesIn(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [
    [holder, key] as [Record<string, unknown>, string],
    ...placesIn(holder[key]),
  ]);
}

function mutated(objects: readonly unknown[], changes: readonly Mutation[]): unknown[] {
  const copy = structuredClone(objects) as unknown[];
  for (const { at, drop, value } of changes) {
    const places = placesIn(copy);
    const place = places[at % Math.max(1, places.length)];
    if (place === undefined) continue;
    const [holder, key] = place;
    if (drop && !Array.isArray(holder)) delete holder[key];
    else holder[key] = structuredClone(value);
  }
  return copy;
}

function frozen<T>(value: T, seen = new Set<unknown>()): T {
  if (typeof value === 'object' && value !== null && !seen.has(value)) {
    seen.add(value);
    for (const each of Object.values(value)) frozen(each, seen);
    if (!ArrayBuffer.isView(value)) Object.freeze(value);
  }
  return value;
}

const options = fc.record(
  {
    kubernetes: fc.constantFrom(...KUBERNETES_VERSIONS),
    existing: fc.constantFrom(...SEEDS),
    defaultClass: fc.constantFrom(null, 'local-path', 'fast'),
  },
  { requiredKeys: [] },
);

it('plans manifests that are anything but sound: it never throws, and writes to none', () => {
  const sets = fc.tuple(fc.constantFrom(...SEEDS), fc.constantFrom(...SEEDS), mutations);
  fc.assert(
    fc.property(sets, options, ([one, other, changes], given) => {
      const objects = frozen(mutated([...one, ...other], changes));
      const plan = planStorage(objects, given);
      for (const { object, message, fix } of plan.findings) {
        expect(`${object}\n${message}\n${fix}`.split('\n')).toHaveLength(3);
        expect(message).not.toBe('');
      }
      expect(planStorage(objects, given).findings).toEqual(plan.findings);
      for (const claim of plan.claims) {
        expect(claim.outcomes.length).toBeGreaterThan(0);
        expect(claim.rejected().length + claim.volumes.length).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 1_000 },
  );
}, 60_000);

it('plans what is no object at all', () => {
  fc.assert(
    fc.property(fc.array(fc.anything()), (objects) => {
      expect(Array.isArray(planStorage(objects).findings)).toBe(true);
    }),
  );
});
