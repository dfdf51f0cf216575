import fc from 'fast-check';
import { ArgoApplication } from '../../src/argo-cd/argo-application';
import { planText } from '../../src/checks/plan-text';
import { Claim } from '../../src/claims/claim';
import { NfsSubdirProvisioner } from '../../src/nfs/nfs-subdir-provisioner';
import { NfsVolume } from '../../src/nfs/nfs-volume';
import { ShareCheck } from '../../src/workloads/share-check';
import { everyPlace } from '../support/json';
import { chartObjects, type RenderedObject } from '../support/synth';
import { harbor } from '../workloads/harbor/harbor';
import { statefulApp } from '../workloads/stateful-app';
import { uploadApp } from '../workloads/upload-app';

/** What nobody may see. */
const MARK = 'hunter2';

/** Values that hold it, as they are pasted into a place that is for something else. */
const HELD = fc.oneof(
  { weight: 1, arbitrary: fc.constant<unknown>(MARK) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.string({ maxLength: 4 }), fc.string({ maxLength: 4 }))
      .map(([before, after]): unknown => `${before}${MARK}${after}`),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(
      `${MARK} `,
      `line\n${MARK}`,
      `https://shop:${MARK}@registry.example.com/shop`,
      `https://${MARK}@registry.example.com/shop`,
      `ssh://git:${MARK}@git.example.com/shop.git`,
      JSON.stringify({ auths: { 'registry.example.com': { password: MARK } } }),
      { password: MARK },
      { name: MARK, value: [MARK] },
      [MARK, 7],
      [[MARK]],
      [{ password: MARK }],
      { PASSWORD: { from: MARK } },
      { 'PASS WORD': MARK },
    ),
  },
);

type Build = (value: never) => readonly RenderedObject[];

/** What is rendered, or what is said where it is refused. */
function outcomeOf(build: Build, value: unknown): readonly RenderedObject[] | string {
  try {
    return build(value as never);
  } catch (error) {
    expect(error).toMatchObject({ name: 'StorageError' });
    return (error as Error).message;
  }
}

/** Fails where a message, or another place than these, shows the mark. */
function staysHidden(build: Build, value: unknown, places: RegExp): 'refused' | 'rendered' {
  const outcome = outcomeOf(build, value);
  if (typeof outcome === 'string') {
    expect(outcome).not.toContain(MARK);
    return 'refused';
  }
  const shown = outcome
    .flatMap((object) => [...everyPlace(object)])
    .filter((place) => typeof place.value === 'string' && place.value.includes(MARK))
    .map(({ path }) => path);
  expect(shown.filter((path) => !places.test(path))).toEqual([]);
  return 'rendered';
}

const app = (props: object): readonly RenderedObject[] =>
  chartObjects((chart) => {
    uploadApp(chart, props);
  });

const NOWHERE = /^$/;
const PULL_SECRETS = /^spec\.template\.spec\.imagePullSecrets\[\d+\]\.name$/;
const CONTAINER =
  /^spec\.template\.spec\.containers\[0\]\.(env\[\d+\]\.value|(command|args)\[\d+\])$/;

