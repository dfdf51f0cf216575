import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { planStorage } from '../../../src/checks/plan-storage';
import { CLUSTER_SCOPED_KINDS } from '../../../src/kube/objects';
import { pv, storageClass } from '../../planner/objects';
import { found, messages } from './found';

// What belongs to the cluster is in no namespace, whatever it says.
function title(kind: string): string {
  return CLUSTER_SCOPED_KINDS.has(kind) ? `${kind} web` : `${kind} shop/web`;
}

function object(apiVersion: string, kind: string, more: object = {}): unknown {
  return { apiVersion, kind, metadata: { name: 'web', namespace: 'shop' }, ...more };
}

function inline(source: object, kind = 'Deployment', apiVersion = 'apps/v1'): unknown {
  const pod = { spec: { volumes: [{ name: 'data', ...source }] } };
  return object(apiVersion, kind, {
    spec: kind === 'CronJob' ? { jobTemplate: { spec: { template: pod } } } : { template: pod },
  });
}

function scenario(name: string): readonly unknown[] {
  const folder = join(__dirname, '..', '..', 'fixtures', 'scenarios');
  return loadAll(readFileSync(join(folder, `${name}.yaml`), 'utf8'));
}

describe('api-removed', () => {
  it('names the release, what kubectl says, and the successor', () => {
    expect(found('api-removed', [object('extensions/v1beta1', 'Deployment')])).toEqual([
      {
        rule: 'api-removed',
        severity: 'error',
        object: 'Deployment shop/web',
        message:
          'Deployment shop/web is of extensions/v1beta1, which is not served since Kubernetes 1.16: no matches for kind "Deployment" in version "extensions/v1beta1"',
        fix: 'set apiVersion: apps/v1, and set spec.selector to the labels of the template where there is none',
      },
    ]);
  });

  it.each([
    ['apps/v1beta1', 'StatefulSet', '1.16'],
    ['apps/v1beta2', 'DaemonSet', '1.16'],
    ['storage.k8s.io/v1beta1', 'StorageClass', '1.22'],
    ['storage.k8s.io/v1beta1', 'CSIDriver', '1.22'],
    ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', '1.27'],
    ['rbac.authorization.k8s.io/v1beta1', 'ClusterRole', '1.22'],
    ['networking.k8s.io/v1beta1', 'Ingress', '1.22'],
    ['batch/v1beta1', 'CronJob', '1.25'],
    ['policy/v1beta1', 'PodDisruptionBudget', '1.25'],
    ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', '1.25'],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.26'],
  ])('finds %s %s, gone since %s', (apiVersion, kind, since) => {
    const [message] = messages('api-removed', [object(apiVersion, kind)]);
    expect(message).toBe(
      `${title(kind)} is of ${apiVersion}, which is not served since Kubernetes ${since}: no matches for kind "${kind}" in version "${apiVersion}"`,
    );
  });

  it('names what serves snapshots', () => {
    expect(
      messages('api-removed', [object('snapshot.storage.k8s.io/v1beta1', 'VolumeSnapshot')]),
    ).toEqual([
      'VolumeSnapshot shop/web is of snapshot.storage.k8s.io/v1beta1, which is not served since external-snapshotter 6.0: no matches for kind "VolumeSnapshot" in version "snapshot.storage.k8s.io/v1beta1"',
    ]);
  });

  it('says where a kind is gone for good', () => {
    const [finding] = found('api-removed', [object('policy/v1beta1', 'PodSecurityPolicy')]);
    expect(finding?.fix).toBe(
      'leave it away, and label the namespace with pod-security.kubernetes.io/enforce',
    );
  });

  it('goes by the version that is planned for', () => {
    const objects = [object('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema')];
    expect(found('api-removed', objects, { kubernetes: '1.31' })).toEqual([]);
    expect(found('api-removed', objects, { kubernetes: '1.32' })).toHaveLength(1);
  });

  it.each([
    ['apps/v1', 'Deployment'],
    ['storage.k8s.io/v1', 'StorageClass'],
    ['storage.k8s.io/v1beta1', 'VolumeAttributesClass'],
    ['autoscaling/v1', 'HorizontalPodAutoscaler'],
    ['example.com/v1beta1', 'Deployment'],
    ['apps/v1beta1', 'Widget'],
    ['constructor', 'toString'],
  ])('is silent on %s %s', (apiVersion, kind) => {
    expect(found('api-removed', [object(apiVersion, kind)])).toEqual([]);
  });
});

