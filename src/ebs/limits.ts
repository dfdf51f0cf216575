import type { AccessMode } from '../kube/access-mode';
import type { Labels } from '../kube/label-selector';
import { didYouMean } from '../kube/nearest';
import type { ParameterProblem } from '../kube/parameter-problem';
import type { Quantity } from '../kube/quantity';
import { alternatives, show } from '../kube/show';
import type { VolumeMode } from '../kube/volume-mode';

/** The CSI driver for EBS (kubernetes-sigs/aws-ebs-csi-driver); what follows is of v1.64.0. */
export const EBS_DRIVER = 'ebs.csi.aws.com';

/**
 * The label by which nodes and volumes say their zone.
 *
 * Source: Kubernetes, "Well-Known Labels"; the driver's own `topology.ebs.csi.aws.com/zone` is
 * deprecated.
 */
export const EBS_ZONE_LABEL = 'topology.kubernetes.io/zone';

/** Volume types (aws-ebs-csi-driver, pkg/cloud/cloud.go, ValidVolumeTypes); gp3 where none is said. */
export const EBS_VOLUME_TYPES = ['gp3', 'gp2', 'io1', 'io2', 'st1', 'sc1', 'standard'] as const;

/** A type of EBS volume. */
export type EbsVolumeType = (typeof EBS_VOLUME_TYPES)[number];

/** A range, both ends included. */
export interface EbsRange {
  readonly least: number;
  readonly most: number;
}

/** IOPS that can be chosen. */
export interface EbsIopsLimits extends EbsRange {
  /** The most for each GiB; a volume has `least` at any size. */
  readonly perGib: number;

  /** What a volume has where nothing is chosen; without it, a choice must be made. */
  readonly standard?: number;
}

/** Throughput that can be chosen, in MiB/s. */
export interface EbsThroughputLimits extends EbsRange {
  /** The most for each of the volume's IOPS. */
  readonly perIops: number;
}

/** What volumes of one type can be. */
export interface EbsTypeLimits {
  /** Size, in GiB. */
  readonly gib: EbsRange;
  readonly iops?: EbsIopsLimits;
  readonly throughput?: EbsThroughputLimits;
}

/**
 * What volumes of each type can be.
 *
 * Source: Amazon EBS User Guide, "Amazon EBS volume types"; for IOPS also aws-ebs-csi-driver,
 * pkg/cloud/cloud.go, which asks EC2 for the most.
 */
export const EBS_LIMITS: Readonly<Record<EbsVolumeType, EbsTypeLimits>> = {
  gp3: {
    gib: { least: 1, most: 65_536 },
    iops: { least: 3_000, most: 80_000, perGib: 500, standard: 3_000 },
    throughput: { least: 125, most: 2_000, perIops: 0.25 },
  },
  gp2: { gib: { least: 1, most: 16_384 } },
  io1: { gib: { least: 4, most: 16_384 }, iops: { least: 100, most: 64_000, perGib: 50 } },
  io2: { gib: { least: 4, most: 65_536 }, iops: { least: 100, most: 256_000, perGib: 1_000 } },
  st1: { gib: { least: 125, most: 16_384 } },
  sc1: { gib: { least: 125, most: 16_384 } },
  standard: { gib: { least: 1, most: 1_024 } },
};

const WITH_IOPS = EBS_VOLUME_TYPES.filter((type) => EBS_LIMITS[type].iops);
const WITH_THROUGHPUT = EBS_VOLUME_TYPES.filter((type) => EBS_LIMITS[type].throughput);

/**
 * Parameters that the driver knows; it reads their names in any case. Any other is refused, but for
 * tags.
 *
 * Source: aws-ebs-csi-driver, pkg/driver/constants.go; docs/parameters.md.
 */
export const EBS_PARAMETERS: readonly string[] = [
  'type',
  'iops',
  'iopsPerGB',
  'allowAutoIOPSPerGBIncrease',
  'allowAutoIOPSIncreaseOnModify',
  'throughput',
  'encrypted',
  'kmsKeyId',
  'blockExpress', // since io2 has its IOPS without, read and ignored
  'fstype', // deprecated for csi.storage.k8s.io/fstype
  'blockSize',
  'inodeSize',
  'bytesPerInode',
  'numberOfInodes',
  'ext4BigAlloc',
  'ext4ClusterSize',
  'ext4EncryptionSupport',
  'volumeInitializationRate',
  'blockAttachUntilInitialized',
];

