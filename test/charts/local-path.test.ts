import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { LocalPathStorageChart } from '../../src/charts/local-path';
import { checkObjects } from '../support/api-objects';
import { listAt, objectAt, valueAt } from '../support/json';
import { brokenControls } from '../support/pod-security';
import { objectOf, type RenderedObject } from '../support/synth';

const FILE = join(__dirname, '../fixtures/scenarios/local-path-claim.yaml');
const WALK_THROUGH = loadAll(readFileSync(FILE, 'utf8')) as RenderedObject[];

function chartObjects(): readonly RenderedObject[] {
  return new LocalPathStorageChart(new App(), 'local-path').toJson();
}

/** The walk-through's pod. */
const THEIR_POD = objectAt(objectOf(WALK_THROUGH, 'Pod').spec);

/** The pod of the writer. */
function podOf(objects: readonly RenderedObject[]) {
  return objectAt(objectOf(objects, 'Deployment', 'app').spec, 'template', 'spec');
}

function containerOf(pod: unknown) {
  return objectAt(listAt(pod, 'containers')[0]);
}

const PROVISIONER = [
  'v1 Namespace local-path-storage',
  'v1 ServiceAccount local-path-provisioner-service-account',
  'rbac.authorization.k8s.io/v1 Role local-path-provisioner-role',
  'rbac.authorization.k8s.io/v1 RoleBinding local-path-provisioner-bind',
  'rbac.authorization.k8s.io/v1 ClusterRole local-path-provisioner-role',
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding local-path-provisioner-bind',
  'v1 ConfigMap local-path-config',
  'apps/v1 Deployment local-path-provisioner',
  'storage.k8s.io/v1 StorageClass local-path',
];

