import { App } from 'cdk8s';
import { DynamicStorageChart, type DynamicStorageChartProps } from '../../src/charts/dynamic';
import { checkObjects } from '../support/api-objects';
import { listAt, objectAt, valueAt } from '../support/json';
import { type Refusal, refusal } from '../support/refusal';
import { objectOf, type RenderedObject } from '../support/synth';

function chartObjects(props?: DynamicStorageChartProps): readonly RenderedObject[] {
  return new DynamicStorageChart(new App(), 'dynamic', props).toJson();
}

function refused(props: unknown): Refusal {
  return refusal(() => chartObjects(props as DynamicStorageChartProps));
}

function podOf(objects: readonly RenderedObject[], name: string) {
  return objectAt(objectOf(objects, 'StatefulSet', name), 'spec', 'template', 'spec');
}

function containerOf(objects: readonly RenderedObject[], name: string) {
  return objectAt(listAt(podOf(objects, name), 'containers')[0]);
}

/** The claim that the StatefulSet makes for each replica. */
function claimOf(objects: readonly RenderedObject[], name = 'kafka1') {
  return objectAt(listAt(objectOf(objects, 'StatefulSet', name).spec, 'volumeClaimTemplates')[0]);
}

describe('props of the dynamic chart', () => {
  test('change the namespace of all that has one', () => {
    const objects = chartObjects({ namespace: 'events' });
    expect(
      objects.flatMap(({ metadata }) => (metadata.namespace ? [metadata.namespace] : [])),
    ).toEqual(Array(5).fill('events'));
    expect(objectOf(objects, 'PersistentVolume').spec).toHaveProperty(
      'claimRef.namespace',
      'events',
    );
  });

  test('change the class and keep the rest', () => {
    const objects = chartObjects({
      storageClass: { name: 'fast', volume: { type: 'gp3', iops: 6000 }, isDefault: true },
    });
    expect(objectOf(objects, 'StorageClass', 'fast')).toMatchObject({
      parameters: { type: 'gp3', iops: '6000', encrypted: 'true' },
      metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    });
    expect(objectOf(objects, 'StorageClass').allowedTopologies).toEqual(
      objectOf(chartObjects(), 'StorageClass').allowedTopologies,
    );
    expect(claimOf(objects).spec).toHaveProperty('storageClassName', 'fast');
  });

  test('change the zones', () => {
    const objects = chartObjects({ storageClass: { zones: ['eu-west-1b'] } });
    expect(objectOf(objects, 'StorageClass')).toHaveProperty(
      'allowedTopologies[0].matchLabelExpressions[0].values',
      ['eu-west-1b'],
    );
  });

  test('change the broker and keep the rest', () => {
    const objects = chartObjects({
      broker: { name: 'events', replicas: 3, image: 'apache/kafka:4.0.0', spread: 'required' },
    });
    const { spec } = objectOf(objects, 'StatefulSet', 'events');
    expect(spec).toMatchObject({ replicas: 3, serviceName: 'events' });
    expect(containerOf(objects, 'events')).toHaveProperty('image', 'apache/kafka:4.0.0');
    expect(claimOf(objects, 'events')).toEqual({
      ...claimOf(chartObjects()),
      metadata: claimOf(objects, 'events').metadata,
    });
    expect(objectOf(objects, 'PodDisruptionBudget').metadata.name).toBe('events');
    expect(objectOf(objects, 'StatefulSet', 'kafka2')).toEqual(
      objectOf(chartObjects(), 'StatefulSet', 'kafka2'),
    );
    expect(checkObjects(objects)).toEqual([]);
  });

  test('change when the claims of the broker go', () => {
    expect(
      objectOf(
        chartObjects({ broker: { claimRetention: { whenScaled: 'Delete' } } }),
        'StatefulSet',
        'kafka1',
      ).spec,
    ).toHaveProperty('persistentVolumeClaimRetentionPolicy', {
      whenDeleted: 'Retain',
      whenScaled: 'Delete',
    });
  });

  test('change the disk that exists and keep the rest', () => {
    const objects = chartObjects({
      volume: { volumeId: 'vol-0123456789abcdef0', zone: 'ap-northeast-1c', claimName: 'old-disk' },
    });
    expect(objectOf(objects, 'PersistentVolume').spec).toMatchObject({
      capacity: { storage: '300Gi' },
      csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-0123456789abcdef0', fsType: 'ext4' },
    });
    expect(objectOf(objects, 'PersistentVolume').spec).toHaveProperty(
      'nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values',
      ['ap-northeast-1c'],
    );
    expect(listAt(podOf(objects, 'kafka2'), 'volumes')[0]).toHaveProperty(
      'persistentVolumeClaim.claimName',
      'old-disk',
    );
  });

  test('take as many brokers as fit into the list of voters', () => {
    const objects = chartObjects({ broker: { name: 'k'.repeat(52), replicas: 1000 } });
    const voters = listAt(containerOf(objects, 'k'.repeat(52)), 'env').find(
      (variable) => valueAt(variable, 'name') === 'KAFKA_CONTROLLER_QUORUM_VOTERS',
    );
    const text = `${valueAt(voters, 'name')}=${valueAt(voters, 'value')}`;
    expect(text.split(',')).toHaveLength(1000);
    // Linux, MAX_ARG_STRLEN, with the zero byte at the end.
    expect(text.length + 1).toBeLessThanOrEqual(128 * 1024);
  });

  test('take no broker at all', () => {
    expect(
      objectOf(chartObjects({ broker: { replicas: 0 } }), 'StatefulSet', 'kafka1').spec,
    ).toHaveProperty('replicas', 0);
  });

  test('put labels of the chart on every object', () => {
    for (const { metadata } of chartObjects({ labels: { team: 'shop' } })) {
      expect(metadata.labels).toHaveProperty('team', 'shop');
    }
  });

  test('keep their defaults where they are undefined', () => {
    const undefinedProps = {
      namespace: undefined,
      labels: undefined,
      disableResourceNameHashes: undefined,
      storageClass: { name: undefined, volume: undefined, zones: undefined },
      broker: { name: undefined, replicas: undefined, storage: undefined, env: undefined },
      volume: { volumeId: undefined, capacity: undefined, zone: undefined },
    };
    for (const props of [
      undefinedProps,
      { storageClass: undefined, broker: undefined, volume: undefined },
    ]) {
      expect(chartObjects(props as unknown as DynamicStorageChartProps)).toEqual(chartObjects());
    }
  });

  test('are not changed', () => {
    const props = Object.freeze({
      storageClass: Object.freeze({ zones: Object.freeze(['ap-northeast-1a']) }),
      broker: Object.freeze({ replicas: 2 }),
      volume: Object.freeze({ capacity: '1Ti' }),
    });
    expect(() => chartObjects(props)).not.toThrow();
  });

  test('are reachable: class, brokers and disk', () => {
    const chart = new DynamicStorageChart(new App(), 'dynamic');
    expect(chart.storageClass.storageClassName).toBe('ebs-gp3');
    expect(chart.broker.name).toBe('kafka1');
    expect(chart.volume.claimName).toBe('kafka2-volume-claim');
    expect(chart.brokerOnVolume.name).toBe('kafka2');
  });
});

