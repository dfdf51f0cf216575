import * as types from '../kube/props';
import type { ManifestText } from '../manifests/decode';
import { type Manifests, readManifests } from '../manifests/read-manifests';
import type { Finding, PlanOptions, StoragePlan } from '../planner/plan';
import { planObjects } from './plan-storage';
import { inputUnreadable } from './rules/input-unreadable';

/**
 * Says what becomes of the claims, volumes and workloads in manifests that are applied together, and
 * what is wrong with them; each finding names its file and line.
 *
 * @param texts - YAML or JSON, of one file or several: many documents, kubectl Lists
 * @param options - what the plan rests on besides them
 * @throws StorageError `PropUnknown`, `PropType` where an option is not what its type says
 */
export function planText(
  texts: string | readonly ManifestText[],
  options: PlanOptions = {},
): StoragePlan {
  const read = typeof texts === 'string' ? [{ text: texts }] : texts;
  types.checkProps('', 'planText', { texts: read }, { texts: types.listOf(types.nested(TEXT)) });
  return planManifests(readManifests(read), options);
}

const TEXT: types.PropTypes<ManifestText> = {
  file: types.optional(types.text),
  text: types.anyText,
};

/** The plan of manifests that have been read. */
export function planManifests(manifests: Manifests, options: PlanOptions): StoragePlan {
  const plan = planObjects(manifests.objects, options, (object, path) => {
    const place = manifests.placeOf(object, path);
    return place && { ...(place.file === undefined ? {} : { file: place.file }), line: place.line };
  });
  const unreadable = options.ignore?.includes(inputUnreadable.id) ? [] : problemsOf(manifests);
  return unreadable.length === 0 ? plan : { ...plan, findings: [...unreadable, ...plan.findings] };
}

function problemsOf({ problems }: Manifests): readonly Finding[] {
  return problems.map(({ file, line, message }) => ({
    rule: inputUnreadable.id,
    severity: inputUnreadable.severity,
    object: 'text that is no manifest',
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    message,
    fix: 'mend it; the plan is without it',
  }));
}
