import * as types from '../kube/props';
import { refuse } from '../kube/storage-error';

/**
 * Sync options that an Application of this library can have, beside CreateNamespace.
 *
 * Source: Argo CD, "Sync Options".
 */
export const ARGO_SYNC_OPTIONS = [
  'ApplyOutOfSyncOnly=true',
  'Delete=confirm',
  'Delete=false',
  'FailOnSharedResource=true',
  'Prune=confirm',
  'Prune=false',
  'PruneLast=true',
  'PrunePropagationPolicy=background',
  'PrunePropagationPolicy=foreground',
  'PrunePropagationPolicy=orphan',
  'RespectIgnoreDifferences=true',
  'ServerSideApply=true',
  'SkipDryRunOnMissingResource=true',
  'Validate=false',
] as const;

/** A sync option of an Application. */
export type ArgoSyncOption = (typeof ARGO_SYNC_OPTIONS)[number];

/** Options under which a sync replaces objects, or deletes them and makes them anew. */
const DESTRUCTIVE = ['Replace=true', 'Force=true'];

/** The option that makes the destination's namespace, which a prop of its own says. */
const CREATE_NAMESPACE = 'CreateNamespace=true';

/** Sync options as a prop; what must not be there is refused in its own words. */
export const SYNC_OPTIONS: types.PropType = types.listOf({
  expected: `a sync option such as '${ARGO_SYNC_OPTIONS[0]}'`,
  names: ARGO_SYNC_OPTIONS,
  accepts: (value) => [...ARGO_SYNC_OPTIONS, ...DESTRUCTIVE].includes(value as ArgoSyncOption),
});

/**
 * The sync options as they are rendered.
 *
 * @throws StorageError `SyncOptionDestructive`, `SyncOptionTwice`
 */
export function renderSyncOptions(
  place: string,
  options: readonly ArgoSyncOption[],
  createNamespace: boolean,
): string[] {
  const seen = new Map<string, string>();
  for (const [index, option] of options.entries()) {
    if (DESTRUCTIVE.includes(option)) {
      refuse(
        'SyncOptionDestructive',
        place,
        `'syncOptions[${index}]' must not be '${option}': every sync would replace volumes and claims, and a claim that is deleted takes its data along; leave it out`,
      );
    }
    const [name = ''] = option.split('=');
    const first = seen.get(name);
    if (first !== undefined) {
      refuse(
        'SyncOptionTwice',
        place,
        `'syncOptions[${index}]' must say something else than '${first}', which is there, got '${option}'; keep one of them`,
      );
    }
    seen.set(name, option);
  }
  return [...(createNamespace ? [CREATE_NAMESPACE] : []), ...options];
}
