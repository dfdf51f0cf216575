import { newerVersion } from '../../src/checks/api/newer-versions';
import { NewerFields } from '../../src/checks/newer-places';
import { KUBERNETES_VERSIONS } from '../../src/planner/plan';
import { isJsonObject } from './json';

const [OLDEST] = KUBERNETES_VERSIONS;
const FIELDS = new NewerFields(OLDEST);

/** What of these objects the oldest version that is planned for does not have. */
export function newerThings(objects: readonly unknown[]): readonly string[] {
  return objects.filter(isJsonObject).flatMap((object) => {
    const { apiVersion, kind } = object;
    const version = newerVersion(object, OLDEST) === undefined ? [] : [`${apiVersion} ${kind}`];
    return [...version, ...FIELDS.of(object).map(({ path }) => `${kind} ${path.join('.')}`)];
  });
}
