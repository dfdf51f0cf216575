import { podName, podOrdinal, type StatefulAppProps } from 'cdk8s-storage';

/** Where a broker keeps its data. */
export const DATA = '/var/lib/kafka/data';

/**
 * Kafka brokers that are their own controllers (KRaft), as the image apache/kafka runs them.
 *
 * What the image needs (apache/kafka, docker/jvm/Dockerfile and docker/resources): UID and GID 1000;
 * its start-up writes the configuration into /opt/kafka/config, log files go to /opt/kafka/logs, and
 * every variable KAFKA_… becomes a property. The Service is headless: of another Service named
 * kafka, Kubernetes would set variables KAFKA_… in every pod.
 */
export function kafkaBrokers(name: string, replicas: number): Omit<StatefulAppProps, 'storage'> {
  const ordinals = Array.from({ length: replicas }, (_, ordinal) => ordinal);
  return {
    name,
    image: 'apache/kafka:3.9.1',
    replicas,
    ports: { client: 9092, controller: 9093 },
    // Controllers agree on a leader before any of them is ready: they start together, and find each
    // other by name from the beginning.
    podManagementPolicy: 'Parallel',
    publishNotReadyAddresses: true,
    terminationGracePeriodSeconds: 120,
    resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '2Gi' } },
    runAsUser: 1000,
    runAsGroup: 1000,
    scratch: ['/opt/kafka/config', '/opt/kafka/logs'],
    env: {
      POD_NAME: podName(),
      // 16 bytes in base64url: kafka-storage.sh random-uuid makes one for a cluster of your own.
      CLUSTER_ID: 'c3RvcmFnZS1leGFtcGxlIQ',
      KAFKA_NODE_ID: podOrdinal(),
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: ordinals
        .map((ordinal) => `${ordinal}@${name}-${ordinal}.${name}:9093`)
        .join(','),
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://$(POD_NAME).${name}:9092`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: `${replicas}`,
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: `${replicas}`,
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: `${Math.max(1, replicas - 1)}`,
      KAFKA_LOG_DIRS: DATA,
    },
  };
}