/** The provisioner's own parameters (kubernetes-csi/external-provisioner, pkg/controller). */
const PROVISIONER_PARAMETER =
  /^csi\.storage\.k8s\.io\/(fstype|(provisioner|(controller|node)-(publish|expand)|node-stage)-secret-(name|namespace))$/;

/** Parameters that are taken for false where they are not `true`. */
const FLAGS = ['encrypted', 'allowAutoIOPSPerGBIncrease', 'ext4BigAlloc'] as const;

/** What names a volume: 8 digits until 2016, 17 since (Amazon EC2 User Guide, "Resource IDs"). */
export const EBS_VOLUME_ID = /^vol-([0-9a-f]{8}|[0-9a-f]{17})$/;

const REGION = '[a-z]{2,4}(?:-[a-z]+)+-\\d+';

/**
 * Names of Availability Zones, Local Zones and Wavelength Zones: `ap-northeast-1a`,
 * `us-west-2-lax-1a`, `us-east-1-wl1-bos-wlz-1`.
 *
 * Source: Amazon EC2 API, AvailabilityZone; AWS Wavelength, "Available Wavelength Zones".
 */
export const EBS_ZONE = new RegExp(
  `^${REGION}(?:[a-z]|-[a-z]{3}-\\d+[a-z]|-wl\\d+-[a-z]{3}-wlz-\\d+)$`,
);

const KMS_KEY = 'key/(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';

/** The ARN of a key or of its alias (AWS KMS Developer Guide, "Key identifiers"). */
export const KMS_KEY_ARN = new RegExp(
  `^arn:aws[a-z-]*:kms:${REGION}:\\d{12}:(?:${KMS_KEY}|alias/[\\w/-]+)$`,
);

/** Access modes of volumes of every type. */
export const EBS_ACCESS_MODES = ['ReadWriteOnce', 'ReadWriteOncePod'] as const;

/** An access mode of volumes of every type. */
export type EbsAccessMode = (typeof EBS_ACCESS_MODES)[number];

/** The one type for ReadWriteMany, as Block alone (aws-ebs-csi-driver, docs/multi-attach.md). */
const EBS_SHARED_TYPE = 'io2' satisfies EbsVolumeType;

const NANOS_PER_GIB = 10n ** 9n * 2n ** 30n;

/** GiB of a volume for this size: the driver rounds up (aws-ebs-csi-driver, pkg/util/util.go). */
export function gibOf(size: Quantity): number {
  return Number((size.nanos + NANOS_PER_GIB - 1n) / NANOS_PER_GIB);
}

/**
 * What is wrong with the parameters of a StorageClass, whatever is claimed of it.
 *
 * `refused` where the driver or EC2 makes no volume. Otherwise it makes one that is not what the
 * parameter says: the driver cuts IOPS down to the most that they can be, for one. Formatting options
 * and tags have modules of their own.
 */
export function ebsParameterProblems(parameters: Labels): readonly ParameterProblem[] {
  const given = read(parameters);
  return [
    ...Object.keys(parameters).flatMap(unknownParameter),
    ...(given.type === undefined
      ? [
          refused(
            'type',
            `must be ${alternatives(EBS_VOLUME_TYPES)}, got ${show(given.get('type'))}`,
          ),
        ]
      : [...iopsProblems(given.type, given), ...throughputProblems(given.type, given)]),
    ...flagProblems(given),
    ...keyProblems(given),
  ];
}

/**
 * What is wrong with the size of a claim of a class with these parameters: against the type, the
 * IOPS and the throughput.
 */
export function ebsSizeProblems(parameters: Labels, size: Quantity): readonly ParameterProblem[] {
  const { type, ...given } = read(parameters);
  if (type === undefined) {
    return [];
  }
  const gib = gibOf(size);
  const { least, most } = EBS_LIMITS[type].gib;
  if (gib < least || gib > most) {
    const problem = `of ${type} must be between ${least}Gi and ${most}Gi, got ${size}`;
    return [refused('size', problem)];
  }
  const { iops } = EBS_LIMITS[type];
  return iops === undefined ? [] : ratioProblems(type, iops, given, gib);
}

