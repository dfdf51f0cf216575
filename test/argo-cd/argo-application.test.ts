import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { load } from 'js-yaml';
import { ArgoApplication } from '../../src/argo-cd/argo-application';
import type { ArgoApplicationProps } from '../../src/argo-cd/argo-application-props';
import { ARGO_SYNC_OPTIONS } from '../../src/argo-cd/sync-options';
import { checkObjects } from '../support/api-objects';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject, synthYaml } from '../support/synth';

const FOLDER = { repoUrl: 'https://git.example.com/shop.git', path: 'dist' } as const;
const CHART = { repoUrl: 'https://helm.goharbor.io', chart: 'harbor', version: '1.19.1' } as const;
const PROPS = { source: FOLDER, destination: { namespace: 'shop' } } as const;

/** The two sources and the sync options as they are rendered. */
const folder = {
  repoURL: FOLDER.repoUrl,
  path: 'dist',
  targetRevision: 'HEAD',
  directory: { include: '*.k8s.yaml' },
};
const chart = { repoURL: CHART.repoUrl, chart: 'harbor', targetRevision: '1.19.1' };
const syncOptions = ['CreateNamespace=true'];

function rendered(props: ArgoApplicationProps): RenderedObject {
  const objects = chartObjects((chart) => {
    new ArgoApplication(chart, 'app', props);
  });
  expect(checkObjects(objects)).toEqual([]);
  return objectOf(objects, 'Application');
}

function refused(props: object): string {
  const chart = new Chart(new App(), 'shop');
  const { code, message } = refusal(
    () => new ArgoApplication(chart, 'app', { ...PROPS, ...props } as ArgoApplicationProps),
  );
  return `${code} ${message}`;
}

const CYCLIC: Record<string, unknown> = {};
CYCLIC.list = [CYCLIC];

