import { annotationOf, isLive } from './metadata';
import { nameAt, objectAt, type PlainObject } from './plain-object';

/** A StorageClass, as far as binding goes. */
export interface ClassEntry {
  readonly name: string;
  readonly object: PlainObject;

  /** Whether it came as something that exists, and not in the objects that are planned. */
  readonly existing: boolean;

  /** `''` where it names none, which the API server refuses. */
  readonly provisioner: string;

  /** Whether its claims wait for a pod. */
  readonly waits: boolean;

  /** Whether it is marked as default. */
  readonly isDefault: boolean;

  /** Seconds of its creation; Infinity for one that is still to be made. */
  readonly created: number;
  readonly live: boolean;
}

const DEFAULT_ANNOTATIONS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
] as const;

/** Reads a class of unknown shape. */
export function readClass(name: string, object: PlainObject, existing: boolean): ClassEntry {
  const metadata = objectAt(object, 'metadata');
  const created = Date.parse(nameAt(metadata, 'creationTimestamp') ?? '');
  return {
    name,
    object,
    existing,
    provisioner: nameAt(object, 'provisioner') ?? '',
    waits: object.volumeBindingMode === 'WaitForFirstConsumer',
    isDefault: DEFAULT_ANNOTATIONS.some((each) => annotationOf(metadata, each) === 'true'),
    created: Number.isNaN(created) ? Number.POSITIVE_INFINITY : created / 1000,
    live: isLive(metadata),
  };
}
