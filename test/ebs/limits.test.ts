import { EBS_PARAMETERS } from '../../src/ebs/driver/limits';
import { EBS_VOLUME_ID, EBS_ZONE, KMS_KEY_ARN } from '../../src/ebs/identifiers/limits';
import { EBS_LIMITS, EBS_VOLUME_TYPES, ebsSizeProblems, gibOf } from '../../src/ebs/limits';
import { ebsModeProblems } from '../../src/ebs/modes/limits';
import { ebsParameterProblems } from '../../src/ebs/parameters/limits';
import type { Labels } from '../../src/kube/label-selector';
import type { ParameterProblem } from '../../src/kube/parameter-problem';
import { quantity } from '../../src/kube/quantity';

const KEY = 'arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const texts = (problems: readonly ParameterProblem[]) =>
  problems.map(({ parameter, problem, refused }) =>
    [refused ? 'refused' : 'altered', `'${parameter}' ${problem}`].join(': '),
  );

const ofClass = (parameters: Labels) => texts(ebsParameterProblems(parameters));

const ofSize = (parameters: Labels, size: string) =>
  texts(ebsSizeProblems(parameters, quantity(size)));

/** The types for which IOPS can be chosen, with their limits. */
const WITH_IOPS = EBS_VOLUME_TYPES.flatMap((type) => {
  const { iops, gib, throughput } = EBS_LIMITS[type];
  return iops === undefined ? [] : [{ type, ...iops, gib, throughput }];
});

/** IOPS that a type must have, where it must have any. */
const enough = (type: (typeof EBS_VOLUME_TYPES)[number]): Labels =>
  EBS_LIMITS[type].iops && EBS_LIMITS[type].iops.standard === undefined ? { iops: '100' } : {};

test('the table says what the documents say', () => {
  expect(EBS_LIMITS).toEqual({
    gp3: {
      gib: { least: 1, most: 65536 },
      iops: { least: 3000, most: 80000, perGib: 500, standard: 3000 },
      throughput: { least: 125, most: 2000, perIops: 0.25 },
    },
    gp2: { gib: { least: 1, most: 16384 } },
    io1: { gib: { least: 4, most: 16384 }, iops: { least: 100, most: 64000, perGib: 50 } },
    io2: { gib: { least: 4, most: 65536 }, iops: { least: 100, most: 256000, perGib: 1000 } },
    st1: { gib: { least: 125, most: 16384 } },
    sc1: { gib: { least: 125, most: 16384 } },
    standard: { gib: { least: 1, most: 1024 } },
  });
});

describe.each(EBS_VOLUME_TYPES)('the size of %s', (type) => {
  const { least, most } = EBS_LIMITS[type].gib;
  const parameters = { type, ...enough(type) };

  test('reaches from the least to the most of its type', () => {
    expect(ofSize(parameters, `${least}Gi`)).toEqual([]);
    expect(ofSize(parameters, `${most}Gi`)).toEqual([]);
  });

  test('is rounded up to whole GiB before it is looked at', () => {
    expect(ofSize(parameters, `${(least - 1) * 1024 + 1}Mi`)).toEqual([]);
    expect(ofSize(parameters, `${most * 1024 + 1}Mi`)).toHaveLength(1);
  });

  test('fails when it is more', () => {
    expect(ofSize(parameters, `${most + 1}Gi`)).toEqual([
      `refused: 'size' of ${type} must be between ${least}Gi and ${most}Gi, got ${most + 1}Gi`,
    ]);
  });

  test('fails when it is less', () => {
    const size = least === 1 ? '0' : `${least - 1}Gi`;
    expect(ofSize(parameters, size)).toEqual([
      `refused: 'size' of ${type} must be between ${least}Gi and ${most}Gi, got ${size}`,
    ]);
  });
});

test.each([
  ['1', 1],
  ['1Gi', 1],
  ['1025Mi', 2],
  ['10G', 10],
  ['11G', 11],
  ['64Ti', 65536],
  ['8Ei', 2 ** 33],
])('a volume for %s has %i GiB', (size, gib) => {
  expect(gibOf(quantity(size))).toBe(gib);
});

