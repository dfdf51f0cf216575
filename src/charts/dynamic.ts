import { Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { EbsStorageClass } from '../ebs/ebs-storage-class';
import type { EbsStorageClassProps } from '../ebs/ebs-storage-class-props';
import { EbsVolume, type EbsVolumeProps } from '../ebs/ebs-volume';
import * as types from '../kube/props';
import { chartPathIn } from '../objects/scope';
import { podName, podOrdinal } from '../workloads/pod-env';
import { StatefulApp } from '../workloads/stateful-app';
import { STATEFUL_APP_PROPS, type StatefulAppProps } from '../workloads/stateful-app-props';
import { CHART_PROPS, given, someProps } from './chart-props';

/** Props of a DynamicStorageChart. */
export interface DynamicStorageChartProps extends ChartProps {
  /**
   * Namespace of the brokers and their claims.
   *
   * @default 'default'
   */
  readonly namespace?: string;

  /**
   * The storage class, where it differs from the walk-through's.
   *
   * @default - gp3 in ap-northeast-1a and ap-northeast-1c
   */
  readonly storageClass?: Partial<EbsStorageClassProps<'gp3'>>;

  /**
   * The broker whose disk is made on demand, where it differs from the walk-through's; at most 1000
   * replicas, since each of them is a voter.
   *
   * @default - one Kafka broker with a disk of 300Gi
   */
  readonly broker?: Partial<StatefulAppProps>;

  /**
   * The disk that exists, where it differs from the walk-through's.
   *
   * @default - vol-688d7099 in ap-northeast-1a, 300Gi
   */
  readonly volume?: Partial<EbsVolumeProps<'ReadWriteOnce', 'Filesystem'>>;
}

const DYNAMIC_STORAGE_CHART_PROPS: types.PropTypes<DynamicStorageChartProps> = {
  ...CHART_PROPS,
  storageClass: someProps('an EbsStorageClass'),
  broker: someProps('a StatefulApp'),
  volume: someProps('an EbsVolume'),
};

/**
 * Most replicas of the broker: all of them stand in one variable, of which Linux takes 128 KiB
 * (execve(2), MAX_ARG_STRLEN). With the longest name, each takes 119 bytes.
 */
const MOST_BROKERS = 1_000;

/** What the broker's variables are made from. */
const KAFKA_PROPS: types.PropTypes<Pick<StatefulAppProps, 'name' | 'replicas'>> = {
  name: STATEFUL_APP_PROPS.name,
  replicas: types.optional(types.wholeNumber(0, MOST_BROKERS)),
};

const DATA = '/var/lib/kafka/data';

/**
 * The dynamic variant: a class that makes EBS disks in two zones, a broker whose disk it makes, and
 * a broker on a disk that exists.
 *
 * A disk is made in the zone where its pod is scheduled, and outlives the broker: a broker that is
 * deleted and made again finds its data.
 */
export class DynamicStorageChart extends Chart {
  /** The class of disks that are made on demand. */
  readonly storageClass: EbsStorageClass<'gp3'>;

  /** The broker whose disk is made on demand. */
  readonly broker: StatefulApp;

  /** The disk that exists, and its claim. */
  readonly volume: EbsVolume;

  /** The broker on the disk that exists. */
  readonly brokerOnVolume: StatefulApp;

  /**
   * @param scope - the app
   * @param id - the chart's id, which names its file
   * @param props - what differs from the walk-through
   * @throws StorageError `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`, `IdTaken`;
   * as EbsStorageClass, EbsVolume and StatefulApp throw it
   */
  constructor(scope: Construct, id: string, props: DynamicStorageChartProps = {}) {
    const path = chartPathIn(scope, id);
    types.checkProps(path, 'DynamicStorageChart', props, DYNAMIC_STORAGE_CHART_PROPS);
    const { name = 'kafka1', replicas = 1 } = props.broker ?? {};
    types.checkProps(path, 'DynamicStorageChart', { name, replicas }, KAFKA_PROPS, 'broker');
    const { storageClass, broker, volume, namespace = 'default', ...chartProps } = props;
    super(scope, id, { ...chartProps, namespace });

    this.storageClass = new EbsStorageClass<'gp3'>(this, 'class', {
      name: 'ebs-gp3',
      volume: { type: 'gp3' },
      zones: ['ap-northeast-1a', 'ap-northeast-1c'],
      ...given(storageClass),
    });
    this.broker = new StatefulApp(this, 'kafka1', {
      ...kafka(name, replicas),
      storage: [{ name: 'data', mountPath: DATA, from: this.storageClass, size: '300Gi' }],
      ...given(broker),
    });
    this.volume = new EbsVolume(this, 'volume', {
      name: 'kafka2-volume',
      claimName: 'kafka2-volume-claim',
      volumeId: 'vol-688d7099',
      zone: 'ap-northeast-1a',
      capacity: '300Gi',
      ...given(volume),
    });
    this.brokerOnVolume = new StatefulApp(this, 'kafka2', {
      ...kafka('kafka2', 1),
      storage: [],
      // Not the root of the file system: Kafka takes its lost+found for a partition, and stops.
      volumes: [{ storage: this.volume, mountPath: DATA, subPath: 'data' }],
    });
  }
}

/**
 * Kafka brokers that are their own controllers (KRaft), as apache/kafka runs them.
 *
 * The image's user has UID and GID 1000. Its start-up writes the configuration into
 * /opt/kafka/config and the log files into /opt/kafka/logs.
 * Source: apache/kafka, docker/jvm/Dockerfile, docker/resources/common-scripts.
 */
function kafka(
  name: string,
  replicas: number,
): Pick<
  StatefulAppProps,
  | 'name'
  | 'image'
  | 'ports'
  | 'env'
  | 'scratch'
  | 'podManagementPolicy'
  | 'publishNotReadyAddresses'
  | 'resources'
> {
  const voters = Array.from({ length: replicas }, (_, id) => `${id}@${name}-${id}.${name}:9093`);
  return {
    name,
    image: 'apache/kafka:3.9.1',
    ports: { client: 9092, controller: 9093 },
    // Controllers agree on a leader before any of them is ready.
    podManagementPolicy: 'Parallel',
    publishNotReadyAddresses: true,
    resources: { requests: { cpu: '500m', memory: '1536Mi' } },
    scratch: ['/opt/kafka/config', '/opt/kafka/logs'],
    env: {
      POD_NAME: podName(),
      CLUSTER_ID: 'c3RvcmFnZS1leGFtcGxlIQ',
      KAFKA_NODE_ID: podOrdinal(),
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: voters.join(','),
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://$(POD_NAME).${name}:9092`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: `${Math.min(replicas, 3)}`,
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: `${Math.min(replicas, 3)}`,
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: `${replicas < 3 ? 1 : 2}`,
      KAFKA_LOG_DIRS: DATA,
    },
  };
}
