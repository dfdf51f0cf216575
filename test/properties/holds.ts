import { App, Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import fc from 'fast-check';
import { planApp } from '../../src/validation/plan-app';
import { checkObjects } from '../support/api-objects';
import { objectAt } from '../support/json';
import { newerThings } from '../support/newer';
import { OwnError, withNonsense } from './nonsense';
import { madeFor } from './parts';

/** A public construct, and the props that it takes. */
export interface Subject {
  /** What the tests call it. */
  readonly name: string;

  /** Props that it takes, or that are at the edge of what it takes. */
  readonly props: fc.Arbitrary<unknown>;

  /** The fewest props that it takes. */
  readonly bare: fc.Arbitrary<unknown>;

  /** Makes it in a chart, or in the app where it is a chart itself. */
  make(scope: Construct, id: string, props: never): unknown;

  /** Whether it is a chart. */
  readonly isChart?: boolean;
}

/** A subject that is made in one of the charts of an app. */
export interface Use {
  readonly subject: Subject;
  readonly id: string;
  readonly chart: number;
  readonly props: unknown;
}

/** Props of the charts of an app. */
export type Charts = readonly ChartProps[];

/** What an app says where it refuses; its manifest and its objects where it does not. */
interface Outcome {
  readonly refusal: string | undefined;
  readonly yaml: string;
  readonly app: App;
}

/** Builds an app; what is thrown must be a refusal, or what a getter of the props threw. */
export function build(charts: Charts, uses: readonly Use[]): Outcome {
  const app = new App();
  const made = charts.map((props, index) => new Chart(app, `chart-${index}`, props));
  try {
    for (const { subject, id, chart, props } of uses) {
      const scope = made[chart % made.length] as Chart;
      const whole = madeFor(scope, props, `part-of-${textOf(id)}`);
      subject.make(subject.isChart ? app : scope, id, whole as never);
    }
    return { refusal: undefined, yaml: app.synthYaml(), app };
  } catch (error) {
    return { refusal: refusalIn(error), yaml: '', app };
  }
}

/** The id as part of another one. */
export function textOf(id: string): string {
  return typeof id === 'string' ? id : 'it';
}

// Nothing else than one StorageError, with all that belongs to it.
function refusalIn(error: unknown): string {
  if (error instanceof OwnError) {
    return 'a getter of the props';
  }
  if (!(error instanceof Error) || error.name !== 'StorageError') {
    throw error;
  }
  const { code, path } = error as Error & { readonly code?: unknown; readonly path?: unknown };
  expect(code).toMatch(/^[A-Z][A-Za-z0-9]+$/);
  expect(typeof path).toBe('string');
  expect(error.message).toMatch(path === '' ? /^\S/ : /: \S/);
  expect(error.message).not.toMatch(/[\p{Cc}\u2028\u2029]|\[object /u);
  // A prop that is missing is the one thing that may be undefined.
  expect(error.message.replace(/, got undefined\b/, '')).not.toContain('undefined');
  expect(error.message.length).toBeLessThan(1_500);
  return `${code} ${error.message}`;
}

/** Checks that an app is refused or sound, and that it is so a second time. */
function holds(charts: Charts, uses: readonly Use[]): 'refused' | 'rendered' {
  const { refusal, yaml, app } = build(charts, uses);
  const again = build(charts, uses);
  expect([again.refusal, again.yaml]).toEqual([refusal, yaml]);
  if (refusal !== undefined) {
    return 'refused';
  }
  const objects = app.charts.flatMap((chart) => chart.toJson());
  expect(checkObjects(objects)).toEqual([]);
  expect(newerThings(objects)).toEqual([]);
  // Where nothing says a namespace, kubectl or Argo CD does; the plan takes it to be default.
  if (charts.every(({ namespace }) => namespace !== undefined)) {
    const errors = planApp(app).findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule, message, object }) => `${rule} ${object}: ${message}`)).toEqual([]);
  }
  return 'rendered';
}

/** A chart, with what cdk8s takes for a namespace and for labels. */
const CHART: fc.Arbitrary<ChartProps> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({ namespace: 'shop' }) },
  fc.constant({}),
  fc.constant({ namespace: 'Shop' }),
  fc.constant({ namespace: 'shop', labels: { team: 'a', 'app.kubernetes.io/name': 'b' } }),
  fc.constant({ namespace: 'shop', labels: { 'a b': 'c' } }),
  fc.constant({ namespace: 'shop', disableResourceNameHashes: true }),
);

/** Ids, and what plain JavaScript may put in their place. */
const ID: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 12, arbitrary: fc.constant('it') },
  fc.constantFrom<unknown>(
    ...['It', 'é', 'a/b', 'a b', '-', '0', '.', 'a\nb', '\u2028', 'x'.repeat(250), '__proto__', ''],
    ...[undefined, null, 5, {}, [], Symbol('x')],
  ),
);

/** Checks a subject in an app of its own, and that it is both refused and rendered. */
export function holdsAlone(subject: Subject, numRuns: number): void {
  const outcomes = { refused: 0, rendered: 0 };
  // A chart beside which its parts are made.
  const around = subject.isChart ? fc.constant({ namespace: 'shop' }) : CHART;
  fc.assert(
    fc.property(withNonsense(subject.props), around, ID, (props, chart, id) => {
      outcomes[holds([chart], [{ subject, id: id as string, chart: 0, props }])] += 1;
    }),
    { numRuns },
  );
  // Neither outcome hides the other.
  expect(outcomes.refused).toBeGreaterThan(0);
  expect(outcomes.rendered).toBeGreaterThan(0);
}

/** Names of objects that are made twice. */
export function madeTwice(app: App): readonly string[] {
  const names = app.charts.flatMap((chart) =>
    chart.toJson().map((object) => {
      const { name, namespace = '' } = objectAt(object, 'metadata');
      const { apiVersion, kind } = objectAt(object);
      return `${String(apiVersion).replace(/\/[^/]*$/, '')} ${kind} ${namespace}/${name}`;
    }),
  );
  return names.filter((name, index) => names.indexOf(name) !== index);
}
