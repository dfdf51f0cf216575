import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pod } from 'cdk8s-plus-28';
import { load } from 'js-yaml';
import { HostPathVolume } from '../../src/host-path/host-path-volume';
import { listAt, valueAt } from '../support/json';
import { chartObjects, objectOf } from '../support/synth';

const FILE = join(__dirname, '../fixtures/scenarios/hostpath-readonly.yaml');

test('the read-only folder of the walk-through is a ReadOnlyMany HostPathVolume', () => {
  const walkThrough = load(readFileSync(FILE, 'utf8'));
  const [theirs] = listAt(walkThrough, 'spec', 'volumes');
  const objects = chartObjects((chart) => {
    const folder = new HostPathVolume(chart, 'folder', {
      path: '/data/foo',
      type: 'Directory',
      capacity: '1Gi',
      accessMode: 'ReadOnlyMany',
      nodeLabels: { 'kubernetes.io/os': 'linux' },
    });
    new Pod(chart, 'pod', {
      containers: [
        {
          image: 'registry.k8s.io/test-webserver',
          volumeMounts: [{ path: '/foo', volume: folder.asVolume() }],
        },
      ],
    });
  });
  expect(objectOf(objects, 'PersistentVolume').spec).toHaveProperty(
    'hostPath',
    valueAt(theirs, 'hostPath'),
  );
  expect(objectOf(objects, 'Pod').spec).toHaveProperty('volumes', [
    {
      name: 'pvc-shop-folder',
      persistentVolumeClaim: { claimName: 'shop-folder', readOnly: true },
    },
  ]);
});
