import { isPlainObject, listAt, nameAt, type PlainObject } from '../planner/plain-object';
import type { Workload } from '../planner/workload';
import { type Path, podPath } from './pod-volumes';

/** A container of a workload's pods, and where it stands. */
export interface PodContainer {
  /** `''` where it has none. */
  readonly name: string;
  readonly fields: PlainObject;
  readonly path: Path;

  /** How it uses volumes of the pod. */
  readonly uses: readonly VolumeUse[];
}

/** A mount of a volume, or a device. */
export interface VolumeUse {
  /** Name of the pod's volume. */
  readonly volume: string;
  readonly as: 'volumeMounts' | 'volumeDevices';
  readonly fields: PlainObject;
  readonly path: Path;
}

/** The containers of a workload's pods: those that run, then those that run before them. */
export function podContainers({ pod, kind }: Workload): readonly PodContainer[] {
  return (['containers', 'initContainers'] as const).flatMap((list) =>
    listAt(pod, list).flatMap((fields, index) =>
      isPlainObject(fields) ? readContainer(fields, [...podPath(kind), list, index]) : [],
    ),
  );
}

function readContainer(fields: PlainObject, path: Path): PodContainer {
  const uses = (['volumeMounts', 'volumeDevices'] as const).flatMap((as) =>
    listAt(fields, as).flatMap((use, index) => {
      const volume = isPlainObject(use) ? nameAt(use, 'name') : undefined;
      return isPlainObject(use) && volume !== undefined
        ? { volume, as, fields: use, path: [...path, as, index] }
        : [];
    }),
  );
  return { name: nameAt(fields, 'name') ?? '', fields, path, uses };
}