/** Props into which a secret may be put, rightly or not, and where the text of its author goes. */
const PROPS: readonly (readonly [string, Build, RegExp])[] = [
  ['env of an upload app', (env) => app({ env }), CONTAINER],
  ['a variable of an upload app', (value) => app({ env: { PASSWORD: value } }), CONTAINER],
  ['args of an upload app', (args) => app({ args }), CONTAINER],
  ['an argument of an upload app', (value) => app({ args: ['-p', value] }), CONTAINER],
  ['command of an upload app', (command) => app({ command }), CONTAINER],
  [
    'imagePullSecrets of an upload app',
    (secrets) => app({ imagePullSecrets: secrets }),
    PULL_SECRETS,
  ],
  ['one of imagePullSecrets', (secret) => app({ imagePullSecrets: [secret] }), PULL_SECRETS],
  ['ingress of an upload app', (ingress) => app({ ingress }), NOWHERE],
  [
    'tlsSecretName of an upload app',
    (tlsSecretName) => app({ ingress: { host: 'shop.example.com', tlsSecretName } }),
    /^spec\.tls\[0\]\.secretName$/,
  ],
  [
    'a variable of a stateful app',
    (value) =>
      chartObjects((chart) => {
        statefulApp(chart, { env: { PASSWORD: value } });
      }),
    CONTAINER,
  ],
  [
    'imagePullSecrets of a ShareCheck',
    (secret) =>
      chartObjects((chart) => {
        const claim = Claim.fromClaimName(chart, 'claim', 'uploads', {
          accessMode: 'ReadWriteMany',
        });
        new ShareCheck(chart, 'check', { claim, imagePullSecrets: [secret] });
      }),
    PULL_SECRETS,
  ],
  [
    'imagePullSecrets of an NfsSubdirProvisioner',
    (secret) =>
      chartObjects((chart) => {
        const props = { server: '10.0.0.1', path: '/srv', imagePullSecrets: [secret] };
        new NfsSubdirProvisioner(chart, 'nfs', props);
      }),
    PULL_SECRETS,
  ],
  ['values of a chart', (values) => application({ values }), /^spec\.source\.helm\.valuesObject\./],
  [
    'a value of a chart',
    (value) => application({ values: { password: value } }),
    /^spec\.source\.helm\.valuesObject\./,
  ],
  ...['adminPassword', 'secretKey', 'internal', 'registryCredentials'].map(
    (name) =>
      [
        `the Secret of Harbor for ${name}`,
        (value: unknown) => {
          const secrets = {
            adminPassword: 'a',
            secretKey: 'b',
            internal: 'c',
            registryCredentials: 'd',
          };
          return installed({ secrets: { ...secrets, [name]: value } });
        },
        NOWHERE,
      ] as const,
  ),
  ['secrets of Harbor', (secrets) => installed({ secrets }), NOWHERE],
  ['values of Harbor', (values) => installed({ values }), NOWHERE],
];

/** A Harbor renders nothing by itself. */
function installed(props: Readonly<Record<string, unknown>>): readonly RenderedObject[] {
  harbor(props);
  return [];
}

function application(source: object): readonly RenderedObject[] {
  return chartObjects((chart) => {
    new ArgoApplication(chart, 'app', {
      source: {
        repoUrl: 'https://charts.example.com',
        chart: 'shop',
        version: '1.4.2',
        ...source,
      } as never,
      destination: { namespace: 'shop' },
    });
  });
}

describe('no message, label or annotation shows a secret', () => {
  test.each(PROPS)('in %s', (_, build, places) => {
    const outcomes = { refused: 0, rendered: 0 };
    fc.assert(
      fc.property(HELD, (value) => {
        outcomes[staysHidden(build, value, places)] += 1;
      }),
      { numRuns: 60 },
    );
    expect(outcomes.refused).toBeGreaterThan(0);
  });

  test.each([
    'harborAdminPassword',
    'secretKey',
    'core.secret',
    'core.xsrfKey',
    'core.tokenKey',
    'jobservice.secret',
    'registry.secret',
    'registry.credentials.password',
    'registry.credentials.htpasswdString',
    'database.internal.password',
    'database.external.password',
    'redis.external.password',
    'trivy.gitHubToken',
    'internalTLS.core.key',
  ])('and Harbor takes none as %s', (key) => {
    const values = key.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), MARK);
    const build: Build = () => installed({ values });
    expect(staysHidden(build, undefined, NOWHERE)).toBe('refused');
  });
});

