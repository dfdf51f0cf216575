import { altered, driverParameters } from '../../kube/driver-parameters';
import type { Labels } from '../../kube/label-selector';
import type { ParameterProblem } from '../../kube/parameter-problem';
import { show } from '../../kube/show';

/**
 * The label by which nodes and volumes say their zone.
 *
 * Source: Kubernetes, "Well-Known Labels"; the driver's own `topology.ebs.csi.aws.com/zone` is
 * deprecated.
 */
export const EBS_ZONE_LABEL = 'topology.kubernetes.io/zone';

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

/** What is wrong with the key that a class encrypts its volumes with. */
export function ebsKeyProblems(parameters: Labels): readonly ParameterProblem[] {
  const given = driverParameters(parameters);
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
