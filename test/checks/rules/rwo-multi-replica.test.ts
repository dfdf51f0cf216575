import {
  apart,
  claim,
  deployment,
  inZone,
  node,
  onlyOn,
  type TestObject,
  together,
  using,
  volume,
  workload,
} from '../../planner/workload-cluster';
import { fixes, severities, told, yaml } from '../told';

const ID = 'rwo-multi-replica';
const EBS = { nfs: undefined, csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1' } };
const DATA = using('data');

/** A disk for one node, and the claim that takes it. */
function disk(spec: TestObject = {}): readonly unknown[] {
  const modes = { accessModes: ['ReadWriteOnce'] };
  return [
    volume('data', '', { ...EBS, ...modes, ...spec }),
    claim('data', '', { accessModes: spec.accessModes ?? ['ReadWriteOnce'] }),
  ];
}

/** A class whose disks a driver makes. */
function made(provisioner: string, accessModes: readonly string[] = ['ReadWriteOnce']) {
  return [
    { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'c' }, provisioner },
    claim('data', 'c', { accessModes }),
  ];
}

function autoscaler(minReplicas: number, maxReplicas: number): unknown {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas, maxReplicas },
  };
}

describe('of a workload with several pods on a disk', () => {
  it('names the claim, its mode and driver, and the event', () => {
    expect(told(ID, [...disk(), deployment(2, DATA)])).toEqual([
      'warning Deployment shop/web: Deployment shop/web runs 2 pods on claim shop/data (ReadWriteOnce, ebs.csi.aws.com), which one node at a time can have: pods that come to other nodes show \'Multi-Attach error for volume "data" Volume is already used by pod(s) web-…\'',
    ]);
  });

  it('says what helps', () => {
    expect(fixes(ID, [...disk(), deployment(2, DATA)])).toEqual([
      'use a volume with ReadWriteMany, or give each pod its own by volumeClaimTemplates of a StatefulSet',
    ]);
  });

  it('counts the most that an autoscaler may make', () => {
    const objects = [...disk(), deployment(1, DATA)];
    expect(told(ID, [...objects, autoscaler(1, 5)])).toEqual([
      expect.stringContaining('runs up to 5 pods on claim shop/data'),
    ]);
    expect(told(ID, [...objects, autoscaler(1, 1)])).toEqual([]);
  });

  it('counts the pods that a Job has at once', () => {
    const job = (spec: TestObject) => [...disk(), workload('Job', DATA, spec)];
    expect(severities(ID, job({ parallelism: 3 }))).toEqual(['warning']);
    expect(severities(ID, job({ parallelism: 3, completions: 1 }))).toEqual([]);
  });

  it.each(['ReplicaSet', 'StatefulSet'])('knows a %s', (kind) => {
    expect(severities(ID, [...disk(), workload(kind, DATA, { replicas: 2 })])).toEqual(['warning']);
  });

  it('tells each workload once', () => {
    const other = workload('Deployment', DATA, { replicas: 2 }, 'api');
    expect(told(ID, [...disk(), deployment(2, DATA), other])).toHaveLength(2);
  });
});

describe('is an error where the pods are on different nodes', () => {
  it('by required anti-affinity', () => {
    expect(severities(ID, [...disk(), deployment(2, { ...DATA, ...apart() })])).toEqual(['error']);
  });

  it('by a hard topology spread, and not by one with room for all of them', () => {
    const spread = (maxSkew: number, whenUnsatisfiable = 'DoNotSchedule') => ({
      topologySpreadConstraints: [
        {
          maxSkew,
          whenUnsatisfiable,
          topologyKey: 'kubernetes.io/hostname',
          labelSelector: { matchLabels: { app: 'web' } },
        },
      ],
    });
    const of = (pod: TestObject) => severities(ID, [...disk(), deployment(2, { ...DATA, ...pod })]);
    expect(of(spread(1))).toEqual(['error']);
    expect(of(spread(2))).toEqual(['warning']);
    expect(of(spread(1, 'ScheduleAnyway'))).toEqual(['warning']);
  });

  it('as a DaemonSet on known nodes, and not on one', () => {
    const daemon = workload('DaemonSet', DATA);
    expect(severities(ID, [...disk(), daemon])).toEqual(['warning']);
    expect(told(ID, [...disk(), daemon, node('n1'), node('n2')])).toEqual([
      'error DaemonSet shop/web: DaemonSet shop/web runs pods on 2 nodes on claim shop/data (ReadWriteOnce, ebs.csi.aws.com), which one node at a time can have: its pods are on different nodes, where all but the first show \'Multi-Attach error for volume "data" Volume is already used by pod(s) web-…\'',
    ]);
    expect(severities(ID, [...disk(), daemon, node('n1')])).toEqual([]);
  });
});

