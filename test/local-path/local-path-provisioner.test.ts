import { load } from 'js-yaml';
import { helperPodProblem } from '../../src/local-path/limits';
import { LocalPathProvisioner } from '../../src/local-path/local-path-provisioner';
import { HELPER_POD_EXCEPTIONS } from '../../src/local-path/pod-security';
import { checkObjects } from '../support/api-objects';
import { objectAt } from '../support/json';
import { brokenControls } from '../support/pod-security';
import { chartObjects, objectOf, type RenderedObject, synthYaml } from '../support/synth';

// Upstream's manifest (rancher/local-path-provisioner v0.0.37, deploy/local-path-storage.yaml) in
// tables, written here by hand; what this library adds to it is marked.

const NAMESPACE = 'local-path-storage';

/** Added: upstream's objects have no labels. */
const LABELS = {
  'app.kubernetes.io/managed-by': 'cdk8s',
  'app.kubernetes.io/name': 'storage',
  'app.kubernetes.io/part-of': 'shop',
};

/** The class is a construct of its own, below the provisioner. */
const LABELS_OF_CLASS = { ...LABELS, 'app.kubernetes.io/name': 'storage-main-class' };

const OBJECTS = [
  ['v1', 'Namespace', 'local-path-storage', undefined],
  ['v1', 'ServiceAccount', 'local-path-provisioner-service-account', NAMESPACE],
  ['rbac.authorization.k8s.io/v1', 'Role', 'local-path-provisioner-role', NAMESPACE],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding', 'local-path-provisioner-bind', NAMESPACE],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'local-path-provisioner-role', undefined],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'local-path-provisioner-bind', undefined],
  ['v1', 'ConfigMap', 'local-path-config', NAMESPACE],
  ['apps/v1', 'Deployment', 'local-path-provisioner', NAMESPACE],
  ['storage.k8s.io/v1', 'StorageClass', 'local-path', undefined],
];

/** API group, resource and its verbs, one row each. */
const ROLE = [['', 'pods', 'get list watch create patch update delete']];
const CLUSTER_ROLE = [
  ['', 'nodes', 'get list watch'],
  ['', 'persistentvolumeclaims', 'get list watch'],
  ['', 'configmaps', 'get list watch'],
  ['', 'pods', 'get list watch'],
  ['', 'pods/log', 'get list watch'],
  ['', 'persistentvolumes', 'get list watch create patch update delete'],
  ['', 'events', 'create patch'],
  ['storage.k8s.io', 'storageclasses', 'get list watch'],
];

function install(): readonly RenderedObject[] {
  return chartObjects((chart) => {
    new LocalPathProvisioner(chart, 'storage');
  });
}

function rulesOf(object: RenderedObject): readonly (readonly string[])[] {
  const rules = object.rules as readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
  return rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) => resources.map((resource) => [group, resource, verbs.join(' ')])),
  );
}

function dataOf(objects: readonly RenderedObject[]): Readonly<Record<string, string>> {
  return objectOf(objects, 'ConfigMap').data as Readonly<Record<string, string>>;
}