describe('the password of an address', () => {
  const ADDRESS = fc
    .tuple(
      fc.constantFrom('https://', 'http://', 'HTTPS://', 'ssh://', 'oci://'),
      fc.constantFrom(`shop:${MARK}`, `:${MARK}`, `shop:p@${MARK}`, `shop:${MARK}:x`),
      fc.constantFrom('git.example.com/shop.git', '10.0.0.1:8443/shop', '[fd00::1]/shop', 'a b'),
    )
    .map(([scheme, user, rest]) => `${scheme}${user}@${rest}`);

  test.each<[string, (address: string) => readonly RenderedObject[]]>([
    ['the repository of a chart', (repoUrl) => application({ repoUrl })],
    [
      'the repository of a folder',
      (repoUrl) => application({ repoUrl, path: 'dist', chart: undefined, version: undefined }),
    ],
    [
      'a value of a chart',
      (proxy) => application({ values: { proxy: [proxy.replace('a b', 'a')] } }),
    ],
    ['the address of Harbor', (externalUrl) => installed({ externalUrl })],
    [
      'the server of a volume',
      (server) =>
        chartObjects((chart) => {
          new NfsVolume(chart, 'uploads', { server, path: '/srv', capacity: '1Gi' });
        }),
    ],
    ['an image', (image) => app({ image })],
  ])('is refused, and not shown, in %s', (_, build) => {
    fc.assert(
      fc.property(ADDRESS, (address) => {
        expect(staysHidden(build as Build, address, NOWHERE)).toBe('refused');
      }),
      { numRuns: 60 },
    );
  });

  test('is told of without it', () => {
    expect(
      outcomeOf(application as Build, { repoUrl: `https://shop:${MARK}@git.example.com/shop` }),
    ).toBe(
      "shop/app: 'source.repoUrl' must name no user and no password, got 'https://…@git.example.com/shop'; put them into a Secret labelled argocd.argoproj.io/secret-type: repository",
    );
    expect(
      outcomeOf(application as Build, { values: { db: [`postgres://app:${MARK}@db/shop`] } }),
    ).toBe(
      "shop/app: 'source.values.db[0]' must be an address without a password, it would lie in Git for all who read it; use a Secret",
    );
  });

  test.each([
    'https://git.example.com/shop.git',
    'https://git.example.com/@scope/shop.git',
    'git@git.example.com:shop/shop.git',
    'ssh://git@git.example.com:2222/shop.git',
    'registry.example.com/charts',
  ])('is not seen in %s', (repoUrl) => {
    expect(outcomeOf(application as Build, { repoUrl })).toHaveLength(1);
  });

  test.each([
    'postgres://app:$(PASSWORD)@db/shop',
    `postgres://app:\${PASSWORD}@db/shop`,
    'postgres://app@db/shop',
    'http://proxy.example.com:3128',
    'see https://example.com/a:b@c',
  ])('is not seen in the value %s', (value) => {
    expect(outcomeOf(application as Build, { values: { value } })).toHaveLength(1);
  });
});

describe('a plan shows no secret of what it reads', () => {
  const SECRET = `apiVersion: v1\nkind: Secret\nmetadata: { name: shop, namespace: shop }\n`;
  const VALUE = fc.constantFrom(
    ...[MARK, `*${MARK}`, `!${MARK} x`, `@${MARK}`, `%${MARK}`, `"${MARK}`, `"${MARK}\\q"`],
    ...[
      `${MARK}: x`,
      `&${MARK}`,
      `{${MARK}`,
      `[${MARK}`,
      `'${MARK}`,
      `|${MARK}`,
      `!!binary ${MARK}!`,
    ],
    ...[`&a *${MARK}`, `\`${MARK}`, `\t${MARK}`, `? ${MARK}`, `{ *${MARK}: x }`, `!<${MARK}`],
  );
  const FIELD = fc.constantFrom('stringData:\n  password: ', 'data: ', 'stringData: ', 'type: ');

  test('in a Secret, however it is broken', () => {
    fc.assert(
      fc.property(FIELD, VALUE, (field, value) => {
        const { findings } = planText(`${SECRET}${field}${value}\n`);
        expect(findings.map(({ message, fix }) => `${message} ${fix}`).join()).not.toContain(MARK);
      }),
      { numRuns: 300 },
    );
  });

  test('in a variable of a pod, or its arguments', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        containers: [
          {
            name: 'main',
            image: 'web:latest',
            args: [MARK],
            env: [{ name: 'PASSWORD', value: MARK }],
            volumeMounts: [{ name: 'no', mountPath: '/data' }],
          },
        ],
      },
    };
    const { findings } = planText(JSON.stringify(pod));
    expect(findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(findings)).not.toContain(MARK);
  });
});
