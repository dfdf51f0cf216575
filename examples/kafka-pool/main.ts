/**
 * Kafka brokers on disks that an administrator prepared: a pool with one disk in each zone.
 *
 * Four brokers on these three disks, or 400Gi on disks of 300Gi, would be an error at synth.
 */
import { App, Chart } from 'cdk8s';
import { EbsVolume, StatefulApp, VolumePool } from 'cdk8s-storage';
import { DATA, kafkaBrokers } from '../kafka/kafka';

const app = new App();
const chart = new Chart(app, 'kafka-pool', { namespace: 'kafka' });

const disks = new VolumePool(chart, 'disks', {
  name: 'kafka-disks',
  volumes: [
    EbsVolume.pooled({
      volumeId: 'vol-0a1b2c3d4e5f60001',
      zone: 'ap-northeast-1a',
      capacity: '300Gi',
    }),
    EbsVolume.pooled({
      volumeId: 'vol-0a1b2c3d4e5f60002',
      zone: 'ap-northeast-1c',
      capacity: '300Gi',
    }),
    EbsVolume.pooled({
      volumeId: 'vol-0a1b2c3d4e5f60003',
      zone: 'ap-northeast-1d',
      capacity: '300Gi',
    }),
  ],
});

new StatefulApp(chart, 'kafka', {
  ...kafkaBrokers('kafka', 3),
  storage: [{ name: 'data', mountPath: DATA, from: disks, size: '300Gi' }],
});

app.synth();
