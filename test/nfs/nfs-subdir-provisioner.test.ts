import { NfsSubdirProvisioner } from '../../src/nfs/nfs-subdir-provisioner';
import type { NfsSubdirProvisionerProps } from '../../src/nfs/nfs-subdir-provisioner-props';
import { checkObjects } from '../support/api-objects';
import { objectAt } from '../support/json';
import { type Refusal, refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

const EXPORT = { server: '172.26.1.10', path: '/mnt/shared' };
const NAME = 'nfs-subdir-external-provisioner';

/** Props that no type checks. */
type Loose = Readonly<Record<string, unknown>>;

function installed(props: Loose = {}): readonly RenderedObject[] {
  const objects = chartObjects((chart) => {
    new NfsSubdirProvisioner(chart, 'nfs', { ...EXPORT, ...props } as NfsSubdirProvisionerProps);
  });
  expect(checkObjects(objects)).toEqual([]);
  return objects;
}

function refused(props: Loose): Refusal {
  return refusal(() => installed(props));
}

const LABELS = {
  'app.kubernetes.io/name': 'nfs',
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'cdk8s',
};
const SELECTOR = { 'app.kubernetes.io/name': 'nfs', 'app.kubernetes.io/part-of': 'shop' };
const ACCOUNT = { kind: 'ServiceAccount', name: NAME, namespace: 'shop' };
const RBAC = 'rbac.authorization.k8s.io';
const READ = ['get', 'list', 'watch'];

/** The objects of the chart, by what they say beside their labels. */
const EXPECTED: Readonly<Record<string, object>> = {
  [`ServiceAccount ${NAME}`]: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: NAME, namespace: 'shop', labels: LABELS },
  },
  [`ClusterRole ${NAME}-runner`]: {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name: `${NAME}-runner`, labels: LABELS },
    rules: [
      { apiGroups: [''], resources: ['nodes'], verbs: READ },
      { apiGroups: [''], resources: ['persistentvolumes'], verbs: [...READ, 'create', 'delete'] },
      { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: [...READ, 'update'] },
      { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: READ },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'update', 'patch'] },
    ],
  },
  [`ClusterRoleBinding run-${NAME}`]: {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: `run-${NAME}`, labels: LABELS },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: `${NAME}-runner` },
    subjects: [ACCOUNT],
  },
  [`Role leader-locking-${NAME}`]: {
    apiVersion: `${RBAC}/v1`,
    kind: 'Role',
    metadata: { name: `leader-locking-${NAME}`, namespace: 'shop', labels: LABELS },
    rules: [
      {
        apiGroups: [''],
        resources: ['endpoints'],
        verbs: [...READ, 'create', 'update', 'patch'],
      },
    ],
  },
  [`RoleBinding leader-locking-${NAME}`]: {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name: `leader-locking-${NAME}`, namespace: 'shop', labels: LABELS },
    roleRef: { apiGroup: RBAC, kind: 'Role', name: `leader-locking-${NAME}` },
    subjects: [ACCOUNT],
  },
  [`Deployment ${NAME}`]: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME, namespace: 'shop', labels: LABELS },
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: SELECTOR },
      template: {
        metadata: { labels: LABELS },
        spec: {
          serviceAccountName: NAME,
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: NAME,
              image: 'registry.k8s.io/sig-storage/nfs-subdir-external-provisioner:v4.0.2',
              imagePullPolicy: 'IfNotPresent',
              env: [
                { name: 'PROVISIONER_NAME', value: `cluster.local/${NAME}` },
                { name: 'NFS_SERVER', value: '172.26.1.10' },
                { name: 'NFS_PATH', value: '/mnt/shared' },
              ],
              volumeMounts: [
                {
                  name: 'nfs-subdir-external-provisioner-root',
                  mountPath: '/persistentvolumes',
                },
              ],
              resources: { requests: { cpu: '100m', memory: '128Mi' } },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'], add: ['FOWNER'] },
              },
            },
          ],
          volumes: [
            {
              name: 'nfs-subdir-external-provisioner-root',
              nfs: { server: '172.26.1.10', path: '/mnt/shared' },
            },
          ],
        },
      },
    },
  },
  'StorageClass nfs-client': {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'nfs-client', labels: LABELS },
    provisioner: `cluster.local/${NAME}`,
    parameters: { archiveOnDelete: 'true' },
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
    allowVolumeExpansion: true,
  },
};

