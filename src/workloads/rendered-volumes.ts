import { type Container, k8s, type Volume } from 'cdk8s-plus-28';
import { Quantity } from '../kube/quantity';

/** The volumes that a container mounts, each once. */
export function volumesOf(container: Container): Volume[] {
  return [...new Set(container.mounts.map(({ volume }) => volume))];
}

/** A volume as it stands in a pod. */
export function volumeObject(volume: Volume): unknown {
  const object = k8s.toJson_Volume(rendered<k8s.Volume>(volume));
  const sizeLimit = sizeLimitOf(volume);
  return sizeLimit === undefined
    ? object
    : { ...object, emptyDir: { ...object?.emptyDir, sizeLimit } };
}

/**
 * The size of an emptyDir in Kubernetes' canonical form, where it has one: cdk8s-plus writes Mi, and
 * the API server 1024Mi as 1Gi.
 */
export function sizeLimitOf(volume: Volume): string | undefined {
  const object = k8s.toJson_Volume(rendered<k8s.Volume>(volume));
  return Quantity.parse(object?.emptyDir?.sizeLimit)?.toString();
}

/**
 * cdk8s-plus renders its parts by a method that its types leave out; workloads of its own call it,
 * and there is no other way to render a container without one of them.
 */
export function rendered<T>(part: Container | Volume): T {
  return (part as unknown as { _toKube(): T })._toKube();
}
