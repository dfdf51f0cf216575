import { DeploymentStrategy, PercentOrAbsolute } from 'cdk8s-plus-28';
import type { IClaim } from '../claims/contracts';
import type { Spread } from './spread';

/**
 * A roll-out that ends.
 *
 * Where every pod needs a node of its own, or a volume that one node can have, a new pod would wait
 * for an old one that waits for the new one: old pods go first. Elsewhere a new pod comes first, and
 * no capacity is lost.
 */
export function rollOut(spread: Spread, claims: readonly IClaim[]): DeploymentStrategy {
  const exclusive =
    spread === 'required' ||
    claims.some(({ accessMode }) => accessMode.startsWith('ReadWriteOnce'));
  return DeploymentStrategy.rollingUpdate(
    exclusive
      ? { maxSurge: PercentOrAbsolute.absolute(0), maxUnavailable: PercentOrAbsolute.absolute(1) }
      : { maxSurge: PercentOrAbsolute.percent(25), maxUnavailable: PercentOrAbsolute.absolute(0) },
  );
}
