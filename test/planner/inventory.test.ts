import fc from 'fast-check';
import { planStorage } from '../../src/checks/plan-storage';
import { readInventory } from '../../src/planner/read-inventory';
import { MANUAL, pv, pvc } from './objects';

function problemsOf(...objects: readonly unknown[]): readonly string[] {
  return readInventory(objects, undefined).problems.map(({ message }) => message);
}

function claimsOf(...objects: readonly unknown[]): readonly string[] {
  return [...readInventory(objects, undefined).claims.keys()];
}

function statefulSet(spec: object): unknown {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { volumeClaimTemplates: [{ metadata: { name: 'www' }, spec: {} }], ...spec },
  };
}

describe('objects are read', () => {
  test('out of kubectl Lists, nested ones and typed ones too', () => {
    const list = (items: readonly unknown[]) => ({ apiVersion: 'v1', kind: 'List', items });
    const { kind: _, apiVersion: __, ...bare } = pv('b') as { kind: string; apiVersion: string };
    const typed = { apiVersion: 'v1', kind: 'PersistentVolumeList', items: [bare] };
    const { volumes, problems } = readInventory([list([pv('a'), list([typed])])], undefined);
    expect([...volumes.keys()]).toEqual(['a', 'b']);
    expect(problems).toEqual([]);
  });

  test('of old API versions as their successors', () => {
    const old = { ...(MANUAL as object), apiVersion: 'storage.k8s.io/v1beta1' };
    const deployment = {
      apiVersion: 'extensions/v1beta1',
      kind: 'Deployment',
      metadata: { name: 'web' },
    };
    const { classes, workloads } = readInventory([old, deployment], undefined);
    expect([...classes.keys()]).toEqual(['manual']);
    expect(workloads.map(({ key }) => key)).toEqual(['default/Deployment/web']);
  });

  test('without those of the same kind of another group', () => {
    const other = { ...(MANUAL as object), apiVersion: 'example.com/v1' };
    expect(readInventory([other], undefined).classes.size).toBe(0);
  });

  test('with sizes that YAML reads as numbers', () => {
    const claim = pvc('c', { size: 1073741824, storageClassName: '' });
    const volume = pv('v', { size: '1Gi', storageClassName: '' });
    expect(planStorage([claim, volume]).claims[0]?.outcomes).toEqual(['bound']);
  });
});

describe('a StatefulSet', () => {
  test('makes a claim for each template and pod', () => {
    expect(claimsOf(statefulSet({ replicas: 2 }))).toEqual(['shop/www-web-0', 'shop/www-web-1']);
    expect(claimsOf(statefulSet({}))).toEqual(['shop/www-web-0']);
    expect(claimsOf(statefulSet({ ordinals: { start: 5 } }))).toEqual(['shop/www-web-5']);
  });

  test('adopts a claim of that name as it is', () => {
    const [verdict] = planStorage([statefulSet({}), pvc('www-web-0')], {
      existing: [MANUAL],
    }).claims;
    expect(verdict).toMatchObject({ claim: 'shop/www-web-0', outcomes: ['pending'] });
  });

  test.each([['many'], [-1], [1.5], [1e9]])(
    'of %p replicas is a problem, and makes no claim',
    (replicas) => {
      expect(claimsOf(statefulSet({ replicas }))).toEqual([]);
      expect(problemsOf(statefulSet({ replicas }))).toEqual([
        "spec.replicas of StatefulSet 'web' must be a whole number up to 100000",
      ]);
    },
  );
});

describe('a problem is', () => {
  test.each<[unknown, string]>([
    ['text', 'expected a Kubernetes object, got a string'],
    [[1], 'expected a Kubernetes object, got a list'],
    [{}, 'expected a Kubernetes object, got no kind'],
    [{ kind: 'PersistentVolume' }, 'expected a Kubernetes object, got no apiVersion'],
    [{ kind: 'PersistentVolume', apiVersion: 'v1' }, 'PersistentVolume has no metadata.name'],
    [
      { kind: 'List', apiVersion: 'v1', items: { kind: 'Pod' } },
      'items of a List must be a list, got a mapping',
    ],
    [
      { kind: 'List', apiVersion: 'v1', items: 'none' },
      'items of a List must be a list, got a string',
    ],
  ])('%j', (object, message) => {
    expect(problemsOf(object)).toEqual([message]);
  });

  test('but not a List without items', () => {
    expect(problemsOf({ kind: 'List', apiVersion: 'v1', items: null })).toEqual([]);
    expect(problemsOf({ kind: 'List', apiVersion: 'v1' })).toEqual([]);
  });

  test('an object that is there twice', () => {
    expect(problemsOf(pv('v'), pv('v', { size: '1Gi' }))).toEqual([
      "PersistentVolume 'v' is there twice, and the two differ; the first is read",
    ]);
  });

  test('but not an object that is there twice in the same words', () => {
    expect(problemsOf(pv('v'), pv('v'))).toEqual([]);
  });

  test('a List in itself', () => {
    const items: unknown[] = [];
    items.push({ apiVersion: 'v1', kind: 'List', items });
    expect(problemsOf({ apiVersion: 'v1', kind: 'List', items })).toEqual([
      'lists are nested more than 8 deep',
    ]);
  });
});

test('nothing throws, whatever the fields hold', () => {
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, Number.NaN, 1n, Symbol('s')));
  const fields = ['name', 'namespace', 'labels', 'annotations', 'uid', 'creationTimestamp'];
  const specs = ['capacity', 'accessModes', 'claimRef', 'nodeAffinity', 'resources', 'selector'];
  const more = ['storageClassName', 'volumeName', 'volumeMode', 'template', 'volumeClaimTemplates'];
  const record = (keys: readonly string[]) =>
    fc.record(Object.fromEntries(keys.map((key) => [key, odd])), { requiredKeys: [] });
  const object = fc.record({
    apiVersion: fc.constantFrom('v1', 'apps/v1', 'storage.k8s.io/v1', 'batch/v1'),
    kind: fc.constantFrom(
      'PersistentVolume',
      'PersistentVolumeClaim',
      'StorageClass',
      'StatefulSet',
      'Pod',
      'CronJob',
      'Node',
    ),
    metadata: fc.oneof(odd, record(fields), fc.constant({ name: 'a' })),
    spec: fc.oneof(odd, record([...specs, ...more])),
    status: odd,
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(odd, object)), fc.array(object), (objects, existing) => {
      const plan = planStorage(objects, { existing });
      for (const verdict of plan.claims) {
        expect(verdict.outcomes.length).toBeGreaterThan(0);
        verdict.rejected();
      }
      expect(() => JSON.stringify(plan)).not.toThrow();
    }),
  );
});
