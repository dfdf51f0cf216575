import type { Finding } from '../../../src/planner/plan';
import { pv, pvc } from '../../planner/objects';
import { found, messages } from './found';

const RULE = 'ebs-parameters-invalid';

function disks(parameters: object, more: object = {}): unknown {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'disks' },
    provisioner: 'ebs.csi.aws.com',
    parameters,
    volumeBindingMode: 'WaitForFirstConsumer',
    ...more,
  };
}

const IN_TREE = { provisioner: 'kubernetes.io/aws-ebs' };

function claim(size: string, more: object = {}): unknown {
  return pvc('ledger', { storageClassName: 'disks', size, ...more });
}

function only(objects: readonly unknown[]): Finding | undefined {
  const findings = found(RULE, objects);
  expect(findings).toHaveLength(1);
  return findings[0];
}

describe('a class', () => {
  it('is told of with what the driver says, and what to drop', () => {
    expect(only([disks({ type: 'gp2', iopsPerGB: '10' })])).toEqual({
      rule: RULE,
      severity: 'error',
      object: 'StorageClass disks',
      message:
        "StorageClass disks: ebs.csi.aws.com makes no volume: 'iopsPerGB' must be left out for gp2; 'gp3', 'io1' or 'io2' take it",
      fix: 'drop parameters.iopsPerGB',
    });
  });

  it.each([
    [{ type: 'io2' }, "'iops' or 'iopsPerGB' must be given for io2, got neither"],
    [
      { type: 'gp3', iops: '2999' },
      "'iops' of gp3 must be between 3000 and 80000, got 2999; leave it out for 3000",
    ],
    [{ colour: 'red' }, "'colour' is no parameter of ebs.csi.aws.com"],
    [
      { zone: 'ap-northeast-1a' },
      "'zone' is no parameter of ebs.csi.aws.com; zones go into 'allowedTopologies'",
    ],
    [
      { 'csi.storage.k8s.io/fstype': 'btrfs' },
      "'csi.storage.k8s.io/fstype' must be 'ext4', 'ext3' or 'xfs', got 'btrfs'",
    ],
    [{ tagSpecification_1: 'shop' }, "'tagSpecification_1' must be 'key=value', got 'shop'"],
  ])('is found with %p', (parameters, problem) => {
    expect(only([disks(parameters)])?.message).toBe(
      `StorageClass disks: ebs.csi.aws.com makes no volume: ${problem}`,
    );
  });

  it('has all its problems in one finding', () => {
    expect(only([disks({ type: 'gp2', iops: '100', colour: 'red' })])?.message).toBe(
      "StorageClass disks: ebs.csi.aws.com makes no volume: 'colour' is no parameter of ebs.csi.aws.com; 'iops' must be left out for gp2; 'gp3', 'io1' or 'io2' take it",
    );
  });

  it.each([
    ['no parameters', undefined],
    ['gp3 at its least', { type: 'gp3', iops: '3000' }],
    ['names in any case', { TYPE: 'gp3', IOPS: '3000' }],
    ['IOPS that the driver cuts down', { type: 'io1', iopsPerGB: '60' }],
    [
      'IOPS that the driver raises',
      { type: 'gp3', iops: '100', allowAutoIOPSPerGBIncrease: 'true' },
    ],
    ['parameters that the API server refuses', { type: 'gp3', iops: 100 }],
  ])('is left alone with %s', (_, parameters) => {
    expect(found(RULE, [disks(parameters as object)])).toEqual([]);
  });

  it('of the plugin that is gone is judged as the driver gets it', () => {
    const parameters = { type: 'gp3', zone: 'ap-northeast-1a', fsType: 'xfs' };
    expect(found(RULE, [disks(parameters, IN_TREE)])).toEqual([]);
    expect(only([disks({ type: 'gp2', IopsPerGB: '10' }, IN_TREE)])?.message).toBe(
      "StorageClass disks: ebs.csi.aws.com makes no volume: 'iopsPerGB' must be left out for gp2; 'gp3', 'io1' or 'io2' take it",
    );
  });

  it('of that plugin cannot say its zones twice', () => {
    const allowedTopologies = [
      {
        matchLabelExpressions: [
          { key: 'topology.kubernetes.io/zone', values: ['ap-northeast-1a'] },
        ],
      },
    ];
    const parameters = { zones: 'ap-northeast-1a' };
    expect(only([disks(parameters, { ...IN_TREE, allowedTopologies })])).toMatchObject({
      message:
        "StorageClass disks: ebs.csi.aws.com makes no volume: 'zones' must be left out beside 'allowedTopologies', which say the zones too",
      fix: 'drop parameters.zones',
    });
  });

  it('of another driver is none of its business', () => {
    const parameters = { type: 'gp2', iopsPerGB: '10' };
    expect(found(RULE, [disks(parameters, { provisioner: 'disk.csi.azure.com' })])).toEqual([]);
  });
});

