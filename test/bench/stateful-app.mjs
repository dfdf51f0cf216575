// StatefulApps against the same objects as plain ApiObjects.
import { ApiObject, App, Chart } from 'cdk8s';
import { EbsStorageClass, StatefulApp } from 'cdk8s-storage';

const NAMESPACE = 'shop';
const IMAGE = 'registry.example.com/db:1.0.0';
const PORT = 5432;
const SHARED_LABELS = {
  'app.kubernetes.io/managed-by': 'cdk8s',
  'app.kubernetes.io/part-of': 'shop',
};

export const statefulApp = {
  file: import.meta.url,
  name: 'StatefulApp',
  bound: 1.25,
  ours(count) {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: NAMESPACE });
    const disks = new EbsStorageClass(chart, 'disks', { name: 'disks', volume: { type: 'gp3' } });
    for (let index = 0; index < count; index += 1) {
      new StatefulApp(chart, `db-${index}`, {
        image: IMAGE,
        replicas: 2,
        ports: { sql: PORT },
        storage: [{ name: 'data', mountPath: '/data', from: disks, size: '10Gi' }],
      });
    }
    return app.synthYaml();
  },
  plain(count) {
    const app = new App();
    const chart = new Chart(app, 'shop');
    new ApiObject(chart, 'disks', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'disks', labels: { ...SHARED_LABELS, 'app.kubernetes.io/name': 'disks' } },
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true', 'csi.storage.k8s.io/fstype': 'ext4' },
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    });
    for (let index = 0; index < count; index += 1) {
      addPlain(chart, index);
    }
    return app.synthYaml();
  },
};

function addPlain(chart, index) {
  const name = `shop-db-${index}`;
  const selector = {
    'app.kubernetes.io/name': `db-${index}`,
    'app.kubernetes.io/part-of': 'shop',
  };
  const labels = { ...SHARED_LABELS, ...selector };
  const metadata = { name, namespace: NAMESPACE, labels };
  const probe = (periodSeconds, failureThreshold) => ({
    failureThreshold,
    periodSeconds,
    tcpSocket: { port: PORT },
  });
  new ApiObject(chart, `service-${index}`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      clusterIP: 'None',
      selector,
      ports: [{ name: 'sql', port: PORT, targetPort: PORT, protocol: 'TCP' }],
    },
  });
  new ApiObject(chart, `set-${index}`, {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      replicas: 2,
      serviceName: name,
      selector: { matchLabels: selector },
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      template: { metadata: { labels }, spec: podSpec(selector, probe) },
      volumeClaimTemplates: [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'data', labels: selector },
          spec: {
            accessModes: ['ReadWriteOnce'],
            volumeMode: 'Filesystem',
            storageClassName: 'disks',
            resources: { requests: { storage: '10Gi' } },
          },
        },
      ],
    },
  });
  new ApiObject(chart, `budget-${index}`, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: 1, selector: { matchLabels: selector } },
  });
}

function podSpec(matchLabels, probe) {
  return {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              labelSelector: { matchLabels },
              topologyKey: 'kubernetes.io/hostname',
            },
          },
        ],
      },
    },
    automountServiceAccountToken: false,
    containers: [
      {
        name: 'app',
        image: IMAGE,
        imagePullPolicy: 'IfNotPresent',
        ports: [{ name: 'sql', containerPort: PORT, protocol: 'TCP' }],
        readinessProbe: probe(10, 3),
        livenessProbe: probe(10, 6),
        startupProbe: probe(5, 30),
        resources: { requests: { cpu: '100m', memory: '128Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          privileged: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
        },
        volumeMounts: [
          { name: 'data', mountPath: '/data', subPath: 'data' },
          { name: 'scratch-tmp', mountPath: '/tmp' },
        ],
      },
    ],
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
      fsGroup: 1000,
      fsGroupChangePolicy: 'OnRootMismatch',
    },
    terminationGracePeriodSeconds: 30,
    volumes: [{ name: 'scratch-tmp', emptyDir: {} }],
  };
}
