import { load } from 'js-yaml';
import { type GivenProps, harbor, refused, SECRETS, said, TLS } from './harbor';

/** Values with one at a dotted key. */
function at(key: string, value: unknown): GivenProps {
  return {
    values: key.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), value),
  };
}

describe('the values of a Harbor', () => {
  test('are where files are kept and how pods are replaced, and nothing else', () => {
    const { values, persistence } = harbor();
    expect(values).toEqual({ persistence, updateStrategy: { type: 'RollingUpdate' } });
  });

  test('have what the props say', () => {
    const { values } = harbor({
      externalUrl: 'https://harbor.example.com',
      replicas: { core: 2, registry: 3 },
      secrets: SECRETS,
    });
    expect(values).toMatchObject({
      externalURL: 'https://harbor.example.com',
      existingSecretAdminPassword: 'harbor-admin',
      existingSecretSecretKey: 'harbor-secret-key',
      core: {
        replicas: 2,
        existingSecret: 'harbor-internal',
        secretName: 'harbor-internal',
        existingXsrfSecret: 'harbor-internal',
      },
      jobservice: { existingSecret: 'harbor-internal' },
      registry: {
        replicas: 3,
        existingSecret: 'harbor-internal',
        credentials: { existingSecret: 'harbor-registry' },
      },
    });
  });

  test('have what was given besides, beside what a prop says', () => {
    const given = {
      ...TLS,
      core: { nodeSelector: { disk: 'ssd' }, tolerations: [{ key: 'a' }] },
      imagePullSecrets: undefined,
    };
    const { values } = harbor({ replicas: { core: 2 }, values: given });
    expect(values).toMatchObject({
      ...TLS,
      core: { replicas: 2, nodeSelector: { disk: 'ssd' }, tolerations: [{ key: 'a' }] },
    });
    expect(values).not.toHaveProperty('imagePullSecrets');
  });

  test('are a copy of what was given', () => {
    const given = { core: { tolerations: [{ key: 'a' }] } };
    const { values } = harbor({ values: given });
    given.core.tolerations[0] = { key: 'b' };
    expect(values).toHaveProperty('core', { tolerations: [{ key: 'a' }] });
  });

  test('are the same as YAML', () => {
    const { values, valuesYaml } = harbor({ secrets: SECRETS, values: TLS });
    expect(load(valuesYaml)).toEqual(values);
    expect(harbor().valuesYaml).toMatchInlineSnapshot(`
"persistence:
  enabled: true
  resourcePolicy: keep
  persistentVolumeClaim:
    registry:
      storageClass: nfs
      accessMode: ReadWriteMany
      size: 5Gi
      annotations:
        argocd.argoproj.io/sync-options: Prune=false,Delete=false
    jobservice:
      jobLog:
        storageClass: nfs
        accessMode: ReadWriteMany
        size: 1Gi
        annotations:
          argocd.argoproj.io/sync-options: Prune=false,Delete=false
    database:
      storageClass: fast
      accessMode: ReadWriteOnce
      size: 1Gi
    redis:
      storageClass: fast
      accessMode: ReadWriteOnce
      size: 1Gi
    trivy:
      storageClass: fast
      accessMode: ReadWriteOnce
      size: 5Gi
  imageChartStorage:
    type: filesystem
updateStrategy:
  type: RollingUpdate
"
`);
  });

  test('render nothing by themselves', () => {
    expect(harbor().node.children).toEqual([]);
  });
});

