import { pv, pvc, storageClass } from '../../planner/objects';
import { found, messages } from './found';

const RULE = 'driver-mode-unsupported';
const LOCAL = storageClass('local-path', 'rancher.io/local-path', { waits: true });

function disks(type: string | undefined, provisioner = 'ebs.csi.aws.com'): unknown {
  const parameters = type === undefined ? {} : { type };
  return { ...(storageClass('disks', provisioner) as object), parameters };
}

function claim(storageClassName: string, more: object = {}): unknown {
  return pvc('uploads', { storageClassName, ...more });
}

function config(data: object): unknown {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'local-path-config', namespace: 'local-path-storage' },
    data: { 'config.json': JSON.stringify(data) },
  };
}

describe('EBS', () => {
  it('shares no file system between nodes', () => {
    const objects = [
      disks(undefined),
      claim('disks', { modes: ['ReadWriteOnce', 'ReadWriteMany'] }),
    ];
    expect(found(RULE, objects)).toEqual([
      {
        rule: RULE,
        severity: 'error',
        object: 'PersistentVolumeClaim shop/uploads',
        message:
          "PersistentVolumeClaim shop/uploads gets no volume of class \"disks\" from ebs.csi.aws.com: 'accessMode' of gp3 must be 'ReadWriteOnce' or 'ReadWriteOncePod', got 'ReadWriteMany'; that is for io2 with volumeMode Block, and a file system that nodes share needs another driver, such as NFS",
        fix: 'set accessModes: [ReadWriteOnce], or take a driver that shares volumes between nodes, such as NFS',
      },
    ]);
  });

  it.each([
    ['io2', ['ReadWriteMany'], 'Filesystem'],
    ['gp3', ['ReadWriteMany'], 'Block'],
    ['io2', ['ReadOnlyMany'], 'Block'],
    ['gp2', ['ReadOnlyMany'], 'Filesystem'],
  ])('refuses %s for %p, %s', (type, modes, volumeMode) => {
    expect(found(RULE, [disks(type), claim('disks', { modes, volumeMode })])).toHaveLength(1);
  });

  it.each([
    ['io2', ['ReadWriteMany'], 'Block'],
    ['gp3', ['ReadWriteOnce'], 'Block'],
    ['gp3', ['ReadWriteOncePod'], 'Filesystem'],
  ])('takes %s for %p, %s', (type, modes, volumeMode) => {
    expect(found(RULE, [disks(type), claim('disks', { modes, volumeMode })])).toEqual([]);
  });

  it('is behind the provisioner that Kubernetes had', () => {
    const objects = [
      disks('gp2', 'kubernetes.io/aws-ebs'),
      claim('disks', { modes: ['ReadWriteMany'] }),
    ];
    expect(found(RULE, objects)).toHaveLength(1);
  });

  it('is told the first mode of a volume', () => {
    const csi = { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-0123456789abcdef0' };
    const disk = (modes: readonly string[], volumeMode = 'Filesystem') =>
      pv('v', { nfs: undefined, csi, modes, volumeMode });
    expect(messages(RULE, [disk(['ReadWriteMany'])])).toEqual([
      "PersistentVolume v promises what its driver cannot do: 'volumeMode' must be 'Block' for ReadWriteMany, got 'Filesystem'; a file system that nodes share needs another driver, such as NFS",
    ]);
    expect(messages(RULE, [disk(['ReadOnlyMany'])])).toEqual([
      "PersistentVolume v promises what its driver cannot do: 'accessMode' of EBS must be 'ReadWriteOnce' or 'ReadWriteOncePod', got 'ReadOnlyMany'",
    ]);
    expect(found(RULE, [disk(['ReadWriteMany'], 'Block')])).toEqual([]);
    expect(found(RULE, [disk(['ReadWriteOnce', 'ReadWriteMany'])])).toEqual([]);
  });
});

describe('local-path', () => {
  it('makes no devices', () => {
    expect(messages(RULE, [LOCAL, claim('local-path', { volumeMode: 'Block' })])).toEqual([
      'PersistentVolumeClaim shop/uploads gets no volume of class "local-path" from rancher.io/local-path: \'volumeMode\' must be \'Filesystem\', got \'Block\': a volume is a folder, the provisioner refuses block devices; kubectl describe pvc shows "ProvisioningFailed: failed to provision volume with StorageClass "local-path": rancher.io/local-path does not support block volume provisioning"',
    ]);
  });

  it('selects no volumes', () => {
    const selector = { matchLabels: { tier: 'fast' } };
    expect(found(RULE, [LOCAL, claim('local-path', { selector })])).toMatchObject([
      { severity: 'error', fix: 'drop spec.selector' },
    ]);
  });

  it('shares nothing, unless it is configured to', () => {
    const many = claim('local-path', { modes: ['ReadWriteMany'] });
    const node = config({ nodePathMap: [] });
    const shared = config({ sharedFileSystemPath: '/mnt/shared' });
    const [open] = found(RULE, [LOCAL, many]);
    expect(open?.severity).toBe('info');
    const [known] = found(RULE, [LOCAL, many, node]);
    expect(known).toMatchObject({
      severity: 'error',
      message: expect.stringContaining(
        'NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes',
      ),
    });
    expect(found(RULE, [LOCAL, many, shared])).toEqual([]);
    expect(found(RULE, [LOCAL, many], { existing: [shared] })).toEqual([]);
    expect(found(RULE, [LOCAL, many], { existing: [] })).toMatchObject([{ severity: 'error' }]);
  });

  it('is configured for each class', () => {
    const many = claim('local-path', { modes: ['ReadWriteMany'] });
    const shared = { 'local-path': { sharedFileSystemPath: '/mnt/shared' } };
    const node = { 'local-path': { nodePathMap: [] }, files: { sharedFileSystemPath: '/mnt' } };
    expect(found(RULE, [LOCAL, many, config({ storageClassConfigs: shared })])).toEqual([]);
    expect(found(RULE, [LOCAL, many, config({ storageClassConfigs: node })])).toHaveLength(1);
  });

  it('is not configured by what is no configuration of it', () => {
    const many = claim('local-path', { modes: ['ReadWriteMany'] });
    const other = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x' },
      data: { 'config.json': '{' },
    };
    expect(found(RULE, [LOCAL, many, other])).toMatchObject([{ severity: 'info' }]);
  });
});

