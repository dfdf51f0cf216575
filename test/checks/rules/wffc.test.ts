import { planStorage } from '../../../src/checks/plan-storage';
import { pod, pv, pvc, storageClass } from '../../planner/objects';
import { found } from './found';

const waiting = storageClass('local-path', 'rancher.io/local-path', { waits: true });
const eager = storageClass('local-path', 'rancher.io/local-path');

function claim(metadata: object = {}): unknown {
  return pvc('scratch', {
    storageClassName: 'local-path',
    metadata: { namespace: 'shop', ...metadata },
  });
}

function annotated(object: unknown, annotations: object): unknown {
  const { metadata, ...rest } = object as { metadata: object };
  return { ...rest, metadata: { ...metadata, annotations } };
}

function node(name: string, zone: string): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'topology.kubernetes.io/zone': zone } },
  };
}

describe('wffc-never-consumed', () => {
  it('tells of a claim that no workload uses, as info where the cluster is not known', () => {
    const [finding, ...others] = found('wffc-never-consumed', [waiting, claim()]);
    expect(others).toEqual([]);
    expect(finding).toEqual({
      rule: 'wffc-never-consumed',
      severity: 'info',
      object: 'PersistentVolumeClaim shop/scratch',
      message:
        'no workload uses PersistentVolumeClaim shop/scratch, whose class "local-path" waits for one: waiting for first consumer to be created before binding (not in the input; if the cluster has it, pass --existing)',
      fix: 'mount it in a workload, or drop it',
    });
  });

  it('warns where the whole cluster is known', () => {
    const [finding] = found('wffc-never-consumed', [waiting, claim()], { existing: [] });
    expect(finding?.severity).toBe('warning');
  });

  it.each([
    ['a pod uses it', [waiting, claim(), pod('writer', 'scratch')]],
    ['its class does not wait', [eager, claim()]],
    ['its class is not in the input', [claim()]],
    ['a volume is reserved for it', [waiting, claim(), reserved()]],
    ['the pod names its node, of which another rule tells', [waiting, claim(), pinned()]],
  ])('is silent where %s', (_, objects) => {
    expect(found('wffc-never-consumed', objects, { existing: [] })).toEqual([]);
  });
});

describe('wffc-nodename', () => {
  it('tells of a pod that names its node', () => {
    expect(found('wffc-nodename', [waiting, claim(), pinned()])).toEqual([
      {
        rule: 'wffc-nodename',
        severity: 'error',
        object: 'Pod shop/writer',
        message:
          'the pod names node "node-1", past the scheduler, which alone could bind PersistentVolumeClaim shop/scratch of class "local-path": waiting for first consumer to be created before binding',
        fix: 'replace nodeName by nodeSelector { kubernetes.io/hostname: node-1 }',
      },
    ]);
  });

  it.each([
    ['the class does not wait', [eager, claim(), pinned()]],
    ['the class is not known', [claim(), pinned()]],
    ['a volume is reserved for the claim', [waiting, claim(), reserved(), pinned()]],
    [
      'another pod of the claim is scheduled',
      [waiting, claim(), pinned(), pod('other', 'scratch')],
    ],
    ['the pod names no node', [waiting, claim(), pod('writer', 'scratch')]],
  ])('is silent where %s', (_, objects) => {
    expect(found('wffc-nodename', objects)).toEqual([]);
  });
});

describe('argocd-wave-wffc-deadlock', () => {
  const WAVE = 'argocd.argoproj.io/sync-wave';

  it('tells of a claim in an earlier wave than its pod', () => {
    const objects = [
      waiting,
      claim({ annotations: { [WAVE]: '-1' } }),
      annotated(pod('writer', 'scratch'), { [WAVE]: '2' }),
    ];
    expect(found('argocd-wave-wffc-deadlock', objects)).toEqual([
      {
        rule: 'argocd-wave-wffc-deadlock',
        severity: 'error',
        object: 'PersistentVolumeClaim shop/scratch',
        message:
          'PersistentVolumeClaim shop/scratch is in wave -1 and stays Pending until its pod is there, but Pod shop/writer comes in wave 2, once the claim is healthy',
        fix: 'leave the waves away, or put the claim into wave 2 too',
      },
    ]);
  });

  it('tells of a claim whose only pod is in a PostSync hook', () => {
    const hook = annotated(pod('check', 'scratch'), { 'argocd.argoproj.io/hook': 'PostSync' });
    const [finding] = found('argocd-wave-wffc-deadlock', [waiting, claim(), hook]);
    expect(finding?.message).toMatch(/but Pod shop\/check comes in the PostSync phase/);
  });

  it.each([
    [
      'they are in one wave',
      [waiting, waved('3'), annotated(pod('writer', 'scratch'), { [WAVE]: '3' })],
    ],
    ['the claim comes later', [waiting, waved('1'), pod('writer', 'scratch')]],
    [
      'one of two pods is early enough',
      [waiting, claim(), pod('a', 'scratch'), annotated(pod('b', 'scratch'), { [WAVE]: '1' })],
    ],
    ['no pod uses it', [waiting, waved('-1')]],
    ['the class does not wait', [eager, waved('-1'), pod('writer', 'scratch')]],
    ['the class is not in the input', [waved('-1'), pod('writer', 'scratch')]],
    ['a volume is reserved for it', [waiting, waved('-1'), reserved(), pod('writer', 'scratch')]],
  ])('is silent where %s', (_, objects) => {
    expect(found('argocd-wave-wffc-deadlock', objects)).toEqual([]);
  });

  function waved(wave: string): unknown {
    return claim({ annotations: { [WAVE]: wave } });
  }
});

