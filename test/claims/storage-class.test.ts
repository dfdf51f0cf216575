import type { Chart, ChartProps } from 'cdk8s';
import { Construct } from 'constructs';
import type { VolumeTraits } from '../../src/claims/contracts';
import {
  StorageClass,
  type StorageClassDescription,
  type StorageClassProps,
} from '../../src/claims/storage-class';
import { checkObjects } from '../support/api-objects';
import { refusal } from '../support/refusal';
import { DISK } from '../support/sample-class';
import { chartObjects, objectOf } from '../support/synth';

const LABELS = {
  'app.kubernetes.io/name': 'fast',
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'cdk8s',
};

/** A class of a driver that this library does not know. */
class PlainClass extends StorageClass {
  readonly traits: VolumeTraits = DISK;
  readonly defaultAccessMode = 'ReadWriteOnce';

  constructor(
    scope: Construct,
    id: string,
    props: StorageClassProps = {},
    description: Partial<StorageClassDescription> = {},
  ) {
    super(scope, id, props, {
      provisioner: 'disk.example.com',
      volumeBindingMode: 'WaitForFirstConsumer',
      ...description,
    });
  }

  checkClaim(): void {}
}

/** What a class renders; its chart has a namespace. */
function classObject(
  props: StorageClassProps = {},
  description: Partial<StorageClassDescription> = {},
) {
  const objects = chartObjects((chart) => new PlainClass(chart, 'fast', props, description));
  expect(checkObjects(objects)).toEqual([]);
  return objectOf(objects, 'StorageClass');
}

/** The name of a class that `make` makes. */
function nameOf(make: (chart: Chart) => PlainClass, chartProps?: ChartProps): string {
  let name = '';
  const objects = chartObjects((chart) => {
    name = make(chart).storageClassName;
  }, chartProps);
  expect(objectOf(objects, 'StorageClass').metadata.name).toBe(name);
  return name;
}

describe('a StorageClass', () => {
  test('is, by default, exactly this, without the namespace of its chart', () => {
    expect(classObject()).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'shop-shop-fast', labels: LABELS },
      provisioner: 'disk.example.com',
      volumeBindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Delete',
    });
  });

  test('is named by the chart’s namespace and its path, since it has no namespace', () => {
    const fast = (chart: Chart) => new PlainClass(chart, 'fast');
    expect(nameOf(fast, { namespace: 'data' })).toBe('data-shop-fast');
    expect(nameOf(fast, {})).toBe('shop-fast');
    expect(nameOf((chart) => new PlainClass(new Construct(chart, 'disks'), 'Fast'))).toBe(
      'shop-shop-disks-fast',
    );
    expect(nameOf((chart) => new PlainClass(chart, 'fast', { name: 'gp3.v2' }))).toBe('gp3.v2');
  });

  test.each(['Retain', 'Delete'] as const)('says its reclaim policy: %s', (reclaimPolicy) => {
    expect(classObject({ reclaimPolicy })).toHaveProperty('reclaimPolicy', reclaimPolicy);
  });

  test('is the default class only where it is told to', () => {
    expect(classObject({ isDefault: true }).metadata.annotations).toEqual({
      'storageclass.kubernetes.io/is-default-class': 'true',
    });
    expect(classObject({ isDefault: false }).metadata).not.toHaveProperty('annotations');
    expect(classObject({}, { annotations: {} }).metadata).not.toHaveProperty('annotations');
  });

  test('has the annotations of its driver too', () => {
    const annotations = { defaultVolumeType: 'local' };
    expect(classObject({}, { annotations }).metadata.annotations).toEqual(annotations);
    expect(classObject({ isDefault: true }, { annotations }).metadata.annotations).toEqual({
      ...annotations,
      'storageclass.kubernetes.io/is-default-class': 'true',
    });
  });

  test('has labels of its own', () => {
    expect(classObject({ labels: { tier: 'gold' } }).metadata.labels).toEqual({
      ...LABELS,
      tier: 'gold',
    });
  });

  test('has parameters only where there are some', () => {
    for (const parameters of [undefined, {}]) {
      expect(classObject({}, { parameters })).not.toHaveProperty('parameters');
    }
    expect(classObject({}, { parameters: { type: 'gp3' } })).toHaveProperty('parameters', {
      type: 'gp3',
    });
  });

  test('has what else its driver says, and nothing for what it leaves out', () => {
    const allowedTopologies = [
      { matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['a'] }] },
    ];
    const description = {
      volumeBindingMode: 'Immediate' as const,
      allowVolumeExpansion: true,
      mountOptions: ['hard'],
      allowedTopologies,
    };
    expect(classObject({}, description)).toMatchObject(description);
    const nothing = classObject(
      {},
      { allowVolumeExpansion: undefined, mountOptions: undefined, allowedTopologies: undefined },
    );
    for (const field of ['allowVolumeExpansion', 'mountOptions', 'allowedTopologies']) {
      expect(nothing).not.toHaveProperty(field);
    }
  });

  test('fails when another has its name, in any namespace', () => {
    expect(
      refusal(() =>
        chartObjects((chart) => {
          new PlainClass(chart, 'a', { name: 'fast' });
          new PlainClass(chart, 'b', { name: 'fast' });
        }),
      ),
    ).toEqual({
      code: 'Duplicate',
      path: 'shop/b',
      message:
        "shop/b: StorageClass 'fast' is already made by 'shop/a'; give one of them another 'name'",
    });
  });

  test('fails when its path makes too long a name', () => {
    const id = 'f'.repeat(244);
    expect(nameOf((chart) => new PlainClass(chart, id.slice(1)))).toHaveLength(253);
    expect(refusal(() => nameOf((chart) => new PlainClass(chart, id)))).toEqual({
      code: 'NameTooLong',
      path: `shop/${id}`,
      message: `shop/${id}: a name made from this path must be a DNS subdomain of at most 253 characters, got 254; set 'name'`,
    });
  });
});
