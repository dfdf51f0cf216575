import type { Chart, ChartProps } from 'cdk8s';
import type { IStorageClass } from '../../src/claims/contracts';
import type { MountedStorage } from '../../src/workloads/own-storage';
import { StatefulApp } from '../../src/workloads/stateful-app';
import type { StatefulAppProps } from '../../src/workloads/stateful-app-props';
import { listAt, objectAt } from '../support/json';
import { type Refusal, refusal } from '../support/refusal';
import { SampleClass } from '../support/sample-class';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

/** Props by chart, or the same ones for every chart. */
type Props = Partial<StatefulAppProps> | ((chart: Chart) => Partial<StatefulAppProps>);

/** The labels by which the app's objects select its pods. */
export const SELECTING = {
  'app.kubernetes.io/name': 'db',
  'app.kubernetes.io/part-of': 'shop',
};

/** Storage of a sample class, mounted at /data. */
export function dataOf(from: IStorageClass, props: Partial<MountedStorage> = {}): MountedStorage {
  return { name: 'data', mountPath: '/data', from, size: '10Gi', ...props };
}

/** An app with the fewest props, and these. */
export function statefulApp(chart: Chart, props: Props = {}, id = 'db'): StatefulApp {
  const given = typeof props === 'function' ? props(chart) : props;
  return new StatefulApp(chart, id, {
    image: 'registry.example.com/db:1.4.2',
    ports: { sql: 5432 },
    ...given,
    storage: given.storage ?? [dataOf(new SampleClass(chart))],
  });
}

/** What an app with these props renders. */
export function appObjects(props: Props = {}, chartProps?: ChartProps): readonly RenderedObject[] {
  return chartObjects((chart) => {
    statefulApp(chart, props);
  }, chartProps);
}

/** The spec of an app's object of this kind. */
export function specOf(kind: string, props: Props = {}): unknown {
  return objectOf(appObjects(props), kind).spec;
}

/** The spec of an app's pods. */
export function podOf(props: Props = {}): Readonly<Record<string, unknown>> {
  return objectAt(specOf('StatefulSet', props), 'template', 'spec');
}

/** The container of an app's pods. */
export function containerOf(props: Props = {}): unknown {
  const [container, ...others] = listAt(podOf(props), 'containers');
  expect(others).toEqual([]);
  return container;
}

/** What an app says that refuses these props, which no type checks. */
export function refusedApp(
  props: Readonly<Record<string, unknown>> | ((chart: Chart) => Readonly<Record<string, unknown>>),
  chartProps?: ChartProps,
): Refusal {
  return refusal(() => appObjects(props as Props, chartProps));
}

/** What an app says that refuses a storage of these props, which no type checks. */
export function refusedStorage(...storages: readonly Readonly<Record<string, unknown>>[]): Refusal {
  return refusedApp((chart) => {
    const from = new SampleClass(chart);
    return {
      storage: storages.map((storage) => ({ name: 'data', from, size: '10Gi', ...storage })),
    };
  });
}
