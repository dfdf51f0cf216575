import { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import type { CsiClaimProps } from '../../src/claims/csi-claim';
import { EbsStorageClass } from '../../src/ebs/ebs-storage-class';
import type { EbsStorageClassProps } from '../../src/ebs/ebs-storage-class-props';
import { EBS_FS_TYPES } from '../../src/ebs/format/limits';
import { EBS_VOLUME_TYPES } from '../../src/ebs/limits';
import { ACCESS_MODES } from '../../src/kube/access-mode';
import { VOLUME_MODES } from '../../src/kube/volume-mode';
import { checkObjects } from '../support/api-objects';

/** Whatever plain JavaScript may put in the place of a value, besides the value. */
function loose(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const wrong = fc.constantFrom(null, true, -1, 0.5, Number.NaN, '', 'x', [], {}, ['x'], { x: 1 });
  return fc.oneof({ weight: 60, arbitrary: value }, { weight: 1, arbitrary: wrong });
}

/** The value, or more often none. */
function rarely(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: value },
  );
}

/** An object that may have these fields, and rarely another one. */
function looseObject(
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  required: readonly string[] = [],
): fc.Arbitrary<unknown> {
  const record = fc.record(
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        required.includes(name) ? loose(value) : rarely(loose(value)),
      ]),
    ),
  );
  return loose(
    fc.oneof(
      { weight: 60, arbitrary: record },
      { weight: 1, arbitrary: record.map((object) => ({ ...object, typo: 1 })) },
    ),
  );
}

const POWER = fc.integer({ min: 7, max: 20 }).map((exponent) => 2 ** exponent);
const NAME = fc.constantFrom('a', 'fast', 'fast.example', 'Fast', 'x'.repeat(253), 'x'.repeat(254));
const LABELS = fc.dictionary(fc.constantFrom('a', 'b/c', 'd', '-'), fc.constantFrom('', 'x', ' '));

const PERFORMANCE = {
  iops: fc.integer({ min: 1, max: 300_000 }),
  iopsPerGB: fc.integer({ min: 1, max: 1_100 }),
  allowAutoIOPSPerGBIncrease: fc.boolean(),
  throughput: fc.integer({ min: 100, max: 2_100 }),
};

/** Any type with anything, and more often what a type takes. */
const VOLUME = fc.oneof(
  looseObject({ type: fc.constantFrom(...EBS_VOLUME_TYPES), ...PERFORMANCE }, ['type']),
  looseObject({ type: fc.constant('gp3'), ...PERFORMANCE }, ['type']),
  looseObject({ type: fc.constantFrom('io1', 'io2'), iops: fc.integer({ min: 90, max: 5_000 }) }, [
    'type',
    'iops',
  ]),
  fc.record({ type: fc.constantFrom('gp3', 'gp2', 'st1', 'sc1', 'standard') }),
);

const CLASS = looseObject(
  {
    volume: VOLUME,
    fsType: fc.constantFrom(...EBS_FS_TYPES),
    format: looseObject({
      blockSize: POWER,
      inodeSize: POWER,
      bytesPerInode: POWER,
      numberOfInodes: fc.nat(),
      ext4BigAlloc: fc.boolean(),
      ext4ClusterSize: POWER,
    }),
    encrypted: fc.boolean(),
    tags: fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 })),
    zones: fc.array(fc.constantFrom('eu-west-1a', 'eu-west-1b', 'apne1-az1'), { maxLength: 2 }),
    reclaimPolicy: fc.constantFrom('Delete', 'Retain'),
    isDefault: fc.boolean(),
    name: NAME,
    labels: LABELS,
    mountOptions: fc.array(fc.constantFrom('noatime', 'discard'), { maxLength: 2 }),
  },
  ['volume'],
);

const CLAIM = looseObject(
  {
    size: fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: 1, max: 1_100 }).map((gib) => `${gib}Gi`) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.nat({ max: 70_000 }), fc.constantFrom('Gi', 'Mi', 'G', 'm', '', 'Ti'))
          .map(([amount, suffix]) => `${amount}${suffix}`),
      },
    ),
    accessMode: fc.constantFrom(...ACCESS_MODES),
    volumeMode: fc.constantFrom(...VOLUME_MODES),
    name: NAME,
    namespace: fc.constantFrom('shop', 'a.b'),
    labels: LABELS,
    deletable: fc.boolean(),
  },
  ['size'],
);

/** What a class and a claim of it render, or how they are refused. */
function render(classProps: unknown, claimProps: unknown): readonly unknown[] | Error {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  try {
    new EbsStorageClass(chart, 'class', classProps as EbsStorageClassProps).claim(
      chart,
      'claim',
      claimProps as CsiClaimProps<'ReadWriteOnce', 'Filesystem'>,
    );
    return chart.toJson();
  } catch (error) {
    return error as Error;
  }
}

test('a class and its claim are refused in one line, or are what the API server takes, every time', () => {
  const outcomes = { refused: 0, rendered: 0 };
  fc.assert(
    fc.property(CLASS, CLAIM, (classProps, claimProps) => {
      const before = JSON.stringify([classProps, claimProps]);
      const outcome = render(classProps, claimProps);
      if (outcome instanceof Error) {
        outcomes.refused += 1;
        expect(outcome.name).toBe('StorageError');
        expect(outcome.message).toMatch(/^shop\/(class|claim): .+$/);
      } else {
        outcomes.rendered += 1;
        expect(outcome).toHaveLength(2);
        expect(checkObjects(outcome)).toEqual([]);
      }
      expect(render(classProps, claimProps)).toEqual(outcome);
      expect(JSON.stringify([classProps, claimProps])).toBe(before);
    }),
    { numRuns: 1_000 },
  );
  // Neither outcome hides the other.
  expect(outcomes.refused).toBeGreaterThan(100);
  expect(outcomes.rendered).toBeGreaterThan(100);
});
