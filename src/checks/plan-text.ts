import type { ManifestText } from '../manifests/decode';
import type { PlanOptions, StoragePlan } from '../planner/plan';

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
  // Loaded when it is first called: an app that only authors does not pay for the planner.
  const { planTexts }: typeof import('./plan-manifests') = require('./plan-manifests');
  return planTexts(read, options);
}
