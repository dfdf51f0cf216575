import type { Chart } from 'cdk8s';
import type { IStorageClass } from '../../src/claims/contracts';
import { NfsStorageClass } from '../../src/nfs/nfs-storage-class';
import { NfsSubdirProvisioner } from '../../src/nfs/nfs-subdir-provisioner';
import { StatefulApp } from '../../src/workloads/stateful-app';
import { checkObjects } from '../support/api-objects';
import { listAt, objectAt } from '../support/json';
import { chartObjects, objectOf } from '../support/synth';

const SERVER = { server: '172.26.1.10', name: 'nas' };

describe('a StatefulApp', () => {
  test.each<[string, (chart: Chart) => IStorageClass]>([
    [
      'NfsStorageClass',
      (chart) => new NfsStorageClass(chart, 'nfs', { ...SERVER, share: '/mnt/shared' }),
    ],
    [
      'NfsSubdirProvisioner',
      (chart) => new NfsSubdirProvisioner(chart, 'nfs', { ...SERVER, path: '/mnt/shared' }),
    ],
  ])('draws shared claims from an %s, and asks for no fsGroup', (_, make) => {
    let className = '';
    const objects = chartObjects((chart) => {
      const from = make(chart);
      className = from.storageClassName;
      new StatefulApp(chart, 'app', {
        image: 'registry.example.com/app:1.0.0',
        replicas: 2,
        ports: { http: 8080 },
        storage: [{ name: 'data', mountPath: '/data', from, size: '10Gi' }],
      });
    });
    expect(checkObjects(objects)).toEqual([]);
    const set = objectOf(objects, 'StatefulSet');
    expect(objectAt(listAt(set, 'spec', 'volumeClaimTemplates')[0], 'spec')).toMatchObject({
      accessModes: ['ReadWriteMany'],
      storageClassName: className,
    });
    const security = objectAt(set, 'spec', 'template', 'spec', 'securityContext');
    expect(security).not.toHaveProperty('fsGroup');
  });
});