describe('a claim', () => {
  it('is told of where the type has no such size', () => {
    expect(only([disks({ type: 'st1' }), claim('124Gi')])).toMatchObject({
      object: 'PersistentVolumeClaim shop/ledger',
      message:
        "PersistentVolumeClaim shop/ledger asks for 124Gi of StorageClass disks: ebs.csi.aws.com makes no such volume: 'size' of st1 must be between 125Gi and 16384Gi, got 124Gi",
      fix: 'set spec.resources.requests.storage to a size that the type has',
    });
    expect(found(RULE, [disks({ type: 'st1' }), claim('125Gi')])).toEqual([]);
  });

  it('is told of where its IOPS are too few, which the old plugin raised', () => {
    const parameters = { type: 'io1', iopsPerGB: '10' };
    expect(only([disks(parameters), claim('9Gi')])?.message).toBe(
      "PersistentVolumeClaim shop/ledger asks for 9Gi of StorageClass disks: ebs.csi.aws.com makes no such volume: 'iopsPerGB' of io1 must make at least 100 IOPS, got 10 for each of 9Gi (90); claim at least 10Gi, or set 'allowAutoIOPSPerGBIncrease'",
    );
    expect(found(RULE, [disks(parameters, IN_TREE), claim('9Gi')])).toEqual([]);
  });

  it('is told of where a device is to be formatted', () => {
    const objects = [disks({ blockSize: '4096' }), claim('10Gi', { volumeMode: 'Block' })];
    expect(only(objects)?.fix).toBe('claim what the class can make, or name another class');
  });

  it('of a StatefulSet is told of once, at the set', () => {
    const set = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'shop' },
      spec: {
        replicas: 3,
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: 'disks',
              resources: { requests: { storage: '2Gi' } },
            },
          },
        ],
      },
    };
    expect(only([disks({ type: 'io2', iops: '100' }), set])?.object).toBe('StatefulSet shop/db');
  });

  it.each([
    ['it is served by a volume', [pv('v', { storageClassName: 'disks' }), claim('1Gi')]],
    ['it names a volume', [claim('1Gi', { volumeName: 'ledger' })]],
    ['it is bound', [claim('1Gi', { volumeName: 'v', status: { phase: 'Bound' } })]],
  ])('is left alone where %s', (_, objects) => {
    expect(found(RULE, [disks({ type: 'st1' }), ...objects])).toEqual([]);
  });

  it('is told of where the class exists, and makes no volume', () => {
    const existing = [disks({ type: 'gp2', iops: '100' })];
    expect(messages(RULE, [claim('1Gi')], { existing })).toEqual([
      "PersistentVolumeClaim shop/ledger asks for 1Gi of StorageClass disks: ebs.csi.aws.com makes no such volume: 'iops' must be left out for gp2; 'gp3', 'io1' or 'io2' take it",
    ]);
  });

  it('is no matter where its class is refused', () => {
    expect(messages(RULE, [disks({ type: 'st1', iops: '100' }), claim('1Gi')])).toHaveLength(1);
  });
});

describe('a VolumeAttributesClass', () => {
  const gold = (parameters: object, driverName = 'ebs.csi.aws.com'): unknown => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttributesClass',
    metadata: { name: 'gold' },
    driverName,
    parameters,
  });

  it('is judged by what it says', () => {
    expect(only([gold({ type: 'gp2', iops: '4000' })])).toMatchObject({
      severity: 'error',
      object: 'VolumeAttributesClass gold',
      message:
        "VolumeAttributesClass gold: ebs.csi.aws.com changes no volume to it: 'iops' must be left out for gp2; 'gp3', 'io1' or 'io2' take it",
      fix: 'drop parameters.iops',
    });
    expect(only([gold({ iops: 'many' })])?.message).toContain("'iops' must be a whole number");
    expect(only([gold({ type: 'gp9' })])?.message).toContain("got 'gp9'");
  });

  it.each([
    [{ type: 'io2' }],
    [{ iops: '100' }],
    [{ type: 'gp3', throughput: '1000' }],
    [{ throughput: '1000' }],
    [{ type: 'gp3', iops: '4000', throughput: '1000' }],
    [{ type: 'gp3', iops: 4000 }],
    [undefined],
  ])('is left alone with %p', (parameters) => {
    expect(found(RULE, [gold(parameters as object)])).toEqual([]);
  });

  it('of another driver is none of its business', () => {
    expect(found(RULE, [gold({ type: 'gp9' }, 'pd.csi.storage.gke.io')])).toEqual([]);
  });
});