describe('volume-plugin-removed', () => {
  it('warns of a class whose provisioner is handed to a CSI driver', () => {
    const objects = [storageClass('slow', 'kubernetes.io/aws-ebs')];
    expect(found('volume-plugin-removed', objects)).toEqual([
      {
        rule: 'volume-plugin-removed',
        severity: 'warning',
        object: 'StorageClass slow',
        message:
          'StorageClass slow has provisioner kubernetes.io/aws-ebs, which is gone since Kubernetes 1.27: it is handed to the CSI driver ebs.csi.aws.com, and without that there is "driver name ebs.csi.aws.com not found in the list of registered CSI drivers"',
        fix: 'install the driver, and set provisioner: ebs.csi.aws.com',
      },
    ]);
  });

  it('is an error where nothing takes over', () => {
    const objects = [storageClass('gluster', 'kubernetes.io/glusterfs')];
    expect(found('volume-plugin-removed', objects)).toMatchObject([
      {
        severity: 'error',
        message:
          'StorageClass gluster has provisioner kubernetes.io/glusterfs, which is gone since Kubernetes 1.26: no volume plugin matched name: kubernetes.io/glusterfs',
        fix: 'name the provisioner of a CSI driver',
      },
    ]);
  });

  it.each(['flocker', 'quobyte', 'storageos', 'scaleIO', 'glusterfs', 'photonPersistentDisk'])(
    'is an error for a volume of %s in every version',
    (field) => {
      const objects = [pv('v', { nfs: undefined, [field]: {} })];
      const [finding] = found('volume-plugin-removed', objects, { kubernetes: '1.28' });
      expect(finding?.severity).toBe('error');
    },
  );

  it.each(['cephfs', 'rbd'])('knows that %s left with 1.31', (field) => {
    const objects = [pv('v', { nfs: undefined, [field]: {} })];
    expect(found('volume-plugin-removed', objects, { kubernetes: '1.30' })).toEqual([]);
    expect(messages('volume-plugin-removed', objects, { kubernetes: '1.31' })).toEqual([
      `PersistentVolume v is of ${field}, which is gone since Kubernetes 1.31: no volume plugin matched`,
    ]);
  });

  it('knows that Portworx volumes are handed over since 1.31', () => {
    const objects = [pv('v', { nfs: undefined, portworxVolume: { volumeID: 'px' } })];
    expect(found('volume-plugin-removed', objects, { kubernetes: '1.30' })).toEqual([]);
    expect(messages('volume-plugin-removed', objects, { kubernetes: '1.31' })).toEqual([
      'PersistentVolume v is of portworxVolume, which Kubernetes no longer serves itself: it is handed to the CSI driver pxd.portworx.com, and without that there is "driver name pxd.portworx.com not found in the list of registered CSI drivers"',
    ]);
  });

  it.each([
    ['Deployment', 'apps/v1'],
    ['CronJob', 'batch/v1'],
    ['StatefulSet', 'apps/v1'],
  ])('looks into the pods of a %s', (kind, apiVersion) => {
    const source = { awsElasticBlockStore: { volumeID: 'vol-0123456789abcdef0' } };
    expect(found('volume-plugin-removed', [inline(source, kind, apiVersion)])).toMatchObject([
      {
        severity: 'warning',
        object: title(kind),
        fix: 'install the driver, and mount a claim of a CSI volume instead',
      },
    ]);
  });

  it('tells first of what nothing takes over', () => {
    const volumes = [
      { name: 'disk', gcePersistentDisk: { pdName: 'disk' } },
      { name: 'files', glusterfs: {} },
    ];
    const pod = object('v1', 'Pod', { spec: { volumes } });
    expect(found('volume-plugin-removed', [pod])).toMatchObject([
      {
        severity: 'error',
        message:
          'Pod shop/web has volume "files" of glusterfs, which is gone since Kubernetes 1.26: no volume plugin matched',
      },
    ]);
  });

  it('knows that gitRepo is off since 1.33', () => {
    const objects = [inline({ gitRepo: { repository: 'https://example.com/shop.git' } })];
    expect(found('volume-plugin-removed', objects, { kubernetes: '1.32' })).toEqual([]);
    const [finding] = found('volume-plugin-removed', objects, { kubernetes: '1.33' });
    expect(finding?.fix).toBe('clone into an emptyDir by an init container');
  });

  it.each([
    ['the driver is there', [{ ...driver('ebs.csi.aws.com') }, ebs()]],
    [
      'the driver has served the volume',
      [ebs({ 'pv.kubernetes.io/migrated-to': 'ebs.csi.aws.com' })],
    ],
    ['the source is CSI', [pv('v', { nfs: undefined, csi: { driver: 'ebs.csi.aws.com' } })]],
    ['the plugin stays', [pv('v', { nfs: undefined, iscsi: {} })]],
    ['the class makes no volumes', [storageClass('local', 'kubernetes.io/no-provisioner')]],
    ['the pod has an emptyDir', [inline({ emptyDir: {} })]],
  ])('is silent where %s', (_, objects) => {
    expect(found('volume-plugin-removed', objects)).toEqual([]);
  });

  it('is an error even if another driver is there', () => {
    const objects = [driver('ebs.csi.aws.com'), pv('v', { nfs: undefined, quobyte: {} })];
    expect(found('volume-plugin-removed', objects)).toHaveLength(1);
  });
});

describe('the walk-throughs', () => {
  it('of Kafka on EBS name what is gone, and what the driver refuses', () => {
    const rules = (name: string) =>
      planStorage(scenario(name))
        .findings.map(({ rule }) => rule)
        .filter((rule) => /^(api-|volume-plugin|ebs-)/.test(rule))
        .sort();
    expect(rules('kafka-ebs-static')).toEqual(['api-removed', 'volume-plugin-removed']);
    expect(rules('kafka-ebs-dynamic')).toEqual([
      'api-removed',
      'api-removed',
      'api-removed',
      'ebs-parameters-invalid',
      'ebs-parameters-invalid',
      'volume-plugin-removed',
      'volume-plugin-removed',
    ]);
  });
});

function driver(name: string): object {
  return { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name }, spec: {} };
}

function ebs(annotations: object = {}): unknown {
  const awsElasticBlockStore = { volumeID: 'vol-0123456789abcdef0' };
  return pv('v', { nfs: undefined, awsElasticBlockStore, metadata: { annotations } });
}
