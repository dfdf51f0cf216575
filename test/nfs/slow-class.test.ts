import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { NfsVolume } from '../../src/nfs/nfs-volume';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

const FILE = join(__dirname, '../fixtures/scenarios/nfs-slow-class-volume.yaml');

test('the volume of the walk-through, of class slow, is one NfsVolume', () => {
  const walkThrough = load(readFileSync(FILE, 'utf8')) as RenderedObject;
  const objects = chartObjects((chart) => {
    new NfsVolume(chart, 'slow', {
      name: 'pv0003',
      server: '172.17.0.2',
      path: '/tmp',
      capacity: '5Gi',
      accessMode: 'ReadWriteOnce',
      storageClassName: 'slow',
      mountOptions: ['hard', 'nfsvers=4.1'],
    });
  });
  const volume = objectOf(objects, 'PersistentVolume');
  expect(volume.metadata.name).toBe(walkThrough.metadata.name);
  expect(volume.spec).toEqual({
    ...(walkThrough.spec as object),
    claimRef: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      namespace: 'shop',
      name: 'shop-slow',
    },
  });
  expect(objectOf(objects, 'PersistentVolumeClaim').spec).toMatchObject({
    storageClassName: 'slow',
    volumeName: 'pv0003',
  });
});
