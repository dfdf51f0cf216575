import { altered, driverParameters, refused } from '../../kube/driver-parameters';
import type { Labels } from '../../kube/label-selector';
import { didYouMean } from '../../kube/nearest';
import type { ParameterProblem } from '../../kube/parameter-problem';
import { show } from '../../kube/show';

/** The CSI driver for EBS (kubernetes-sigs/aws-ebs-csi-driver); what ebs/ says of it is of v1.64.0. */
export const EBS_DRIVER = 'ebs.csi.aws.com';

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

/** What is wrong with the names of a class's parameters: the driver refuses what it does not know. */
export function ebsNameProblems(parameters: Labels): readonly ParameterProblem[] {
  return Object.keys(parameters).flatMap(unknownParameter);
}

/** What is wrong with the parameters of a class that are true or false. */
export function ebsFlagProblems(parameters: Labels): readonly ParameterProblem[] {
  const given = driverParameters(parameters);
  return FLAGS.flatMap((name) => {
    const value = given.get(name);
    return value === undefined || value === 'true' || value === 'false'
      ? []
      : [altered(name, `must be 'true' or 'false', got ${show(value)}`)];
  });
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