describe('NFS', () => {
  it.each([
    [
      'nfs.csi.k8s.io',
      'rpc error: code = InvalidArgument desc = block volume capability not supported',
    ],
    [
      'k8s-sigs.io/nfs-subdir-external-provisioner',
      'k8s-sigs.io/nfs-subdir-external-provisioner does not support block volume provisioning',
    ],
  ])('of %s has no devices', (provisioner, event) => {
    const objects = [storageClass('files', provisioner), claim('files', { volumeMode: 'Block' })];
    expect(messages(RULE, objects)).toEqual([
      `PersistentVolumeClaim shop/uploads gets no volume of class "files" from ${provisioner}: 'volumeMode' must be 'Filesystem', got 'Block': a volume is a folder; kubectl describe pvc shows "ProvisioningFailed: failed to provision volume with StorageClass "files": ${event}"`,
    ]);
  });

  it('is no device as a volume either', () => {
    expect(messages(RULE, [pv('v', { volumeMode: 'Block' })])).toEqual([
      "PersistentVolume v promises what its driver cannot do: 'volumeMode' must be 'Filesystem', got 'Block': a volume is a folder",
    ]);
  });

  it('serves every access mode', () => {
    const modes = ['ReadWriteMany', 'ReadWriteOnce'];
    expect(
      found(RULE, [storageClass('files', 'nfs.csi.k8s.io'), claim('files', { modes })]),
    ).toEqual([]);
  });
});

describe('silence', () => {
  const many = { modes: ['ReadWriteMany'] };

  it.each([
    [
      'a driver that nobody knows',
      [storageClass('x', 'csi.example.com'), claim('x', { ...many, volumeMode: 'Block' })],
    ],
    [
      'a claim that a volume serves',
      [disks('gp3'), claim('disks', many), pv('v', { ...many, storageClassName: 'disks' })],
    ],
    ['a claim of a class that is not there', [claim('disks', many)]],
    ['a claim that the API server refuses', [disks('gp3'), claim('disks', { modes: [] })]],
    [
      'a local volume as a device',
      [pv('v', { nfs: undefined, local: { path: '/dev/sdb' }, volumeMode: 'Block' })],
    ],
  ])('on %s', (_, objects) => {
    expect(found(RULE, objects)).toEqual([]);
  });
});
