import type { Chart } from 'cdk8s';
import { ArgoApplication, type ArgoDestination, type ArgoSource } from 'cdk8s-storage';

declare const chart: Chart;
const repoUrl = 'https://git.example.com/shop.git';
const destination = { namespace: 'shop' };

interface HarborValues {
  readonly persistence: { readonly enabled: boolean };
}
declare const values: HarborValues;

// An interface is an object: values of a chart need no index signature.
new ArgoApplication(chart, 'chart', {
  source: { repoUrl, chart: 'harbor', version: '1.19.1', values },
  destination,
});
new ArgoApplication(chart, 'folder', {
  source: { repoUrl, path: 'dist', revision: 'main' },
  destination: { namespace: 'shop', name: 'in-cluster' },
  automated: { prune: true },
  syncOptions: ['ServerSideApply=true'],
  retry: { limit: 5, backoff: { duration: '5s' } },
});

export const sources: ArgoSource[] = [
  // @ts-expect-error a folder or a chart
  { repoUrl },
  // @ts-expect-error a chart has a version
  { repoUrl, chart: 'harbor' },
  // @ts-expect-error not both
  { repoUrl, path: 'dist', chart: 'harbor', version: '1.19.1' },
  // @ts-expect-error a folder has no values
  { repoUrl, path: 'dist', values },
  // @ts-expect-error a chart has a version, not a revision
  { repoUrl, chart: 'harbor', version: '1.19.1', revision: 'main' },
];

export const destinations: ArgoDestination[] = [
  // @ts-expect-error a cluster by its address or by its name
  { namespace: 'shop', server: 'https://10.0.0.1', name: 'east' },
  // @ts-expect-error a namespace is always said
  { name: 'east' },
];

new ArgoApplication(chart, 'replace', {
  source: { repoUrl, path: 'dist' },
  destination,
  // @ts-expect-error volumes and claims would be replaced
  syncOptions: ['Replace=true'],
});

new ArgoApplication(chart, 'backoff', {
  source: { repoUrl, path: 'dist' },
  destination,
  // @ts-expect-error a time has a unit
  retry: { limit: 5, backoff: { duration: '5' } },
});
