import { checkObjects } from './api-objects';
import { claim, deployment, type Fields, snapshot, statefulSet, volume } from './sample-objects';
import { deletableData } from './storage-rules';

test('objects that are as they should be have no problem', () => {
  const objects = [
    volume(),
    claim(),
    deployment(),
    statefulSet(),
    snapshot({ persistentVolumeClaimName: 'up' }),
  ];
  expect(checkObjects(objects)).toEqual([]);
});

describe('any object fails', () => {
  test.each([
    ['is of a kind without a schema', { ...claim(), kind: 'PersistentVolumeClaims' }],
    ['unknown field /spec/selecter', claim({ selecter: {} })],
    [
      'data/spec/accessModes/0 must be equal to one of the allowed values',
      claim({ accessModes: ['Often'] }),
    ],
    ['metadata.namespace on a kind that has none', volume({}, { namespace: 'shop' })],
    ['status is written by the API server', { ...claim(), status: {} }],
    [
      'metadata.creationTimestamp is written by the API server',
      claim({}, { creationTimestamp: '2026-01-01T00:00:00Z' }),
    ],
    ['spec.selector is null', claim({ selector: null })],
    ['spec.volumeName is undefined', claim({ volumeName: undefined })],
    ['metadata.name is no name: Up', claim({}, { name: 'Up' })],
    ['metadata.name is no name: undefined', claim({}, { name: undefined })],
    ['metadata.name is no name: a.b', statefulSet({}, 'a.b')],
    ['metadata.namespace is no name: a.b', claim({}, { namespace: 'a.b' })],
    ['metadata.labels has an invalid label: app=a b', claim({}, { labels: { app: 'a b' } })],
    ['metadata.labels has an invalid label: a b=c', claim({}, { labels: { 'a b': 'c' } })],
    [
      'spec.selector.matchLabels has an invalid label: app=-',
      claim({ selector: { matchLabels: { app: '-' } } }),
    ],
    [
      'metadata.annotations has an invalid annotation: a b=c',
      claim({}, { annotations: { 'a b': 'c' } }),
    ],
    [
      'metadata.annotations has a sync wave',
      claim({}, { annotations: { 'argocd.argoproj.io/sync-wave': '0' } }),
    ],
    [
      'metadata.annotations has the sync option Replace=true',
      claim(
        {},
        { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false, Replace=true' } },
      ),
    ],
    [
      'metadata.annotations has the sync option Force=true',
      claim({}, { annotations: { 'argocd.argoproj.io/sync-options': 'Force=true' } }),
    ],
  ])('with %s', (problem, object) => {
    expect(checkObjects([object]).join('\n')).toContain(`: ${problem}`);
  });

  test('where it is there twice, and not where only its namespace differs', () => {
    expect(checkObjects([claim(), claim({}, { namespace: 'other' })])).toEqual([]);
    expect(checkObjects([claim(), claim()])).toEqual([
      'v1 PersistentVolumeClaim shop/up: is there twice',
    ]);
  });

  test.each([null, 5, 'kind: Pod', [claim()]])('where it is none: %j', (object) => {
    expect(checkObjects([object])).toEqual(['object 0 is no object']);
  });
});

describe('an object that holds data fails', () => {
  test.each([
    [
      'spec.capacity.storage is no canonical quantity: 1024Mi',
      volume({ capacity: { storage: '1024Mi' } }),
    ],
    [
      'spec.resources.requests.storage is no canonical quantity: 1000M',
      claim({ resources: { requests: { storage: '1000M' } } }),
    ],
    ['spec must have one source, got 0', volume({ nfs: undefined })],
    ['spec must have one source, got 2', volume({ hostPath: { path: '/a' } })],
    ['spec.claimRef.namespace is missing', volume({ claimRef: { name: 'up' } })],
    [
      'spec.claimRef.uid ties the volume to a claim that is gone',
      volume({ claimRef: { namespace: 'shop', name: 'up', uid: '1' } }),
    ],
    ['spec.resources.requests.storage is missing', claim({ resources: {} })],
    [
      'spec.volumeClaimTemplates[0].apiVersion and kind must be written, got undefined PersistentVolumeClaim',
      statefulSet({ apiVersion: undefined }),
    ],
    [
      'spec.volumeClaimTemplates[0].apiVersion and kind must be written, got v1 undefined',
      statefulSet({ kind: undefined }),
    ],
    [
      'spec.volumeClaimTemplates[0].spec.volumeMode is missing',
      statefulSet({ spec: { accessModes: [], storageClassName: '' } }),
    ],
    [
      'spec.volumeClaimTemplates[0].status is written by the API server',
      statefulSet({ status: {} }),
    ],
    ['/spec/source must fit exactly one alternative', snapshot({})],
    [
      '/spec/source must fit exactly one alternative',
      snapshot({ persistentVolumeClaimName: 'up', volumeSnapshotContentName: 'up' }),
    ],
    ['unknown field /spec/source/claimName', snapshot({ claimName: 'up' })],
    [
      '/spec/source/persistentVolumeClaimName must be of type string',
      snapshot({ persistentVolumeClaimName: 5 }),
    ],
  ])('with %s', (problem, object) => {
    expect(checkObjects([object]).join('\n')).toContain(`: ${problem}`);
  });

  test.each(['storageClassName', 'volumeMode'])('without %s', (field) => {
    for (const object of [volume(), claim()]) {
      const { [field]: _, ...spec } = object.spec as Fields;
      expect(checkObjects([{ ...object, spec }]).join('\n')).toContain(
        `: spec.${field} is missing`,
      );
    }
  });
});

test.each(['reclaimPolicy', 'volumeBindingMode'])('a class without %s fails', (field) => {
  const complete = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'fast' },
    provisioner: 'disk.example.com',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
  };
  expect(checkObjects([complete])).toEqual([]);
  const { [field as 'reclaimPolicy']: _, ...object } = complete;
  expect(checkObjects([object])).toEqual([
    `storage.k8s.io/v1 StorageClass fast: ${field} is missing`,
  ]);
});