const REPLICAS = "dynamic: 'broker.replicas' must be a whole number from 0 to 1000, got";

describe('the dynamic chart fails', () => {
  test.each([
    [
      { volum: {} },
      'PropUnknown',
      "dynamic: 'volum' is no prop of DynamicStorageChart; did you mean 'volume'?",
    ],
    [null, 'PropType', 'dynamic: the props of DynamicStorageChart must be an object, got null'],
    [
      { storageClass: 'gp3' },
      'PropType',
      "dynamic: 'storageClass' must be props of an EbsStorageClass, got 'gp3'",
    ],
    [{ broker: null }, 'PropType', "dynamic: 'broker' must be props of a StatefulApp, got null"],
    [{ volume: [] }, 'PropType', "dynamic: 'volume' must be props of an EbsVolume, got []"],
    [
      { namespace: 'Events' },
      'PropType',
      "dynamic: 'namespace' must be a DNS label (lower case letters, digits and '-', at most 63), got 'Events'",
    ],
    [
      { storageClass: { zone: 'ap-northeast-1a' } },
      'PropUnknown',
      "dynamic/class: 'zone' is no prop of EbsStorageClass; did you mean 'zones'?",
    ],
    [
      { storageClass: { zones: ['apne1-az4'] } },
      'EbsZone',
      "dynamic/class: 'zones[0]' must be the name of a zone, such as 'ap-northeast-1a', got 'apne1-az4'; that is the id of a zone",
    ],
    [
      { storageClass: { volume: { type: 'gp2', iopsPerGB: 10 } } },
      'EbsIops',
      "dynamic/class: 'iopsPerGB' must be left out for gp2; 'gp3', 'io1' or 'io2' take it",
    ],
    [
      { storageClass: { volume: { type: 'gp3', iops: 100 } } },
      'EbsIops',
      "dynamic/class: 'iops' of gp3 must be between 3000 and 80000, got 100; leave it out for 3000",
    ],
    [
      { broker: { replica: 3 } },
      'PropUnknown',
      "dynamic/kafka1: 'replica' is no prop of StatefulApp; did you mean 'replicas'?",
    ],
    [{ broker: { replicas: 1001 } }, 'PropType', `${REPLICAS} 1001`],
    [{ broker: { replicas: 2 ** 31 - 1 } }, 'PropType', `${REPLICAS} 2147483647`],
    [{ broker: { replicas: Number.MAX_VALUE } }, 'PropType', `${REPLICAS} 1.7976931348623157e+308`],
    [{ broker: { replicas: Number.POSITIVE_INFINITY } }, 'PropType', `${REPLICAS} Infinity`],
    [{ broker: { replicas: -1 } }, 'PropType', `${REPLICAS} -1`],
    [{ broker: { replicas: 1.5 } }, 'PropType', `${REPLICAS} 1.5`],
    [{ broker: { replicas: '3' } }, 'PropType', `${REPLICAS} '3'`],
    [{ broker: { replicas: null } }, 'PropType', `${REPLICAS} null`],
    [{ broker: { replicas: Symbol('three') } }, 'PropType', `${REPLICAS} Symbol(three)`],
    [
      { broker: { name: Symbol('kafka') } },
      'PropType',
      "dynamic: 'broker.name' must be a DNS label that starts with a letter (lower case letters, digits and '-', at most 63), got Symbol(kafka)",
    ],
    [
      { broker: { name: 'k'.repeat(53) } },
      'StatefulAppName',
      `dynamic/kafka1: the app's name must be a DNS label that starts with a letter, of at most 52 characters, got '${'k'.repeat(53)}'; set 'name'`,
    ],
    [
      { broker: { name: 'kafka2' } },
      'Duplicate',
      "dynamic/kafka2: Service 'kafka2' in 'default' is already made by 'dynamic/kafka1'; give one of them another 'name'",
    ],
    [
      { broker: { image: 'apache/kafka' } },
      'ImageTag',
      "dynamic/kafka1: 'image' must have a tag other than 'latest' or a digest, got 'apache/kafka': replicas would run different code on the same files; name a version, or set 'allowMutableTag'",
    ],
    [
      { broker: { storage: [{ name: 'data', mountPath: '/data', from: {}, size: '1Gi' }] } },
      'PropType',
      "dynamic/kafka1: 'storage[0].from' must be a storage class or a pool of this library, got {}",
    ],
    [
      { volume: { volumeId: 'vol-1' } },
      'EbsVolumeId',
      "dynamic/volume: 'volumeId' must be 'vol-' and 8 or 17 hexadecimal digits, got 'vol-1'",
    ],
    [
      { volume: { capacity: '65Ti' } },
      'EbsSize',
      "dynamic/volume: 'capacity' must be at most 65536Gi, got 65Ti",
    ],
    [
      { volume: { request: '301Gi' } },
      'RequestTooLarge',
      "dynamic/volume: 'request' must be at most 'capacity' (300Gi), got 301Gi; no other volume would be taken either",
    ],
    [
      { volume: { reclaimPolicy: 'Delete' } },
      'PropType',
      "dynamic/volume: 'reclaimPolicy' must be 'Retain': with 'Delete', the driver would delete the volume and its data, got 'Delete'",
    ],
    [
      { volume: { volumeMode: 'Block' } },
      'BlockMounted',
      "dynamic/volume: claim 'kafka2-volume-claim' has volumeMode Block; a container takes it by 'volumeDevices', it cannot be mounted",
    ],
    [
      { volume: { namespace: 'disks' } },
      'ClaimNamespace',
      "dynamic/kafka2: claims must be in the app's namespace 'default', got claim 'kafka2-volume-claim' in 'disks'; pods find claims of their own namespace only",
    ],
  ])('with %p', (props, code, message) => {
    expect(refused(props)).toEqual({ code, message, path: message.split(': ')[0] });
  });

  test('twice in one app, since both would make the same class', () => {
    const app = new App();
    new DynamicStorageChart(app, 'one');
    expect(refusal(() => new DynamicStorageChart(app, 'two'))).toEqual({
      code: 'Duplicate',
      path: 'two/class',
      message:
        "two/class: StorageClass 'ebs-gp3' is already made by 'one/class'; give one of them another 'name'",
    });
  });
});
