import { type Fields, pvc } from '../../planner/objects';
import { found, messages } from './found';

const RULE = 'datasource-dropped';

function claim(spec: object, metadata: Fields = {}): unknown {
  return pvc('restored', { ...spec, metadata });
}

function populator(group: string, kind: string): unknown {
  return {
    apiVersion: 'populator.storage.k8s.io/v1beta1',
    kind: 'VolumePopulator',
    metadata: { name: 'models' },
    sourceKind: { group, kind },
  };
}

const MODEL = { apiGroup: 'models.example.com', kind: 'Model', name: 'large' };

it('tells of a snapshot without its group', () => {
  const objects = [claim({ dataSource: { kind: 'VolumeSnapshot', name: 'nightly' } })];
  expect(found(RULE, objects)).toEqual([
    {
      rule: RULE,
      severity: 'error',
      object: 'PersistentVolumeClaim shop/restored',
      message:
        'PersistentVolumeClaim shop/restored asks for the data of VolumeSnapshot nightly of no apiGroup, and the API server drops a dataSource that is neither a PersistentVolumeClaim without an apiGroup nor a VolumeSnapshot of snapshot.storage.k8s.io: the volume comes up empty',
      fix: 'set apiGroup: snapshot.storage.k8s.io',
    },
  ]);
});

it.each([
  [
    { apiGroup: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', name: 'x' },
    'set apiGroup: snapshot.storage.k8s.io',
  ],
  [{ apiGroup: 'v1', kind: 'PersistentVolumeClaim', name: 'x' }, 'drop apiGroup'],
  [MODEL, 'name it by dataSourceRef, and install its populator'],
  [{ kind: 'Secret', name: 'x' }, 'name it by dataSourceRef, and install its populator'],
  [{}, 'name it by dataSourceRef, and install its populator'],
])('tells of the dataSource %p', (dataSource, fix) => {
  expect(found(RULE, [claim({ dataSource })])).toMatchObject([{ severity: 'error', fix }]);
});

it('tells of a reference into another namespace', () => {
  const dataSourceRef = { kind: 'PersistentVolumeClaim', name: 'golden', namespace: 'images' };
  expect(messages(RULE, [claim({ dataSourceRef })])).toEqual([
    'PersistentVolumeClaim shop/restored asks for the data of PersistentVolumeClaim golden of no apiGroup in namespace images, and the API server drops a dataSourceRef with a namespace unless its feature CrossNamespaceVolumeDataSource is switched on: the volume comes up empty',
  ]);
});

it('tells of a reference that nothing is registered for, where the cluster is known', () => {
  const objects = [claim({ dataSourceRef: MODEL })];
  expect(found(RULE, objects, { existing: [] })).toEqual([
    {
      rule: RULE,
      severity: 'warning',
      object: 'PersistentVolumeClaim shop/restored',
      message:
        'PersistentVolumeClaim shop/restored asks for the data of Model large of apiGroup models.example.com, which no VolumePopulator is registered for; kubectl describe pvc shows "UnrecognizedDataSourceKind: The data source for this PVC does not match any registered VolumePopulator"',
      fix: 'install the populator of models.example.com',
    },
  ]);
  expect(found(RULE, objects)).toMatchObject([{ severity: 'info' }]);
  expect(found(RULE, [...objects, populator('models.example.com', 'Other')])).toHaveLength(1);
  const existing = [populator('models.example.com', 'Model')];
  expect(found(RULE, objects, { existing })).toEqual([]);
});

it('is sure of a snapshot of another group', () => {
  const dataSourceRef = { apiGroup: 'storage.k8s.io', kind: 'VolumeSnapshot', name: 'x' };
  expect(found(RULE, [claim({ dataSourceRef })])).toMatchObject([
    { severity: 'error', fix: 'set apiGroup: snapshot.storage.k8s.io' },
  ]);
});

it('is told of a StatefulSet’s template too', () => {
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace: 'shop' },
    spec: {
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '1Gi' } },
            dataSource: { kind: 'VolumeSnapshot', name: 'x' },
          },
        },
      ],
    },
  };
  expect(found(RULE, [set])).toMatchObject([{ object: 'StatefulSet shop/db' }]);
});

it.each([
  ['a clone', [claim({ dataSource: { kind: 'PersistentVolumeClaim', name: 'x' } })]],
  [
    'a clone with an empty group',
    [claim({ dataSource: { apiGroup: '', kind: 'PersistentVolumeClaim', name: 'x' } })],
  ],
  [
    'a snapshot',
    [
      claim({
        dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'x' },
      }),
    ],
  ],
  [
    'a reference to a snapshot',
    [
      claim({
        dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'x' },
      }),
    ],
  ],
  [
    'a reference with its populator',
    [claim({ dataSourceRef: MODEL }), populator('models.example.com', 'Model')],
  ],
  [
    'both, alike, of which the reference counts',
    [claim({ dataSource: MODEL, dataSourceRef: MODEL }), populator('models.example.com', 'Model')],
  ],
  ['a claim that the API server has taken', [claim({ dataSource: MODEL }, { uid: '1' })]],
  ['a claim without one', [claim({ dataSource: null })]],
])('is silent on %s', (_, objects) => {
  expect(found(RULE, objects)).toEqual([]);
});
