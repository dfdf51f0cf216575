// EbsStorageClasses against the same objects as plain ApiObjects.
import { ApiObject, App, Chart } from 'cdk8s';
import { EbsStorageClass } from 'cdk8s-storage';

const ZONES = ['ap-northeast-1a', 'ap-northeast-1c'];
const LABELS = { 'app.kubernetes.io/managed-by': 'cdk8s', 'app.kubernetes.io/part-of': 'shop' };

export const ebsStorageClass = {
  file: import.meta.url,
  name: 'EbsStorageClass',
  bound: 1.25,
  ours(count) {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    for (let index = 0; index < count; index += 1) {
      new EbsStorageClass(chart, `disks-${index}`, {
        volume: { type: 'gp3', iops: 6000, throughput: 500 },
        zones: ZONES,
      });
    }
    return app.synthYaml();
  },
  plain(count) {
    const app = new App();
    // The chart has no namespace: cdk8s would write it on the classes, which have none.
    const chart = new Chart(app, 'shop');
    for (let index = 0; index < count; index += 1) {
      new ApiObject(chart, `disks-${index}`, {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: {
          name: `shop-shop-disks-${index}`,
          labels: { ...LABELS, 'app.kubernetes.io/name': `disks-${index}` },
        },
        provisioner: 'ebs.csi.aws.com',
        parameters: {
          type: 'gp3',
          iops: '6000',
          throughput: '500',
          encrypted: 'true',
          'csi.storage.k8s.io/fstype': 'ext4',
        },
        reclaimPolicy: 'Delete',
        volumeBindingMode: 'WaitForFirstConsumer',
        allowVolumeExpansion: true,
        allowedTopologies: [
          { matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ZONES }] },
        ],
      });
    }
    return app.synthYaml();
  },
};
