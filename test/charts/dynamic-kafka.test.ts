import { App } from 'cdk8s';
import { DynamicStorageChart, type DynamicStorageChartProps } from '../../src/charts/dynamic';
import { listAt, objectAt, valueAt } from '../support/json';
import { objectOf } from '../support/synth';

/** The StatefulSet of this name, and its variables with a text. */
function broker(name: string, props?: DynamicStorageChartProps) {
  const spec = objectOf(
    new DynamicStorageChart(new App(), 'dynamic', props).toJson(),
    'StatefulSet',
    name,
  ).spec;
  const pod = objectAt(spec, 'template', 'spec');
  const env = Object.fromEntries(
    listAt(listAt(pod, 'containers')[0], 'env').map((variable) => [
      valueAt(variable, 'name'),
      valueAt(variable, 'value') ?? valueAt(variable, 'valueFrom', 'fieldRef', 'fieldPath'),
    ]),
  );
  return { spec, pod, env };
}

describe('the brokers of the dynamic variant', () => {
  test.each(['kafka1', 'kafka2'])('%s votes for itself, and keeps one copy of all', (name) => {
    const { env } = broker(name);
    expect(env).toMatchObject({
      KAFKA_NODE_ID: "metadata.labels['apps.kubernetes.io/pod-index']",
      KAFKA_CONTROLLER_QUORUM_VOTERS: `0@${name}-0.${name}:9093`,
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    });
  });

  test('agree on a leader where there are more, whatever they are called', () => {
    const { spec, env } = broker('events', { broker: { name: 'events', replicas: 3 } });
    expect(spec).toMatchObject({ replicas: 3, podManagementPolicy: 'Parallel' });
    expect(env).toMatchObject({
      KAFKA_CONTROLLER_QUORUM_VOTERS:
        '0@events-0.events:9093,1@events-1.events:9093,2@events-2.events:9093',
      KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://$(POD_NAME).events:9092',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '3',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '3',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '2',
    });
  });

  test.each(['kafka1', 'kafka2'])('%s may write its disk, made or found', (name) => {
    expect(broker(name).pod).toHaveProperty('securityContext.fsGroup', 1000);
  });
});
