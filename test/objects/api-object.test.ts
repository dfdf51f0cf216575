import { ApiObject, JsonPatch } from 'cdk8s';
import type { KubeObject } from '../../src/kube/objects';
import { addObject } from '../../src/objects/api-object';
import { chartObjects, type RenderedObject } from '../support/synth';

const IN_SHOP = { namespace: 'shop', labels: { team: 'web' } };

function rendered(object: KubeObject, shape: (made: ApiObject) => void = () => {}): RenderedObject {
  const [only] = chartObjects((chart) => shape(addObject(chart, 'it', object)), IN_SHOP);
  return only as RenderedObject;
}

const named = (apiVersion: string, kind: string): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name: 'it' },
});

describe("the chart's namespace", () => {
  test.each([
    ['v1', 'PersistentVolume'],
    ['v1', 'Namespace'],
    ['v1', 'Node'],
    ['storage.k8s.io/v1', 'StorageClass'],
    ['storage.k8s.io/v1', 'CSIDriver'],
    ['storage.k8s.io/v1', 'VolumeAttributesClass'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
    ['snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass'],
    ['snapshot.storage.k8s.io/v1', 'VolumeSnapshotContent'],
    ['scheduling.k8s.io/v1', 'PriorityClass'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ])('is kept off %s %s, which has none', (apiVersion, kind) => {
    expect(rendered(named(apiVersion, kind))).toEqual({
      apiVersion,
      kind,
      metadata: { name: 'it', labels: { team: 'web' } },
    });
  });

  test.each([
    ['v1', 'PersistentVolumeClaim'],
    ['apps/v1', 'StatefulSet'],
    ['rbac.authorization.k8s.io/v1', 'Role'],
    ['snapshot.storage.k8s.io/v1', 'VolumeSnapshot'],
  ])('is on %s %s', (apiVersion, kind) => {
    expect(rendered(named(apiVersion, kind)).metadata).toEqual({
      name: 'it',
      namespace: 'shop',
      labels: { team: 'web' },
    });
  });

  test("gives way to the object's own", () => {
    const object = { ...named('v1', 'ConfigMap'), metadata: { name: 'it', namespace: 'own' } };
    expect(rendered(object).metadata.namespace).toBe('own');
  });
});

describe('an object that is added to a construct', () => {
  test('is rendered with every field that it was given, known to cdk8s-plus or not', () => {
    const object = { ...named('storage.k8s.io/v1', 'StorageClass'), provisioner: 'x', later: [1] };
    expect(rendered(object)).toMatchObject({ provisioner: 'x', later: [1] });
  });

  test('gets a name from cdk8s where it has none', () => {
    const [only] = chartObjects((chart) => {
      addObject<KubeObject>(chart, 'it', { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} });
    });
    expect(only?.metadata.name).toMatch(/^shop-it-c8[0-9a-f]{6}$/);
  });

  test('takes patches, with and without a namespace', () => {
    const patch = (made: ApiObject) => made.addJsonPatch(JsonPatch.add('/extra', 'here'));
    expect(rendered(named('v1', 'PersistentVolume'), patch)).toMatchObject({ extra: 'here' });
    expect(rendered(named('v1', 'ConfigMap'), patch)).toMatchObject({ extra: 'here' });
  });

  test('is the ApiObject that cdk8s finds', () => {
    chartObjects((chart) => {
      const made = addObject(chart, 'it', named('v1', 'PersistentVolume'));
      expect(ApiObject.isApiObject(made)).toBe(true);
      expect(chart.apiObjects).toEqual([made]);
    });
  });
});
