import { type PlainObject, textAt } from '../plain-object';

/** The API group of snapshots. */
export const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';

/** API groups of the kinds of data that Kubernetes and its provisioner know themselves. */
const CORE: ReadonlyMap<string | undefined, string> = new Map([
  ['PersistentVolumeClaim', ''],
  ['VolumeSnapshot', SNAPSHOT_GROUP],
]);

/**
 * Whether a claim's source of data is another claim or a snapshot, with the right API group.
 *
 * Source: Kubernetes, pkg/api/persistentvolumeclaim, dataSourceIsPvcOrSnapshot.
 */
export function isCoreSource(source: PlainObject): boolean {
  return CORE.get(textAt(source, 'kind')) === (textAt(source, 'apiGroup') ?? '');
}
