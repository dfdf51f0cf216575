import * as types from '../kube/props';
import type { ManifestText } from '../manifests/decode';
import { type Manifests, readManifests } from '../manifests/read-manifests';
import type { Finding, PlanOptions, StoragePlan } from '../planner/plan';
import { planObjects } from './plan-objects';
import { inputUnreadable } from './rules/input-unreadable';

/** The plan of texts, which are refused where they are none. */
export function planTexts(texts: readonly ManifestText[], options: PlanOptions): StoragePlan {
  types.checkProps('', 'planText', { texts }, { texts: types.listOf(types.nested(TEXT)) });
  return planManifests(readManifests(texts), options);
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