describe('the local-path chart is the walk-through', () => {
  test('with the same claim and a writer, and the provisioner that it takes for granted', () => {
    const names = (objects: readonly RenderedObject[]): readonly string[] =>
      objects.map(({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.name}`);
    expect(names(WALK_THROUGH)).toEqual(['v1 PersistentVolumeClaim localpath-claim', 'v1 Pod app']);
    expect(names(chartObjects())).toEqual([
      ...PROVISIONER,
      'v1 PersistentVolumeClaim localpath-claim',
      'apps/v1 Deployment app',
    ]);
  });

  test.each([
    ['metadata', 'name'],
    ['spec', 'accessModes'],
    ['spec', 'storageClassName'],
    ['spec', 'resources'],
  ])('in the claim: %s.%s', (...path) => {
    const theirs = valueAt(objectOf(WALK_THROUGH, 'PersistentVolumeClaim'), ...path);
    expect(theirs).toBeDefined();
    expect(valueAt(objectOf(chartObjects(), 'PersistentVolumeClaim'), ...path)).toEqual(theirs);
  });

  test('in the claim: 1Gi of the class local-path', () => {
    expect(objectOf(chartObjects(), 'PersistentVolumeClaim', 'localpath-claim').spec).toMatchObject(
      { storageClassName: 'local-path', resources: { requests: { storage: '1Gi' } } },
    );
  });

  test('in the container: its name and what it does every 5 seconds', () => {
    const [theirs, ours] = [containerOf(THEIR_POD), containerOf(podOf(chartObjects()))];
    expect(ours.name).toBe(theirs.name);
    const command = (container: unknown) => [
      ...listAt(container, 'command'),
      ...listAt(container, 'args'),
    ];
    expect(command(theirs)).toEqual([
      '/bin/sh',
      '-c',
      'while true; do echo $(date -u) >> /data/out.txt; sleep 5; done',
    ]);
    // `echo $(…)` prints what `date` prints.
    expect(command(ours)).toEqual(
      command(theirs).map((word) => `${word}`.replace('echo $(date -u)', 'date -u')),
    );
  });

  test('in the volume: the claim, at /data', () => {
    for (const pod of [THEIR_POD, podOf(chartObjects())]) {
      const [volume] = listAt(pod, 'volumes');
      expect(volume).toHaveProperty('persistentVolumeClaim.claimName', 'localpath-claim');
      expect(listAt(containerOf(pod), 'volumeMounts')).toEqual([
        { mountPath: '/data', name: valueAt(volume, 'name') },
      ]);
    }
  });
});

describe('the local-path chart makes right what is wrong in the walk-through', () => {
  test('the class that the claim names is there, with what makes its volumes', () => {
    const objects = chartObjects();
    expect(WALK_THROUGH.map(({ kind }) => kind)).not.toContain('StorageClass');
    const { provisioner, volumeBindingMode, reclaimPolicy } = objectOf(objects, 'StorageClass');
    // Known only when the pod is scheduled: the folder is on its node.
    expect({ provisioner, volumeBindingMode, reclaimPolicy }).toEqual({
      provisioner: 'rancher.io/local-path',
      volumeBindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Delete',
    });
    const pod = objectAt(
      objectOf(objects, 'Deployment', 'local-path-provisioner').spec,
      'template',
      'spec',
    );
    expect(containerOf(pod)).toHaveProperty(
      'image',
      'docker.io/rancher/local-path-provisioner:v0.0.37',
    );
    expect(pod.serviceAccountName).toBe('local-path-provisioner-service-account');
    const { 'config.json': config } = objectAt(objectOf(objects, 'ConfigMap').data);
    expect(JSON.parse(`${config}`)).toEqual({
      nodePathMap: [
        { node: 'DEFAULT_PATH_FOR_NON_LISTED_NODES', paths: ['/opt/local-path-provisioner'] },
      ],
    });
  });

  test('the writer comes back when its node or its pod is gone', () => {
    expect(objectOf(WALK_THROUGH, 'Pod')).toBeDefined();
    expect(objectOf(chartObjects(), 'Deployment', 'app').spec).toMatchObject({ replicas: 1 });
  });

  test('one writer stops before the next one starts', () => {
    expect(objectOf(chartObjects(), 'Deployment', 'app').spec).toHaveProperty('strategy', {
      type: 'Recreate',
    });
  });

  test('the image is a version, which every node runs', () => {
    expect(containerOf(THEIR_POD)).toHaveProperty('image', 'centos');
    expect(containerOf(podOf(chartObjects()))).toMatchObject({
      image: 'docker.io/library/busybox:1.37.0',
      imagePullPolicy: 'IfNotPresent',
      resources: { requests: { cpu: '10m', memory: '16Mi' } },
    });
  });

  test('the writer passes the restricted Pod Security Standard', () => {
    expect(brokenControls(podOf(chartObjects()))).toEqual([]);
    expect(brokenControls(THEIR_POD)).toEqual([
      'Privilege Escalation',
      'Running as Non-root',
      'Seccomp',
      'Capabilities',
    ]);
  });

  test('the writer runs as a user without rights, and writes its claim alone', () => {
    const pod = podOf(chartObjects());
    expect(pod).toMatchObject({ automountServiceAccountToken: false, hostNetwork: false });
    expect(pod.securityContext).toHaveProperty('runAsNonRoot', true);
    expect(containerOf(pod).securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsGroup: 1000,
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test('the claim says its mode, and Argo CD keeps it', () => {
    const claim = objectOf(chartObjects(), 'PersistentVolumeClaim');
    expect(claim.spec).toHaveProperty('volumeMode', 'Filesystem');
    expect(claim.metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    });
  });

  test('the namespace is written out, except on what belongs to the cluster', () => {
    const namespaces = Object.fromEntries(
      chartObjects().map(({ kind, metadata }) => [`${kind} ${metadata.name}`, metadata.namespace]),
    );
    expect(namespaces).toEqual({
      'Namespace local-path-storage': undefined,
      'ServiceAccount local-path-provisioner-service-account': 'local-path-storage',
      'Role local-path-provisioner-role': 'local-path-storage',
      'RoleBinding local-path-provisioner-bind': 'local-path-storage',
      'ClusterRole local-path-provisioner-role': undefined,
      'ClusterRoleBinding local-path-provisioner-bind': undefined,
      'ConfigMap local-path-config': 'local-path-storage',
      'Deployment local-path-provisioner': 'local-path-storage',
      'StorageClass local-path': undefined,
      'PersistentVolumeClaim localpath-claim': 'default',
      'Deployment app': 'default',
    });
  });

  test('every object is one that the API server takes', () => {
    expect(checkObjects(chartObjects())).toEqual([]);
  });
});
