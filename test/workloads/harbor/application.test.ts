import { App, Chart } from 'cdk8s';
import type { HarborApplicationProps } from '../../../src/workloads/harbor/harbor-on-storage-props';
import { checkObjects } from '../../support/api-objects';
import { refusal } from '../../support/refusal';
import type { RenderedObject } from '../../support/synth';
import { type GivenProps, harbor, SECRETS, said, TLS } from './harbor';

const READY = { secrets: SECRETS, values: TLS } as const;

/** The Application of a Harbor with these props. */
function rendered(props?: HarborApplicationProps, given: GivenProps = READY): RenderedObject {
  const chart = new Chart(new App(), 'apps');
  harbor(given).application(chart, 'harbor', props);
  const objects: readonly RenderedObject[] = chart.toJson();
  expect(checkObjects(objects)).toEqual([]);
  const [application, ...others] = objects;
  expect(others).toEqual([]);
  return application as RenderedObject;
}

function refused(given: GivenProps, chartProps?: { namespace?: string }): string {
  const chart = new Chart(new App(), 'apps');
  return said(refusal(() => harbor(given, chartProps).application(chart, 'harbor')));
}

describe('the Application of a Harbor', () => {
  test("installs the chart's version with the values in Harbor's namespace", () => {
    const { values } = harbor(READY);
    expect(rendered()).toMatchObject({
      kind: 'Application',
      metadata: { name: 'apps-harbor', namespace: 'argocd' },
      spec: {
        project: 'default',
        source: {
          repoURL: 'https://helm.goharbor.io',
          chart: 'harbor',
          targetRevision: '1.19.1',
          helm: { valuesObject: values },
        },
        destination: { server: 'https://kubernetes.default.svc', namespace: 'harbor' },
        syncPolicy: { syncOptions: ['CreateNamespace=true'] },
      },
    });
  });

  test('can be of a mirror, of another version, release and cluster', () => {
    expect(
      rendered({
        repoUrl: 'https://charts.example.com',
        version: '1.19.2',
        releaseName: 'registry',
        destination: { name: 'east' },
        automated: { prune: true },
        name: 'harbor-east',
      }),
    ).toMatchObject({
      metadata: { name: 'harbor-east' },
      spec: {
        source: {
          repoURL: 'https://charts.example.com',
          chart: 'harbor',
          targetRevision: '1.19.2',
          helm: { releaseName: 'registry' },
        },
        destination: { name: 'east', namespace: 'harbor' },
        syncPolicy: { automated: { prune: true } },
      },
    });
  });

  test('has no password in it', () => {
    const text = JSON.stringify(rendered());
    expect(text).not.toMatch(/"(harborAdminPassword|password|secretKey|xsrfKey|tokenKey)":/);
    expect(text).not.toMatch(/"secret":"/);
    expect(text).toContain('"existingSecretAdminPassword":"harbor-admin"');
  });

  test.each([
    { expose: { tls: { enabled: false } } },
    { expose: { tls: { certSource: 'none' } } },
    { ...TLS, internalTLS: { enabled: false } },
    { ...TLS, internalTLS: { enabled: true, certSource: 'secret' } },
  ])('takes certificates that are there, or none: %j', (values) => {
    rendered({}, { secrets: SECRETS, values });
  });

  test.each([undefined, {}, { expose: { tls: {} } }, { expose: { tls: { certSource: 'auto' } } }])(
    'fails with a certificate that the chart makes: %j',
    (values) => {
      expect(refused({ secrets: SECRETS, ...(values && { values }) })).toBe(
        "HarborCertificate: 'values.expose.tls.certSource' must be 'secret' or 'none' for an Application, got 'auto', the chart's default; the chart would make a new certificate at each sync",
      );
    },
  );

  test.each([{ enabled: true }, { enabled: true, certSource: 'auto' }])(
    'fails with internal certificates that the chart makes: %j',
    (internalTLS) => {
      expect(refused({ secrets: SECRETS, values: { ...TLS, internalTLS } })).toBe(
        "HarborCertificate: 'values.internalTLS.certSource' must be 'secret' for an Application, got 'auto', the chart's default; the chart would make new certificates at each sync",
      );
    },
  );

  test('fails without Secrets', () => {
    expect(refused({ values: TLS })).toBe(
      "HarborSecrets: 'secrets' must be set for an Application, got undefined; the chart would make new ones at each sync, restart every pod, and take the password that all know",
    );
  });

  test('fails without a namespace', () => {
    expect(refused(READY, {})).toBe(
      "NamespaceMissing: 'namespace' must be set, here or on the chart, got undefined; an Application has one for what it installs",
    );
  });

  test('fails from plain JavaScript with a source of its own', () => {
    const props = { path: 'dist' } as HarborApplicationProps;
    expect(refusal(() => rendered(props)).message).toMatch(
      /^apps\/harbor: 'path' is no prop of ArgoApplication/,
    );
  });

  test('fails from plain JavaScript with props that are none', () => {
    expect(refusal(() => rendered(null as never))).toEqual({
      code: 'PropType',
      path: 'apps/harbor',
      message: 'apps/harbor: the props of an Application must be an object, got null',
    });
  });
});
