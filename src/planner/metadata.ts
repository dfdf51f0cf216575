import type { Labels } from '../kube/label-selector';
import { isPlainObject, nameAt, objectAt, type PlainObject } from './plain-object';

const NO_LABELS: Labels = Object.freeze({});

/** The labels of an object; undefined where they are no texts by key. */
export function labelsOf(metadata: PlainObject): Labels | undefined {
  const { labels } = metadata;
  if (labels === undefined || labels === null) {
    return NO_LABELS;
  }
  return isLabels(labels) ? labels : undefined;
}

/** An annotation of an object; the API server refuses those that are no texts. */
export function annotationOf(metadata: PlainObject, name: string): string | undefined {
  const annotations = objectAt(metadata, 'annotations');
  const value = Object.hasOwn(annotations, name) ? annotations[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Whether the object is on its way out. */
export function isDeleting(metadata: PlainObject): boolean {
  return metadata.deletionTimestamp !== undefined && metadata.deletionTimestamp !== null;
}

/** Whether the API server has seen the object: it alone gives uids. */
export function isLive(metadata: PlainObject): boolean {
  return nameAt(metadata, 'uid') !== undefined;
}

/** Whether the value is texts by key. */
export function isLabels(value: unknown): value is Labels {
  if (!isPlainObject(value)) {
    return false;
  }
  for (const key in value) {
    if (typeof value[key] !== 'string') {
      return false;
    }
  }
  return true;
}

/**
 * The annotation that named a claim's or a volume's class before there was a field.
 *
 * Deprecated since Kubernetes 1.9, and still stronger than the field.
 */
export const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

/** The class that a claim or a volume names; undefined where it names none, not even `''`. */
export function classNameOf(metadata: PlainObject, spec: PlainObject): string | undefined {
  const field = spec.storageClassName;
  return (
    annotationOf(metadata, CLASS_ANNOTATION) ?? (typeof field === 'string' ? field : undefined)
  );
}