describe('further values fail', () => {
  test.each([
    ['persistence', "'registry', 'jobLog', 'database', 'redis' and 'trivy' say"],
    ['updateStrategy', "'updateStrategy' says"],
    ['jobservice.updateStrategy', "'updateStrategy' says"],
    ['externalURL', "'externalUrl' says"],
    ['portal.replicas', "'replicas.portal' says"],
    ['core.replicas', "'replicas.core' says"],
    ['jobservice.replicas', "'replicas.jobservice' says"],
    ['registry.replicas', "'replicas.registry' says"],
    ['trivy.replicas', "'replicas.trivy' says"],
    ['jobservice.jobLoggers', "'jobLog' says"],
    ['database.type', "'database' says"],
    ['redis.type', "'redis' says"],
    ['trivy.enabled', "'trivy' says"],
    ['existingSecretAdminPassword', "'secrets.adminPassword' says"],
    ['existingSecretSecretKey', "'secrets.secretKey' says"],
    ['core.existingSecret', "'secrets.internal' says"],
    ['core.secretName', "'secrets.internal' says"],
    ['core.existingXsrfSecret', "'secrets.internal' says"],
    ['jobservice.existingSecret', "'secrets.internal' says"],
    ['registry.existingSecret', "'secrets.internal' says"],
    ['registry.credentials.existingSecret', "'secrets.registryCredentials' says"],
  ])('for %s, which a prop says', (key, prop) => {
    for (const value of ['x', 2, false, { a: 1 }]) {
      expect(said(refused(at(key, value)))).toBe(
        `HarborValue: 'values.${key}' must be left out: ${prop} it`,
      );
    }
  });

  test.each([
    ['harborAdminPassword', "use 'secrets.adminPassword'"],
    ['secretKey', "use 'secrets.secretKey'"],
    ['core.secret', "use 'secrets.internal'"],
    ['core.xsrfKey', "use 'secrets.internal'"],
    ['core.tokenKey', "use 'secrets.internal'"],
    ['jobservice.secret', "use 'secrets.internal'"],
    ['registry.secret', "use 'secrets.internal'"],
    ['registry.credentials.password', "use 'secrets.registryCredentials'"],
    ['registry.credentials.htpasswdString', "use 'secrets.registryCredentials'"],
    [
      'database.internal.password',
      "the chart takes no Secret for it, use an external database with 'values.database.external.existingSecret'",
    ],
    ['database.external.password', "use 'values.database.external.existingSecret'"],
    ['redis.external.password', "use 'values.redis.external.existingSecret'"],
    ['trivy.gitHubToken', 'the chart takes no Secret for it'],
    ['trace.jaeger.password', 'the chart takes no Secret for it'],
    ['internalTLS.core.key', "use 'values.internalTLS.core.secretName'"],
    ['internalTLS.jobservice.key', "use 'values.internalTLS.jobservice.secretName'"],
    ['internalTLS.registry.key', "use 'values.internalTLS.registry.secretName'"],
    ['internalTLS.portal.key', "use 'values.internalTLS.portal.secretName'"],
    ['internalTLS.trivy.key', "use 'values.internalTLS.trivy.secretName'"],
  ])('for %s, which is secret, and do not show it', (key, instead) => {
    expect(said(refused(at(key, 'hunter2')))).toBe(
      `HarborPassword: 'values.${key}' must be left out, it would lie in Git for all who read it; ${instead}`,
    );
  });

  test.each([
    ['a list', ['hunter2']],
    ['a value of type string', 'hunter2'],
    ['a value of type number', 5],
  ])('with %s in the place of an object, and do not show it', (kind, value) => {
    expect(said(refused({ replicas: { core: 2 }, values: { core: value } }))).toBe(
      `HarborValue: 'values.core' must be an object, got ${kind}`,
    );
  });

  test('that are no plain data', () => {
    expect(said(refused(at('core.podLabels.since', new Date(0))))).toBe(
      "ChartValues: 'values.core.podLabels.since' must be text, a number, true or false, a list or a plain object, got a value of type object",
    );
    expect(refused(at('core.priorityClassName', null)).code).toBe('ChartValues');
  });

  test.each([['core: {}'], [[]], [5]])('that are no object, and are not shown: %j', (values) => {
    expect(said(refused({ values }))).toMatch(
      /^PropType: 'values' must be an object with values of the chart, got a (list|value of type \w+)$/,
    );
  });
});

describe('the address of a Harbor', () => {
  test.each(['https://harbor.example.com', 'http://10.0.0.5:30002', 'https://[fd00::5]:8443'])(
    'is a protocol, a name and perhaps a port: %s',
    (externalUrl) => {
      expect(harbor({ externalUrl }).values).toHaveProperty('externalURL', externalUrl);
    },
  );

  test.each([
    'harbor.example.com',
    'https://harbor.example.com/',
    'https://harbor.example.com/harbor',
    'https://admin:hunter2@harbor.example.com',
    'oci://harbor.example.com',
    'https://',
    '',
  ])('fails as %j', (externalUrl) => {
    expect(said(refused({ externalUrl }))).toBe(
      `PropType: 'externalUrl' must be an address without a path, such as 'https://harbor.example.com', got '${externalUrl.replace(/\/\/.*@/, '//…@')}'`,
    );
  });
});

describe('the Secrets of a Harbor', () => {
  test.each(Object.keys(SECRETS))('fail without %s', (name) => {
    const { [name as keyof typeof SECRETS]: _, ...others } = SECRETS;
    expect(said(refused({ secrets: others }))).toBe(
      `PropMissing: 'secrets.${name}' must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got undefined`,
    );
  });

  test('fail with a password in the place of a name', () => {
    expect(refused({ secrets: { ...SECRETS, adminPassword: 'Hunter2!' } }).code).toBe('PropType');
  });
});
