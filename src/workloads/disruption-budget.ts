import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Labels } from '../kube/label-selector';
import type { KubeObject, ObjectMeta } from '../kube/objects';
import { addObject } from '../objects/api-object';

/** A PodDisruptionBudget (policy/v1). */
interface PodDisruptionBudget extends KubeObject {
  readonly spec: {
    readonly maxUnavailable: number;
    readonly selector: { readonly matchLabels: Labels };
  };
}

/** Lets a drain of nodes take one pod of a workload at a time. */
export function addDisruptionBudget(
  scope: Construct,
  metadata: Partial<ObjectMeta>,
  matchLabels: Labels,
): ApiObject {
  return addObject<PodDisruptionBudget>(scope, 'DisruptionBudget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: 1, selector: { matchLabels } },
  });
}
