import { mountOptionProblem, type NfsAccessMode } from '../../src/nfs/limits';
import { NfsVolume, type NfsVolumeProps } from '../../src/nfs/nfs-volume';
import { type Refusal, refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

const EXPORT = { server: '172.26.1.10', path: '/mnt/shared', capacity: '10Gi' } as const;

type Options = Pick<
  NfsVolumeProps<NfsAccessMode>,
  'accessMode' | 'mountOptions' | 'uncheckedMountOptions'
>;

function volumeOf(options: Options): RenderedObject {
  const objects = chartObjects((chart) => {
    new NfsVolume(chart, 'uploads', { ...EXPORT, ...options });
  });
  return objectOf(objects, 'PersistentVolume');
}

function rendered(options: Options): unknown {
  return volumeOf(options).spec;
}

/** What comes of options that no type checks. */
function refused(mountOptions: unknown, uncheckedMountOptions?: unknown): Refusal {
  return refusal(() => rendered({ mountOptions, uncheckedMountOptions } as Options));
}

describe('mount options of an NfsVolume', () => {
  test('are hard and nfsvers=4.1 by default', () => {
    expect(rendered({})).toHaveProperty('mountOptions', ['hard', 'nfsvers=4.1']);
  });

  test('replace the default ones where they are given, in their order', () => {
    expect(rendered({ mountOptions: ['nfsvers=4.2', 'soft', 'timeo=600'] })).toHaveProperty(
      'mountOptions',
      ['nfsvers=4.2', 'soft', 'timeo=600'],
    );
  });

  test('that are not checked say so to the planner, and only those', () => {
    const annotations = (options: Options) => volumeOf(options).metadata.annotations;
    expect(annotations({ uncheckedMountOptions: ['write=eager'] })).toMatchObject({
      'cdk8s-storage/ignore': 'nfs-mount-options',
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    });
    expect(annotations({ uncheckedMountOptions: [] })).not.toHaveProperty('cdk8s-storage/ignore');
  });

  test('take any further option unchecked, behind the default ones', () => {
    expect(rendered({ uncheckedMountOptions: ['trunkdiscovery', 'write=eager'] })).toHaveProperty(
      'mountOptions',
      ['hard', 'nfsvers=4.1', 'trunkdiscovery', 'write=eager'],
    );
  });

  test('take any further option unchecked, behind the given ones', () => {
    expect(
      rendered({ mountOptions: ['nfsvers=3'], uncheckedMountOptions: ['mounthost=10.0.0.2'] }),
    ).toHaveProperty('mountOptions', ['nfsvers=3', 'mounthost=10.0.0.2']);
  });

  test('may say of a volume that pods only read that it is read-only', () => {
    const mountOptions = ['hard', 'ro'] as const;
    expect(rendered({ accessMode: 'ReadOnlyMany', mountOptions })).toHaveProperty('mountOptions', [
      ...mountOptions,
    ]);
  });

  test('may say UDP beside version 3', () => {
    expect(mountOptionProblem(['nfsvers=3', 'udp'])).toBeUndefined();
  });

  test.each([
    'hard',
    'noatime',
    'nodiratime',
    'noresvport',
    'nolock',
    'nconnect=1',
    'nconnect=16',
    'max_connect=16',
    'timeo=1',
    'retrans=0',
    'port=65535',
    'mountvers=3',
    'rsize=1048576',
    'sec=krb5p',
    'proto=tcp6',
    'lookupcache=positive',
    'local_lock=flock',
    'vers=4.2',
    'nfsvers=4',
    'xprtsec=mtls',
    'actimeo=0',
    'tcp',
    'rdma',
  ])('take %s', (option) => {
    expect(mountOptionProblem([option])).toBeUndefined();
  });
});

describe('mount options fail', () => {
  const REFUSED: readonly (readonly [readonly string[], string])[] = [
    [
      ['hard', 'soft'],
      "must have one of 'hard', 'soft' or 'softerr' at most, got 'hard' and 'soft'",
    ],
    [
      ['soft', 'nfsvers=4.1', 'softerr'],
      "must have one of 'hard', 'soft' or 'softerr' at most, got 'soft' and 'softerr'",
    ],
    [
      ['nfsvers=4.1', 'nfsvers=4.2'],
      "must have one of 'nfsvers' or 'vers' at most, got 'nfsvers=4.1' and 'nfsvers=4.2'",
    ],
    [
      ['nfsvers=4.1', 'vers=4.1'],
      "must have one of 'nfsvers' or 'vers' at most, got 'nfsvers=4.1' and 'vers=4.1'",
    ],
    [['ro', 'rw'], "must have one of 'ro' or 'rw' at most, got 'ro' and 'rw'"],
    [
      ['tcp', 'proto=tcp'],
      "must have one of 'proto', 'rdma', 'tcp' or 'udp' at most, got 'tcp' and 'proto=tcp'",
    ],
    [['bg'], "must not have 'bg': the pod would start before the mount is there; leave it out"],
    [['timeo=600', 'timeo=50'], "must have each option once, got 'timeo=50' again"],
    [
      ['hard', 'hard'],
      "must have one of 'hard', 'soft' or 'softerr' at most, got 'hard' and 'hard'",
    ],
    [['intr'], "must not have 'intr': Linux ignores it since 2.6.25; leave it out"],
    [['nointr'], "must not have 'nointr': Linux ignores it since 2.6.25; leave it out"],
    [['harde'], "must be options of nfs(5), got 'harde'; did you mean 'hard'?"],
    [['nfsver=4.1'], "must be options of nfs(5), got 'nfsver=4.1'; did you mean 'nfsvers'?"],
    [['noatimes'], "must be options of nfs(5), got 'noatimes'; did you mean 'noatime'?"],
    [['rsise=1048576'], "must be options of nfs(5), got 'rsise=1048576'; did you mean 'rsize'?"],
    [
      ['_netdev'],
      "must be options of nfs(5), got '_netdev'; an option that it does not know goes into 'uncheckedMountOptions'",
    ],
    [['hard=1'], "must be options of nfs(5), got 'hard=1'; did you mean 'hard'?"],
    [['nfsvers=5'], "must have '3', '4', '4.0', '4.1' or '4.2' for 'nfsvers', got 'nfsvers=5'"],
    [['nfsvers'], "must have '3', '4', '4.0', '4.1' or '4.2' for 'nfsvers', got 'nfsvers'"],
    [['rsize'], "must have a whole number for 'rsize', got 'rsize'"],
    [['rsize=1M'], "must have a whole number for 'rsize', got 'rsize=1M'"],
    [['rsize=-1'], "must have a whole number for 'rsize', got 'rsize=-1'"],
    [['rsize='], "must have a whole number for 'rsize', got 'rsize='"],
    [['timeo=0'], "must have a whole number from 1 to 2147483647 for 'timeo', got 'timeo=0'"],
    [['nconnect=0'], "must have a whole number from 1 to 16 for 'nconnect', got 'nconnect=0'"],
    [['nconnect=17'], "must have a whole number from 1 to 16 for 'nconnect', got 'nconnect=17'"],
    [
      ['max_connect=17'],
      "must have a whole number from 1 to 16 for 'max_connect', got 'max_connect=17'",
    ],
    [['port=65536'], "must have a whole number from 0 to 65535 for 'port', got 'port=65536'"],
    [['mountvers=4'], "must have a whole number from 1 to 3 for 'mountvers', got 'mountvers=4'"],
    [
      ['nfsvers=4.1', 'udp'],
      "must not have 'udp' beside 'nfsvers=4.1': version 4 of NFS knows no UDP; leave it out",
    ],
    [
      ['vers=4', 'proto=udp6'],
      "must not have 'proto=udp6' beside 'vers=4': version 4 of NFS knows no UDP; leave it out",
    ],
    [
      ['hard', 'ro'],
      "must not have 'ro' on a volume that pods write; leave it out: an NfsVolume that pods only read has accessMode 'ReadOnlyMany'",
    ],
    [
      ['hard,nfsvers=4.1'],
      "must hold one option each, without commas and spaces, got 'hard,nfsvers=4.1'",
    ],
    [['hard '], "must hold one option each, without commas and spaces, got 'hard '"],
  ];

  test.each(REFUSED)('where they are %j', (options, problem) => {
    expect(refused(options)).toEqual({
      code: 'NfsMountOptions',
      path: 'shop/uploads',
      message: `shop/uploads: 'mountOptions' ${problem}`,
    });
  });

  const ACROSS: readonly (readonly [readonly string[] | undefined, readonly string[], string])[] = [
    [
      undefined,
      ['soft'],
      "must have one of 'hard', 'soft' or 'softerr' at most, got 'hard' and 'soft'",
    ],
    [
      undefined,
      ['vers=3'],
      "must have one of 'nfsvers' or 'vers' at most, got 'nfsvers=4.1' and 'vers=3'",
    ],
    [
      ['hard', 'write=lazy'],
      ['write=eager'],
      "must be options of nfs(5), got 'write=lazy'; an option that it does not know goes into 'uncheckedMountOptions'",
    ],
    [['timeo=600'], ['timeo=50'], "must have each option once, got 'timeo=50' again"],
    [
      undefined,
      ['noatime,nodiratime'],
      "must hold one option each, without commas and spaces, got 'noatime,nodiratime'",
    ],
  ];

  test.each(ACROSS)('where %j stands beside the unchecked %j', (checked, unchecked, problem) => {
    expect(refused(checked, unchecked)).toEqual({
      code: 'NfsMountOptions',
      path: 'shop/uploads',
      message: `shop/uploads: 'mountOptions' ${problem}`,
    });
  });

  test('where the unchecked ones make a volume read-only that pods write', () => {
    expect(refused(undefined, ['ro']).message).toContain("'mountOptions' must not have 'ro'");
  });

  test('where they let pods write a volume that they only read', () => {
    const options = { accessMode: 'ReadOnlyMany', mountOptions: ['hard', 'rw'] } as const;
    expect(refusal(() => rendered(options))).toEqual({
      code: 'NfsMountOptions',
      path: 'shop/uploads',
      message:
        "shop/uploads: 'mountOptions' must not have 'rw' on a ReadOnlyMany volume, which pods only read; leave it out",
    });
  });

  test.each([
    [
      'hard,nfsvers=4.1',
      "'mountOptions' must be a list, each a string that is not empty, got 'hard,nfsvers=4.1'",
    ],
    [['hard', 4.1], "'mountOptions[1]' must be a string that is not empty, got 4.1"],
    [[''], "'mountOptions[0]' must be a string that is not empty, got ''"],
    [null, "'mountOptions' must be a list, each a string that is not empty, got null"],
  ])('where they are no list of texts: %j', (options, problem) => {
    expect(refused(options)).toEqual({
      code: 'PropType',
      path: 'shop/uploads',
      message: `shop/uploads: ${problem}`,
    });
  });

  test.each(['toString', 'constructor=1', '__proto__'])(
    'where one is named as what every object has: %s',
    (option) => {
      expect(refused([option]).message).toBe(
        `shop/uploads: 'mountOptions' must be options of nfs(5), got '${option}'; an option that it does not know goes into 'uncheckedMountOptions'`,
      );
    },
  );
});
