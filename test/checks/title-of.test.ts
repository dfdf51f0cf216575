import { titleOf } from '../../src/checks/run-rules';

it.each<[kind: string, metadata: object, title: string]>([
  ['PersistentVolumeClaim', { name: 'a', namespace: 'shop' }, 'PersistentVolumeClaim shop/a'],
  ['PersistentVolumeClaim', { name: 'a' }, 'PersistentVolumeClaim default/a'],
  ['Deployment', { name: 'a' }, 'Deployment default/a'],
  ['Job', { generateName: 'a-' }, 'Job default/a-'],
  ['PersistentVolume', { name: 'a' }, 'PersistentVolume a'],
  ['PersistentVolume', { name: 'a', namespace: 'shop' }, 'PersistentVolume a'],
  ['StorageClass', { name: 'a', namespace: 'shop' }, 'StorageClass a'],
  ['Widget', { name: 'a' }, 'Widget a'],
  ['Widget', { name: 'a', namespace: 'shop' }, 'Widget shop/a'],
  ['Pod', {}, 'Pod without a name'],
])('a %s with %j is called as every message calls it', (kind, metadata, title) => {
  expect(titleOf({ kind, metadata })).toBe(title);
});
