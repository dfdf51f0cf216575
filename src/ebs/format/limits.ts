import { refused } from '../../kube/driver-parameters';
import type { Labels } from '../../kube/label-selector';
import type { ParameterProblem } from '../../kube/parameter-problem';
import { alternatives, show } from '../../kube/show';
import type { VolumeMode } from '../../kube/volume-mode';

/**
 * File systems on Linux nodes; ext4 where none is said.
 *
 * Source: aws-ebs-csi-driver v1.64.0, pkg/driver/node.go (ValidFSTypes, defaultFsType).
 */
export const EBS_FS_TYPES = ['ext4', 'ext3', 'xfs'] as const;

/** A file system that the driver makes on a fresh volume. */
export type EbsFsType = (typeof EBS_FS_TYPES)[number];

/** The parameter for the file system, in this very spelling: the provisioner reads it. */
export const EBS_FS_TYPE_PARAMETER = 'csi.storage.k8s.io/fstype';

/** File systems whose fresh root holds a `lost+found` (mke2fs(8)). */
export const EBS_FS_WITH_LOST_AND_FOUND: readonly EbsFsType[] = ['ext4', 'ext3'];

/** What one formatting option takes, both ends included. */
export interface EbsFormatLimits {
  readonly least: number;
  readonly most: number;

  /** Whether nothing but powers of two will do. */
  readonly powerOfTwo?: boolean;
}

const EXT = {
  blockSize: { least: 1_024, most: 65_536, powerOfTwo: true },
  inodeSize: { least: 128, most: 4_096, powerOfTwo: true },
  bytesPerInode: { least: 1_024, most: 67_108_864 },
  numberOfInodes: { least: 1, most: 4_294_967_295 },
} as const;

/**
 * Formatting options with a number, by file system; ext4 has the switch `ext4BigAlloc` beside them.
 *
 * Source: which for which, aws-ebs-csi-driver, pkg/driver/constants.go (FileSystemConfigs); the
 * numbers, mke2fs(8) (e2fsprogs 1.47) and mkfs.xfs(8) (with checksums, as is its default).
 */
export const EBS_FORMAT_LIMITS: Readonly<
  Record<EbsFsType, Readonly<Record<string, EbsFormatLimits>>>
> = {
  ext4: { ...EXT, ext4ClusterSize: { least: 2_048, most: 268_435_456, powerOfTwo: true } },
  ext3: EXT,
  xfs: {
    blockSize: { least: 1_024, most: 65_536, powerOfTwo: true },
    inodeSize: { least: 512, most: 2_048, powerOfTwo: true },
  },
};

/** Size of a block where none is said, of volumes as large as those of EBS (mke2fs.conf(5), mkfs.xfs(8)). */
const DEFAULT_BLOCK = 4_096;

/**
 * How many inodes a block holds at least: a smaller block than this many is refused.
 *
 * Source: mke2fs(8), `-I`; mkfs.xfs(8), `-i size`.
 */
const INODES_PER_BLOCK: Readonly<Record<EbsFsType, number>> = { ext4: 1, ext3: 1, xfs: 2 };

/** Switches of ext4: `true`, or not set. */
const EXT4_SWITCHES: readonly string[] = ['ext4BigAlloc', 'ext4EncryptionSupport'];

const OPTIONS = [...Object.keys(EBS_FORMAT_LIMITS.ext4), ...EXT4_SWITCHES];

/**
 * What is wrong with the file system and the formatting options among a class's parameters.
 *
 * @param parameters - the StorageClass's; the names of options are read in any case, as the driver
 * reads them
 * @param volumeMode - that of a claim: the driver refuses formatting options for a device
 */
export function ebsFormatProblems(
  parameters: Labels,
  volumeMode: VolumeMode = 'Filesystem',
): readonly ParameterProblem[] {
  const given = new Map(
    Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const options = OPTIONS.filter((option) => {
    const value = given.get(option.toLowerCase());
    return EXT4_SWITCHES.includes(option) ? value === 'true' : Boolean(value);
  });
  if (volumeMode === 'Block') {
    return options.map((option) =>
      refused(option, 'must be left out for volumeMode Block: a device is not formatted'),
    );
  }
  const fsType = given.get(EBS_FS_TYPE_PARAMETER) || given.get('fstype') || EBS_FS_TYPES[0];
  const known = EBS_FS_TYPES.find((each) => each === fsType.toLowerCase());
  // Windows nodes have ntfs, without any option.
  if (known === undefined && fsType !== 'ntfs') {
    const problem = `must be ${alternatives(EBS_FS_TYPES)}, got ${show(fsType)}`;
    return [refused(EBS_FS_TYPE_PARAMETER, problem)];
  }
  return options.flatMap((option) => {
    const problem =
      optionProblem(known, fsType, option, given.get(option.toLowerCase()) ?? '') ??
      (option === 'ext4ClusterSize' && !options.includes('ext4BigAlloc')
        ? "must be given together with 'ext4BigAlloc', got it alone"
        : undefined) ??
      (known && blockProblem(known, option, given));
    return problem === undefined ? [] : [refused(option, problem)];
  });
}

function optionProblem(
  known: EbsFsType | undefined,
  fsType: string,
  option: string,
  value: string,
): string | undefined {
  const isSwitch = EXT4_SWITCHES.includes(option);
  const limits = known && EBS_FORMAT_LIMITS[known][option];
  if (isSwitch ? known !== 'ext4' : limits === undefined) {
    return `must be left out for ${fsType}, which has no such option`;
  }
  if (limits === undefined) {
    return undefined;
  }
  const { least, most, powerOfTwo = false } = limits;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  const fits =
    number >= least && number <= most && (!powerOfTwo || Number.isInteger(Math.log2(number)));
  const kind = powerOfTwo ? 'a power of two' : 'a whole number';
  return fits ? undefined : `of ${fsType} must be ${kind} from ${least} to ${most}, got ${value}`;
}

// Sizes that fit by themselves, and no block: the volume is made, and cannot be formatted.
function blockProblem(
  fsType: EbsFsType,
  option: string,
  given: ReadonlyMap<string, string>,
): string | undefined {
  const size = Number(given.get(option.toLowerCase()));
  const block = Number(given.get('blocksize') || DEFAULT_BLOCK);
  if (option === 'inodeSize') {
    const perBlock = INODES_PER_BLOCK[fsType];
    return size > block / perBlock
      ? `of ${fsType} must be at most ${perBlock === 1 ? 'a block' : 'half a block'} (${block / perBlock}), got ${size}`
      : undefined;
  }
  // mke2fs(8), `-C`.
  return option === 'ext4ClusterSize' && size < block
    ? `of ${fsType} must be at least a block (${block}), got ${size}`
    : undefined;
}
