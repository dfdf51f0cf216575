import fc from 'fast-check';
import { ArgoApplication } from '../../src/argo-cd/argo-application';
import { ARGO_SYNC_OPTIONS } from '../../src/argo-cd/sync-options';
import { NfsStorageClass } from '../../src/nfs/nfs-storage-class';
import { HarborOnStorage } from '../../src/workloads/harbor/harbor-on-storage';
import { HARBOR_ACCESS_MODES } from '../../src/workloads/harbor/harbor-storage';
import { type Subject, textOf } from './holds';
import { FLAG, LABELS, NAME, NAMESPACE, propsOf, SIZE } from './values';
import { ANY_CLASS, SHARED_CLAIM } from './workloads';

const VALUES = fc.dictionary(
  fc.constantFrom('a', 'x y', 'toString', 'core', 'expose'),
  fc.constantFrom<unknown>(1, '1', 'yes', '', true, [], {}, [{ a: 1 }], 0.5, 'a\nb', 1e21),
  { maxKeys: 3 },
);
const DURATION = fc.constantFrom('5s', '3m', '1h', '0s');

const APPLICATION = {
  project: NAME,
  createNamespace: FLAG,
  automated: propsOf({}, { prune: FLAG, selfHeal: FLAG }),
  syncOptions: fc.uniqueArray(fc.constantFrom(...ARGO_SYNC_OPTIONS), { maxLength: 3 }),
  retry: propsOf(
    { limit: fc.constantFrom(-1, 0, 5, 2 ** 40) },
    {
      backoff: propsOf(
        {},
        { duration: DURATION, factor: fc.constantFrom(1, 2, 2 ** 40), maxDuration: DURATION },
      ),
    },
  ),
  cascade: FLAG,
  name: NAME,
  namespace: NAMESPACE,
  labels: LABELS,
};

const application: Subject = {
  name: 'an ArgoApplication',
  bare: fc.constant({
    source: { repoUrl: 'https://git.example.com/shop.git', path: 'dist' },
    destination: { namespace: 'shop' },
  }),
  props: propsOf(
    {
      source: fc.oneof(
        propsOf(
          {
            repoUrl: fc.constantFrom('https://git.example.com/shop.git', 'git@x:y'),
            path: fc.constantFrom('dist', '.', '/x', '../x'),
          },
          { revision: fc.constantFrom('main', 'HEAD'), include: fc.constantFrom('*.yaml') },
        ),
        propsOf(
          {
            repoUrl: fc.constantFrom('https://charts.example.com', 'oci://x/y'),
            chart: fc.constantFrom('harbor'),
            version: fc.constantFrom('1.2.3', 'v1.2.3-rc.1', '1.x'),
          },
          { values: VALUES, releaseName: NAME },
        ),
      ),
      destination: fc.oneof(
        fc.record({ namespace: NAMESPACE }),
        fc.record({ namespace: NAMESPACE, server: fc.constantFrom('https://10.0.0.1') }),
        fc.record({ namespace: NAMESPACE, name: fc.constantFrom('prod', 'in cluster') }),
      ),
    },
    APPLICATION,
  ),
  make: (scope, id, props) => new ArgoApplication(scope, id, props),
};

const STORAGE = fc.oneof(
  propsOf({ from: ANY_CLASS }, { size: SIZE, accessMode: fc.constantFrom(...HARBOR_ACCESS_MODES) }),
  propsOf({ claim: SHARED_CLAIM }, { subPath: fc.constantFrom('a', 'b', 'a/b', '../x') }),
);

const orWord = (word: string) => fc.oneof({ weight: 2, arbitrary: STORAGE }, fc.constant(word));

const SECRETS = {
  adminPassword: 'harbor-admin',
  secretKey: 'harbor-key',
  internal: 'harbor-internal',
  registryCredentials: 'harbor-registry',
};

const EXTERNAL = {
  database: { external: { host: 'db.example.com', existingSecret: 'db' } },
  redis: { external: { addr: 'redis.example.com:6379' } },
  expose: { tls: { certSource: 'secret', secret: { secretName: 'tls' } } },
};

const harbor: Subject = {
  name: 'a HarborOnStorage and its Application',
  bare: STORAGE.map((registry) => ({
    registry,
    jobLog: 'database',
    database: 'external',
    redis: 'external',
    trivy: 'disabled',
    secrets: SECRETS,
    values: EXTERNAL,
  })),
  props: propsOf(
    {
      registry: STORAGE,
      jobLog: orWord('database'),
      database: fc.constant('external'),
      redis: orWord('external'),
      trivy: orWord('disabled'),
      secrets: fc.constant(SECRETS),
      values: VALUES.map((values) => ({ ...values, ...EXTERNAL })),
    },
    {
      replicas: fc.dictionary(
        fc.constantFrom('portal', 'core', 'jobservice', 'registry', 'trivy'),
        fc.constantFrom(1, 2, 3),
      ),
      externalUrl: fc.constantFrom('https://harbor.example.com', 'https://x/y'),
      updateStrategy: fc.constantFrom('Recreate', 'RollingUpdate'),
      namespace: NAMESPACE,
    },
  ),
  make: (scope, id, props) =>
    new HarborOnStorage(scope, id, props).application(scope, `${textOf(id)}-app`),
};

const harborApplication: Subject = {
  name: 'the Application of a HarborOnStorage',
  bare: fc.constant({}),
  props: propsOf(
    {},
    {
      ...APPLICATION,
      destination: fc.oneof(
        fc.record({ server: fc.constantFrom('https://10.0.0.1') }),
        fc.record({ name: fc.constantFrom('prod') }),
      ),
      repoUrl: fc.constantFrom('https://charts.example.com', 'oci://x'),
      version: fc.constantFrom('1.19.1', 'latest'),
      releaseName: NAME,
    },
  ),
  make: (scope, id, props) =>
    new HarborOnStorage(scope, `${textOf(id)}-harbor`, {
      registry: {
        from: new NfsStorageClass(scope, `${textOf(id)}-class`, { server: 'nas', share: '/s' }),
      },
      jobLog: 'database',
      database: 'external',
      redis: 'external',
      trivy: 'disabled',
      secrets: SECRETS,
      values: EXTERNAL,
      namespace: 'harbor',
    }).application(scope, id, props),
};

/** What is made for Argo CD. */
export const ARGO_CD: readonly Subject[] = [application, harbor, harborApplication];