describe.each(WITH_IOPS)('IOPS of $type', ({ type, least, most, perGib, standard, gib }) => {
  const remedy = standard === undefined ? '' : `; leave it out for ${standard}`;

  test('reach from the least to the most', () => {
    expect(ofClass({ type, iops: `${least}` })).toEqual([]);
    expect(ofClass({ type, iops: `${most}` })).toEqual([]);
  });

  test('fail when they are too few, but where the driver may raise them', () => {
    const iops = `${least - 1}`;
    expect(ofClass({ type, iops })).toEqual([
      `refused: 'iops' of ${type} must be between ${least} and ${most}, got ${iops}${remedy}`,
    ]);
    expect(ofClass({ type, iops, allowAutoIOPSPerGBIncrease: 'true' })).toEqual([]);
  });

  test('fail when they are too many: the driver cuts them down', () => {
    expect(ofClass({ type, iops: `${most + 1}` })).toEqual([
      `altered: 'iops' of ${type} must be between ${least} and ${most}, got ${most + 1}${remedy}`,
    ]);
  });

  test('fail when they are given twice', () => {
    expect(ofClass({ type, iops: `${least}`, iopsPerGB: '10' })).toEqual([
      `refused: 'iops' must not be given beside 'iopsPerGB', got ${least} and 10`,
    ]);
  });

  test('for each GiB reach up to the ratio of the type', () => {
    expect(ofClass({ type, iopsPerGB: '1' })).toEqual([]);
    expect(ofClass({ type, iopsPerGB: `${perGib}` })).toEqual([]);
    expect(ofClass({ type, iopsPerGB: `${perGib + 1}` })).toEqual([
      `altered: 'iopsPerGB' of ${type} must be between 1 and ${perGib}, got ${perGib + 1}`,
    ]);
  });

  test('fit the size up to the ratio of the type', () => {
    const size = Math.max(gib.least, Math.ceil(least / perGib)) + 1;
    const highest = size * perGib;
    expect(ofSize({ type, iops: `${highest}` }, `${size}Gi`)).toEqual([]);
    expect(ofSize({ type, iops: `${highest + 1}` }, `${size}Gi`)).toEqual([
      `altered: 'iops' of ${type} must be at most ${perGib} for each of ${size}Gi (${highest}), got ${highest + 1}; claim at least ${size + 1}Gi`,
    ]);
  });

  test('have their least at any size', () => {
    expect(ofSize({ type, iops: `${least}` }, `${gib.least}Gi`)).toEqual([]);
  });

  test('for each GiB fit a size that makes the least of the type', () => {
    const size = gib.least + 10;
    const perGb = Math.ceil(least / size);
    expect(ofSize({ type, iopsPerGB: `${perGb}` }, `${size}Gi`)).toEqual([]);
    const few = perGb - 1;
    expect(ofSize({ type, iopsPerGB: `${few}` }, `${size}Gi`)).toEqual([
      `refused: 'iopsPerGB' of ${type} must make at least ${least} IOPS, got ${few} for each of ${size}Gi (${few * size}); claim at least ${Math.ceil(least / few)}Gi, or set 'allowAutoIOPSPerGBIncrease'`,
    ]);
    expect(
      ofSize({ type, iopsPerGB: `${few}`, allowAutoIOPSPerGBIncrease: 'true' }, `${size}Gi`),
    ).toEqual([]);
  });

  test('for each GiB fit any larger size: the driver stops at the most, as its documents say', () => {
    expect(ofSize({ type, iopsPerGB: `${perGib}` }, `${gib.most}Gi`)).toEqual([]);
  });
});

test('IOPS below the least that are also too many for the size are refused, not cut', () => {
  expect(ofSize({ type: 'gp3', iops: '3001' }, '5Gi')).toEqual([
    "refused: 'iops' of gp3 must be at most 500 for each of 5Gi (2500), got 3001; claim at least 7Gi",
  ]);
});

test.each(['io1', 'io2'])('%s fails when it has no IOPS', (type) => {
  expect(ofClass({ type })).toEqual([
    `refused: 'iops' or 'iopsPerGB' must be given for ${type}, got neither`,
  ]);
  expect(ofClass({ type, iops: '0' })).toHaveLength(1);
});

test.each(['gp2', 'st1', 'sc1', 'standard'])('%s fails when it has IOPS', (type) => {
  const problem = `must be left out for ${type}; 'gp3', 'io1' or 'io2' take it`;
  expect(ofClass({ type, iopsPerGB: '10' })).toEqual([`refused: 'iopsPerGB' ${problem}`]);
  expect(ofClass({ type, iops: '3000' })).toEqual([`refused: 'iops' ${problem}`]);
  expect(ofClass({ type })).toEqual([]);
});

