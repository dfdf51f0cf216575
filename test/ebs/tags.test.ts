import { EBS_RESERVED_TAGS, EBS_TAG_LIMITS, ebsTagProblems } from '../../src/ebs/tags/limits';
import { type EbsTags, tagParameters } from '../../src/ebs/tags/tags';
import { refusal } from '../support/refusal';

const { count, key: longestKey, value: longestValue } = EBS_TAG_LIMITS;

const problem = (tag: string) =>
  ebsTagProblems({ tagSpecification_1: tag }).map(({ problem: text }) => text);

const many = (number: number): EbsTags =>
  Object.fromEntries(Array.from({ length: number }, (_, index) => [`key${index}`, 'value']));

const refused = (tags: EbsTags) => refusal(() => tagParameters('shop/fast', tags));

describe('a tag among the parameters of a class', () => {
  test.each([
    'team=shop',
    'team=',
    'path=a=b',
    'pvc={{ .PVCNamespace }}/{{ .PVCName }}',
    'Name=fast',
    'ebs.csi.aws.com/cluster-name=prod',
    'my.kubernetes.io=x',
    'awesome=yes',
    `${'k'.repeat(longestKey)}=${'v'.repeat(longestValue)}`,
    `${'😀'.repeat(longestKey)}=${'😀'.repeat(longestValue)}`,
    `long={{ ${'x'.repeat(longestValue)} }}`,
  ])('may be %s', (tag) => {
    expect(problem(tag)).toEqual([]);
  });

  test.each([
    ['team', "must be 'key=value', got 'team'"],
    ['=shop', "must have a key of 1 to 128 characters, got 0 in ''"],
    [
      `${'k'.repeat(longestKey + 1)}=v`,
      `must have a key of 1 to 128 characters, got 129 in '${'k'.repeat(80)}…'`,
    ],
    [
      `k=${'v'.repeat(longestValue + 1)}`,
      "must have a value of at most 256 characters, got 257 for 'k'",
    ],
    [
      'aws:team=shop',
      "must not have a key that begins with 'aws:', got 'aws:team'; it is reserved",
    ],
    [
      'AWS:team=shop',
      "must not have a key that begins with 'AWS:', got 'AWS:team'; it is reserved",
    ],
    [
      'kubernetes.io/cluster/prod=owned',
      "must not have a key that begins with 'kubernetes.io', got 'kubernetes.io/cluster/prod'; it is reserved",
    ],
  ])('fails when it is %s', (tag, message) => {
    expect(problem(tag)).toEqual([message]);
  });

  test.each(EBS_RESERVED_TAGS)('fails when its key is %s', (key) => {
    expect(problem(`${key}=x`)).toEqual([`must not have the key '${key}': the driver sets it`]);
  });

  test('is one of 48 at most', () => {
    const parameters = (number: number) =>
      Object.fromEntries(
        Array.from({ length: number }, (_, index) => [`tagSpecification_${index}`, `k${index}=v`]),
      );
    expect(ebsTagProblems({ ...parameters(count), type: 'gp3' })).toEqual([]);
    expect(ebsTagProblems(parameters(count + 1))).toEqual([
      {
        parameter: 'tagSpecification',
        problem:
          'must come at most 48 times, got 49; the driver adds tags of its own to the 50 of AWS',
        refused: true,
      },
    ]);
  });
});

describe('tags as a prop', () => {
  test('become parameters that are counted from 1, in their order', () => {
    expect(tagParameters('shop/fast', { team: 'shop', empty: '', sum: 'a=b' })).toEqual({
      tagSpecification_1: 'team=shop',
      tagSpecification_2: 'empty=',
      tagSpecification_3: 'sum=a=b',
    });
    expect(tagParameters('shop/fast', {})).toEqual({});
    expect(tagParameters('shop/fast')).toEqual({});
  });

  test('are 48 at most', () => {
    expect(Object.keys(tagParameters('shop/fast', many(count)))).toHaveLength(count);
    expect(refused(many(count + 1))).toEqual({
      code: 'EbsTags',
      path: 'shop/fast',
      message:
        "shop/fast: 'tags' must be at most 48, got 49; the driver adds tags of its own to the 50 of AWS",
    });
  });

  test('fail when the driver would cut a key short', () => {
    expect(refused({ 'a=b': 'c' })).toEqual({
      code: 'EbsTags',
      path: 'shop/fast',
      message:
        "shop/fast: 'tags' must have keys without '=', where the driver ends them, got 'a=b'",
    });
  });

  test('fail when a key is reserved', () => {
    expect(refused({ team: 'shop', CSIVolumeName: 'mine' }).message).toBe(
      "shop/fast: 'tags' must not have the key 'CSIVolumeName': the driver sets it",
    );
  });
});
