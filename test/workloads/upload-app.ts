import type { Chart, ChartProps } from 'cdk8s';
import { NfsVolume } from '../../src/nfs/nfs-volume';
import { SharedUploadApp } from '../../src/workloads/shared-upload-app';
import type { SharedUploadAppProps } from '../../src/workloads/shared-upload-app-props';
import { listAt, objectAt } from '../support/json';
import { type Refusal, refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

/** The export that the apps of these tests share, with its claim. */
export function nfsVolume(chart: Chart, id = 'uploads'): NfsVolume {
  return new NfsVolume(chart, id, {
    server: '172.26.1.10',
    path: `/mnt/${id}`,
    capacity: '10Gi',
  });
}

/** Props by chart, or the same ones for every chart. */
type Props = Partial<SharedUploadAppProps> | ((chart: Chart) => Partial<SharedUploadAppProps>);

/** An app with the fewest props, and these. */
export function uploadApp(chart: Chart, props: Props = {}, id = 'web'): SharedUploadApp {
  const given = typeof props === 'function' ? props(chart) : props;
  return new SharedUploadApp(chart, id, {
    image: 'registry.example.com/shop:1.4.2',
    port: 8080,
    ...given,
    uploads: given.uploads ?? { claim: nfsVolume(chart), mountPath: '/data' },
  });
}

/** What an app with these props renders. */
export function appObjects(
  props: Props = {},
  chartProps: ChartProps = { namespace: 'shop' },
): readonly RenderedObject[] {
  return chartObjects((chart) => {
    uploadApp(chart, props);
  }, chartProps);
}

/** The spec of an app's object of this kind. */
export function specOf(kind: string, props: Props = {}): unknown {
  return objectOf(appObjects(props), kind).spec;
}

/** The spec of an app's pods. */
export function podOf(props: Props = {}): unknown {
  return objectAt(specOf('Deployment', props), 'template', 'spec');
}

/** The first container of an app's pods. */
export function containerOf(props: Props = {}): unknown {
  return listAt(podOf(props), 'containers')[0];
}

/** What an app says that refuses these props, which no type checks. */
export function refusedApp(
  props: Readonly<Record<string, unknown>> | ((chart: Chart) => Readonly<Record<string, unknown>>),
  chartProps?: ChartProps,
): Refusal {
  return refusal(() => appObjects(props as Props, chartProps));
}