describe('a LocalPathProvisioner installs', () => {
  test('the objects of upstream by kind, name and namespace, and no other', () => {
    const objects = install();
    expect(
      objects.map(({ apiVersion, kind, metadata: { name, namespace } }) => [
        ...[apiVersion, kind, name, namespace],
      ]),
    ).toEqual(OBJECTS);
    for (const { kind, metadata } of objects) {
      expect(metadata.labels).toEqual(kind === 'StorageClass' ? LABELS_OF_CLASS : LABELS);
      expect(metadata.annotations).toBeUndefined();
    }
  });

  test('objects that pass every check', () => {
    expect(checkObjects(install())).toEqual([]);
  });

  test('a Role and a ClusterRole with the rules of upstream, verb by verb', () => {
    const objects = install();
    expect(rulesOf(objectOf(objects, 'Role'))).toEqual(ROLE);
    expect(rulesOf(objectOf(objects, 'ClusterRole'))).toEqual(CLUSTER_ROLE);
  });

  test.each([
    ['RoleBinding', 'Role'],
    ['ClusterRoleBinding', 'ClusterRole'],
  ])('a %s of the %s and the ServiceAccount', (binding, role) => {
    expect(objectOf(install(), binding)).toMatchObject({
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: role,
        name: 'local-path-provisioner-role',
      },
      subjects: [
        {
          kind: 'ServiceAccount',
          name: 'local-path-provisioner-service-account',
          namespace: NAMESPACE,
        },
      ],
    });
  });

  test('the Deployment of upstream, confined', () => {
    expect(objectOf(install(), 'Deployment').spec).toEqual({
      replicas: 1,
      selector: { matchLabels: { app: 'local-path-provisioner' } },
      template: {
        metadata: { labels: { app: 'local-path-provisioner' } },
        spec: {
          serviceAccountName: 'local-path-provisioner-service-account',
          // Added.
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65534,
            runAsGroup: 65534,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: 'local-path-provisioner',
              image: 'docker.io/rancher/local-path-provisioner:v0.0.37',
              imagePullPolicy: 'IfNotPresent',
              command: [
                'local-path-provisioner',
                '--debug',
                'start',
                '--config',
                '/etc/config/config.json',
              ],
              ports: [{ name: 'health', containerPort: 8080, protocol: 'TCP' }],
              startupProbe: {
                httpGet: { path: '/health', port: 'health' },
                initialDelaySeconds: 5,
                periodSeconds: 5,
                failureThreshold: 12,
              },
              livenessProbe: {
                httpGet: { path: '/health', port: 'health' },
                initialDelaySeconds: 10,
                periodSeconds: 10,
              },
              readinessProbe: {
                httpGet: { path: '/ready', port: 'health' },
                initialDelaySeconds: 5,
                periodSeconds: 5,
              },
              volumeMounts: [{ name: 'config-volume', mountPath: '/etc/config/' }],
              env: [
                {
                  name: 'POD_NAMESPACE',
                  valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } },
                },
                { name: 'CONFIG_MOUNT_PATH', value: '/etc/config/' },
                { name: 'HEALTH_PORT', value: '8080' },
              ],
              // Added.
              resources: { requests: { cpu: '100m', memory: '128Mi' } },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
            },
          ],
          volumes: [{ name: 'config-volume', configMap: { name: 'local-path-config' } }],
        },
      },
    });
  });

  test('the StorageClass of upstream', () => {
    const { metadata, ...fields } = objectOf(install(), 'StorageClass');
    expect(fields).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      provisioner: 'rancher.io/local-path',
      volumeBindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Delete',
    });
    expect(metadata).toEqual({ name: 'local-path', labels: LABELS_OF_CLASS });
  });

  test('the ConfigMap of upstream', () => {
    const data = dataOf(install());
    expect(Object.keys(data).sort()).toEqual([
      'config.json',
      'helperPod.yaml',
      'setup',
      'teardown',
    ]);
    expect(JSON.parse(data['config.json'] ?? '')).toEqual({
      nodePathMap: [
        {
          node: 'DEFAULT_PATH_FOR_NON_LISTED_NODES',
          paths: ['/opt/local-path-provisioner'],
        },
      ],
    });
  });

  test('the helper pod of upstream, with a tag and confined as far as it can be', () => {
    const pod = load(dataOf(install())['helperPod.yaml'] ?? '');
    expect(pod).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'helper-pod' },
      spec: {
        priorityClassName: 'system-node-critical',
        tolerations: [
          { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
        ],
        // Added: a token, a filter of system calls and setuid are of no use to it.
        automountServiceAccountToken: false,
        securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'helper-pod',
            // Added: the tag.
            image: 'docker.io/library/busybox:1.37.0',
            securityContext: { allowPrivilegeEscalation: false },
          },
        ],
      },
    });
    expect(helperPodProblem(pod)).toBeUndefined();
  });

  test('the same bytes for the same input', () => {
    const yaml = () =>
      synthYaml((chart) => {
        new LocalPathProvisioner(chart, 'storage');
      });
    expect(yaml()).toBe(yaml());
  });
});

describe('of the restricted Pod Security Standard', () => {
  test("the provisioner's pod breaks nothing", () => {
    const pod = objectAt(objectOf(install(), 'Deployment'), 'spec', 'template', 'spec');
    expect(brokenControls(pod)).toEqual([]);
  });

  test('the helper pods break what is listed, and no other control', () => {
    const template = load(dataOf(install())['helperPod.yaml'] ?? '');
    // As the provisioner completes it.
    const pod = {
      ...objectAt(template, 'spec'),
      volumes: [
        { name: 'data', hostPath: { path: '/opt/local-path-provisioner' } },
        { name: 'script', configMap: { name: 'local-path-config' } },
      ],
    };
    expect(brokenControls(pod)).toEqual(HELPER_POD_EXCEPTIONS.map(({ control }) => control));
    for (const { because } of HELPER_POD_EXCEPTIONS) {
      expect(because.length).toBeGreaterThan(40);
    }
  });
});
