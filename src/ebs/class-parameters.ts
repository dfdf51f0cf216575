import type { ClaimRequest } from '../claims/contracts';
import type { Labels } from '../kube/label-selector';
import type { ParameterProblem } from '../kube/parameter-problem';
import { type ErrorPlace, refuse } from '../kube/storage-error';
import type { EbsStorageClassProps } from './ebs-storage-class-props';
import { EBS_FS_TYPE_PARAMETER, EBS_FS_TYPES, ebsFormatProblems } from './format/limits';
import { type EbsVolumeType, ebsSizeProblems } from './limits';
import { ebsModeProblems } from './modes/limits';
import { ebsParameterProblems } from './parameters/limits';
import { tagParameters } from './tags/tags';

/** The code of a refusal, by what it is about; formatting options have one together. */
const CODES: Readonly<Record<string, string>> = {
  iops: 'EbsIops',
  iopsPerGB: 'EbsIops',
  throughput: 'EbsThroughput',
  kmsKeyId: 'EbsKmsKey',
  size: 'EbsSize',
  accessMode: 'EbsAccessMode',
  volumeMode: 'EbsAccessMode',
};

/**
 * The parameters of a class.
 *
 * @throws StorageError `EbsIops`, `EbsThroughput`, `EbsFormat`, `EbsKmsKey`, `EbsTags`
 */
export function classParameters(place: ErrorPlace, props: EbsStorageClassProps): Labels {
  const { volume, fsType = EBS_FS_TYPES[0], format, encrypted = true, kmsKeyId } = props;
  const { type, ...performance } = volume;
  const parameters = {
    type,
    ...texts(performance),
    [EBS_FS_TYPE_PARAMETER]: fsType,
    ...texts({ ...format, encrypted, kmsKeyId }),
  };
  refuseFirst(place, [...ebsParameterProblems(parameters), ...ebsFormatProblems(parameters)]);
  return { ...parameters, ...tagParameters(place, props.tags) };
}

/**
 * Refuses a claim that a class with these parameters could not serve as asked.
 *
 * @throws StorageError `EbsAccessMode`, `EbsFormat`, `EbsSize`, `EbsIops`, `EbsThroughput`
 */
export function checkClassClaim(
  place: ErrorPlace,
  type: EbsVolumeType,
  parameters: Labels,
  { size, accessMode, volumeMode }: ClaimRequest,
): void {
  refuseFirst(place, [
    ...ebsModeProblems(type, accessMode, volumeMode),
    ...ebsFormatProblems(parameters, volumeMode),
    ...ebsSizeProblems(parameters, size),
  ]);
}

// What the driver would quietly do otherwise than it is told is refused as well.
function refuseFirst(place: ErrorPlace, problems: readonly ParameterProblem[]): void {
  const [first] = problems;
  if (first !== undefined) {
    const { parameter, problem } = first;
    refuse(CODES[parameter] ?? 'EbsFormat', place, `'${parameter}' ${problem}`);
  }
}

/** Values as parameters hold them; what is not given is no parameter. */
function texts(values: Readonly<Record<string, unknown>>): Labels {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, `${value}`]),
  );
}
