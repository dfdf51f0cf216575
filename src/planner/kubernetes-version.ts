import { KUBERNETES_VERSIONS, type KubernetesVersion } from './plan';

/** Whether the version is the release, or a later one; also for releases before the first known. */
export function hasReached(version: KubernetesVersion, release: string): boolean {
  return minorOf(version) >= minorOf(release);
}

function minorOf(release: string): number {
  return Number(release.slice(release.indexOf('.') + 1));
}

/** Whether the version is `since` or a later one. */
export function isAtLeast(version: KubernetesVersion, since: KubernetesVersion): boolean {
  return KUBERNETES_VERSIONS.indexOf(version) >= KUBERNETES_VERSIONS.indexOf(since);
}

/**
 * Whether a claim's and a volume's VolumeAttributesClass have to agree.
 *
 * The field is behind a feature gate that is on by default since 1.34; before, the API server drops
 * it (Kubernetes, pkg/features, VolumeAttributesClass).
 */
export function readsVolumeAttributesClass(version: KubernetesVersion): boolean {
  return isAtLeast(version, '1.34');
}
