// Claims of a storage class against the same objects as plain ApiObjects.
import { ApiObject, App, Chart } from 'cdk8s';
import { EbsStorageClass } from 'cdk8s-storage';

const NAMESPACE = 'shop';
const LABELS = { 'app.kubernetes.io/managed-by': 'cdk8s', 'app.kubernetes.io/part-of': 'shop' };
const KEEP_DATA = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

export const claims = {
  file: import.meta.url,
  name: 'claims',
  bound: 1.25,
  ours(count) {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: NAMESPACE });
    const disks = new EbsStorageClass(chart, 'disks', { name: 'disks', volume: { type: 'gp3' } });
    for (let index = 0; index < count; index += 1) {
      disks.claim(chart, `data-${index}`, { size: '10Gi' });
    }
    return app.synthYaml();
  },
  plain(count) {
    const app = new App();
    const chart = new Chart(app, 'shop');
    new ApiObject(chart, 'disks', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'disks', labels: { ...LABELS, 'app.kubernetes.io/name': 'disks' } },
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true', 'csi.storage.k8s.io/fstype': 'ext4' },
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    });
    for (let index = 0; index < count; index += 1) {
      new ApiObject(chart, `data-${index}`, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {
          name: `shop-data-${index}`,
          namespace: NAMESPACE,
          labels: { ...LABELS, 'app.kubernetes.io/name': `data-${index}` },
          annotations: KEEP_DATA,
        },
        spec: {
          accessModes: ['ReadWriteOnce'],
          volumeMode: 'Filesystem',
          storageClassName: 'disks',
          resources: { requests: { storage: '10Gi' } },
        },
      });
    }
    return app.synthYaml();
  },
};
