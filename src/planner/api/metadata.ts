import { isDnsLabel, isDnsSubdomain, isLabelValue, isQualifiedName } from '../../kube/names';
import { isPlainObject, objectAt, type PlainObject } from '../plain-object';
import type { ApiProblems, FieldPath } from './problems';

/** What is wrong with a name that is no DNS subdomain (k8s.io/apimachinery, IsDNS1123Subdomain). */
export const NO_SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";

/** What is wrong with a name that is no DNS label (k8s.io/apimachinery, IsDNS1123Label). */
export const NO_LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";

const NO_QUALIFIED_NAME =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

const NO_LABEL_VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

/**
 * What is wrong with an object's metadata.
 *
 * Source: k8s.io/apimachinery, pkg/api/validation, ValidateObjectMeta.
 */
export function checkMetadata(object: PlainObject, problems: ApiProblems): void {
  const metadata = objectAt(object, 'metadata');
  const { name, namespace } = metadata;
  // A StatefulSet's name is told with what else is wrong with its pods.
  if (typeof name === 'string' && !isDnsSubdomain(name) && object.kind !== 'StatefulSet') {
    problems.invalid(['metadata', 'name'], name, NO_SUBDOMAIN);
  }
  if (typeof namespace === 'string' && namespace !== '' && !isDnsLabel(namespace)) {
    problems.invalid(['metadata', 'namespace'], namespace, NO_LABEL);
  }
  checkLabels(metadata, ['metadata'], problems);
  const { annotations } = metadata;
  if (isPlainObject(annotations)) {
    for (const key in annotations) {
      const value = annotations[key];
      const path = ['metadata', 'annotations', key];
      if (typeof (value ?? '') !== 'string') {
        problems.type(path, value, 'ObjectMeta.metadata.annotations', 'string');
      } else if (!isKnownKey(key.toLowerCase())) {
        problems.invalid(['metadata', 'annotations'], key, NO_QUALIFIED_NAME);
      }
    }
  }
}

/** What is wrong with the labels in metadata, of an object or of a template. */
export function checkLabels(metadata: PlainObject, path: FieldPath, problems: ApiProblems): void {
  const { labels } = metadata;
  if (isPlainObject(labels)) {
    checkLabelMap(labels, [...path, 'labels'], 'ObjectMeta.metadata.labels', problems);
  }
}

/** What is wrong with texts by key that are labels, or are compared with such. */
export function checkLabelMap(
  labels: PlainObject,
  path: FieldPath,
  field: string,
  problems: ApiProblems,
): void {
  for (const key in labels) {
    const value = labels[key];
    if (typeof (value ?? '') !== 'string') {
      problems.type([...path, key], value, field, 'string');
      continue;
    }
    if (!isKnownKey(key)) {
      problems.invalid(path, key, NO_QUALIFIED_NAME);
    }
    if (typeof value === 'string' && !isLabelValue(value)) {
      problems.invalid(path, value, NO_LABEL_VALUE);
    }
  }
}

/** Keys that are in order: objects by the thousand have the same few. */
const KEYS = new Set<string>();

const MOST_KEYS = 1_000;

function isKnownKey(key: string): boolean {
  if (KEYS.has(key)) {
    return true;
  }
  const isKey = isQualifiedName(key);
  if (isKey && KEYS.size < MOST_KEYS) {
    KEYS.add(key);
  }
  return isKey;
}
