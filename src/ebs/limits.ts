import {
  altered,
  type DriverParameters,
  driverParameters,
  numberProblems,
  refused,
} from '../kube/driver-parameters';
import type { Labels } from '../kube/label-selector';
import type { ParameterProblem } from '../kube/parameter-problem';
import type { Quantity } from '../kube/quantity';
import { alternatives, show } from '../kube/show';

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

const NANOS_PER_GIB = 10n ** 9n * 2n ** 30n;

/** GiB of a volume for this size: the driver rounds up (aws-ebs-csi-driver, pkg/util/util.go). */
export function gibOf(size: Quantity): number {
  return Number((size.nanos + NANOS_PER_GIB - 1n) / NANOS_PER_GIB);
}

/**
 * What is wrong with the type, the IOPS and the throughput of a class, whatever is claimed of it.
 *
 * `refused` where the driver or EC2 makes no volume. Otherwise it makes one that is not what the
 * parameter says: the driver cuts IOPS down to the most that they can be, for one.
 */
export function ebsPerformanceProblems(parameters: Labels): readonly ParameterProblem[] {
  const given = driverParameters(parameters);
  const type = typeOf(given);
  if (type === undefined) {
    const problem = `must be ${alternatives(EBS_VOLUME_TYPES)}, got ${show(given.get('type'))}`;
    return [refused('type', problem)];
  }
  return [...iopsProblems(type, given), ...throughputProblems(type, given)];
}

/**
 * What is wrong with the size of a claim of a class with these parameters: against the type, the
 * IOPS and the throughput.
 */
export function ebsSizeProblems(parameters: Labels, size: Quantity): readonly ParameterProblem[] {
  const given = driverParameters(parameters);
  const type = typeOf(given);
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

/** The type that is given; undefined where there is no such type. */
function typeOf(given: DriverParameters): EbsVolumeType | undefined {
  const type = given.get('type') || EBS_VOLUME_TYPES[0];
  return EBS_VOLUME_TYPES.find((known) => known === type);
}

function iopsProblems(type: EbsVolumeType, given: DriverParameters): readonly ParameterProblem[] {
  const unread = [...numberProblems(given, 'iops'), ...numberProblems(given, 'iopsPerGB')];
  if (unread.length > 0) {
    return unread;
  }
  const iops = given.numberOf('iops');
  const perGb = given.numberOf('iopsPerGB');
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

function throughputProblems(
  type: EbsVolumeType,
  given: DriverParameters,
): readonly ParameterProblem[] {
  const throughput = given.numberOf('throughput');
  if (throughput === 0 || Number.isNaN(throughput)) {
    return numberProblems(given, 'throughput');
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
  const provisioned = Math.min(given.numberOf('iops') || (iops?.standard ?? 0), iops?.most ?? 0);
  const needed = Math.ceil(throughput / limits.perIops);
  return given.numberOf('iopsPerGB') === 0 && needed > provisioned
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
  given: DriverParameters,
  gib: number,
): readonly ParameterProblem[] {
  const iops = given.numberOf('iops');
  const perGb = given.numberOf('iopsPerGB');
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
  const throughput = given.numberOf('throughput');
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
function increases(given: DriverParameters): boolean {
  return given.get('allowAutoIOPSPerGBIncrease') === 'true';
}
