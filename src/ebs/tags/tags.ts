import type { Labels } from '../../kube/label-selector';
import * as types from '../../kube/props';
import { show } from '../../kube/show';
import { type ErrorPlace, refuse } from '../../kube/storage-error';
import { EBS_TAG_LIMITS, EBS_TAG_PARAMETER, tagProblem } from './limits';

/** Tags by key, on the volumes or snapshots in AWS. */
export type EbsTags = Readonly<Record<string, string>>;

/** The same as a prop. */
export const EBS_TAGS: types.PropType = {
  expected: 'an object of strings by key',
  accepts: (value) =>
    types.isObject(value) && Object.values(value).every((tag) => typeof tag === 'string'),
};

/**
 * Tags as parameters of a class.
 *
 * @throws StorageError `EbsTags`
 */
export function tagParameters(place: ErrorPlace, tags: EbsTags = {}): Labels {
  const { count } = EBS_TAG_LIMITS;
  const keys = Object.keys(tags);
  if (keys.length > count) {
    refuse(
      'EbsTags',
      place,
      `'tags' must be at most ${count}, got ${keys.length}; the driver adds tags of its own to the 50 of AWS`,
    );
  }
  const parameters: Record<string, string> = {};
  for (const [index, key] of keys.entries()) {
    const tag = `${key}=${tags[key]}`;
    const problem = key.includes('=')
      ? `must have keys without '=', where the driver ends them, got ${show(key)}`
      : tagProblem(tag);
    if (problem !== undefined) {
      refuse('EbsTags', place, `'tags' ${problem}`);
    }
    parameters[`${EBS_TAG_PARAMETER}_${index + 1}`] = tag;
  }
  return parameters;
}
