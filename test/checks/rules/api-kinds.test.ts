import { found } from './found';

function findings(apiVersion: string, kind: string, metadata: object = {}) {
  const object = { apiVersion, kind, metadata: { name: 'web', ...metadata }, spec: {} };
  return found('api-invalid', [object]).map(({ object, message, fix }) => {
    expect(message).toContain(`the API server refuses ${object}: `);
    return { message: message.replace(/^[^:]*: /, ''), fix };
  });
}

describe('a kind in an API version that never had it', () => {
  it.each([
    ['v1', 'Deployment', 'set apiVersion: apps/v1'],
    ['apps/v1', 'PersistentVolumeClaim', 'set apiVersion: v1'],
    ['storage.k8s.io/v1', 'PersistentVolume', 'set apiVersion: v1'],
    ['v1', 'StorageClass', 'set apiVersion: storage.k8s.io/v1'],
    ['storage/v1', 'StorageClass', 'set apiVersion: storage.k8s.io/v1'],
    ['batch/v2', 'CronJob', 'set apiVersion: batch/v1'],
    ['apps/v1', 'HorizontalPodAutoscaler', 'set apiVersion: autoscaling/v2'],
    ['v1', 'persistentVolumeClaim', 'set kind: PersistentVolumeClaim'],
    ['v1', 'PersistantVolume', 'set kind: PersistentVolume'],
    ['apps/v1', 'StatefullSet', 'set kind: StatefulSet'],
    ['v1', 'deployment', 'set kind: Deployment, and set apiVersion: apps/v1'],
  ])('is refused: %s %s', (apiVersion, kind, fix) => {
    const message = `no matches for kind "${kind}" in version "${apiVersion}"`;
    expect(findings(apiVersion, kind)).toEqual([{ message, fix }]);
  });
});

it.each([
  ['apps.kruise.io/v1alpha1', 'StatefulSet'],
  ['batch.volcano.sh/v1alpha1', 'Job'],
  ['extensions/v1beta1', 'Deployment'],
  ['batch/v1beta1', 'CronJob'],
  ['autoscaling/v1', 'HorizontalPodAutoscaler'],
  ['storage.k8s.io/v1', 'CSINode'],
  ['storage.k8s.io/v1', 'VolumeAttachment'],
  ['storage.k8s.io/v1beta1', 'VolumeAttributesClass'],
  ['apps/v1', 'ControllerRevision'],
  ['v1', 'PodTemplate'],
  ['v1', 'Widget'],
])('leaves other kinds, and what is told by other rules, alone: %s %s', (apiVersion, kind) => {
  expect(findings(apiVersion, kind)).toEqual([]);
});

it('says nothing of what the API server has taken', () => {
  expect(findings('v1', 'Deployment', { uid: '0c75d40e' })).toEqual([]);
});