describe('is silent', () => {
  it('about one pod', () => {
    expect(told(ID, [...disk(), deployment(1, DATA)])).toEqual([]);
  });

  it.each([['ReadWriteMany'], ['ReadOnlyMany'], ['ReadWriteOnce', 'ReadOnlyMany']])(
    'about a volume with %p',
    (...accessModes) => {
      expect(told(ID, [...disk({ accessModes }), deployment(2, DATA)])).toEqual([]);
    },
  );

  it('where the volume has a mode for many nodes that the claim did not ask for', () => {
    const both = volume('data', '', { ...EBS, accessModes: ['ReadWriteOnce', 'ReadWriteMany'] });
    expect(told(ID, [both, claim('data', ''), deployment(2, DATA)])).toEqual([]);
  });

  it.each([
    ['nfs', { nfs: { server: '10.0.0.1', path: '/data' } }],
    ['hostPath', { hostPath: { path: '/data' } }],
    ['azureFile', { azureFile: { shareName: 'data', secretName: 'a' } }],
    ['cephfs', { cephfs: { monitors: ['10.0.0.1'] } }],
  ])('about %s, which is not attached', (_, source) => {
    expect(told(ID, [...disk({ csi: undefined, ...source }), deployment(2, DATA)])).toEqual([]);
  });

  it('about a driver that it does not know, unless its CSIDriver says that it attaches', () => {
    const objects = [...made('disks.example.com'), deployment(2, DATA)];
    const driver = (attachRequired?: boolean) => ({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIDriver',
      metadata: { name: 'disks.example.com' },
      spec: { attachRequired },
    });
    expect(told(ID, objects)).toEqual([]);
    expect(told(ID, [...objects, driver(false)])).toEqual([]);
    expect(severities(ID, [...objects, driver(true)])).toEqual(['warning']);
    expect(severities(ID, [...objects, driver()])).toEqual(['warning']);
    expect(severities(ID, objects, { existing: [driver(true)] })).toEqual(['warning']);
  });

  it('about a class that is not in the input', () => {
    expect(told(ID, [claim('data', 'gp3'), deployment(2, DATA)])).toEqual([]);
  });

  it('about a claim that is not in the input', () => {
    expect(told(ID, [deployment(2, DATA)])).toEqual([]);
  });

  it('about a claim that stays Pending', () => {
    expect(told(ID, [claim('data', ''), deployment(2, DATA)])).toEqual([]);
  });

  it('about claims that the pods of a StatefulSet have to themselves', () => {
    const [storageClass] = made('ebs.csi.aws.com');
    const volumeClaimTemplates = [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'c' },
      },
    ];
    const set = workload('StatefulSet', {}, { replicas: 3, volumeClaimTemplates });
    expect(told(ID, [storageClass, set])).toEqual([]);
  });

  it('where all pods come to one node', () => {
    const on = (pod: TestObject) => told(ID, [...disk(), deployment(3, { ...DATA, ...pod })]);
    expect(on({ nodeSelector: { 'kubernetes.io/hostname': 'n1' } })).toEqual([]);
    expect(on({ nodeName: 'n1' })).toEqual([]);
    expect(on(together())).toEqual([]);
    expect(on({ nodeSelector: { type: 'worker' } })).toHaveLength(1);
    const required = onlyOn(['n1']).nodeAffinity as TestObject;
    const terms = required.required;
    const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } };
    expect(on({ affinity })).toEqual([]);
  });

  it('where the cluster has one node for them', () => {
    const objects = [...disk(), deployment(3, DATA)];
    expect(told(ID, [...objects, node('n1')])).toEqual([]);
    expect(told(ID, [...objects, node('n1'), node('n2')])).toHaveLength(1);
  });

  it('where the volume is bound to one node, or to a zone with one', () => {
    expect(told(ID, [...disk(onlyOn(['n1'])), deployment(3, DATA)])).toEqual([]);
    const zonal = [...disk(inZone('a')), deployment(3, DATA), node('n1', 'a'), node('n2', 'b')];
    expect(told(ID, zonal)).toEqual([]);
    expect(told(ID, [...zonal, node('n3', 'a')])).toHaveLength(1);
  });

  it('about a ReadWriteOncePod claim, which another rule tells', () => {
    const accessModes = ['ReadWriteOncePod'];
    expect(told(ID, [...disk({ accessModes }), deployment(2, DATA)])).toEqual([]);
  });

  it('about what exists', () => {
    const existing = [...disk(), deployment(2, DATA)];
    expect(told(ID, [], { existing })).toEqual([]);
  });
});

