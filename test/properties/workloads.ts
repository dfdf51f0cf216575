import { type Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import fc from 'fast-check';
import { Claim } from '../../src/claims/claim';
import { VolumePool } from '../../src/claims/volume-pool';
import { EbsStorageClass } from '../../src/ebs/ebs-storage-class';
import { EbsVolume } from '../../src/ebs/ebs-volume';
import { ACCESS_MODES } from '../../src/kube/access-mode';
import { VOLUME_MODES } from '../../src/kube/volume-mode';
import { LocalPathProvisioner } from '../../src/local-path/local-path-provisioner';
import { NfsStorageClass } from '../../src/nfs/nfs-storage-class';
import { NfsVolume } from '../../src/nfs/nfs-volume';
import { podName, podOrdinal } from '../../src/workloads/pod-env';
import { SECCOMP_PROFILES } from '../../src/workloads/pod-security';
import { ShareCheck } from '../../src/workloads/share-check';
import { SharedUploadApp } from '../../src/workloads/shared-upload-app';
import { SPREADS } from '../../src/workloads/spread';
import { StatefulApp } from '../../src/workloads/stateful-app';
import {
  POD_MANAGEMENT_POLICIES,
  RETENTIONS,
  UPDATE_STRATEGIES,
} from '../../src/workloads/stateful-app-props';
import type { Subject } from './holds';
import { asIs, Part } from './parts';
import * as values from './values';

const { FLAG, FOLDER, LABELS, NAME, propsOf, SIZE } = values;

const nfs = (chart: Chart, id: string, more: object = {}) =>
  new NfsVolume(chart, id, {
    server: '10.0.0.1',
    path: '/srv',
    capacity: '5Gi',
    namespace: 'shop',
    ...more,
  });

const existing = new Part(
  (chart, id) => Claim.fromClaimName(chart, id, 'there', { accessMode: 'ReadWriteMany' }),
  'a claim that exists',
);

/** Claims that any number of nodes can write. */
export const SHARED_CLAIM = fc.constantFrom(
  new Part((chart, id) => nfs(chart, id), 'an NFS volume'),
  new Part(
    (chart, id) => nfs(chart, id, { users: { squash: 'all', anonUid: 33, anonGid: 33 } }),
    'an NFS volume with an owner',
  ),
  new Part(
    (chart, id) =>
      new NfsStorageClass(chart, `${id}-class`, { server: 'nas', share: '/s' }).claim(chart, id, {
        size: '1Gi',
      }),
    'a claim of an NFS class',
  ),
  existing,
);

const disk = new Part(
  (chart, id) =>
    new EbsVolume(chart, id, {
      volumeId: 'vol-688d7099',
      zone: 'eu-west-1a',
      capacity: '9Gi',
      namespace: 'shop',
    }),
  'a disk',
);

const OTHER_CLAIM = fc.constantFrom<unknown>(
  disk,
  new Part(
    (chart, id) =>
      new EbsStorageClass(chart, `${id}-class`, { volume: { type: 'gp3' } }).claim(chart, id, {
        size: '4Gi',
        accessMode: 'ReadWriteOncePod',
      }),
    'a claim of one pod',
  ),
  new Part(
    (chart, id) =>
      new EbsStorageClass(chart, `${id}-class`, { volume: { type: 'gp3' } }).claim(chart, id, {
        size: '4Gi',
        volumeMode: 'Block',
      }),
    'a raw device',
  ),
  new Part(
    (chart, id) => nfs(chart, id, { accessMode: 'ReadOnlyMany' }),
    'an NFS volume that is only read',
  ),
);

const OTHER_VOLUME = fc.constantFrom(
  new Part(
    (chart, id) =>
      kplus.Volume.fromEmptyDir(chart, id, 'scratch', { sizeLimit: Size.gibibytes(1) }),
    'an emptyDir',
  ),
  new Part(
    (chart, id) =>
      kplus.Volume.fromSecret(chart, id, kplus.Secret.fromSecretName(chart, `${id}-s`, 'tls')),
    'a Secret',
  ),
);

const ANY_VOLUME = fc.oneof(SHARED_CLAIM, OTHER_CLAIM, OTHER_VOLUME);
const PATH = fc.constantFrom('/data', '/uploads', '/tmp', '/tmp/', '/a:b', '/');
const SUB_PATH = fc.constantFrom('a', 'a/b', './a', '../a', '/a');
const ID = fc.constantFrom(0, 1, 33, 1000, 2 ** 31 - 1);

const PROBE = fc.constantFrom(
  asIs(kplus.Probe.fromCommand(['true'])),
  asIs(kplus.Probe.fromHttpGet('/healthz')),
);

const APP = {
  env: fc.dictionary(
    fc.constantFrom('A', 'constructor', 'a.b-c', '_'),
    fc.constantFrom<unknown>(
      ...['', 'x\ny', '$(A)', asIs(podName()), asIs(podOrdinal())],
      asIs(kplus.EnvValue.fromSecretValue({ secret: { name: 's' } as never, key: 'k' })),
    ),
    { maxKeys: 2 },
  ),
  envFrom: fc.constantFrom([
    new Part(
      (chart, id) => kplus.Env.fromSecret(kplus.Secret.fromSecretName(chart, id, 'settings')),
      'a Secret',
    ),
  ]),
  command: fc.array(fc.constantFrom('sh', '-c', ''), { maxLength: 2 }),
  args: fc.array(fc.constantFrom('--x', ''), { maxLength: 2 }),
  runAsUser: ID,
  runAsGroup: ID,
  supplementalGroups: fc.array(ID, { maxLength: 2 }),
  runAsNonRoot: FLAG,
  seccompProfile: fc.constantFrom(...SECCOMP_PROFILES),
  allowPrivilegeEscalation: FLAG,
  capabilities: propsOf(
    {},
    { add: fc.constantFrom(['CHOWN'], []), drop: fc.constantFrom(['ALL'], ['NET_RAW'], []) },
  ),
  readOnlyRootFilesystem: FLAG,
  automountServiceAccountToken: FLAG,
  healthPath: fc.constantFrom('/', '/healthz?x=1'),
  readiness: PROBE,
  liveness: PROBE,
  startup: PROBE,
  allowMutableTag: FLAG,
  imagePullSecrets: fc.array(NAME, { maxLength: 2 }),
  resources: values.RESOURCES,
  volumes: fc.array(
    propsOf({ storage: ANY_VOLUME, mountPath: PATH }, { subPath: SUB_PATH, readOnly: FLAG }),
    { maxLength: 2 },
  ),
  scratch: fc.array(fc.constantFrom('/cache', '/.cache', '/tmp', '/var/run'), { maxLength: 2 }),
  spread: fc.constantFrom(...SPREADS),
  nodeLabels: LABELS,
  serviceAccount: fc.constant(
    new Part(
      (chart, id) => new kplus.ServiceAccount(chart, id, { metadata: { namespace: 'shop' } }),
      'a service account',
    ),
  ),
  labels: LABELS,
  selectorLabels: LABELS,
  name: fc.constantFrom('a', 'web', '0-b', values.LONG_LABEL),
  namespace: values.NAMESPACE,
  containerName: values.LABEL_NAME,
  terminationGracePeriodSeconds: fc.constantFrom(0, 30, 2 ** 40),
};

const PORT = fc.constantFrom(1, 80, 8080, 65535);
const COUNT = fc.constantFrom(0, 1, 2, 3, 200);

/** Props of a SharedUploadApp, but its uploads. */
export const UPLOAD_APP = {
  ...APP,
  replicas: COUNT,
  autoscale: fc.record({
    min: fc.constantFrom(1, 2),
    max: fc.constantFrom(1, 2, 9),
    cpuPercent: fc.constantFrom(1, 80, 400),
  }),
  servicePort: PORT,
  serviceType: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer'),
  ingress: propsOf(
    { host: fc.constantFrom('shop.example.com', '*.example.com', '10.0.0.1') },
    {
      className: NAME,
      tlsSecretName: NAME,
      path: fc.constantFrom('/', '/uploads', '/a/../b'),
      maxBodySize: SIZE,
    },
  ),
};

const uploadApp: Subject = {
  name: 'a SharedUploadApp',
  bare: propsOf({
    image: fc.constant('web:1'),
    port: fc.constant(80),
    replicas: fc.constantFrom(1, 2),
    uploads: fc.constant({ claim: existing, mountPath: '/data' }),
  }),
  props: propsOf(
    {
      image: values.IMAGE,
      port: PORT,
      uploads: propsOf({ claim: SHARED_CLAIM, mountPath: PATH }, { subPath: SUB_PATH }),
    },
    UPLOAD_APP,
  ),
  make: (scope, id, props) => new SharedUploadApp(scope, id, props),
};

/** Classes that a StatefulApp takes its storage from. */
export const ANY_CLASS = fc.constantFrom(
  new Part(
    (chart, id) => new EbsStorageClass(chart, id, { volume: { type: 'gp3' } }),
    'an EBS class',
  ),
  new Part(
    (chart, id) => new NfsStorageClass(chart, id, { server: 'nas', share: '/s' }),
    'an NFS class',
  ),
  new Part((chart, id) => new LocalPathProvisioner(chart, id).mainClass, 'a local-path class'),
  new Part(
    (chart, id) =>
      new VolumePool(chart, id, {
        volumes: [
          EbsVolume.pooled({ volumeId: 'vol-00000000', zone: 'eu-west-1a', capacity: '64Ti' }),
          EbsVolume.pooled({ volumeId: 'vol-00000001', zone: 'eu-west-1b', capacity: '64Ti' }),
        ],
      }),
    'a pool',
  ),
);

const STORAGE_NAME = fc.constantFrom(
  'data',
  'logs',
  'constructor',
  'scratch-tmp',
  values.LONG_LABEL,
);
const STORAGE = fc.oneof(
  {
    weight: 3,
    arbitrary: propsOf(
      { name: STORAGE_NAME, from: ANY_CLASS, size: SIZE, mountPath: PATH },
      {
        accessMode: fc.constantFrom(...ACCESS_MODES),
        volumeMode: fc.constantFrom(...VOLUME_MODES),
        subPath: fc.constantFrom('', 'a', '../a'),
      },
    ),
  },
  {
    weight: 1,
    arbitrary: propsOf({
      name: STORAGE_NAME,
      from: ANY_CLASS,
      size: SIZE,
      volumeMode: fc.constant('Block'),
      devicePath: fc.constantFrom('/dev/xvda', '/dev/xvdb', 'xvda'),
    }),
  },
);

/** Props of a StatefulApp. */
export const STATEFUL_APP = {
  ...APP,
  replicas: COUNT,
  publishNotReadyAddresses: FLAG,
  podManagementPolicy: fc.constantFrom(...POD_MANAGEMENT_POLICIES),
  updateStrategy: fc.constantFrom(...UPDATE_STRATEGIES),
  claimRetention: propsOf(
    {},
    { whenDeleted: fc.constantFrom(...RETENTIONS), whenScaled: fc.constantFrom(...RETENTIONS) },
  ),
  fsGroup: ID,
};

const statefulApp: Subject = {
  name: 'a StatefulApp',
  bare: propsOf({
    image: fc.constant('db:1'),
    ports: fc.constant({ db: 5432 }),
    replicas: fc.constantFrom(1, 2),
    storage: fc.constant([]),
  }),
  props: propsOf(
    {
      image: values.IMAGE,
      ports: fc.dictionary(fc.constantFrom('http', 'constructor', 'x-1'), PORT, {
        minKeys: 1,
        maxKeys: 2,
      }),
      storage: fc.array(STORAGE, { maxLength: 2 }),
    },
    STATEFUL_APP,
  ),
  make: (scope, id, props) => new StatefulApp(scope, id, props),
};

const shareCheck: Subject = {
  name: 'a ShareCheck',
  bare: fc.constant({ claim: existing }),
  props: propsOf(
    { claim: fc.oneof({ weight: 9, arbitrary: SHARED_CLAIM }, OTHER_CLAIM) },
    {
      runAsUser: ID,
      runAsGroup: ID,
      supplementalGroups: APP.supplementalGroups,
      runAsNonRoot: FLAG,
      subPath: SUB_PATH,
      postSync: FLAG,
      deadlineSeconds: fc.constantFrom(10, 3600),
      nodeLabels: LABELS,
      image: values.IMAGE,
      imagePullSecrets: APP.imagePullSecrets,
      resources: values.RESOURCES,
      name: NAME,
      namespace: values.NAMESPACE,
      labels: LABELS,
    },
  ),
  make: (scope, id, props) => new ShareCheck(scope, id, props),
};

/** The workloads. */
export const WORKLOADS: readonly Subject[] = [uploadApp, statefulApp, shareCheck];

/** Folders that a chart mounts something at. */
export const MOUNT_PATH = fc.oneof(PATH, FOLDER);