describe('data that Argo CD would delete', () => {
  const noted = (options: string) => ({
    annotations: { 'argocd.argoproj.io/sync-options': options },
  });
  const kept = noted('Prune=false,Delete=false');

  test('is none where both options are there', () => {
    const objects = [volume({}, kept), claim({}, kept), deployment()];
    expect(deletableData(objects)).toEqual([]);
  });

  test.each([{}, noted('Prune=false'), noted('Delete=false'), noted('Prune=true,Delete=false')])(
    'is found with %j',
    (metadata) => {
      expect(deletableData([volume({}, metadata), claim({}, metadata)])).toEqual([
        'PersistentVolume uploads',
        'PersistentVolumeClaim up',
      ]);
    },
  );
});

describe('an object with pods fails', () => {
  test.each([
    ['spec.selector.matchLabels is empty', deployment({ selector: {} })],
    [
      'spec.selector wants app=api, the pods have web',
      deployment({ selector: { matchLabels: { app: 'api' } } }),
    ],
    [
      'spec.strategy.rollingUpdate: maxSurge and maxUnavailable are both zero',
      deployment({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } }),
    ],
    [
      'spec.template.spec.containers[0].resources.requests.cpu is no canonical quantity: 0.1',
      deployment({}, {}, { resources: { requests: { cpu: '0.1' } } }),
    ],
    [
      'spec.template.spec.containers[0].resources.limits.cpu is no canonical quantity: 1',
      deployment({}, {}, { resources: { limits: { cpu: 1 } } }),
    ],
    [
      'spec.template.spec.volumes[0].emptyDir.sizeLimit is no canonical quantity: 1024Ki',
      deployment({}, { volumes: [{ name: 'up', emptyDir: { sizeLimit: '1024Ki' } }] }),
    ],
    [
      'volume up is there twice',
      deployment(
        {},
        {
          volumes: [
            { name: 'up', emptyDir: {} },
            { name: 'up', emptyDir: {} },
          ],
        },
      ),
    ],
    ['container main mounts up, which is no volume of the pod', deployment({}, { volumes: [] })],
    [
      'container main has two mounts at /data',
      deployment(
        {},
        {},
        {
          volumeMounts: [
            { name: 'up', mountPath: '/data' },
            { name: 'up', mountPath: '/data', subPath: 'a' },
          ],
        },
      ),
    ],
  ])('with %s', (problem, object) => {
    expect(checkObjects([object]).join('\n')).toContain(`: ${problem}`);
  });
});
