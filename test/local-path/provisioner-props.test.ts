import { load } from 'js-yaml';
import { LocalPathProvisioner } from '../../src/local-path/local-path-provisioner';
import type { LocalPathProvisionerProps } from '../../src/local-path/local-path-provisioner-props';
import { checkObjects } from '../support/api-objects';
import { listAt, objectAt, valueAt } from '../support/json';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

/** Props as plain JavaScript may have them. */
type AnyProps = Readonly<Record<string, unknown>>;

function install(props: LocalPathProvisionerProps | AnyProps): readonly RenderedObject[] {
  const objects = chartObjects((chart) => {
    new LocalPathProvisioner(chart, 'storage', props as LocalPathProvisionerProps);
  });
  expect(checkObjects(objects)).toEqual([]);
  return objects;
}

function config(props: LocalPathProvisionerProps): unknown {
  return JSON.parse(String(valueAt(objectOf(install(props), 'ConfigMap'), 'data', 'config.json')));
}

function dataOf(props: LocalPathProvisionerProps): Readonly<Record<string, unknown>> {
  return objectAt(objectOf(install(props), 'ConfigMap'), 'data');
}

function containerOf(objects: readonly RenderedObject[]): unknown {
  const [container] = listAt(
    objectOf(objects, 'Deployment'),
    ...['spec', 'template', 'spec', 'containers'],
  );
  return container;
}

describe('the namespace', () => {
  test('is that of every object that has one, and of the subjects of the bindings', () => {
    const objects = install({ namespace: 'kube-local' });
    expect(objectOf(objects, 'Namespace').metadata.name).toBe('kube-local');
    for (const kind of ['ServiceAccount', 'Role', 'RoleBinding', 'ConfigMap', 'Deployment']) {
      expect(objectOf(objects, kind).metadata.namespace).toBe('kube-local');
    }
    for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
      const [subject] = listAt(objectOf(objects, kind), 'subjects');
      expect(valueAt(subject, 'namespace')).toBe('kube-local');
    }
    for (const kind of ['Namespace', 'ClusterRole', 'ClusterRoleBinding', 'StorageClass']) {
      expect(objectOf(objects, kind).metadata).not.toHaveProperty('namespace');
    }
  });

  test('is rendered unless it exists', () => {
    expect(install({ createNamespace: true })).toHaveLength(9);
    expect(install({ createNamespace: false }).map(({ kind }) => kind)).not.toContain('Namespace');
  });

  test('gets labels, for a cluster that enforces Pod Security', () => {
    const enforce = { 'pod-security.kubernetes.io/enforce': 'privileged' };
    const objects = install({ namespaceLabels: enforce });
    expect(objectOf(objects, 'Namespace').metadata.labels).toMatchObject({
      ...enforce,
      'app.kubernetes.io/part-of': 'shop',
    });
    expect(objectOf(objects, 'Deployment').metadata.labels).not.toMatchObject(enforce);
  });
});

describe('a second provisioner', () => {
  const SECOND = { name: 'fast', provisionerName: 'example.com/fast', className: 'fast' };

  test('has names of its own, and is told them', () => {
    const objects = install(SECOND);
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Namespace local-path-storage',
      'ServiceAccount fast-service-account',
      'Role fast-role',
      'RoleBinding fast-bind',
      'ClusterRole fast-role',
      'ClusterRoleBinding fast-bind',
      'ConfigMap fast-config',
      'Deployment fast',
      'StorageClass fast',
    ]);
    expect(objectOf(objects, 'StorageClass').provisioner).toBe('example.com/fast');
    expect(containerOf(objects)).toMatchObject({
      command: [
        ...['local-path-provisioner', '--debug', 'start', '--config', '/etc/config/config.json'],
        ...['--provisioner-name', 'example.com/fast'],
        ...['--service-account-name', 'fast-service-account'],
        ...['--configmap-name', 'fast-config'],
      ],
    });
    expect(objectOf(objects, 'Deployment').spec).toMatchObject({
      selector: { matchLabels: { app: 'fast' } },
      template: {
        metadata: { labels: { app: 'fast' } },
        spec: {
          serviceAccountName: 'fast-service-account',
          volumes: [{ name: 'config-volume', configMap: { name: 'fast-config' } }],
        },
      },
    });
    const [subject] = listAt(objectOf(objects, 'ClusterRoleBinding'), 'subjects');
    expect(valueAt(subject, 'name')).toBe('fast-service-account');
  });

  test('stands beside the first', () => {
    const objects = chartObjects((chart) => {
      new LocalPathProvisioner(chart, 'storage');
      new LocalPathProvisioner(chart, 'fast', { ...SECOND, createNamespace: false });
    });
    expect(checkObjects(objects)).toEqual([]);
  });

  test('fails when it serves the same claims', () => {
    const second = () =>
      chartObjects((chart) => {
        new LocalPathProvisioner(chart, 'storage');
        new LocalPathProvisioner(chart, 'fast', {
          name: 'fast',
          namespace: 'fast',
          className: 'fast',
        });
      });
    expect(refusal(second)).toEqual({
      code: 'Duplicate',
      path: 'shop/fast',
      message:
        "shop/fast: a provisioner called 'rancher.io/local-path' is already made by 'shop/storage'; both would serve the same claims: give one of them another 'provisionerName'",
    });
  });
});

