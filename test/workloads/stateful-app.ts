import type { Chart, ChartProps } from 'cdk8s';
import { Construct } from 'constructs';
import type { ClaimRequest, IStorageClass, VolumeTraits } from '../../src/claims/contracts';
import type { AccessMode } from '../../src/kube/access-mode';
import { type ErrorPlace, refuse } from '../../src/kube/storage-error';
import type { MountedStorage } from '../../src/workloads/own-storage';
import { StatefulApp } from '../../src/workloads/stateful-app';
import type { StatefulAppProps } from '../../src/workloads/stateful-app-props';
import { listAt, objectAt } from '../support/json';
import { type Refusal, refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

/** What a class was asked for, and by whom. */
interface Asked extends ClaimRequest {
  readonly place: ErrorPlace;
}

/** Traits of disks, and of shared folders. */
export const DISK: VolumeTraits = {
  driver: 'disk.example.com',
  attaches: true,
  honoursFsGroup: true,
  hasLostAndFound: true,
};
export const FOLDER: VolumeTraits = {
  driver: 'nfs.example.com',
  attaches: false,
  honoursFsGroup: false,
  hasLostAndFound: false,
};

/** A storage class that renders nothing and remembers what it was asked for. */
export class SampleClass extends Construct implements IStorageClass {
  readonly storageClassName: string;
  readonly asked: Asked[] = [];

  constructor(
    scope: Construct,
    id = 'fast',
    readonly traits: VolumeTraits = DISK,
    readonly defaultAccessMode: AccessMode = 'ReadWriteOnce',
  ) {
    super(scope, id);
    this.storageClassName = id;
  }

  checkClaim(place: ErrorPlace, request: ClaimRequest): void {
    this.asked.push({ place, ...request });
    if (request.count > 5) {
      refuse('SampleLimit', place, `there are 5 volumes, got ${request.count} claims`);
    }
  }
}

/** Props by chart, or the same ones for every chart. */
type Props = Partial<StatefulAppProps> | ((chart: Chart) => Partial<StatefulAppProps>);

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
