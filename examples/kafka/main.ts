/**
 * Three Kafka brokers, each with an EBS disk that is made in the zone where it is scheduled.
 *
 * A disk stays in its zone, and so does its broker from then on. The disks outlive the brokers: an
 * app that is deleted and made again finds its data.
 */
import { App, Chart, JsonPatch } from 'cdk8s';
import { EbsStorageClass, StatefulApp } from 'cdk8s-storage';
import { DATA, kafkaBrokers } from './kafka';

const app = new App();
const chart = new Chart(app, 'kafka', { namespace: 'kafka' });

const disks = new EbsStorageClass(chart, 'disks', {
  name: 'kafka',
  volume: { type: 'gp3', iops: 6000, throughput: 500 },
  zones: ['ap-northeast-1a', 'ap-northeast-1c', 'ap-northeast-1d'],
  tags: { team: 'streaming' },
});

const kafka = new StatefulApp(chart, 'kafka', {
  ...kafkaBrokers('kafka', 3),
  storage: [{ name: 'data', mountPath: DATA, from: disks, size: '300Gi' }],
  // Never two brokers on one node.
  spread: 'required',
});

// One broker in each zone, as far as zones have room; shaped further by hand.
kafka.statefulSet.addJsonPatch(
  JsonPatch.add('/spec/template/spec/topologySpreadConstraints', [
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: {
        matchLabels: { 'app.kubernetes.io/name': 'kafka', 'app.kubernetes.io/part-of': 'kafka' },
      },
    },
  ]),
);

app.synth();
