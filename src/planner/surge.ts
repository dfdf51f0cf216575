import { objectAt, type PlainObject } from './plain-object';

/** How many pods a roll-out may have too many, and how many may be missing. */
export interface Surge {
  readonly surge: number;
  readonly unavailable: number;
}

/** What `maxSurge` and `maxUnavailable` of a Deployment are where they are left out. */
const DEPLOYMENT_DEFAULT = '25%';

/**
 * A Deployment's `maxSurge` and `maxUnavailable` for so many replicas.
 *
 * Percentages of surge round up, of unavailable down; where both come to zero, one may be missing.
 * Source: Kubernetes, pkg/controller/deployment/util, ResolveFenceposts.
 */
export function deploymentSurge(spec: PlainObject, replicas: number): Surge {
  const rolling = objectAt(objectAt(spec, 'strategy'), 'rollingUpdate');
  const surge = resolve(rolling.maxSurge ?? DEPLOYMENT_DEFAULT, replicas, Math.ceil);
  const unavailable = resolve(rolling.maxUnavailable ?? DEPLOYMENT_DEFAULT, replicas, Math.floor);
  return surge === 0 && unavailable === 0
    ? { surge, unavailable: 1 }
    : { surge, unavailable: Math.min(unavailable, replicas) };
}

/**
 * A DaemonSet's `maxSurge` and `maxUnavailable` for so many nodes; both round up.
 *
 * Source: Kubernetes, pkg/controller/daemon/util, SurgeCount and UnavailableCount.
 */
export function daemonSurge(spec: PlainObject, nodes: number): Surge {
  const rolling = objectAt(objectAt(spec, 'updateStrategy'), 'rollingUpdate');
  const surge = resolve(rolling.maxSurge ?? 0, nodes, Math.ceil);
  const unavailable = resolve(rolling.maxUnavailable ?? 1, nodes, Math.ceil);
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable };
}

function resolve(value: unknown, total: number, round: (value: number) => number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) {
    return value;
  }
  const percent = typeof value === 'string' ? /^(\d{1,9})%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? 0 : round((Number(percent) * total) / 100);
}