describe('knows what is attached', () => {
  it.each([
    'ebs.csi.aws.com',
    'kubernetes.io/aws-ebs',
    'kubernetes.io/gce-pd',
    'cinder.csi.openstack.org',
    'rook-ceph.rbd.csi.ceph.com',
  ])('a disk that %s makes', (provisioner) => {
    expect(severities(ID, [...made(provisioner), deployment(2, DATA)])).toEqual(['warning']);
  });

  it('what a driver makes for many nodes', () => {
    const shared = made('ebs.csi.aws.com', ['ReadWriteMany']);
    expect(told(ID, [...shared, deployment(2, DATA)])).toEqual([]);
  });

  it.each([
    ['awsElasticBlockStore', { volumeID: 'vol-1' }],
    ['iscsi', { targetPortal: '10.0.0.1', iqn: 'iqn.2001-04.com.example:storage', lun: 0 }],
    ['fc', { targetWWNs: ['500a0982991b8dc5'], lun: 0 }],
    ['vsphereVolume', { volumePath: '[a] b' }],
  ])('a volume of %s', (plugin, source) => {
    const objects = [...disk({ csi: undefined, [plugin]: source }), deployment(2, DATA)];
    expect(severities(ID, objects)).toEqual(['warning']);
  });

  it('a disk in the pod itself, and one that is read only', () => {
    const gce = (readOnly: boolean) => ({
      volumes: [{ name: 'data', gcePersistentDisk: { pdName: 'disk-1', readOnly } }],
    });
    expect(told(ID, [deployment(2, gce(false))])).toEqual([
      'warning Deployment shop/web: Deployment shop/web runs 2 pods on the gcePersistentDisk volume disk-1, which one node at a time can have: pods that come to other nodes show \'Multi-Attach error for volume "data" Volume is already used by pod(s) web-…\'',
    ]);
    expect(told(ID, [deployment(2, gce(true))])).toEqual([]);
  });

  it('a disk in the pod itself, which one pod alone can have on a node', () => {
    const volumes = [{ name: 'data', awsElasticBlockStore: { volumeID: 'vol-1' } }];
    const pod = { volumes, nodeSelector: { 'kubernetes.io/hostname': 'n1' } };
    expect(told(ID, [deployment(2, pod)])).toEqual([
      "error Deployment shop/web: Deployment shop/web runs 2 pods on the awsElasticBlockStore volume vol-1, which one node at a time can have: its pods come to one node, where all but the first stay Pending with 'node(s) had no available disk'",
    ]);
    expect(told(ID, [workload('DaemonSet', pod)])).toEqual([]);
    const azure = { ...pod, volumes: [{ name: 'data', azureDisk: { diskURI: 'a' } }] };
    expect(told(ID, [deployment(2, azure)])).toEqual([]);
  });

  it('a CSI volume in the pod itself, which is the pod’s own', () => {
    const inline = { volumes: [{ name: 'data', csi: { driver: 'ebs.csi.aws.com' } }] };
    expect(told(ID, [deployment(2, inline)])).toEqual([]);
  });

  it('a claim that is mounted read only: the disk is attached all the same', () => {
    const pod = yaml(`
      volumes: [{ name: data, persistentVolumeClaim: { claimName: data, readOnly: true } }]
    `);
    expect(severities(ID, [...disk(), deployment(2, pod)])).toEqual(['warning']);
  });
});

it.each([
  'block.csi.vultr.com',
  'dobs.csi.digitalocean.com',
  'linodebs.csi.linode.com',
  'linstor.csi.linbit.com',
])('knows that %s attaches its volumes', (driver) => {
  expect(severities(ID, [...made(driver), deployment(2, DATA)])).toEqual(['warning']);
});
