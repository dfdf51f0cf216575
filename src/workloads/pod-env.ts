import { EnvFieldPaths, EnvValue } from 'cdk8s-plus-28';

/** The name of the pod as a variable: `<app>-<ordinal>` in a StatefulApp. */
export function podName(): EnvValue {
  return EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME);
}

/**
 * The ordinal of the pod in its StatefulApp as a variable: `0`, `1`, …
 *
 * By the label that the controller writes since Kubernetes 1.28.
 * Source: Kubernetes, "Well-Known Labels", apps.kubernetes.io/pod-index.
 */
export function podOrdinal(): EnvValue {
  return EnvValue.fromFieldRef(EnvFieldPaths.POD_LABEL, { key: 'apps.kubernetes.io/pod-index' });
}
