import type { Report } from './report';

/**
 * The plan as JSON: findings, and every verdict without the lists of volumes, which `explain` has.
 *
 * A hundred thousand claims that share a pool would each list all of its volumes.
 */
export function jsonReport({ plan, version }: Report): string {
  const { findings, claims, volumes, workloads } = plan;
  return `${JSON.stringify(
    {
      version,
      findings,
      claims: claims.map(({ claim, outcomes, deterministic, reason, message }) => ({
        claim,
        outcomes,
        deterministic,
        reason,
        message,
      })),
      volumes: volumes.map(({ volume, outcomes, deterministic, message }) => ({
        volume,
        outcomes,
        deterministic,
        message,
      })),
      workloads,
    },
    null,
    2,
  )}\n`;
}
