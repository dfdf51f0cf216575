import * as types from '../kube/props';
import { EBS_VOLUME_TYPES, type EbsVolumeType } from './limits';

/** IOPS that may be chosen: a number for each volume, or one for each GiB. */
export type EbsIopsChoice = EbsIopsRequired | EbsIopsLeftOut;

/** IOPS that must be chosen: a number for each volume, or one for each GiB. */
export type EbsIopsRequired = EbsIopsPerVolume | EbsIopsPerGib;

/** IOPS as one number for each volume, whatever its size. */
export interface EbsIopsPerVolume {
  /**
   * Provisioned IOPS of each volume: gp3 3,000 to 80,000, io1 100 to 64,000, io2 100 to 256,000.
   *
   * At most 500 (gp3), 50 (io1) or 1,000 (io2) for each GiB of a claim; gp3 has 3,000 at any size.
   */
  readonly iops: number;
  /** Not beside `iops`. */
  readonly iopsPerGB?: never;
  /** Not beside `iops`. */
  readonly allowAutoIOPSPerGBIncrease?: never;
}

/** IOPS by the size of the volume. */
export interface EbsIopsPerGib {
  /** Not beside `iopsPerGB`. */
  readonly iops?: never;

  /**
   * Provisioned IOPS for each GiB: gp3 at most 500, io1 50, io2 1,000.
   *
   * More than the type can have for a volume are cut down to that by the driver; a claim that makes
   * fewer than the type has at least is refused.
   */
  readonly iopsPerGB: number;

  /**
   * Whether the driver raises a volume's IOPS to the least of its type, where `iopsPerGB` makes fewer.
   *
   * @default - false: such a claim is refused
   */
  readonly allowAutoIOPSPerGBIncrease?: boolean;
}

/** No choice of IOPS. */
export interface EbsIopsLeftOut {
  /** Left out. */
  readonly iops?: never;
  /** Left out. */
  readonly iopsPerGB?: never;
  /** Left out. */
  readonly allowAutoIOPSPerGBIncrease?: never;
}

/** General purpose SSD, of which IOPS and throughput can be chosen: 1 to 65,536 GiB. */
export type Gp3Volume = EbsIopsChoice & {
  /** The type. */
  readonly type: 'gp3';

  /**
   * Provisioned throughput, in MiB/s: 125 to 2,000, and at most a quarter of the IOPS.
   *
   * @default - 125, what gp3 includes
   */
  readonly throughput?: number;
};

/** Provisioned IOPS SSD: io1 4 to 16,384 GiB, io2 4 to 65,536 GiB. */
export type ProvisionedIopsVolume<T extends 'io1' | 'io2'> = EbsIopsRequired & {
  /** The type. */
  readonly type: T;
  /** Follows from the IOPS. */
  readonly throughput?: never;
};

/** A volume whose performance follows from its type and size. */
export interface PlainEbsVolume<T extends EbsVolumeType> extends EbsIopsLeftOut {
  /** The type. */
  readonly type: T;
  /** Follows from type and size. */
  readonly throughput?: never;
}

/** What can be said of the volumes of each type. */
export interface EbsVolumeSpecs {
  /** General purpose SSD; the one to take where nothing else is needed. */
  readonly gp3: Gp3Volume;

  /** General purpose SSD of the former generation, 3 IOPS for each GiB: 1 to 16,384 GiB. */
  readonly gp2: PlainEbsVolume<'gp2'>;

  /** Provisioned IOPS SSD of the former generation. */
  readonly io1: ProvisionedIopsVolume<'io1'>;

  /** Provisioned IOPS SSD; as Block, several nodes can have one. */
  readonly io2: ProvisionedIopsVolume<'io2'>;

  /** Throughput optimized HDD: 125 to 16,384 GiB. */
  readonly st1: PlainEbsVolume<'st1'>;

  /** Cold HDD: 125 to 16,384 GiB. */
  readonly sc1: PlainEbsVolume<'sc1'>;

  /** Magnetic, of the former generation: 1 to 1,024 GiB. */
  readonly standard: PlainEbsVolume<'standard'>;
}

/** The volumes of a class: their type, and what can be chosen of it. */
export type EbsVolumeSpec<T extends EbsVolumeType = EbsVolumeType> = {
  /** The type, as AWS calls it. */
  readonly type: T;
} & EbsVolumeSpecs[T];

/** The same as a prop; what does not go together is told where the limits are. */
export const EBS_VOLUME_SPEC: types.PropType = types.nested({
  type: types.oneOf(EBS_VOLUME_TYPES),
  iops: types.optional(types.wholeNumber(1)),
  iopsPerGB: types.optional(types.wholeNumber(1)),
  allowAutoIOPSPerGBIncrease: types.optional(types.flag),
  throughput: types.optional(types.wholeNumber(1)),
});