describe('the throughput of gp3', () => {
  const gp3 = (parameters: Labels) => ofClass({ type: 'gp3', iops: '80000', ...parameters });

  test('reaches from 125 to 2000 MiB/s', () => {
    expect(gp3({ throughput: '125' })).toEqual([]);
    expect(gp3({ throughput: '2000' })).toEqual([]);
    expect(gp3({ throughput: '124' })).toEqual([
      "refused: 'throughput' of gp3 must be between 125 and 2000 MiB/s, got 124; leave it out for 125",
    ]);
    expect(gp3({ throughput: '2001' })).toHaveLength(1);
  });

  test('is at most a quarter of the IOPS, of the 3000 too that gp3 has without', () => {
    expect(gp3({ iops: '4000', throughput: '1000' })).toEqual([]);
    expect(gp3({ iops: '4000', throughput: '1001' })).toEqual([
      "refused: 'throughput' of gp3 must be at most 0.25 MiB/s for each of its 4000 IOPS (1000), got 1001; set 'iops' to at least 4004",
    ]);
    expect(ofClass({ throughput: '750' })).toEqual([]);
    expect(ofClass({ throughput: '751' })).toEqual([
      "refused: 'throughput' of gp3 must be at most 0.25 MiB/s for each of its 3000 IOPS (750), got 751; set 'iops' to at least 3004",
    ]);
  });

  test('is compared with the IOPS that the size makes', () => {
    const parameters = { type: 'gp3', iopsPerGB: '40', throughput: '1000' };
    expect(ofClass(parameters)).toEqual([]);
    expect(ofSize(parameters, '100Gi')).toEqual([]);
    expect(ofSize(parameters, '99Gi')).toEqual([
      "refused: 'throughput' of gp3 must be at most 0.25 MiB/s for each of its 3960 IOPS (990), got 1000; claim at least 100Gi",
    ]);
  });
});

test.each(EBS_VOLUME_TYPES.filter((type) => type !== 'gp3'))(
  '%s fails when it has a throughput',
  (type) => {
    expect(ofClass({ type, ...enough(type), throughput: '125' })).toEqual([
      `altered: 'throughput' must be left out for ${type}; 'gp3' takes it`,
    ]);
  },
);

describe('the parameters of any class', () => {
  test('are gp3 where no type is said', () => {
    expect(ofClass({})).toEqual([]);
    expect(ofClass({ iops: '100' })).toHaveLength(1);
    expect(ofSize({}, '65537Gi')).toHaveLength(1);
  });

  test('fail when the type is none, and nothing is said of its size', () => {
    expect(ofClass({ type: 'gp4', iops: '1' })).toEqual([
      "refused: 'type' must be 'gp3', 'gp2', 'io1', 'io2', 'st1', 'sc1' or 'standard', got 'gp4'",
    ]);
    expect(ofClass({ type: 'GP3' })).toHaveLength(1);
    expect(ofSize({ type: 'gp4' }, '1Gi')).toEqual([]);
  });

  test('are known, in any case', () => {
    for (const name of EBS_PARAMETERS) {
      expect(ofClass({ [name.toUpperCase()]: '' }).join()).not.toContain('is no parameter');
    }
    expect(ofClass({ IopsPerGb: '501' })).toHaveLength(1);
  });

  test.each(['iops', 'iopsPerGB', 'throughput'])('fail when %s is no whole number', (name) => {
    for (const value of ['', 'fast', '1.5', '1e3', ' 1', '12345678901']) {
      expect(ofClass({ [name]: value })).toEqual([
        `refused: '${name}' must be a whole number, got '${value}'`,
      ]);
      expect(ofSize({ [name]: value }, '10Gi')).toEqual([]);
    }
  });

  test.each(['iops', 'iopsPerGB', 'throughput'])(
    'read %s that is not above 0 as left out',
    (name) => {
      expect(ofClass({ [name]: '0' })).toEqual([]);
      expect(ofClass({ [name]: '-5' })).toEqual([]);
    },
  );

  test.each([
    ['zone', "'zone' is no parameter of ebs.csi.aws.com; zones go into 'allowedTopologies'"],
    ['zones', "'zones' is no parameter of ebs.csi.aws.com; zones go into 'allowedTopologies'"],
    ['iopsPerGiB', "'iopsPerGiB' is no parameter of ebs.csi.aws.com; did you mean 'iopsPerGB'?"],
    ['constructor', "'constructor' is no parameter of ebs.csi.aws.com"],
    [
      'TagSpecification_1',
      "'TagSpecification_1' is no parameter of ebs.csi.aws.com; did you mean 'tagSpecification_1'?",
    ],
    [
      'csi.storage.k8s.io/fsType',
      "'csi.storage.k8s.io/fsType' is no parameter of ebs.csi.aws.com; did you mean 'csi.storage.k8s.io/fstype'?",
    ],
  ])('fail when %s is among them', (name, problem) => {
    expect(ofClass({ [name]: 'a=b' })).toEqual([`refused: ${problem}`]);
  });

  test.each([
    'csi.storage.k8s.io/fstype',
    'csi.storage.k8s.io/provisioner-secret-name',
    'csi.storage.k8s.io/node-stage-secret-namespace',
    'csi.storage.k8s.io/controller-expand-secret-name',
    'tagSpecification_1',
    'tagSpecification',
  ])('may have %s', (name) => {
    expect(ofClass({ [name]: 'a=b' })).toEqual([]);
  });

  test.each(['encrypted', 'allowAutoIOPSPerGBIncrease', 'ext4BigAlloc'])(
    'fail when %s is neither true nor false, which is false',
    (name) => {
      expect(ofClass({ [name]: 'true' })).toEqual([]);
      expect(ofClass({ [name]: 'false' })).toEqual([]);
      expect(ofClass({ [name]: 'yes' })).toEqual([
        `altered: '${name}' must be 'true' or 'false', got 'yes'`,
      ]);
    },
  );

  test('fail when the key is no ARN, or encrypts what shall not be', () => {
    expect(ofClass({ kmsKeyId: KEY })).toEqual([]);
    expect(ofClass({ kmsKeyId: '' })).toEqual([]);
    expect(ofClass({ kmsKeyId: 'my-key' })).toEqual([
      "altered: 'kmsKeyId' must be the ARN of a key, 'arn:aws:kms:<region>:<account>:key/<id>', got 'my-key'",
    ]);
    expect(ofClass({ kmsKeyId: KEY, encrypted: 'false' })).toEqual([
      "altered: 'kmsKeyId' must be left out where 'encrypted' is false: with a key, it is true",
    ]);
  });
});

