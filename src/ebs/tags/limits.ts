import type { Labels } from '../../kube/label-selector';
import type { ParameterProblem } from '../../kube/parameter-problem';
import { show } from '../../kube/show';

/** Begins the parameters that hold a tag as `key=value` (aws-ebs-csi-driver, docs/tagging.md). */
export const EBS_TAG_PARAMETER = 'tagSpecification';

/**
 * How many tags, and how long: AWS allows 50 on a volume or a snapshot, and the driver adds two.
 *
 * Source: Amazon EC2 User Guide, "Tag restrictions"; aws-ebs-csi-driver, docs/tagging.md.
 */
export const EBS_TAG_LIMITS = { count: 48, key: 128, value: 256 } as const;

/** Tags that the driver sets itself (aws-ebs-csi-driver, pkg/driver/validation.go). */
export const EBS_RESERVED_TAGS: readonly string[] = [
  'CSIVolumeName',
  'CSIVolumeSnapshotName',
  'ebs.csi.aws.com/cluster',
];

/** What no key may begin with: the driver's (the same file), and AWS' own, in any case. */
const RESERVED_PREFIX = /^(kubernetes\.io|[aA][wW][sS]:)/;

/**
 * What is wrong with the tags among the parameters of a StorageClass or a VolumeSnapshotClass.
 *
 * A value may be a template, such as `{{ .PVCName }}`: what it renders to is not looked at.
 */
export function ebsTagProblems(parameters: Labels): readonly ParameterProblem[] {
  const tags = Object.entries(parameters).filter(([name]) => name.startsWith(EBS_TAG_PARAMETER));
  const { count } = EBS_TAG_LIMITS;
  return [
    ...tags.flatMap(([name, tag]) => {
      const problem = tagProblem(tag);
      return problem === undefined ? [] : [{ parameter: name, problem, refused: true }];
    }),
    ...(tags.length <= count
      ? []
      : [
          {
            parameter: EBS_TAG_PARAMETER,
            problem: `must come at most ${count} times, got ${tags.length}; the driver adds tags of its own to the 50 of AWS`,
            refused: true,
          },
        ]),
  ];
}

/**
 * What is wrong with one tag, or undefined where nothing is.
 *
 * @param tag - as in a parameter, `key=value`
 */
export function tagProblem(tag: string): string | undefined {
  const equals = tag.indexOf('=');
  if (equals < 0) {
    return `must be 'key=value', got ${show(tag)}`;
  }
  const key = tag.slice(0, equals);
  const value = tag.slice(equals + 1);
  const prefix = RESERVED_PREFIX.exec(key)?.[0];
  if (prefix !== undefined) {
    return `must not have a key that begins with '${prefix}', got ${show(key)}; it is reserved`;
  }
  if (EBS_RESERVED_TAGS.includes(key)) {
    return `must not have the key ${show(key)}: the driver sets it`;
  }
  const { key: longestKey, value: longestValue } = EBS_TAG_LIMITS;
  if (key === '' || lengthOf(key) > longestKey) {
    return `must have a key of 1 to ${longestKey} characters, got ${lengthOf(key)} in ${show(key)}`;
  }
  return lengthOf(value) > longestValue && !value.includes('{{')
    ? `must have a value of at most ${longestValue} characters, got ${lengthOf(value)} for ${show(key)}`
    : undefined;
}

// AWS counts characters, JavaScript's length halves of some.
function lengthOf(text: string): number {
  return [...text].length;
}
