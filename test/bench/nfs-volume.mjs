// NfsVolumes against the same objects as plain ApiObjects.
import { ApiObject, App, Chart } from 'cdk8s';
import { NfsVolume } from 'cdk8s-storage';

const NAMESPACE = 'shop';
const SERVER = '172.26.1.10';
const LABELS = {
  'app.kubernetes.io/managed-by': 'cdk8s',
  'app.kubernetes.io/part-of': 'shop',
};
const KEEP_DATA = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

export const nfsVolume = {
  file: import.meta.url,
  name: 'NfsVolume',
  bound: 1.25,
  ours(count) {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: NAMESPACE });
    for (let index = 0; index < count; index += 1) {
      new NfsVolume(chart, `files-${index}`, {
        server: SERVER,
        path: `/mnt/${index}`,
        capacity: '10Gi',
        request: '4Gi',
      });
    }
    return app.synthYaml();
  },
  plain(count) {
    const app = new App();
    // The chart has no namespace: cdk8s would write it on the volumes, which have none.
    const chart = new Chart(app, 'shop');
    for (let index = 0; index < count; index += 1) {
      const claim = `shop-files-${index}`;
      const volume = `${NAMESPACE}-${claim}`;
      const labels = { ...LABELS, 'app.kubernetes.io/name': `files-${index}` };
      const common = {
        accessModes: ['ReadWriteMany'],
        volumeMode: 'Filesystem',
        storageClassName: '',
      };
      new ApiObject(chart, `volume-${index}`, {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: volume, labels, annotations: KEEP_DATA },
        spec: {
          ...common,
          capacity: { storage: '10Gi' },
          persistentVolumeReclaimPolicy: 'Retain',
          nfs: { server: SERVER, path: `/mnt/${index}` },
          mountOptions: ['hard', 'nfsvers=4.1'],
          claimRef: {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            namespace: NAMESPACE,
            name: claim,
          },
        },
      });
      new ApiObject(chart, `claim-${index}`, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: claim, namespace: NAMESPACE, labels, annotations: KEEP_DATA },
        spec: { ...common, volumeName: volume, resources: { requests: { storage: '4Gi' } } },
      });
    }
    return app.synthYaml();
  },
};
