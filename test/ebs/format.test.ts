import {
  EBS_FORMAT_LIMITS,
  EBS_FS_TYPES,
  type EbsFormatLimits,
  ebsFormatProblems,
} from '../../src/ebs/format/limits';
import type { Labels } from '../../src/kube/label-selector';
import type { VolumeMode } from '../../src/kube/volume-mode';

const FS_TYPE = 'csi.storage.k8s.io/fstype';

function problems(parameters: Labels, volumeMode?: VolumeMode): readonly string[] {
  const found = ebsFormatProblems(parameters, volumeMode);
  expect(found.every(({ refused }) => refused)).toBe(true);
  return found.map(({ parameter, problem }) => `'${parameter}' ${problem}`);
}

const LIMITS = EBS_FS_TYPES.flatMap((fsType) =>
  Object.entries(EBS_FORMAT_LIMITS[fsType]).map(([option, limits]) => ({
    fsType,
    option,
    limits: limits as EbsFormatLimits,
    beside: (option === 'ext4ClusterSize'
      ? { ext4BigAlloc: 'true', blockSize: '1024' }
      : {}) as Labels,
  })),
);

test('the table says which file system takes which option', () => {
  expect(LIMITS.map(({ fsType, option }) => `${fsType} ${option}`)).toEqual([
    'ext4 blockSize',
    'ext4 inodeSize',
    'ext4 bytesPerInode',
    'ext4 numberOfInodes',
    'ext4 ext4ClusterSize',
    'ext3 blockSize',
    'ext3 inodeSize',
    'ext3 bytesPerInode',
    'ext3 numberOfInodes',
    'xfs blockSize',
    'xfs inodeSize',
  ]);
});

describe.each(LIMITS)('$option of $fsType', ({ fsType, option, limits, beside }) => {
  const { least, most, powerOfTwo = false } = limits;
  const given = (value: number | string) =>
    problems({ [FS_TYPE]: fsType, ...beside, [option]: `${value}` });
  const kind = powerOfTwo ? 'a power of two' : 'a whole number';
  const refusal = (value: number | string) => [
    `'${option}' of ${fsType} must be ${kind} from ${least} to ${most}, got ${value}`,
  ];

  test('reaches from the least to the most', () => {
    expect(given(least)).toEqual([]);
    expect(given(most)).toEqual([]);
  });

  test('fails when it is less, more, or no number', () => {
    const [less, more] = powerOfTwo ? [least / 2, most * 2] : [least - 1, most + 1];
    for (const value of [less, more, '4k', 'big']) {
      expect(given(value)).toEqual(refusal(value));
    }
  });

  test('is a power of two where nothing else will do', () => {
    expect(given(least + 1)).toEqual(powerOfTwo ? refusal(least + 1) : []);
  });
});

test.each(['bytesPerInode', 'numberOfInodes', 'ext4BigAlloc', 'ext4EncryptionSupport'])(
  '%s fails on xfs, which has no such option',
  (option) => {
    const value = option.startsWith('ext4') ? 'true' : '4096';
    expect(problems({ [FS_TYPE]: 'xfs', [option]: value })).toEqual([
      `'${option}' must be left out for xfs, which has no such option`,
    ]);
  },
);

test('what only ext4 has fails on ext3', () => {
  expect(problems({ [FS_TYPE]: 'ext3', ext4BigAlloc: 'true', ext4ClusterSize: '65536' })).toEqual([
    "'ext4ClusterSize' must be left out for ext3, which has no such option",
    "'ext4BigAlloc' must be left out for ext3, which has no such option",
  ]);
});

test('every option fails on ntfs', () => {
  expect(problems({ [FS_TYPE]: 'ntfs' })).toEqual([]);
  expect(problems({ [FS_TYPE]: 'ntfs', blockSize: '4096' })).toEqual([
    "'blockSize' must be left out for ntfs, which has no such option",
  ]);
});

test('a cluster size fails without bigalloc', () => {
  const message = "'ext4ClusterSize' must be given together with 'ext4BigAlloc', got it alone";
  expect(problems({ ext4ClusterSize: '65536' })).toEqual([message]);
  expect(problems({ ext4ClusterSize: '65536', ext4BigAlloc: 'false' })).toEqual([message]);
  expect(problems({ ext4ClusterSize: '65536', ext4BigAlloc: 'true' })).toEqual([]);
});

describe('beside the size of a block', () => {
  test.each([
    ['ext4', 1024, 1024, []],
    ['ext4', 1024, 2048, ["'inodeSize' of ext4 must be at most a block (1024), got 2048"]],
    ['ext3', 2048, 2048, []],
    ['ext3', 2048, 4096, ["'inodeSize' of ext3 must be at most a block (2048), got 4096"]],
    ['xfs', 1024, 512, []],
    ['xfs', 1024, 1024, ["'inodeSize' of xfs must be at most half a block (512), got 1024"]],
  ])('an inode of %s with blocks of %i is %i bytes', (fsType, blockSize, inodeSize, expected) => {
    const parameters = { blockSize: `${blockSize}`, inodeSize: `${inodeSize}` };
    expect(problems({ [FS_TYPE]: fsType, ...parameters })).toEqual(expected);
  });

  test.each([
    [{ blockSize: '8192', ext4ClusterSize: '8192' }, []],
    [
      { blockSize: '8192', ext4ClusterSize: '4096' },
      ["'ext4ClusterSize' of ext4 must be at least a block (8192), got 4096"],
    ],
    [{ ext4ClusterSize: '4096' }, []],
    [
      { ext4ClusterSize: '2048' },
      ["'ext4ClusterSize' of ext4 must be at least a block (4096), got 2048"],
    ],
  ])('a cluster is no smaller: %j', (parameters, expected) => {
    expect(problems({ ext4BigAlloc: 'true', ...(parameters as Labels) })).toEqual(expected);
  });
});

test.each([
  [{}, []],
  [{ [FS_TYPE]: '' }, []],
  [{ fsType: 'xfs' }, []],
  [{ [FS_TYPE]: 'XFS' }, []],
  [
    { [FS_TYPE]: 'ext2' },
    ["'csi.storage.k8s.io/fstype' must be 'ext4', 'ext3' or 'xfs', got 'ext2'"],
  ],
  [
    { fsType: 'btrfs' },
    ["'csi.storage.k8s.io/fstype' must be 'ext4', 'ext3' or 'xfs', got 'btrfs'"],
  ],
])('the file system of %j', (parameters, expected) => {
  expect(problems(parameters as unknown as Labels)).toEqual(expected);
});

test('options are read in any case, and left out where they are empty', () => {
  expect(problems({ BLOCKSIZE: '3' })).toHaveLength(1);
  expect(problems({ blockSize: '' })).toEqual([]);
  expect(problems({ [FS_TYPE]: 'xfs', ext4BigAlloc: 'false' })).toEqual([]);
});

test('every option fails for a device, the file system alone does not', () => {
  expect(problems({ [FS_TYPE]: 'xfs' }, 'Block')).toEqual([]);
  expect(problems({ blockSize: '4096', ext4BigAlloc: 'true' }, 'Block')).toEqual([
    "'blockSize' must be left out for volumeMode Block: a device is not formatted",
    "'ext4BigAlloc' must be left out for volumeMode Block: a device is not formatted",
  ]);
});
