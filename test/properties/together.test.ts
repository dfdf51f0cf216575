import type { ChartProps } from 'cdk8s';
import fc from 'fast-check';
import { ARGO_CD } from './argo-cd';
import { CHARTS } from './charts';
import { CLAIMS } from './claims';
import { EBS } from './ebs';
import { build, madeTwice, type Subject, type Use } from './holds';
import { LOCAL_PATH } from './local-path';
import { NFS } from './nfs';
import { WORKLOADS } from './workloads';

const SUBJECTS = [CLAIMS, EBS, NFS, LOCAL_PATH, WORKLOADS, ARGO_CD, CHARTS].flat();

/** Few names, so that objects meet; a subject is given those that it takes. */
const NAMES: Readonly<Record<string, readonly unknown[]>> = {
  name: ['a', 'a', 'a', 'b'],
  claimName: ['a', 'b'],
  className: ['a', 'b'],
  provisionerName: ['example.com/a', 'example.com/b'],
  namespace: ['shop', 'other'],
  labels: [{ 'app.kubernetes.io/name': 'a' }, { 'app.kubernetes.io/name': 'b' }],
};

/** Ids that differ, and of which some come out as one name. */
const IDS = ['x', 'x-y', 'X', 'x.y', 'x_y'];

const isUnknown = (subject: Subject, prop: string, value: unknown): boolean => {
  const [props] = fc.sample(subject.bare, 1);
  const use = { subject, id: 'x', chart: 0, props: { ...(props as object), [prop]: value } };
  return build([{ namespace: 'shop' }], [use]).refusal?.startsWith('PropUnknown') === true;
};

/** A use of the subject by the fewest props, and the names that it takes. */
function namedUse(subject: Subject): fc.Arbitrary<Use> {
  const known = Object.entries(NAMES).filter(([prop, [value]]) => !isUnknown(subject, prop, value));
  const names = fc.record(
    Object.fromEntries(known.map(([prop, values]) => [prop, fc.constantFrom(...values)])),
    { requiredKeys: known.map(([prop]) => prop).filter((prop) => prop === 'name') },
  );
  return fc
    .record({ props: subject.bare, names, id: fc.constantFrom(...IDS), chart: fc.nat(1) })
    .map(({ props, names: given, id, chart }) => ({
      subject,
      id,
      chart,
      props: { ...(props as object), ...given },
      [fc.toStringMethod]: () =>
        `${subject.name} '${id}' in chart ${chart}: ${fc.stringify({ ...(props as object), ...given })}`,
    }));
}

const CHARTS_OF_APP = fc.array(
  fc.constantFrom<ChartProps>({}, { namespace: 'shop' }, { namespace: 'other' }),
  {
    minLength: 2,
    maxLength: 2,
  },
);

/** Checks that objects of the uses are not made twice; says how many apps were rendered. */
function countRendered(uses: fc.Arbitrary<readonly Use[]>, numRuns: number): number {
  let rendered = 0;
  fc.assert(
    fc.property(CHARTS_OF_APP, uses, (charts, all) => {
      const { refusal, app } = build(charts, all);
      if (refusal === undefined) {
        rendered += 1;
        expect(madeTwice(app)).toEqual([]);
      }
    }),
    { numRuns },
  );
  return rendered;
}

it.each(SUBJECTS)(
  'two of $name in an app are refused, or every object has a name of its own',
  (subject) => {
    const use = namedUse(subject);
    expect(countRendered(fc.tuple(use, use), 80)).toBeGreaterThan(0);
  },
);

it('any constructs in an app are refused, or every object has a name of its own', () => {
  const uses = fc.oneof(...SUBJECTS.map(namedUse));
  const rendered = countRendered(fc.array(uses, { minLength: 2, maxLength: 4 }), 200);
  expect(rendered).toBeGreaterThan(20);
});
