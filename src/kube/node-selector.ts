import type { Labels } from './label-selector';
import type { NodeSelector } from './objects';

/** The nodes that have all of these labels; undefined where there are none, which means any node. */
export function nodesWithLabels(labels: Labels): NodeSelector | undefined {
  const matchExpressions = Object.entries(labels).map(([key, value]) => ({
    key,
    operator: 'In' as const,
    values: [value],
  }));
  return matchExpressions.length === 0 ? undefined : { nodeSelectorTerms: [{ matchExpressions }] };
}
