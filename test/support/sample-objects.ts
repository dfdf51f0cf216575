/** Fields of an object, put over those of a sample. */
export type Fields = Readonly<Record<string, unknown>>;

export const volume = (spec: Fields = {}, metadata: Fields = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'uploads', ...metadata },
  spec: {
    capacity: { storage: '10Gi' },
    accessModes: ['ReadWriteMany'],
    volumeMode: 'Filesystem',
    persistentVolumeReclaimPolicy: 'Retain',
    storageClassName: '',
    nfs: { server: '10.0.0.1', path: '/' },
    claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'up' },
    ...spec,
  },
});

export const claim = (spec: Fields = {}, metadata: Fields = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'up', namespace: 'shop', ...metadata },
  spec: {
    accessModes: ['ReadWriteMany'],
    volumeMode: 'Filesystem',
    storageClassName: '',
    resources: { requests: { storage: '10Gi' } },
    ...spec,
  },
});

export const deployment = (spec: Fields = {}, pod: Fields = {}, container: Fields = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: {
      metadata: { labels: { app: 'web', tier: 'front' } },
      spec: {
        volumes: [{ name: 'up', persistentVolumeClaim: { claimName: 'up' } }],
        containers: [
          {
            name: 'main',
            image: 'web:1',
            resources: { requests: { cpu: '100m', memory: '64Mi' } },
            volumeMounts: [{ name: 'up', mountPath: '/data' }],
            ...container,
          },
        ],
        ...pod,
      },
    },
    ...spec,
  },
});

export const statefulSet = (template: Fields = {}, name = 'kafka') => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name, namespace: 'shop' },
  spec: {
    serviceName: 'kafka',
    selector: { matchLabels: { app: 'kafka' } },
    template: {
      metadata: { labels: { app: 'kafka' } },
      spec: {
        containers: [
          { name: 'main', image: 'k:1', volumeMounts: [{ name: 'up', mountPath: '/data' }] },
        ],
      },
    },
    volumeClaimTemplates: [{ ...claim({}, { namespace: undefined }), ...template }].map((each) =>
      JSON.parse(JSON.stringify(each)),
    ),
  },
});

export const snapshot = (source: Fields) => ({
  apiVersion: 'snapshot.storage.k8s.io/v1',
  kind: 'VolumeSnapshot',
  metadata: { name: 'up' },
  spec: { source },
});