describe('an ArgoApplication', () => {
  test('of a folder reads the manifests alone, makes the namespace and deletes nothing', () => {
    expect(
      synthYaml((chart) => {
        new ArgoApplication(chart, 'app', PROPS);
      }),
    ).toMatchInlineSnapshot(`
"apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  labels:
    app.kubernetes.io/managed-by: cdk8s
    app.kubernetes.io/name: app
    app.kubernetes.io/part-of: shop
  name: shop-app
  namespace: argocd
spec:
  destination:
    namespace: shop
    server: https://kubernetes.default.svc
  project: default
  source:
    directory:
      include: "*.k8s.yaml"
    path: dist
    repoURL: https://git.example.com/shop.git
    targetRevision: HEAD
  syncPolicy:
    syncOptions:
      - CreateNamespace=true
"
`);
  });

  test('of a chart has its version, and its values as an object', () => {
    const values = {
      expose: { type: 'ingress', tls: { enabled: false } },
      registry: { replicas: 2, tolerations: [], annotations: {} },
      hosts: ['harbor.example.com'],
    };
    const { spec } = rendered({
      source: { ...CHART, values },
      destination: { namespace: 'harbor' },
    });
    expect(spec).toEqual({
      project: 'default',
      source: {
        repoURL: 'https://helm.goharbor.io',
        chart: 'harbor',
        targetRevision: '1.19.1',
        helm: { valuesObject: values },
      },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'harbor' },
      syncPolicy: { syncOptions: ['CreateNamespace=true'] },
    });
  });

  test.each<[Partial<ArgoApplicationProps>, object]>([
    [
      { source: { ...FOLDER, revision: 'main' } },
      { source: { ...folder, targetRevision: 'main' } },
    ],
    [{ source: { ...FOLDER, path: '.' } }, { source: { ...folder, path: '.' } }],
    [
      { source: { ...FOLDER, include: '*.yaml' } },
      { source: { ...folder, directory: { include: '*.yaml' } } },
    ],
    [{ source: CHART }, { source: chart }],
    [
      { source: { ...CHART, version: 'v1.2.3-rc.1+b' } },
      { source: { ...chart, targetRevision: 'v1.2.3-rc.1+b' } },
    ],
    [
      { source: { ...CHART, releaseName: 'hub' } },
      { source: { ...chart, helm: { releaseName: 'hub' } } },
    ],
    [{ source: { ...CHART, values: {} } }, { source: { ...chart, helm: { valuesObject: {} } } }],
    [{ project: 'shops' }, { project: 'shops' }],
    [
      { destination: { namespace: 'web', name: 'in-cluster' } },
      { destination: { namespace: 'web', name: 'in-cluster' } },
    ],
    [
      { destination: { namespace: 'web', server: 'https://10.0.0.1:6443' } },
      { destination: { namespace: 'web', server: 'https://10.0.0.1:6443' } },
    ],
    [{ automated: {} }, { syncPolicy: { automated: {}, syncOptions } }],
    [
      { automated: { prune: true, selfHeal: true } },
      { syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions } },
    ],
    [
      { automated: { prune: false, selfHeal: false } },
      { syncPolicy: { automated: {}, syncOptions } },
    ],
    [
      { syncOptions: ['ServerSideApply=true', 'PruneLast=true'] },
      { syncPolicy: { syncOptions: [...syncOptions, 'ServerSideApply=true', 'PruneLast=true'] } },
    ],
    [
      { createNamespace: false, syncOptions: ['Prune=false'] },
      { syncPolicy: { syncOptions: ['Prune=false'] } },
    ],
    [{ createNamespace: true }, { syncPolicy: { syncOptions } }],
    [{ retry: { limit: 0 } }, { syncPolicy: { retry: { limit: 0 }, syncOptions } }],
    [
      { retry: { limit: -1, backoff: { duration: '10s', factor: 3, maxDuration: '1h' } } },
      {
        syncPolicy: {
          retry: { limit: -1, backoff: { duration: '10s', factor: 3, maxDuration: '1h' } },
          syncOptions,
        },
      },
    ],
  ])('renders %j', (props, fields) => {
    const { spec } = rendered({ ...PROPS, ...props });
    expect(spec).toEqual({ ...(rendered(PROPS).spec as object), ...fields });
  });

  test('has no sync policy where nothing is said in it', () => {
    expect(rendered({ ...PROPS, createNamespace: false }).spec).not.toHaveProperty('syncPolicy');
  });

  test('deletes its objects when it goes, by cascade alone', () => {
    const { metadata } = rendered({ ...PROPS, cascade: true });
    expect(metadata).toMatchObject({ finalizers: ['resources-finalizer.argocd.argoproj.io'] });
    expect(rendered({ ...PROPS, cascade: false }).metadata).not.toHaveProperty('finalizers');
  });

  test('has name, namespace and labels as they are said', () => {
    const { metadata } = rendered({
      ...PROPS,
      name: 'web',
      namespace: 'gitops',
      labels: { team: 'shop' },
    });
    expect(metadata).toEqual({
      name: 'web',
      namespace: 'gitops',
      labels: {
        'app.kubernetes.io/managed-by': 'cdk8s',
        'app.kubernetes.io/name': 'app',
        'app.kubernetes.io/part-of': 'shop',
        team: 'shop',
      },
    });
  });

  test('knows its name and where its objects go', () => {
    chartObjects((chart) => {
      const app = new ArgoApplication(chart, 'app', PROPS);
      expect([app.applicationName, app.destinationNamespace]).toEqual(['shop-app', 'shop']);
    });
  });

  test('can be what an app repository applies by hand', () => {
    const file = join(__dirname, '../../examples/app-repo/application.yaml');
    const [object] = chartObjects(
      (chart) => {
        new ArgoApplication(chart, 'app', {
          name: 'shop',
          source: {
            repoUrl: 'https://git.example.com/shop-manifests.git',
            path: 'dist',
            revision: 'main',
          },
          destination: { namespace: 'shop' },
          automated: { prune: true, selfHeal: true },
        });
      },
      { labels: {} },
    );
    const { metadata, ...rest } = load(readFileSync(file, 'utf8')) as RenderedObject;
    expect(object).toMatchObject(rest);
    expect(object?.spec).toEqual(rest.spec);
    expect(object?.metadata).toMatchObject(metadata);
  });

  test('takes every sync option that there is', () => {
    const names = new Map(ARGO_SYNC_OPTIONS.map((option) => [option.split('=')[0], option]));
    const further = [...names.values()];
    expect(rendered({ ...PROPS, syncOptions: further }).spec).toMatchObject({
      syncPolicy: { syncOptions: [...syncOptions, ...further] },
    });
  });

  test.each<[object, string]>([
    [
      { source: { repoUrl: FOLDER.repoUrl } },
      "SourceMixed shop/app: 'source' must have 'path', for a folder of manifests, or 'chart', for a Helm chart, got neither",
    ],
    [
      { source: { ...FOLDER, ...CHART } },
      "SourceMixed shop/app: 'source' must have 'path', for a folder of manifests, or 'chart', for a Helm chart, got both",
    ],
    [
      { source: { ...FOLDER, values: { password: 'secret' } } },
      "PropUnknown shop/app: 'source.values' is no prop of ArgoApplication; it takes 'repoUrl', 'path', 'revision' or 'include'",
    ],
    [
      { source: { ...CHART, revision: 'main' } },
      "PropUnknown shop/app: 'source.revision' is no prop of ArgoApplication; it takes 'repoUrl', 'chart', 'version', 'values' or 'releaseName'",
    ],
    [
      { source: { repoUrl: CHART.repoUrl, chart: 'harbor' } },
      "PropMissing shop/app: 'source.version' must be a string that is not empty, got undefined",
    ],
    [
      { source: { ...FOLDER, repoUrl: 'a b' } },
      "PropType shop/app: 'source.repoUrl' must be the address of a repository, such as 'https://git.example.com/shop.git', got 'a b'",
    ],
    [
      { source: { ...FOLDER, path: '/dist' } },
      "SourcePath shop/app: 'source.path' must be a relative path, got '/dist'",
    ],
    [
      { source: { ...FOLDER, path: '../dist' } },
      "SourcePath shop/app: 'source.path' must not have '..' in it, got '../dist'",
    ],
    [
      { source: { ...CHART, repoUrl: 'oci://registry.example.com/charts' } },
      "ChartRepository shop/app: 'source.repoUrl' of a chart must have no 'oci://', got 'oci://registry.example.com/charts'; write 'registry.example.com/charts'",
    ],
    [
      { source: { ...CHART, version: '1.19' } },
      "ChartVersion shop/app: 'source.version' must be one version such as '1.19.1', got '1.19'; a range installs another chart one day, without a commit",
    ],
    [
      { source: { ...CHART, version: '>=1.19.1' } },
      "ChartVersion shop/app: 'source.version' must be one version such as '1.19.1', got '>=1.19.1'; a range installs another chart one day, without a commit",
    ],
    [
      { source: CHART, name: 'x'.repeat(54) },
      `ReleaseName shop/app: the name of the release must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 53), got '${'x'.repeat(54)}'; set 'source.releaseName'`,
    ],
    [
      { source: { ...CHART, releaseName: 'Hub' } },
      "PropType shop/app: 'source.releaseName' must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 53), got 'Hub'",
    ],
    [
      { source: { ...CHART, values: 'password: secret' } },
      "PropType shop/app: 'source.values' must be an object with the values of the chart, got a value of type string",
    ],
    [
      { source: { ...CHART, values: { a: { b: [1, null] } } } },
      "ChartValues shop/app: 'source.values.a.b[1]' must not be null: no manifest keeps it, and the chart's own value would stay; say the value that is meant",
    ],
    [
      { source: { ...CHART, values: CYCLIC } },
      "ChartValues shop/app: 'source.values.list[0]' must not hold itself: no manifest has an end then",
    ],
    [
      { source: { ...CHART, values: { since: new Date(0) } } },
      "ChartValues shop/app: 'source.values.since' must be text, a number, true or false, a list or a plain object, got a value of type object",
    ],
    [
      { source: { ...CHART, values: { replicas: Number.NaN } } },
      "ChartValues shop/app: 'source.values.replicas' must be text, a number, true or false, a list or a plain object, got a value of type number",
    ],
    [
      { destination: { namespace: 'shop', server: 'https://10.0.0.1', name: 'east' } },
      "DestinationMixed shop/app: 'destination' must have 'server' or 'name', got both: 'https://10.0.0.1' and 'east'; Argo CD syncs to neither",
    ],
    [
      { destination: {} },
      "PropMissing shop/app: 'destination.namespace' must be a DNS label (lower case letters, digits and '-', at most 63), got undefined",
    ],
    [
      { destination: { namespace: 'shop', server: 'east' } },
      "PropType shop/app: 'destination.server' must be the address of an API server, such as 'https://kubernetes.default.svc', got 'east'",
    ],
    ...['Replace=true', 'Force=true'].map((option): [object, string] => [
      { syncOptions: ['PruneLast=true', option] },
      `SyncOptionDestructive shop/app: 'syncOptions[1]' must not be '${option}': every sync would replace volumes and claims, and a claim that is deleted takes its data along; leave it out`,
    ]),
    [
      { syncOptions: ['ServerSideAply=true'] },
      "PropType shop/app: 'syncOptions[0]' must be a sync option such as 'ApplyOutOfSyncOnly=true', got 'ServerSideAply=true'; did you mean 'ServerSideApply=true'?",
    ],
    [
      { syncOptions: ['Prune=false', 'Prune=confirm'] },
      "SyncOptionTwice shop/app: 'syncOptions[1]' must say something else than 'Prune=false', which is there, got 'Prune=confirm'; keep one of them",
    ],
    [
      { retry: { limit: -2 } },
      "PropType shop/app: 'retry.limit' must be a whole number of at least -1, got -2",
    ],
    [
      { retry: { limit: 5, backoff: { duration: '5' } } },
      "PropType shop/app: 'retry.backoff.duration' must be a time in whole seconds, minutes or hours, such as '5s', '3m' or '1h', got '5'",
    ],
    [{ automated: true }, "PropType shop/app: 'automated' must be an object, got true"],
    [
      { prune: true },
      "PropUnknown shop/app: 'prune' is no prop of ArgoApplication; it takes 'source', 'destination', 'project', 'createNamespace', 'automated', 'syncOptions', 'retry', 'cascade', 'name', 'namespace' or 'labels'",
    ],
  ])('fails with %j', (props, message) => {
    expect(refused(props)).toBe(message);
  });

  test('fails when two have one name', () => {
    const chart = new Chart(new App(), 'shop');
    new ArgoApplication(chart, 'one', { ...PROPS, name: 'web' });
    expect(refusal(() => new ArgoApplication(chart, 'two', { ...PROPS, name: 'web' }))).toEqual({
      code: 'Duplicate',
      path: 'shop/two',
      message:
        "shop/two: Application 'web' in 'argocd' is already made by 'shop/one'; give one of them another 'name'",
    });
  });
});