describe('config.json', () => {
  test('has the folders of each node, in the order of their names', () => {
    expect(
      config({
        nodePathMap: {
          'node-b': ['/data2', '/data1'],
          'node-a': [],
          DEFAULT_PATH_FOR_NON_LISTED_NODES: ['/opt/volumes/'],
        },
      }),
    ).toEqual({
      nodePathMap: [
        { node: 'DEFAULT_PATH_FOR_NON_LISTED_NODES', paths: ['/opt/volumes/'] },
        { node: 'node-a', paths: [] },
        { node: 'node-b', paths: ['/data2', '/data1'] },
      ],
    });
  });

  test('is the same text in whatever order the nodes came', () => {
    const [a, b] = [{ 'node-a': ['/a'] }, { 'node-b': ['/b'] }];
    expect(dataOf({ nodePathMap: { ...a, ...b } })).toEqual(
      dataOf({ nodePathMap: { ...b, ...a } }),
    );
  });

  test('does not change the map that it is given', () => {
    const nodePathMap = Object.freeze({ b: Object.freeze(['/b']), a: Object.freeze(['/a']) });
    config({ nodePathMap });
    expect(Object.keys(nodePathMap)).toEqual(['b', 'a']);
  });

  test('has a shared file system in place of nodes', () => {
    expect(config({ sharedFileSystemPath: '/mnt/shared' })).toEqual({
      sharedFileSystemPath: '/mnt/shared',
    });
  });

  test.each([1, 600])('has %i seconds for a command', (cmdTimeoutSeconds) => {
    expect(config({ cmdTimeoutSeconds })).toMatchObject({ cmdTimeoutSeconds });
    expect(config({})).not.toHaveProperty('cmdTimeoutSeconds');
  });

  test('has commands, which take the place of the scripts', () => {
    const both = { setupCommand: '/bin/make', teardownCommand: '/bin/remove' };
    expect(config(both)).toMatchObject(both);
    expect(Object.keys(dataOf(both)).sort()).toEqual(['config.json', 'helperPod.yaml']);
    expect(dataOf({ setupCommand: '/bin/make' })).toHaveProperty('teardown');
    expect(dataOf({ setupCommand: '/bin/make' })).not.toHaveProperty('setup');
    expect(dataOf({ teardownCommand: '/bin/remove' })).toHaveProperty('setup');
    expect(dataOf({ teardownCommand: '/bin/remove' })).not.toHaveProperty('teardown');
  });
});

test('scripts are taken as they are', () => {
  const setup = '#!/bin/sh\nset -eu\nmkdir -p "$VOL_DIR"\n';
  const teardown = 'mv "$VOL_DIR" /opt/trash';
  expect(dataOf({ setup, teardown })).toMatchObject({ setup, teardown });
});

test('the images can be mirrored', () => {
  const image = 'registry.example.com/local-path-provisioner:v0.0.37';
  const helperImage = `registry.example.com/busybox@sha256:${'a'.repeat(64)}`;
  const objects = install({ image, helperImage });
  expect(containerOf(objects)).toMatchObject({ image });
  const pod = load(String(valueAt(objectOf(objects, 'ConfigMap'), 'data', 'helperPod.yaml')));
  const [helper] = listAt(pod, 'spec', 'containers');
  expect(helper).toMatchObject({ name: 'helper-pod', image: helperImage });
});

test('resources are rendered canonically, and some asked for where nothing is said', () => {
  const requests = { cpu: '0.1', memory: '32Mi' } as const;
  expect(containerOf(install({ resources: { requests } }))).toMatchObject({
    resources: { requests: { cpu: '100m', memory: '32Mi' } },
  });
  expect(
    valueAt(containerOf(install({ resources: { limits: { memory: '1024Ki' } } })), 'resources'),
  ).toEqual({ limits: { memory: '1Mi' } });
  expect(containerOf(install({}))).toMatchObject({
    resources: { requests: { cpu: '100m', memory: '128Mi' } },
  });
  expect(valueAt(containerOf(install({ resources: {} })), 'resources')).toEqual({});
});

test('the class that comes with it has a name, a policy, a volume type and may be the default', () => {
  const objects = install({
    className: 'standard',
    isDefault: true,
    reclaimPolicy: 'Retain',
    defaultVolumeType: 'local',
  });
  expect(objectOf(objects, 'StorageClass')).toMatchObject({
    metadata: {
      name: 'standard',
      annotations: {
        defaultVolumeType: 'local',
        'storageclass.kubernetes.io/is-default-class': 'true',
      },
    },
    reclaimPolicy: 'Retain',
  });
});

