import { distance } from 'fastest-levenshtein';
import type { ApiProblems } from '../../planner/api/problems';
import type { PlainObject } from '../../planner/plain-object';
import { newerVersion } from './newer-versions';
import { removedVersion } from './removed-versions';

/**
 * The API versions of the kinds that a plan rests on; the first is the one to name.
 *
 * Source: Kubernetes API reference, 1.28 to 1.36.
 */
const SERVED: ReadonlyMap<string, readonly string[]> = new Map([
  ['PersistentVolume', ['v1']],
  ['PersistentVolumeClaim', ['v1']],
  ['StorageClass', ['storage.k8s.io/v1']],
  ['CSIDriver', ['storage.k8s.io/v1']],
  ['Node', ['v1']],
  ['Pod', ['v1']],
  ['ReplicationController', ['v1']],
  ['Deployment', ['apps/v1']],
  ['ReplicaSet', ['apps/v1']],
  ['DaemonSet', ['apps/v1']],
  ['StatefulSet', ['apps/v1']],
  ['Job', ['batch/v1']],
  ['CronJob', ['batch/v1']],
  ['HorizontalPodAutoscaler', ['autoscaling/v2', 'autoscaling/v1']],
]);

/** Groups of Kubernetes itself: nobody else has kinds in them, of whatever name. */
const GROUPS: ReadonlySet<string> = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'core',
  'extensions',
  'storage',
  'storage.k8s.io',
]);

/**
 * What is wrong with the kind and the API version of an object: a kind that the plan rests on, in a
 * version that never had it, or a slip in its name. Objects of such kinds are passed over otherwise.
 *
 * Source of the words: k8s.io/apimachinery, pkg/api/meta, NoKindMatchError.
 */
export function checkKind(object: PlainObject, problems: ApiProblems): void {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || isServed(kind, apiVersion)) {
    return;
  }
  const slash = apiVersion.indexOf('/');
  if (!GROUPS.has(slash < 0 ? '' : apiVersion.slice(0, slash))) {
    return;
  }
  const meant = meantBy(kind);
  const [served = ''] = SERVED.get(meant ?? '') ?? [];
  // What was served once, or will be, is told by rules of its own.
  const isOf = (version: '1.28' | '1.36'): boolean =>
    removedVersion(object, version) !== undefined || newerVersion(object, version) !== undefined;
  if (meant === undefined || isOf('1.28') || isOf('1.36')) {
    return;
  }
  const isSlip = kind !== meant;
  const fixes = [
    isSlip ? `set kind: ${meant}` : [],
    isServed(meant, apiVersion) ? [] : `set apiVersion: ${served}`,
  ].flat();
  problems.found.push({
    text: `no matches for kind "${kind}" in version "${apiVersion}"`,
    path: [isSlip ? 'kind' : 'apiVersion'],
    fix: fixes.join(', and '),
  });
}

function isServed(kind: string, apiVersion: string): boolean {
  return SERVED.get(kind)?.includes(apiVersion) ?? false;
}

// Kinds are told apart by their capitals, too. Names of many letters that differ in two of them at
// most are one: no two kinds of Kubernetes are so near.
function meantBy(kind: string): string | undefined {
  if (SERVED.has(kind)) {
    return kind;
  }
  const word = kind.toLowerCase();
  return [...SERVED.keys()].find((each) => {
    const known = each.toLowerCase();
    return known === word || (known.length >= LONG && distance(known, word) <= 2);
  });
}

const LONG = 9;