describe('the modes of a claim', () => {
  const modes = (...args: Parameters<typeof ebsModeProblems>) => texts(ebsModeProblems(...args));

  test.each(EBS_VOLUME_TYPES)('are one node or one pod, folder or device, on %s', (type) => {
    for (const accessMode of ['ReadWriteOnce', 'ReadWriteOncePod'] as const) {
      expect(modes(type, accessMode, 'Filesystem')).toEqual([]);
      expect(modes(type, accessMode, 'Block')).toEqual([]);
    }
  });

  test.each(EBS_VOLUME_TYPES)('fail when many nodes read, on %s', (type) => {
    expect(modes(type, 'ReadOnlyMany', 'Block')).toEqual([
      `refused: 'accessMode' of ${type} must be 'ReadWriteOnce' or 'ReadWriteOncePod', got 'ReadOnlyMany'`,
    ]);
  });

  test('are many nodes for a device of io2 alone', () => {
    expect(modes('io2', 'ReadWriteMany', 'Block')).toEqual([]);
    expect(modes('io2', 'ReadWriteMany', 'Filesystem')).toEqual([
      "refused: 'volumeMode' must be 'Block' for ReadWriteMany, got 'Filesystem'; a file system that nodes share needs another driver, such as NFS",
    ]);
  });

  test.each(EBS_VOLUME_TYPES.filter((type) => type !== 'io2'))(
    'fail when many nodes write, on %s',
    (type) => {
      expect(modes(type, 'ReadWriteMany', 'Block')).toEqual([
        `refused: 'accessMode' of ${type} must be 'ReadWriteOnce' or 'ReadWriteOncePod', got 'ReadWriteMany'; that is for io2 with volumeMode Block, and a file system that nodes share needs another driver, such as NFS`,
      ]);
    },
  );
});

describe('spellings', () => {
  test.each([
    ['vol-688d7099', true],
    ['vol-0123456789abcdef0', true],
    ['vol-0123456789abcdef', false],
    ['vol-0123456789abcdef01', false],
    ['vol-688D7099', false],
    ['vol-688d709', false],
    ['snap-688d7099', false],
    [' vol-688d7099', false],
    ['vol-688d7099\n', false],
    ['aws://ap-northeast-1a/vol-688d7099', false],
  ])('of a volume: %j', (id, valid) => {
    expect(EBS_VOLUME_ID.test(id)).toBe(valid);
  });

  test.each([
    ['ap-northeast-1a', true],
    ['us-gov-west-1b', true],
    ['us-isob-east-1a', true],
    ['eusc-de-east-1a', true],
    ['cn-north-1a', true],
    ['us-west-2-lax-1a', true],
    ['us-east-1-wl1-bos-wlz-1', true],
    ['ap-northeast-1', false],
    ['ap-northeast-1A', false],
    ['apne1-az4', false],
    ['us-east-1-wl1-bos-wlz', false],
    ['us-west-2-lax-1', false],
    ['1a', false],
    ['', false],
  ])('of a zone: %j', (zone, valid) => {
    expect(EBS_ZONE.test(zone)).toBe(valid);
  });

  test.each([
    [KEY, true],
    [KEY.replace('aws:', 'aws-us-gov:'), true],
    [KEY.replace(/key\/.*/, 'key/mrk-1234abcd12ab34cd56ef1234567890ab'), true],
    [KEY.replace(/key\/.*/, 'alias/shop/volumes'), true],
    [KEY.replace('kms', 's3'), false],
    [KEY.replace('123456789012', '1234'), false],
    [KEY.replace(/key\/.*/, 'key/my-key'), false],
    ['1234abcd-12ab-34cd-56ef-1234567890ab', false],
  ])('of a key: %j', (arn, valid) => {
    expect(KMS_KEY_ARN.test(arn)).toBe(valid);
  });
});
