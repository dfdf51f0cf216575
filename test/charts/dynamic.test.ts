import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { DynamicStorageChart } from '../../src/charts/dynamic';
import { ebsSizeProblems } from '../../src/ebs/limits';
import { ebsParameterProblems } from '../../src/ebs/parameters/limits';
import type { Labels } from '../../src/kube/label-selector';
import { quantity } from '../../src/kube/quantity';
import { checkObjects } from '../support/api-objects';
import { everyPlace, listAt, objectAt, valueAt } from '../support/json';
import { brokenControls } from '../support/pod-security';
import { objectOf, type RenderedObject } from '../support/synth';

const SCENARIOS = join(__dirname, '../fixtures/scenarios');

function walkThrough(file: string): readonly RenderedObject[] {
  return loadAll(readFileSync(join(SCENARIOS, file), 'utf8')) as RenderedObject[];
}

/** A class for each zone, and a broker on a disk that one of them makes. */
const ON_DEMAND = walkThrough('kafka-ebs-dynamic.yaml');

/** A broker on a disk that exists. */
const EXISTING = walkThrough('kafka-ebs-static.yaml');

function chartObjects(): readonly RenderedObject[] {
  return new DynamicStorageChart(new App(), 'dynamic').toJson();
}

function podOf(objects: readonly RenderedObject[], kind: string, name: string) {
  return objectAt(objectOf(objects, kind, name), 'spec', 'template', 'spec');
}

function containerOf(objects: readonly RenderedObject[], kind: string, name: string) {
  return objectAt(listAt(podOf(objects, kind, name), 'containers')[0]);
}

/** The claim that the StatefulSet makes for each replica. */
function claimOf(objects: readonly RenderedObject[], name = 'kafka1') {
  return objectAt(listAt(objectOf(objects, 'StatefulSet', name).spec, 'volumeClaimTemplates')[0]);
}

const BROKERS = ['kafka1', 'kafka2'];

describe('the dynamic chart is the walk-through', () => {
  test('with one class in place of two, and a broker for each of its files', () => {
    const names = (objects: readonly RenderedObject[]): readonly string[] =>
      objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names(ON_DEMAND)).toEqual([
      'StorageClass default1a',
      'StorageClass default1c',
      'Service kafka1',
      'Deployment kafka1',
      'PersistentVolumeClaim kafka1volumeclaim',
    ]);
    expect(names(EXISTING)).toEqual(['Service kafka1', 'Deployment kafka1']);
    expect(names(chartObjects())).toEqual([
      'StorageClass ebs-gp3',
      'Service kafka1',
      'StatefulSet kafka1',
      'PersistentVolume kafka2-volume',
      'PersistentVolumeClaim kafka2-volume-claim',
      'Service kafka2',
      'StatefulSet kafka2',
    ]);
  });

  test('in the zones: what the classes have as parameters, ours has as topology', () => {
    const zones = ON_DEMAND.filter(({ kind }) => kind === 'StorageClass').map((each) =>
      valueAt(each, 'parameters', 'zone'),
    );
    expect(zones).toEqual(['ap-northeast-1a', 'ap-northeast-1c']);
    expect(objectOf(chartObjects(), 'StorageClass').allowedTopologies).toEqual([
      { matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: zones }] },
    ]);
  });

  test.each([['accessModes'], ['resources']])('in the claim: %s', (field) => {
    const theirs = valueAt(objectOf(ON_DEMAND, 'PersistentVolumeClaim').spec, field);
    expect(theirs).toBeDefined();
    expect(valueAt(claimOf(chartObjects()), 'spec', field)).toEqual(theirs);
  });

  test('in the claim: 300Gi of the class that is there', () => {
    expect(claimOf(chartObjects()).spec).toMatchObject({
      resources: { requests: { storage: '300Gi' } },
      storageClassName: 'ebs-gp3',
    });
  });

  test('in the disk that exists: its id and its file system', () => {
    const theirs = objectAt(
      listAt(podOf(EXISTING, 'Deployment', 'kafka1'), 'volumes')[0],
      'awsElasticBlockStore',
    );
    expect(theirs).toEqual({ volumeID: 'vol-688d7099', fsType: 'ext4' });
    expect(objectOf(chartObjects(), 'PersistentVolume').spec).toHaveProperty('csi', {
      driver: 'ebs.csi.aws.com',
      volumeHandle: theirs.volumeID,
      fsType: theirs.fsType,
    });
  });

  test.each([
    ['kafka1', ON_DEMAND],
    ['kafka2', EXISTING],
  ])('in %s: one broker on port 9092, which the Service leads to', (name, theirs) => {
    const ours = chartObjects();
    const [port] = listAt(objectOf(theirs, 'Service').spec, 'ports');
    expect(port).toMatchObject({ port: 9092, targetPort: 9092, protocol: 'TCP' });
    expect(listAt(objectOf(ours, 'Service', name).spec, 'ports')[0]).toEqual({
      ...objectAt(port),
      name: 'client',
    });
    const [open] = listAt(containerOf(theirs, 'Deployment', 'kafka1'), 'ports');
    expect(listAt(containerOf(ours, 'StatefulSet', name), 'ports')[0]).toMatchObject(
      objectAt(open),
    );
    const { spec } = objectOf(ours, 'StatefulSet', name);
    expect(valueAt(spec, 'replicas')).toBe(
      valueAt(objectOf(theirs, 'Deployment').spec, 'replicas'),
    );
    expect(valueAt(objectOf(ours, 'Service', name).spec, 'selector')).toEqual(
      valueAt(spec, 'selector', 'matchLabels'),
    );
    expect(valueAt(spec, 'template', 'metadata', 'labels')).toMatchObject(
      objectAt(spec, 'selector', 'matchLabels'),
    );
  });

  test('in where the first broker has its disk: one mount, of the claim', () => {
    const mounted = (pod: unknown) => listAt(listAt(pod, 'containers')[0], 'volumeMounts')[0];
    expect(mounted(podOf(ON_DEMAND, 'Deployment', 'kafka1'))).toEqual({
      mountPath: '/kafka',
      name: 'kafka1volume',
    });
    const ours = chartObjects();
    expect(mounted(podOf(ours, 'StatefulSet', 'kafka1'))).toMatchObject({
      // Where the image that is run keeps its data.
      mountPath: '/var/lib/kafka/data',
      name: valueAt(claimOf(ours), 'metadata', 'name'),
    });
  });
});