/** What is wrong with the modes of a claim of a volume type. */
export function ebsModeProblems(
  type: EbsVolumeType,
  accessMode: AccessMode,
  volumeMode: VolumeMode,
): readonly ParameterProblem[] {
  if ((EBS_ACCESS_MODES as readonly string[]).includes(accessMode)) {
    return [];
  }
  if (accessMode !== 'ReadWriteMany') {
    return [
      refused(
        'accessMode',
        `of ${type} must be ${alternatives(EBS_ACCESS_MODES)}, got '${accessMode}'`,
      ),
    ];
  }
  const remedy = 'a file system that nodes share needs another driver, such as NFS';
  if (type !== EBS_SHARED_TYPE) {
    return [
      refused(
        'accessMode',
        `of ${type} must be ${alternatives(EBS_ACCESS_MODES)}, got 'ReadWriteMany'; that is for ${EBS_SHARED_TYPE} with volumeMode Block, and ${remedy}`,
      ),
    ];
  }
  return volumeMode === 'Block'
    ? []
    : [refused('volumeMode', `must be 'Block' for ReadWriteMany, got '${volumeMode}'; ${remedy}`)];
}

/** Parameters as the driver reads them. */
interface Given {
  /** Undefined where there is no such type. */
  readonly type: EbsVolumeType | undefined;

  /** A parameter, by its name in any case. */
  get(name: string): string | undefined;
}

