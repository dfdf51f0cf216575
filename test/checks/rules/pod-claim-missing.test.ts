import { claim, deployment, using, workload } from '../../planner/workload-cluster';
import { fixes, severities, told } from '../told';

const ID = 'pod-claim-missing';
const WEB = deployment(1, using('data'));

it('is info where the cluster may have the claim, and an error where it has not', () => {
  expect(told(ID, [WEB])).toEqual([
    'info Deployment shop/web: Deployment shop/web uses claim data, which namespace shop does not have: its pods stay Pending with \'persistentvolumeclaim "data" not found\' (not in the input; if the cluster has it, pass --existing)',
  ]);
  expect(told(ID, [WEB], { existing: [] })).toEqual([
    'error Deployment shop/web: Deployment shop/web uses claim data, which namespace shop does not have: its pods stay Pending with \'persistentvolumeclaim "data" not found\'',
  ]);
  expect(fixes(ID, [WEB])).toEqual(['make PersistentVolumeClaim shop/data']);
});

it('is an error at once where another namespace has it', () => {
  const other = { ...claim('data', ''), metadata: { name: 'data', namespace: 'stage' } };
  expect(told(ID, [WEB, other])).toEqual([
    'error Deployment shop/web: Deployment shop/web uses claim data, which namespace shop does not have, but namespace stage has: its pods stay Pending with \'persistentvolumeclaim "data" not found\'',
  ]);
  expect(fixes(ID, [WEB, other])).toEqual([
    'set metadata.namespace: shop on the claim, or stage on the workload',
  ]);
});

it('reads an object without a namespace as one of default', () => {
  const web = { ...WEB, metadata: { name: 'web' } };
  expect(severities(ID, [web, claim('data', '')])).toEqual(['error']);
  expect(told(ID, [web, { ...claim('data', ''), metadata: { name: 'data' } }])).toEqual([]);
});

it('tells several claims of a workload once, and several workloads each', () => {
  const two = deployment(1, using('data', 'logs'));
  expect(told(ID, [two])).toEqual([
    expect.stringContaining(
      'which namespace shop does not have, and neither has it logs: its pods',
    ),
  ]);
  expect(told(ID, [WEB, workload('DaemonSet', using('data'), {}, 'agent')])).toHaveLength(2);
});

describe('is silent', () => {
  it('where the claim is in the input or exists', () => {
    expect(told(ID, [WEB, claim('data', '')])).toEqual([]);
    expect(told(ID, [WEB], { existing: [claim('data', '')] })).toEqual([]);
  });

  it('about a claim that a StatefulSet makes', () => {
    const volumeClaimTemplates = [{ metadata: { name: 'data' }, spec: {} }];
    const set = workload('StatefulSet', {}, { replicas: 2, volumeClaimTemplates }, 'db');
    const backup = (name: string) => workload('Job', using(name), {}, 'backup');
    expect(told(ID, [set, backup('data-db-1')], { existing: [] })).toEqual([]);
    expect(severities(ID, [set, backup('data-db-2')], { existing: [] })).toEqual(['error']);
  });

  it('about a pod volume that a template replaces, and about ephemeral ones', () => {
    const volumeClaimTemplates = [{ metadata: { name: 'data' }, spec: {} }];
    const set = workload('StatefulSet', using('data'), { volumeClaimTemplates });
    expect(told(ID, [set], { existing: [] })).toEqual([]);
    const volumes = [{ name: 'tmp', ephemeral: { volumeClaimTemplate: { spec: {} } } }];
    expect(told(ID, [deployment(1, { volumes })], { existing: [] })).toEqual([]);
  });

  it('about what exists', () => {
    expect(told(ID, [], { existing: [WEB] })).toEqual([]);
  });
});