test('knows what it made', () => {
  chartObjects((chart) => {
    const provisioner = new LocalPathProvisioner(chart, 'storage', { namespace: 'lp' });
    expect(provisioner.provisionerName).toBe('rancher.io/local-path');
    expect(provisioner.namespace).toBe('lp');
    expect(provisioner.mainClass.storageClassName).toBe('local-path');
    expect(provisioner.deployment.name).toBe('local-path-provisioner');
    expect(provisioner.configMap.name).toBe('local-path-config');
    expect(provisioner.podSecurityExceptions).toHaveLength(3);
  });
});

describe('a LocalPathProvisioner fails when', () => {
  const IMAGE =
    "an image reference with a tag other than 'latest' or a digest, such as 'registry.example.com/busybox:1.37.0'";
  const MAP = "an object of lists of folders by node, such as { 'node-1': ['/data'] }";

  test.each<[string, string, AnyProps]>([
    [
      'LocalPathConfig',
      "'sharedFileSystemPath' must be left out beside 'nodePathMap', the provisioner takes one of them: volumes are folders of one node, or of a file system that all nodes mount",
      { nodePathMap: { a: ['/a'] }, sharedFileSystemPath: '/b' },
    ],
    [
      'LocalPathConfig',
      "'sharedFileSystemPath' must be an absolute path, got 'mnt'",
      { sharedFileSystemPath: 'mnt' },
    ],
    [
      'LocalPathConfig',
      "'sharedFileSystemPath' must be a folder below '/', got '/'",
      { sharedFileSystemPath: '/' },
    ],
    [
      'LocalPathConfig',
      "'nodePathMap' must have a node in it; 'DEFAULT_PATH_FOR_NON_LISTED_NODES' is every node that is not listed",
      { nodePathMap: {} },
    ],
    [
      'LocalPathConfig',
      "'nodePathMap' of 'a' must have each folder once, got '/a' again",
      { nodePathMap: { a: ['/a', '/a'] } },
    ],
    [
      'LocalPathConfig',
      "'nodePathMap' of 'a' must be a folder below '/', got '/'",
      { nodePathMap: { a: ['/'] } },
    ],
    ['PropType', `'nodePathMap' must be ${MAP}, got {"a":"/a"}`, { nodePathMap: { a: '/a' } }],
    ['PropType', `'nodePathMap' must be ${MAP}, got {"a":[1]}`, { nodePathMap: { a: [1] } }],
    [
      'LocalPathCommand',
      "'setup' must be left out beside 'setupCommand', which the provisioner runs in its place",
      { setup: 'true', setupCommand: '/bin/true' },
    ],
    [
      'LocalPathCommand',
      "'teardown' must be left out beside 'teardownCommand', which the provisioner runs in its place",
      { teardown: 'true', teardownCommand: '/bin/true' },
    ],
    [
      'PropType',
      "'setupCommand' must be one program without arguments, such as '/bin/setup', got 'sh -c true'",
      { setupCommand: 'sh -c true' },
    ],
    ['PropType', "'setup' must be a string that is not empty, got ''", { setup: '' }],
    [
      'LocalPathVolumeType',
      "'defaultVolumeType' must be 'hostPath' on a shared file system, got 'local': the API server wants the node of a local volume, and the provisioner names none",
      { sharedFileSystemPath: '/mnt', defaultVolumeType: 'local' },
    ],
    [
      'PropType',
      "'defaultVolumeType' must be 'hostPath' or 'local', got 'Local'; did you mean 'local'?",
      { defaultVolumeType: 'Local' },
    ],
    [
      'PropType',
      "'cmdTimeoutSeconds' must be a whole number of at least 1, got 0",
      { cmdTimeoutSeconds: 0 },
    ],
    ['PropType', `'helperImage' must be ${IMAGE}, got 'busybox'`, { helperImage: 'busybox' }],
    ['PropType', `'image' must be ${IMAGE}, got 'a:latest'`, { image: 'a:latest' }],
    ['PropType', `'image' must be ${IMAGE}, got 'A b'`, { image: 'A b' }],
    [
      'PropType',
      "'provisionerName' must be a name such as 'rancher.io/local-path' (a DNS subdomain, '/' and a name), got 'local-path'",
      { provisionerName: 'local-path' },
    ],
    [
      'PropType',
      "'name' must be a DNS label (lower case letters, digits and '-', at most 63), got 'a.b'",
      { name: 'a.b' },
    ],
    [
      'PropType',
      "'reclaimPolicy' must be 'Retain' or 'Delete', got 'Recycle'",
      { reclaimPolicy: 'Recycle' },
    ],
    [
      'ResourceLimit',
      "'resources.limits.cpu' must be at least the request (200m), got 100m",
      { resources: { requests: { cpu: '200m' }, limits: { cpu: '100m' } } },
    ],
    [
      'PropUnknown',
      "'sharedFilesystemPath' is no prop of LocalPathProvisioner; did you mean 'sharedFileSystemPath'?",
      { sharedFilesystemPath: '/a' },
    ],
  ])('%s: %s', (code, reason, props) => {
    expect(refusal(() => install(props))).toEqual({
      code,
      path: 'shop/storage',
      message: `shop/storage: ${reason}`,
    });
  });
});
