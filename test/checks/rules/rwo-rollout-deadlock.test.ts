import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import {
  apart,
  claim,
  deployment,
  node,
  rolling,
  type TestObject,
  using,
  volume,
  workload,
} from '../../planner/workload-cluster';
import { fixes, severities, told } from '../told';

const ID = 'rwo-rollout-deadlock';
const CSI = { nfs: undefined, csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1' } };
const DISK = [
  volume('disk', '', { ...CSI, accessModes: ['ReadWriteOnce'] }),
  claim('data', ''),
] as const;
const DATA = using('data');

it('names both numbers, the claim and the event', () => {
  expect(told(ID, [...DISK, deployment(1, DATA)])).toEqual([
    'warning Deployment shop/web: Deployment shop/web rolls out with maxUnavailable 0 (25% of 1): the old pod goes when the new one is ready, and the new one may go to another node, where claim shop/data (ReadWriteOnce, ebs.csi.aws.com) shows \'Multi-Attach error for volume "disk" Volume is already used by pod(s) web-…\'',
  ]);
  expect(told(ID, [...DISK, deployment(1, DATA, rolling(1, 0))])).toEqual([
    expect.stringContaining('rolls out with maxUnavailable 0: the old pod'),
  ]);
});

it('says what helps', () => {
  expect(fixes(ID, [...DISK, deployment(1, DATA)])).toEqual([
    'set spec.strategy: { type: Recreate }, or make it a StatefulSet',
  ]);
});

it('is about a disk in the pod itself, which the scheduler lets one pod have on a node', () => {
  const pod = { volumes: [{ name: 'data', awsElasticBlockStore: { volumeID: 'vol-1' } }] };
  expect(told(ID, [deployment(1, pod)])).toEqual([
    "warning Deployment shop/web: Deployment shop/web rolls out with maxUnavailable 0 (25% of 1): the old pod goes when the new one is ready, and the new one may go to another node, where the awsElasticBlockStore volume vol-1 shows 'Multi-Attach error for volume \"data\" Volume is already used by pod(s) web-…', on the same one 'node(s) had no available disk'",
  ]);
});

it('is an error where a disk in the pod itself would have to be shared on one node', () => {
  const volumes = [{ name: 'data', awsElasticBlockStore: { volumeID: 'vol-1' } }];
  const pod = { volumes, nodeSelector: { 'kubernetes.io/hostname': 'n1' } };
  expect(told(ID, [deployment(1, pod)])).toEqual([
    expect.stringMatching(
      /^error .* and the new one has to go to the same node, where the awsElasticBlockStore volume vol-1 keeps it Pending with 'node\(s\) had no available disk'$/,
    ),
  ]);
});

it('is an error where the new pod has to go to another node', () => {
  expect(told(ID, [...DISK, deployment(1, { ...DATA, ...apart() })])).toEqual([
    expect.stringMatching(/^error .* and the new one has to go to another node, where/),
  ]);
});

it('is no error where pods of two revisions may be together', () => {
  const term = { matchLabelKeys: ['pod-template-hash'] };
  expect(severities(ID, [...DISK, deployment(1, { ...DATA, ...apart(term) })])).toEqual([
    'warning',
  ]);
});

it.each([
  [1, '25%', ['warning']],
  [3, '25%', ['warning']],
  [4, '25%', []],
  [1, '99%', ['warning']],
  [1, '100%', []],
  [1, 1, []],
])('resolves %p replicas with maxUnavailable %p', (replicas, unavailable, expected) => {
  const objects = [...DISK, deployment(replicas, DATA, rolling('25%', unavailable))];
  expect(severities(ID, objects)).toEqual(expected);
});

it('looks at the fewest pods that an autoscaler may make', () => {
  const scaler = (minReplicas: number) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      scaleTargetRef: { kind: 'Deployment', name: 'web' },
      minReplicas,
      maxReplicas: 8,
    },
  });
  expect(severities(ID, [...DISK, deployment(1, DATA), scaler(2)])).toEqual(['warning']);
  expect(severities(ID, [...DISK, deployment(1, DATA), scaler(4)])).toEqual([]);
});

describe('is silent', () => {
  it('about Recreate', () => {
    expect(told(ID, [...DISK, deployment(1, DATA, { type: 'Recreate' })])).toEqual([]);
  });

  it('where the old pod goes first', () => {
    expect(told(ID, [...DISK, deployment(1, DATA, rolling(0, 1))])).toEqual([]);
    expect(told(ID, [...DISK, deployment(1, DATA, rolling(0, '1%'))])).toEqual([]);
  });

  it.each(['StatefulSet', 'ReplicaSet', 'Job'])('about a %s', (kind) => {
    expect(told(ID, [...DISK, workload(kind, DATA, { replicas: 1 })])).toEqual([]);
  });

  it('about a Deployment without pods', () => {
    expect(told(ID, [...DISK, deployment(0, DATA)])).toEqual([]);
  });

  it.each([
    ['NFS', {}],
    ['a folder of a node', { nfs: undefined, hostPath: { path: '/data' } }],
    ['a disk for many nodes', { ...CSI, accessModes: ['ReadWriteOnce', 'ReadWriteMany'] }],
  ])('about %s', (_, spec: TestObject) => {
    const once = { accessModes: ['ReadWriteOnce'], ...spec };
    expect(told(ID, [volume('disk', '', once), DISK[1], deployment(1, DATA)])).toEqual([]);
  });

  it('where the new pod comes to the same node', () => {
    const pinned = { ...DATA, nodeSelector: { 'kubernetes.io/hostname': 'n1' } };
    expect(told(ID, [...DISK, deployment(1, pinned)])).toEqual([]);
    expect(told(ID, [...DISK, deployment(1, DATA), node('n1')])).toEqual([]);
    expect(told(ID, [...DISK, deployment(1, DATA), node('n1'), node('n2')])).toHaveLength(1);
  });

  it('about a class that is not in the input', () => {
    expect(told(ID, [claim('data', 'gp3'), deployment(1, DATA)])).toEqual([]);
  });
});

it.each(['kafka-ebs-static', 'kafka-ebs-dynamic'])('warns of %s once', (name) => {
  const file = join(__dirname, '..', '..', 'fixtures', 'scenarios', `${name}.yaml`);
  expect(severities(ID, loadAll(readFileSync(file, 'utf8')))).toEqual(['warning']);
});