describe('the dynamic chart makes right what is wrong in the walk-through', () => {
  test('kinds are of versions that the API server has', () => {
    const versions = (objects: readonly RenderedObject[]): readonly string[] => [
      ...new Set(objects.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)),
    ];
    expect(versions([...ON_DEMAND, ...EXISTING])).toEqual([
      'storage.k8s.io/v1beta1 StorageClass',
      'v1 Service',
      'extensions/v1beta1 Deployment',
      'v1 PersistentVolumeClaim',
    ]);
    expect(versions(chartObjects())).toEqual([
      'storage.k8s.io/v1 StorageClass',
      'v1 Service',
      'apps/v1 StatefulSet',
      'v1 PersistentVolume',
      'v1 PersistentVolumeClaim',
    ]);
  });

  test('the CSI driver makes the disks, in place of the plugin that is gone', () => {
    expect(objectOf(ON_DEMAND, 'StorageClass', 'default1a').provisioner).toBe(
      'kubernetes.io/aws-ebs',
    );
    expect(objectOf(chartObjects(), 'StorageClass').provisioner).toBe('ebs.csi.aws.com');
    const fields = chartObjects().flatMap((each) => [...everyPlace(each)].map(({ path }) => path));
    expect(fields.filter((path) => path.includes('awsElasticBlockStore'))).toEqual([]);
  });

  test('the driver takes the parameters of the class, and of a claim of 300Gi', () => {
    const problems = (object: RenderedObject) => {
      const parameters = object.parameters as Labels;
      return [
        ...ebsParameterProblems(parameters),
        ...ebsSizeProblems(parameters, quantity('300Gi')),
      ].map(({ parameter }) => parameter);
    };
    expect(problems(objectOf(ON_DEMAND, 'StorageClass', 'default1a'))).toEqual([
      'zone',
      'iopsPerGB',
    ]);
    const ours = objectOf(chartObjects(), 'StorageClass');
    expect(problems(ours)).toEqual([]);
    expect(ours.parameters).toEqual({
      'csi.storage.k8s.io/fstype': 'ext4',
      encrypted: 'true',
      type: 'gp3',
    });
  });

  test('the class waits for the pod, may grow, and says what becomes of a disk', () => {
    expect(objectOf(ON_DEMAND, 'StorageClass', 'default1a')).not.toHaveProperty(
      'volumeBindingMode',
    );
    expect(objectOf(chartObjects(), 'StorageClass')).toMatchObject({
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
      reclaimPolicy: 'Delete',
    });
  });

  test('claims name their class in a field, not in the legacy annotation', () => {
    const legacy = 'volume.beta.kubernetes.io/storage-class';
    expect(objectOf(ON_DEMAND, 'PersistentVolumeClaim').metadata.annotations).toEqual({
      [legacy]: 'default1a',
    });
    expect(JSON.stringify(chartObjects())).not.toContain(legacy);
  });

  test.each(BROKERS)('%s has claims that outlive its deletion', (name) => {
    expect(objectOf(chartObjects(), 'StatefulSet', name).spec).toHaveProperty(
      'persistentVolumeClaimRetentionPolicy',
      { whenDeleted: 'Retain', whenScaled: 'Retain' },
    );
  });

  test('the claim template says what it is, as what is applied has to', () => {
    expect(claimOf(chartObjects())).toMatchObject({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: { volumeMode: 'Filesystem' },
    });
  });

  test.each(BROKERS)('%s stops before its successor starts, which finds the disk free', (name) => {
    // A Deployment starts the new pod beside the old one: one disk, two nodes.
    expect(objectOf(ON_DEMAND, 'Deployment').spec).not.toHaveProperty('strategy');
    expect(objectOf(chartObjects(), 'StatefulSet', name).spec).toMatchObject({
      serviceName: name,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    });
    expect(objectOf(chartObjects(), 'Service', name).spec).toMatchObject({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
    });
  });

  test('the disk that exists is used in its zone', () => {
    expect(objectOf(chartObjects(), 'PersistentVolume').spec).toHaveProperty('nodeAffinity', {
      required: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['ap-northeast-1a'] },
            ],
          },
        ],
      },
    });
  });

  test('the disk that exists is kept, and reserved for its claim', () => {
    const objects = chartObjects();
    expect(objectOf(objects, 'PersistentVolume').spec).toMatchObject({
      capacity: { storage: '300Gi' },
      accessModes: ['ReadWriteOnce'],
      volumeMode: 'Filesystem',
      storageClassName: '',
      persistentVolumeReclaimPolicy: 'Retain',
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        namespace: 'default',
        name: 'kafka2-volume-claim',
      },
    });
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).toEqual({
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '300Gi' } },
      storageClassName: '',
      volumeMode: 'Filesystem',
      volumeName: 'kafka2-volume',
    });
    for (const kind of ['PersistentVolume', 'PersistentVolumeClaim']) {
      expect(objectOf(objects, kind).metadata.annotations).toEqual({
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      });
    }
  });

  test('the second broker mounts that claim, below its lost+found', () => {
    const pod = podOf(chartObjects(), 'StatefulSet', 'kafka2');
    const [volume] = listAt(pod, 'volumes');
    expect(volume).toHaveProperty('persistentVolumeClaim.claimName', 'kafka2-volume-claim');
    expect(listAt(listAt(pod, 'containers')[0], 'volumeMounts')[0]).toEqual({
      mountPath: '/var/lib/kafka/data',
      name: valueAt(volume, 'name'),
      subPath: 'data',
    });
    expect(claimOf(chartObjects(), 'kafka2')).toEqual({});
  });

  test.each(BROKERS)('%s runs a version, which every node has', (name) => {
    expect(containerOf(ON_DEMAND, 'Deployment', 'kafka1')).toMatchObject({
      image: 'wurstmeister/kafka',
      imagePullPolicy: 'Always',
    });
    expect(containerOf(chartObjects(), 'StatefulSet', name)).toMatchObject({
      image: 'apache/kafka:3.9.1',
      imagePullPolicy: 'IfNotPresent',
      resources: { requests: { cpu: '500m', memory: '1536Mi' } },
    });
  });

  test('the pods pass the restricted Pod Security Standard', () => {
    expect(
      BROKERS.flatMap((name) => brokenControls(podOf(chartObjects(), 'StatefulSet', name))),
    ).toEqual([]);
    expect(brokenControls(podOf(EXISTING, 'Deployment', 'kafka1'))).toEqual([
      'Privilege Escalation',
      'Running as Non-root',
      'Seccomp',
      'Capabilities',
      'Volume Types',
    ]);
  });

  test.each(BROKERS)('%s runs as a user without rights, and writes what it may', (name) => {
    const pod = podOf(chartObjects(), 'StatefulSet', name);
    expect(pod.securityContext).toEqual({
      fsGroup: 1000,
      fsGroupChangePolicy: 'OnRootMismatch',
      runAsGroup: 1000,
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(containerOf(chartObjects(), 'StatefulSet', name).securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
    });
    expect(
      listAt(containerOf(chartObjects(), 'StatefulSet', name), 'volumeMounts').map((mount) =>
        valueAt(mount, 'mountPath'),
      ),
    ).toEqual(['/var/lib/kafka/data', '/tmp', '/opt/kafka/config', '/opt/kafka/logs']);
  });

  test('the namespace is written out, except on what belongs to the cluster', () => {
    for (const { kind, metadata } of chartObjects()) {
      expect([kind, metadata.namespace]).toEqual([
        kind,
        ['StorageClass', 'PersistentVolume'].includes(kind) ? undefined : 'default',
      ]);
    }
  });

  test('every object is one that the API server takes', () => {
    expect(checkObjects(chartObjects())).toEqual([]);
  });
});
