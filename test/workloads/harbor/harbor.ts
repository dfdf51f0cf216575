import { App, Chart, type ChartProps } from 'cdk8s';
import { HarborOnStorage } from '../../../src/workloads/harbor/harbor-on-storage';
import type { HarborOnStorageProps } from '../../../src/workloads/harbor/harbor-on-storage-props';
import { type Refusal, refusal } from '../../support/refusal';
import { FOLDER, SampleClass } from '../../support/sample-class';

/** Classes that a Harbor is put on: a disk of one node, and a folder that all nodes have. */
export interface Classes {
  readonly disk: SampleClass;
  readonly shared: SampleClass;
}

type Props = Readonly<Record<string, unknown>> | Partial<HarborOnStorageProps>;

/** Props by classes and chart, or the same ones for all. */
export type GivenProps = Props | ((classes: Classes, chart: Chart) => Props);

/** Names of the Secrets that whoever runs Harbor has made. */
export const SECRETS = {
  adminPassword: 'harbor-admin',
  secretKey: 'harbor-secret-key',
  internal: 'harbor-internal',
  registryCredentials: 'harbor-registry',
} as const;

/** The values by which a certificate comes from a Secret. */
export const TLS = {
  expose: { tls: { certSource: 'secret', secret: { secretName: 'harbor-tls' } } },
} as const;

const IN_HARBOR: ChartProps = { namespace: 'harbor' };

/** A Harbor whose shared parts are on a folder and the others on a disk, with these props. */
export function harbor(
  given: GivenProps = {},
  chartProps: ChartProps = IN_HARBOR,
): HarborOnStorage {
  const chart = new Chart(new App(), 'shop', chartProps);
  const classes = {
    disk: new SampleClass(chart, 'fast'),
    shared: new SampleClass(chart, 'nfs', FOLDER, 'ReadWriteMany'),
  };
  const props = typeof given === 'function' ? given(classes, chart) : given;
  const { disk, shared } = classes;
  return new HarborOnStorage(chart, 'harbor', {
    registry: { from: shared },
    jobLog: { from: shared },
    database: { from: disk },
    redis: { from: disk },
    trivy: { from: disk },
    ...props,
  });
}

/** What is said where these props are refused, which no type checks. */
export function refused(given: GivenProps): Refusal {
  return refusal(() => harbor(given));
}

/** Code and message of a refusal, without the construct's path. */
export function said({ code, message }: Refusal): string {
  return `${code}: ${message.replace(/^shop\/harbor: /, '')}`;
}