describe('wffc-topology-empty', () => {
  const zoned = {
    ...(waiting as object),
    provisioner: 'ebs.csi.aws.com',
    allowedTopologies: [
      { matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['b'] }] },
    ],
  };

  it('tells of a class for whose places there is no node', () => {
    expect(found('wffc-topology-empty', [zoned, node('n1', 'a')])).toEqual([
      {
        rule: 'wffc-topology-empty',
        severity: 'error',
        object: 'StorageClass local-path',
        message:
          'no node of the input is in allowedTopologies (topology.kubernetes.io/zone in (b)) of StorageClass local-path',
        fix: 'allow places where nodes are',
      },
    ]);
  });

  it('tells of a pod that may not run where its class makes volumes', () => {
    const bound = pod('writer', 'scratch', {
      nodeSelector: { 'topology.kubernetes.io/zone': 'a' },
    });
    const objects = [zoned, claim(), bound, node('n1', 'a'), node('n2', 'b')];
    const [finding, ...others] = found('wffc-topology-empty', objects);
    expect(others).toEqual([]);
    expect(finding?.object).toBe('Pod shop/writer');
    expect(finding?.message).toMatch(/^none of the 1 nodes that the pod may use is in allowedTopo/);
    const { claims, findings } = planStorage(objects);
    expect(claims[0]?.outcomes).toEqual(['pending']);
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule }) => rule)).toEqual(['wffc-topology-empty']);
  });

  it.each([
    ['the nodes are not known', [zoned]],
    ['a node is there', [zoned, node('n1', 'a'), node('n2', 'b')]],
    ['every place is allowed', [waiting, node('n1', 'a')]],
  ])('is silent where %s', (_, objects) => {
    expect(found('wffc-topology-empty', objects)).toEqual([]);
  });
});

describe('local-immediate-binding', () => {
  const affinity = {
    required: {
      nodeSelectorTerms: [
        { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['n1'] }] },
      ],
    },
  };
  const local = (name: string, fields: object = {}) =>
    pv(name, {
      storageClassName: 'disks',
      nfs: undefined,
      local: { path: '/mnt/1' },
      nodeAffinity: affinity,
      ...fields,
    });
  const immediate = storageClass('disks', 'kubernetes.io/no-provisioner');

  it('tells once of a class with volumes of single nodes', () => {
    expect(found('local-immediate-binding', [immediate, local('a'), local('b')])).toEqual([
      {
        rule: 'local-immediate-binding',
        severity: 'warning',
        object: 'StorageClass disks',
        message:
          'StorageClass disks has volumeBindingMode Immediate, and PersistentVolume a of it is on a single node: its claim is bound before the pod has a node',
        fix: 'set volumeBindingMode: WaitForFirstConsumer on a class of a new name; it cannot be changed on one that exists',
      },
    ]);
  });

  it.each([
    [
      'the class waits',
      [storageClass('disks', 'kubernetes.io/no-provisioner', { waits: true }), local('a')],
    ],
    ['the class is not in the input', [local('a')]],
    [
      'the volume is reserved',
      [immediate, local('a', { claimRef: { namespace: 'shop', name: 'x' } })],
    ],
    ['the volume is one for all nodes', [immediate, pv('a', { storageClassName: 'disks' })]],
  ])('is silent where %s', (_, objects) => {
    expect(found('local-immediate-binding', objects)).toEqual([]);
  });

  describe('of the local-path provisioner, which makes no volume before it knows the node', () => {
    const folders = storageClass('folders', 'rancher.io/local-path');
    const config = (fields: object) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'local-path-config', namespace: 'local-path-storage' },
      data: { 'config.json': JSON.stringify(fields) },
    });
    const shared = pvc('media', { storageClassName: 'folders', modes: ['ReadWriteMany'] });

    it('tells what the claims will show', () => {
      expect(found('local-immediate-binding', [folders])).toEqual([
        {
          rule: 'local-immediate-binding',
          severity: 'warning',
          object: 'StorageClass folders',
          message:
            'StorageClass folders has volumeBindingMode Immediate, and rancher.io/local-path makes folders of single nodes: a claim of it for which one has to be made stays Pending; kubectl describe pvc shows "ProvisioningFailed: failed to provision volume with StorageClass "folders": configuration error, no node was specified"',
          fix: 'set volumeBindingMode: WaitForFirstConsumer on a class of a new name; it cannot be changed on one that exists',
        },
      ]);
    });

    it('leaves open whether nodes share them where claims ask for that', () => {
      const [finding, ...others] = found('local-immediate-binding', [folders, shared]);
      expect([finding?.severity, others.length]).toEqual(['info', 0]);
      const known = found('local-immediate-binding', [folders, shared], { existing: [] });
      expect(known.map(({ severity }) => severity)).toEqual(['warning']);
    });

    it.each([
      ['it waits', [storageClass('folders', 'rancher.io/local-path', { waits: true })]],
      ['all nodes share them', [folders, config({ sharedFileSystemPath: '/srv' })]],
    ])('is silent where %s', (_, objects) => {
      expect(found('local-immediate-binding', objects)).toEqual([]);
    });

    it('is silent about a class that the cluster has', () => {
      expect(found('local-immediate-binding', [], { existing: [folders] })).toEqual([]);
    });
  });
});

function reserved(): unknown {
  return pv('kept', {
    storageClassName: 'local-path',
    claimRef: { namespace: 'shop', name: 'scratch' },
  });
}

function pinned(): unknown {
  return pod('writer', 'scratch', { nodeName: 'node-1' });
}
