import type { AccessMode } from '../../kube/access-mode';
import { refused } from '../../kube/driver-parameters';
import type { ParameterProblem } from '../../kube/parameter-problem';
import { alternatives } from '../../kube/show';
import type { VolumeMode } from '../../kube/volume-mode';

/**
 * Access modes of volumes of every type. ReadOnlyMany is refused by the driver, as a disk is not
 * attached for reading alone.
 *
 * Source: aws-ebs-csi-driver#2178; KEP-2485, by which ReadWriteOncePod is one node to a driver.
 */
export const EBS_ACCESS_MODES = ['ReadWriteOnce', 'ReadWriteOncePod'] as const;

/** An access mode of volumes of every type. */
export type EbsAccessMode = (typeof EBS_ACCESS_MODES)[number];

/** The one type for ReadWriteMany, as Block alone (aws-ebs-csi-driver, docs/multi-attach.md). */
const EBS_SHARED_TYPE = 'io2';

/** What is wrong with the modes of a claim of a volume type. */
export function ebsModeProblems(
  type: string,
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