function read(parameters: Labels): Given {
  const values = new Map(
    Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const type = values.get('type') || EBS_VOLUME_TYPES[0];
  return {
    type: EBS_VOLUME_TYPES.find((known) => known === type),
    get: (name) => values.get(name.toLowerCase()),
  };
}

type Numbers = Pick<Given, 'get'>;

/** A parameter as a number: 0 where it is left out or not above 0, NaN where it is no number. */
function numberOf(given: Numbers, name: string): number {
  const text = given.get(name) ?? '0';
  return /^[+-]?\d{1,10}$/.test(text) ? Math.max(0, Number(text)) : Number.NaN;
}

function notANumber(given: Numbers, name: string): readonly ParameterProblem[] {
  return Number.isNaN(numberOf(given, name))
    ? [refused(name, `must be a whole number, got ${show(given.get(name))}`)]
    : [];
}

function refused(parameter: string, problem: string): ParameterProblem {
  return { parameter, problem, refused: true };
}

function altered(parameter: string, problem: string): ParameterProblem {
  return { parameter, problem, refused: false };
}

function unknownParameter(name: string): readonly ParameterProblem[] {
  const known = name.startsWith('csi.storage.k8s.io/')
    ? PROVISIONER_PARAMETER.test(name)
    : name.startsWith('tagSpecification') ||
      EBS_PARAMETERS.some((each) => each.toLowerCase() === name.toLowerCase());
  if (known) {
    return [];
  }
  const meant = /^zones?$/i.test(name)
    ? "; zones go into 'allowedTopologies'"
    : didYouMean(name, [...EBS_PARAMETERS, 'csi.storage.k8s.io/fstype', 'tagSpecification_1']);
  return [refused(name, `is no parameter of ${EBS_DRIVER}${meant}`)];
}

function iopsProblems(type: EbsVolumeType, given: Given): readonly ParameterProblem[] {
  const unread = [...notANumber(given, 'iops'), ...notANumber(given, 'iopsPerGB')];
  if (unread.length > 0) {
    return unread;
  }
  const iops = numberOf(given, 'iops');
  const perGb = numberOf(given, 'iopsPerGB');
  const limits = EBS_LIMITS[type].iops;
  if (limits === undefined) {
    const problem = `must be left out for ${type}; ${alternatives(WITH_IOPS)} take it`;
    return [
      ...(iops > 0 ? [refused('iops', problem)] : []),
      ...(perGb > 0 ? [refused('iopsPerGB', problem)] : []),
    ];
  }
  if (iops > 0 && perGb > 0) {
    return [refused('iops', `must not be given beside 'iopsPerGB', got ${iops} and ${perGb}`)];
  }
  const { least, most, perGib, standard } = limits;
  if (perGb > 0) {
    const problem = `of ${type} must be between 1 and ${perGib}, got ${perGb}`;
    return perGb > perGib ? [altered('iopsPerGB', problem)] : [];
  }
  if (iops === 0) {
    const problem = `or 'iopsPerGB' must be given for ${type}, got neither`;
    return standard === undefined ? [refused('iops', problem)] : [];
  }
  const remedy = standard === undefined ? '' : `; leave it out for ${standard}`;
  const problem = `of ${type} must be between ${least} and ${most}, got ${iops}${remedy}`;
  if (iops > most) {
    return [altered('iops', problem)];
  }
  return iops < least && !increases(given) ? [refused('iops', problem)] : [];
}

function throughputProblems(type: EbsVolumeType, given: Given): readonly ParameterProblem[] {
  const throughput = numberOf(given, 'throughput');
  if (throughput === 0 || Number.isNaN(throughput)) {
    return notANumber(given, 'throughput');
  }
  const { throughput: limits, iops } = EBS_LIMITS[type];
  if (limits === undefined) {
    const problem = `must be left out for ${type}; ${alternatives(WITH_THROUGHPUT)} takes it`;
    return [altered('throughput', problem)];
  }
  const { least, most } = limits;
  if (throughput < least || throughput > most) {
    const problem = `of ${type} must be between ${least} and ${most} MiB/s, got ${throughput}; leave it out for ${least}`;
    return [refused('throughput', problem)];
  }
  // With iopsPerGB, it is the size of each claim that decides.
  const provisioned = Math.min(numberOf(given, 'iops') || (iops?.standard ?? 0), iops?.most ?? 0);
  const needed = Math.ceil(throughput / limits.perIops);
  return numberOf(given, 'iopsPerGB') === 0 && needed > provisioned
    ? [
        refused(
          'throughput',
          shareProblem(type, limits, throughput, provisioned, `set 'iops' to at least ${needed}`),
        ),
      ]
    : [];
}

function shareProblem(
  type: EbsVolumeType,
  { perIops }: EbsThroughputLimits,
  throughput: number,
  iops: number,
  remedy: string,
): string {
  return `of ${type} must be at most ${perIops} MiB/s for each of its ${iops} IOPS (${Math.floor(iops * perIops)}), got ${throughput}; ${remedy}`;
}

function ratioProblems(
  type: EbsVolumeType,
  { least, most, perGib }: EbsIopsLimits,
  given: Numbers,
  gib: number,
): readonly ParameterProblem[] {
  const iops = numberOf(given, 'iops');
  const perGb = numberOf(given, 'iopsPerGB');
  const highest = perGib * gib;
  if (iops > Math.max(least, highest)) {
    const problem = `of ${type} must be at most ${perGib} for each of ${gib}Gi (${highest}), got ${iops}; claim at least ${Math.ceil(iops / perGib)}Gi`;
    // The driver cuts down to what the size allows, where that is enough for any volume.
    return [highest < least ? refused('iops', problem) : altered('iops', problem)];
  }
  if (!(perGb > 0)) {
    return [];
  }
  const asked = perGb * gib;
  if (asked < least && !increases(given)) {
    const problem = `of ${type} must make at least ${least} IOPS, got ${perGb} for each of ${gib}Gi (${asked}); claim at least ${Math.ceil(least / perGb)}Gi, or set 'allowAutoIOPSPerGBIncrease'`;
    return [refused('iopsPerGB', problem)];
  }
  const throughput = numberOf(given, 'throughput');
  const limits = EBS_LIMITS[type].throughput;
  const provisioned = Math.max(least, Math.min(asked, most, highest));
  if (limits === undefined || !(throughput > provisioned * limits.perIops)) {
    return [];
  }
  const enough = Math.ceil(throughput / limits.perIops / Math.min(perGb, perGib));
  return [
    refused(
      'throughput',
      shareProblem(type, limits, throughput, provisioned, `claim at least ${enough}Gi`),
    ),
  ];
}

/** Whether the driver raises too few IOPS to the least that there can be. */
function increases(given: Numbers): boolean {
  return given.get('allowAutoIOPSPerGBIncrease') === 'true';
}

function flagProblems(given: Given): readonly ParameterProblem[] {
  return FLAGS.flatMap((name) => {
    const value = given.get(name);
    return value === undefined || value === 'true' || value === 'false'
      ? []
      : [altered(name, `must be 'true' or 'false', got ${show(value)}`)];
  });
}

function keyProblems(given: Given): readonly ParameterProblem[] {
  const key = given.get('kmsKeyId');
  if (!key) {
    return [];
  }
  const form = "'arn:aws:kms:<region>:<account>:key/<id>'";
  return [
    ...(KMS_KEY_ARN.test(key)
      ? []
      : [altered('kmsKeyId', `must be the ARN of a key, ${form}, got ${show(key)}`)]),
    ...(given.get('encrypted') === 'false'
      ? [altered('kmsKeyId', "must be left out where 'encrypted' is false: with a key, it is true")]
      : []),
  ];
}