function byName(objects: readonly RenderedObject[]): Readonly<Record<string, RenderedObject>> {
  return Object.fromEntries(
    objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]),
  );
}

describe('an NfsSubdirProvisioner', () => {
  test('is the seven objects of its chart', () => {
    const objects = byName(installed());
    expect(Object.keys(objects).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  test.each(Object.keys(EXPECTED))('has the %s of its chart, field by field', (key) => {
    expect(byName(installed())[key]).toEqual(EXPECTED[key]);
  });

  test('mounts its share through a volume and a claim of their own where it has mount options', () => {
    const objects = byName(installed({ mountOptions: ['hard', 'nfsvers=4.1'] }));
    expect(Object.keys(objects)).toHaveLength(9);
    expect(objects[`PersistentVolume pv-${NAME}`]).toMatchObject({
      metadata: { name: `pv-${NAME}` },
      spec: {
        capacity: { storage: '10Mi' },
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: '',
        mountOptions: ['hard', 'nfsvers=4.1'],
        nfs: { server: '172.26.1.10', path: '/mnt/shared' },
        claimRef: { namespace: 'shop', name: `pvc-${NAME}` },
      },
    });
    expect(objects[`PersistentVolumeClaim pvc-${NAME}`]).toMatchObject({
      metadata: { name: `pvc-${NAME}`, namespace: 'shop' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
        storageClassName: '',
        volumeName: `pv-${NAME}`,
        resources: { requests: { storage: '10Mi' } },
      },
    });
    expect(objects[`Deployment ${NAME}`]).toHaveProperty('spec.template.spec.volumes', [
      {
        name: 'nfs-subdir-external-provisioner-root',
        persistentVolumeClaim: { claimName: `pvc-${NAME}` },
      },
    ]);
    expect(objects['StorageClass nfs-client']).toHaveProperty('mountOptions', [
      'hard',
      'nfsvers=4.1',
    ]);
  });

  test('takes unchecked options alone', () => {
    const objects = installed({ uncheckedMountOptions: ['trunkdiscovery'] });
    for (const [kind, path] of [
      ['PersistentVolume', 'spec.mountOptions'],
      ['StorageClass', 'mountOptions'],
    ] as const) {
      expect(objectOf(objects, kind)).toHaveProperty(path, ['trunkdiscovery']);
    }
  });

  test('mounts its share itself where its options are none', () => {
    const objects = installed({ mountOptions: [] });
    expect(objects).toHaveLength(7);
    expect(objectOf(objects, 'StorageClass')).not.toHaveProperty('mountOptions');
  });
});

describe('an override shows', () => {
  test('of the name, in every object', () => {
    const objects = byName(installed({ name: 'nas' }));
    expect(Object.keys(objects).sort()).toEqual([
      'ClusterRole nas-runner',
      'ClusterRoleBinding run-nas',
      'Deployment nas',
      'Role leader-locking-nas',
      'RoleBinding leader-locking-nas',
      'ServiceAccount nas',
      'StorageClass nfs-client',
    ]);
    expect(objects['StorageClass nfs-client']).toHaveProperty('provisioner', 'cluster.local/nas');
    expect(objects['Deployment nas']).toHaveProperty(
      'spec.template.spec.serviceAccountName',
      'nas',
    );
    expect(objects['ClusterRoleBinding run-nas']).toMatchObject({
      roleRef: { name: 'nas-runner' },
      subjects: [{ name: 'nas', namespace: 'shop' }],
    });
  });

  test('of the namespace, in every object that has one', () => {
    const objects = installed({ namespace: 'storage', mountOptions: ['hard'] });
    const namespaces = objects.map(({ kind, metadata }) => [kind, metadata.namespace]);
    expect(Object.fromEntries(namespaces)).toEqual({
      StorageClass: undefined,
      ClusterRole: undefined,
      ClusterRoleBinding: undefined,
      PersistentVolume: undefined,
      ServiceAccount: 'storage',
      Role: 'storage',
      RoleBinding: 'storage',
      PersistentVolumeClaim: 'storage',
      Deployment: 'storage',
    });
    for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
      expect(objectOf(objects, kind)).toHaveProperty('subjects.0.namespace', 'storage');
    }
    expect(objectOf(objects, 'PersistentVolume')).toHaveProperty(
      'spec.claimRef.namespace',
      'storage',
    );
  });

  test('of the labels, in every object, and not in what selects the pods', () => {
    const labels = { team: 'files', 'app.kubernetes.io/name': 'mine' };
    const objects = installed({ labels, mountOptions: ['hard'] });
    for (const { metadata } of objects) {
      expect(metadata.labels).toMatchObject(labels);
    }
    expect(objectOf(objects, 'Deployment').spec).toMatchObject({
      selector: { matchLabels: SELECTOR },
      template: { metadata: { labels: { team: 'files', ...SELECTOR } } },
    });
  });

  test.each<[Loose, string, unknown]>([
    [{ className: 'files' }, 'metadata.name', 'files'],
    [{ provisionerName: 'example.com/nfs' }, 'provisioner', 'example.com/nfs'],
    [{ archiveOnDelete: false }, 'parameters', { archiveOnDelete: 'false' }],
    [{ onDelete: 'delete' }, 'parameters', { archiveOnDelete: 'true', onDelete: 'delete' }],
    [{ onDelete: 'retain' }, 'parameters', { archiveOnDelete: 'true', onDelete: 'retain' }],
    [
      { pathPattern: '${.PVC.namespace}.${.PVC.name}' },
      'parameters',
      { archiveOnDelete: 'true', pathPattern: '${.PVC.namespace}.${.PVC.name}' },
    ],
    [{ reclaimPolicy: 'Retain' }, 'reclaimPolicy', 'Retain'],
    [
      { isDefault: true },
      'metadata.annotations',
      { 'storageclass.kubernetes.io/is-default-class': 'true' },
    ],
    [{ allowVolumeExpansion: false }, 'allowVolumeExpansion', false],
  ])('of %j in the class', (props, path, value) => {
    expect(objectOf(installed(props), 'StorageClass')).toHaveProperty(path, value);
  });

  test.each<[Loose, string, unknown]>([
    [{ provisionerName: 'example.com/nfs' }, 'containers.0.env.0.value', 'example.com/nfs'],
    [
      { image: 'registry.example.com/nfs:v4.0.2' },
      'containers.0.image',
      'registry.example.com/nfs:v4.0.2',
    ],
    [{ imagePullSecrets: ['registry'] }, 'imagePullSecrets', [{ name: 'registry' }]],
    [{ nodeLabels: { type: 'storage' } }, 'nodeSelector', { type: 'storage' }],
    [
      { resources: { requests: { cpu: '0.1' }, limits: { memory: '1024Mi' } } },
      'containers.0.resources',
      { requests: { cpu: '100m' }, limits: { memory: '1Gi' } },
    ],
    [{ server: 'fd00::1' }, 'volumes.0.nfs.server', 'fd00::1'],
  ])('of %j in the pod', (props, path, value) => {
    const deployment = objectOf(installed(props), 'Deployment');
    expect(objectAt(deployment, 'spec', 'template', 'spec')).toHaveProperty(path, value);
  });

  test('of node labels by an object without a prototype', () => {
    const nodeLabels = Object.assign(Object.create(null), { type: 'storage' });
    expect(objectOf(installed({ nodeLabels }), 'Deployment')).toHaveProperty(
      'spec.template.spec.nodeSelector',
      { type: 'storage' },
    );
  });

  test('of resources by none', () => {
    const deployment = objectOf(installed({ resources: {} }), 'Deployment');
    expect(deployment).toHaveProperty('spec.template.spec.containers.0.resources', {});
  });
});

describe('an NfsSubdirProvisioner fails', () => {
  test.each<[Loose, string, string]>([
    [
      { server: 'nfs.storage.svc' },
      'NfsServer',
      "'server' must be an address or a name that the nodes resolve, got 'nfs.storage.svc'; the kubelet does not resolve names of Services: use the Service's clusterIP, or NfsStorageClass",
    ],
    [
      { server: 'nas:2049' },
      'NfsServer',
      "'server' must be an IPv4 or IPv6 address or a DNS name, without port and path, got 'nas:2049'",
    ],
    [{ path: 'mnt' }, 'NfsPath', "'path' must be an absolute path, got 'mnt'"],
    [{ path: '/a/../b' }, 'NfsPath', "'path' must not have '..' in it, got '/a/../b'"],
    [
      { mountOptions: ['nfsver=4'] },
      'NfsMountOptions',
      "'mountOptions' must be options of nfs(5), got 'nfsver=4'; did you mean 'nfsvers'?",
    ],
    [{ onDelete: 'archive' }, 'PropType', "'onDelete' must be 'delete' or 'retain', got 'archive'"],
    [
      { onDelte: 'retain' },
      'PropUnknown',
      "'onDelte' is no prop of NfsSubdirProvisioner; did you mean 'onDelete'?",
    ],
    [
      { provisionerName: 'cluster.local/' },
      'PropType',
      "'provisionerName' must be a name such as 'example.com/nfs' (letters, digits, '-', '_' and '.' after the '/'), got 'cluster.local/'",
    ],
    [
      { name: 'NFS' },
      'PropType',
      "'name' must be a DNS label (lower case letters, digits and '-', at most 63), got 'NFS'",
    ],
    [
      { image: 'nfs-subdir-external-provisioner:latest' },
      'PropType',
      "'image' must be an image reference with a tag other than 'latest', or with a digest, got 'nfs-subdir-external-provisioner:latest'",
    ],
    [
      { resources: { requests: { cpu: '200m' }, limits: { cpu: '100m' } } },
      'ResourceLimit',
      "'resources.limits.cpu' must be at least the request (200m), got 100m",
    ],
  ])('with %j', (props, code, problem) => {
    expect(refused(props)).toEqual({ code, path: 'shop/nfs', message: `shop/nfs: ${problem}` });
  });

  test('without a namespace', () => {
    const run = () => chartObjects((chart) => new NfsSubdirProvisioner(chart, 'nfs', EXPORT), {});
    expect(refusal(run)).toEqual({
      code: 'NamespaceMissing',
      path: 'shop/nfs',
      message:
        "shop/nfs: 'namespace' must be set, here or on the chart: roles are bound to a ServiceAccount by namespace and name",
    });
  });

  test('beside another of its name, and not beside one of other names', () => {
    const two = (props: Loose) => () =>
      chartObjects((chart) => {
        new NfsSubdirProvisioner(chart, 'a', EXPORT);
        new NfsSubdirProvisioner(chart, 'b', { ...EXPORT, ...props });
      });
    expect(refusal(two({ className: 'b' }))).toEqual({
      code: 'Duplicate',
      path: 'shop/b',
      message: `shop/b: a provisioner called 'cluster.local/${NAME}' is already made by 'shop/a'; give one of them another 'name' or 'provisionerName'`,
    });
    expect(refusal(two({ name: 'nas' }))).toEqual({
      code: 'Duplicate',
      path: 'shop/b',
      message:
        "shop/b: StorageClass 'nfs-client' is already made by 'shop/a'; give one of them another 'className'",
    });
    expect(refusal(two({ provisionerName: 'example.com/b', className: 'b' })).message).toBe(
      `shop/b: ServiceAccount '${NAME}' in 'shop' is already made by 'shop/a'; give one of them another 'name'`,
    );
    expect(checkObjects(two({ name: 'nas', className: 'b' })())).toEqual([]);
  });
});
