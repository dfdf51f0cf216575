import {
  claim,
  deployment,
  node,
  rolling,
  type TestObject,
  using,
  workload,
} from '../../planner/workload-cluster';
import { fixes, severities, told } from '../told';

const ID = 'rwop-multi-consumer';
const CLAIM = claim('data', 'fast', { accessModes: ['ReadWriteOncePod'] });
const DATA = using('data');
const REASON =
  'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';

function pod(name: string, spec: TestObject = {}) {
  const metadata = { name, namespace: 'shop' };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...DATA, ...spec } };
}

const RECREATE = { type: 'Recreate' };

it('tells several replicas', () => {
  const objects = [CLAIM, deployment(2, DATA, RECREATE)];
  expect(told(ID, objects)).toEqual([
    `error Deployment shop/web: Deployment shop/web has 2 pods for claim shop/data, which is ReadWriteOncePod: all but one stay Pending with '${REASON}'`,
  ]);
  expect(fixes(ID, objects)).toEqual([
    'run one pod, or give each its own claim by volumeClaimTemplates of a StatefulSet',
  ]);
});

it('tells a roll-out that never ends', () => {
  const objects = [CLAIM, deployment(1, DATA)];
  expect(told(ID, objects)).toEqual([
    `error Deployment shop/web: Deployment shop/web rolls out with maxUnavailable 0, and claim shop/data is ReadWriteOncePod: the new pod stays Pending with '${REASON}', and the old one waits for it`,
  ]);
  expect(fixes(ID, objects)).toEqual(['set spec.strategy: { type: Recreate }']);
});

it('tells two workloads at the second', () => {
  expect(told(ID, [CLAIM, pod('a'), pod('b')])).toEqual([
    `error Pod shop/b: Pod shop/b uses claim shop/data, which is ReadWriteOncePod, beside Pod shop/a: the pods of one of them stay Pending with '${REASON}'`,
  ]);
});

it('tells a workload beside one that exists', () => {
  const objects = [deployment(1, DATA, RECREATE)];
  expect(told(ID, objects, { existing: [CLAIM, pod('a')] })).toEqual([
    expect.stringContaining('beside Pod shop/a'),
  ]);
});

it('tells a job that waits for a pod which never ends', () => {
  const job = workload('CronJob', {}, { jobTemplate: { spec: { template: { spec: DATA } } } });
  expect(severities(ID, [CLAIM, deployment(1, DATA, RECREATE), job])).toEqual(['error']);
});

it('tells a DaemonSet, unless there is one node for it', () => {
  const daemon = workload('DaemonSet', DATA);
  expect(severities(ID, [CLAIM, daemon])).toEqual(['error']);
  expect(severities(ID, [CLAIM, daemon, node('n1'), node('n2')])).toEqual(['error']);
  expect(told(ID, [CLAIM, daemon, node('n1')])).toEqual([]);
});

describe('is silent', () => {
  it('about one pod', () => {
    expect(told(ID, [CLAIM, pod('a')])).toEqual([]);
    expect(told(ID, [CLAIM, workload('StatefulSet', DATA, { replicas: 1 })])).toEqual([]);
  });

  it('about Recreate, and about a roll-out where the old pod goes first', () => {
    expect(told(ID, [CLAIM, deployment(1, DATA, RECREATE)])).toEqual([]);
    expect(told(ID, [CLAIM, deployment(1, DATA, rolling(1, 1))])).toEqual([]);
  });

  it('about other modes, and about a claim that is not in the input', () => {
    expect(told(ID, [claim('data', 'fast'), deployment(2, DATA)])).toEqual([]);
    expect(told(ID, [deployment(2, DATA)])).toEqual([]);
  });

  it('about a claim that the API server refuses', () => {
    const mixed = claim('data', '', { accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'] });
    expect(told(ID, [mixed, deployment(2, DATA)])).toEqual([]);
  });

  it('about jobs that take turns, and about hooks', () => {
    const job = (name: string) => workload('Job', { ...DATA, restartPolicy: 'Never' }, {}, name);
    expect(told(ID, [CLAIM, job('a'), job('b')])).toEqual([]);
    const hook = job('migrate');
    const metadata = { ...hook.metadata, annotations: { 'helm.sh/hook': 'pre-upgrade' } };
    expect(told(ID, [CLAIM, deployment(1, DATA, RECREATE), { ...hook, metadata }])).toEqual([]);
  });

  it('about a claim for each pod of a StatefulSet', () => {
    const spec = { accessModes: ['ReadWriteOncePod'], resources: { requests: { storage: '1Gi' } } };
    const volumeClaimTemplates = [{ metadata: { name: 'data' }, spec }];
    const set = workload('StatefulSet', {}, { replicas: 3, volumeClaimTemplates });
    expect(told(ID, [set])).toEqual([]);
  });

  it('about a workload without pods', () => {
    expect(told(ID, [CLAIM, deployment(0, DATA), pod('a')])).toEqual([]);
  });
});
