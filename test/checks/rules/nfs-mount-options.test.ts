import { pv, storageClass } from '../../planner/objects';
import { found, messages } from './found';

const RULE = 'nfs-mount-options';

function share(mountOptions: readonly unknown[], more: object = {}): unknown {
  return pv('uploads', { mountOptions, ...more });
}

function mounted(...options: readonly string[]): readonly string[] {
  return messages(RULE, [share(options)]);
}

it('tells of options that exclude each other', () => {
  expect(found(RULE, [share(['hard', 'soft'])])).toEqual([
    {
      rule: RULE,
      severity: 'error',
      object: 'PersistentVolume uploads',
      message:
        "PersistentVolume uploads is mounted with hard,soft: 'mountOptions' must have one of 'hard', 'soft' or 'softerr' at most, got 'hard' and 'soft'",
      fix: 'drop soft, and keep hard',
    },
  ]);
});

it.each([
  [
    ['nfsvers=4.1', 'vers=3'],
    "must have one of 'nfsvers' or 'vers' at most, got 'nfsvers=4.1' and 'vers=3'",
  ],
  [
    ['vers=4.1', 'vers=3'],
    "must have one of 'nfsvers' or 'vers' at most, got 'vers=4.1' and 'vers=3'",
  ],
  [['v3', 'vers=4.2'], "must have one of 'nfsvers' or 'vers' at most, got 'vers=3' and 'vers=4.2'"],
  [['hard', 'nfsver=4.1'], "must be options of nfs(5), got 'nfsver=4.1'; did you mean 'nfsvers'?"],
  [['colour=red'], "must be options of nfs(5), got 'colour=red'"],
  [
    ['hard, nfsvers=4.1'],
    "must hold one option each, without commas and spaces, got ' nfsvers=4.1'",
  ],
  [['vers=2'], "must have '3', '4', '4.0', '4.1' or '4.2' for 'vers', got 'vers=2'"],
  [['timeo=0'], "must have a whole number from 1 to 2147483647 for 'timeo', got 'timeo=0'"],
])('tells of %p', (options, problem) => {
  expect(mounted(...options)).toEqual([
    `PersistentVolume uploads is mounted with ${options.join(',')}: 'mountOptions' ${problem}`,
  ]);
});

it('refuses options that are like none', () => {
  expect(found(RULE, [share(['colour=red'])])).toMatchObject([{ severity: 'error' }]);
});

it('warns of soft mounts that are written', () => {
  expect(found(RULE, [share(['soft', 'timeo=600'])])).toMatchObject([
    {
      severity: 'warning',
      message:
        'PersistentVolume uploads is mounted with soft: when the server does not answer in time, a write fails in the middle, and what is on the volume may be corrupt',
      fix: 'set hard instead of soft',
    },
  ]);
});

it('reads the annotation as well', () => {
  const metadata = { annotations: { 'volume.beta.kubernetes.io/mount-options': 'hard,soft' } };
  expect(found(RULE, [pv('uploads', { metadata })])).toHaveLength(1);
  expect(found(RULE, [share(['hard'], { metadata })])).toHaveLength(1);
});

it('looks at volumes of the CSI driver, and at classes', () => {
  const csi = { driver: 'nfs.csi.k8s.io', volumeHandle: 'x' };
  const mountOptions = ['hard', 'soft'];
  const classOf = (provisioner: string) => ({
    ...(storageClass('files', provisioner) as object),
    mountOptions,
  });
  expect(found(RULE, [share(mountOptions, { nfs: undefined, csi })])).toHaveLength(1);
  expect(messages(RULE, [classOf('nfs.csi.k8s.io')])).toEqual([
    "StorageClass files is mounted with hard,soft: 'mountOptions' must have one of 'hard', 'soft' or 'softerr' at most, got 'hard' and 'soft'",
  ]);
  expect(found(RULE, [classOf('cluster.local/nfs-subdir-external-provisioner')])).toHaveLength(1);
  expect(found(RULE, [classOf('ebs.csi.aws.com')])).toEqual([]);
});

it.each([
  [['hard', 'nfsvers=4.1']],
  [['hard,nfsvers=4.1,timeo=600']],
  [['hard', 'hard', 'vers=4', 'vers=4']],
  [['nfsvers=4.1', 'vers=4.1']],
  [['tcp', 'proto=tcp']],
  [['nolock', 'intr', 'bg', 'retry=2', '_netdev', 'nofail', 'noatime']],
  [['context="system_u:object_r:nfs_t:s0"']],
  [['sec=krb5:krb5p']],
  [['fsc=cache', 'rsize=8192', 'rsize=1048576']],
  [['soft', 'ro']],
  [[]],
  [[3]],
])('is silent on %p', (options) => {
  expect(found(RULE, [share(options)])).toEqual([]);
});

it('is silent on soft where the volume is only read', () => {
  expect(found(RULE, [share(['soft'], { modes: ['ReadOnlyMany'] })])).toEqual([]);
});

it('is silent on volumes of another kind', () => {
  const csi = { driver: 'smb.csi.k8s.io', volumeHandle: 'x' };
  expect(found(RULE, [share(['hard', 'soft'], { nfs: undefined, csi })])).toEqual([]);
});
