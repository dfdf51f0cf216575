import { isDnsLabel } from '../../kube/names';
import { NO_LABEL } from '../../planner/api/metadata';
import type { ApiProblems, FieldPath } from '../../planner/api/problems';
import { checkBacksteps, checkSource, SHARED_SOURCES } from '../../planner/api/sources';
import {
  isPlainObject,
  listAt,
  nameAt,
  objectAt,
  type PlainObject,
  textAt,
} from '../../planner/plain-object';

/** Sources of a pod's volume (Kubernetes API, VolumeSource). */
const SOURCES: ReadonlySet<string> = new Set([
  ...SHARED_SOURCES,
  'configMap',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'gitRepo',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** Fields that must have a text, of sources that pods alone have. */
const REQUIRED: Readonly<Record<string, string>> = {
  configMap: 'name',
  gitRepo: 'repository',
  persistentVolumeClaim: 'claimName',
  secret: 'secretName',
};

/** The volumes that mounts can name: whether one is a claim, by its name. */
type Volumes = ReadonlyMap<string, boolean>;

/**
 * What is wrong with the volumes of a pod, and with how its containers mount them.
 *
 * A volume without a source is an emptyDir by default.
 *
 * @param templates - names of claim templates, which stand for volumes
 * Source: Kubernetes, pkg/apis/core/validation, ValidateVolumes, ValidateVolumeMounts and
 * ValidateVolumeDevices.
 */
export function checkPod(
  pod: PlainObject,
  path: FieldPath,
  problems: ApiProblems,
  templates: readonly string[] = [],
): void {
  const volumes = new Map<string, boolean>(templates.map((name) => [name, true]));
  const named = new Set<string>();
  listAt(pod, 'volumes').forEach((volume, index) => {
    if (isPlainObject(volume)) {
      checkVolume(volume, [...path, 'volumes', index], named, problems);
      const name = textAt(volume, 'name') ?? '';
      if (!volumes.has(name)) {
        volumes.set(
          name,
          isPlainObject(volume.persistentVolumeClaim) || isPlainObject(volume.ephemeral),
        );
      }
    }
  });
  for (const field of ['initContainers', 'containers']) {
    listAt(pod, field).forEach((container, index) => {
      if (isPlainObject(container)) {
        checkContainer(container, [...path, field, index], volumes, problems);
      }
    });
  }
}

function checkVolume(
  volume: PlainObject,
  path: FieldPath,
  named: Set<string>,
  problems: ApiProblems,
): void {
  const name = textAt(volume, 'name') ?? '';
  let first: string | undefined;
  for (const source in volume) {
    const fields = volume[source];
    if (!SOURCES.has(source) || !isPlainObject(fields)) {
      continue;
    }
    if (first !== undefined) {
      problems.forbidden([...path, source], 'may not specify more than 1 volume type');
      continue;
    }
    first = source;
    const required = Object.hasOwn(REQUIRED, source) ? REQUIRED[source] : undefined;
    if (required !== undefined && !nameAt(fields, required)) {
      problems.required([...path, source, required]);
    }
    if (source === 'ephemeral' && !isPlainObject(fields.volumeClaimTemplate)) {
      problems.required([...path, source, 'volumeClaimTemplate']);
    }
    checkSource(source, fields, [...path, source], problems);
  }
  if (name === '') {
    problems.required([...path, 'name']);
  } else if (!isDnsLabel(name)) {
    problems.invalid([...path, 'name'], name, NO_LABEL);
  } else if (named.has(name)) {
    problems.duplicate([...path, 'name'], name);
  }
  named.add(name);
}

function checkContainer(
  container: PlainObject,
  path: FieldPath,
  volumes: Volumes,
  problems: ApiProblems,
): void {
  const mounts = listAt(container, 'volumeMounts').filter(isPlainObject);
  const devices = listAt(container, 'volumeDevices').filter(isPlainObject);
  if (mounts.length + devices.length === 0) {
    return;
  }
  const mountPaths = new Set<unknown>();
  const deviceNames = new Set(devices.map(({ name }) => name));
  const devicePaths = new Set(devices.map(({ devicePath }) => devicePath));
  mounts.forEach((mount, index) => {
    const at = [...path, 'volumeMounts', index];
    checkName(mount, at, volumes, problems);
    checkPath(mount, 'mountPath', at, mountPaths, problems);
    if (deviceNames.has(mount.name)) {
      problems.invalid([...at, 'name'], mount.name, 'must not already exist in volumeDevices');
    }
    if (devicePaths.has(mount.mountPath)) {
      const detail = 'must not already exist as a path in volumeDevices';
      problems.invalid([...at, 'mountPath'], mount.mountPath, detail);
    }
    checkSubPaths(mount, at, problems);
  });
  const names = new Set<unknown>();
  const paths = new Set<unknown>();
  devices.forEach((device, index) => {
    const at = [...path, 'volumeDevices', index];
    checkName(device, at, volumes, problems);
    if (names.has(device.name)) {
      problems.invalid([...at, 'name'], device.name, 'must be unique');
    }
    names.add(device.name);
    if (volumes.get(textAt(device, 'name') ?? '') === false) {
      const detail =
        'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
      problems.invalid([...at, 'name'], device.name, detail);
    }
    checkPath(device, 'devicePath', at, paths, problems);
  });
}

function checkName(
  mount: PlainObject,
  path: FieldPath,
  volumes: Volumes,
  problems: ApiProblems,
): void {
  const name = textAt(mount, 'name') ?? '';
  if (name === '') {
    problems.required([...path, 'name']);
  } else if (!volumes.has(name)) {
    const known = [...volumes.keys()].join(', ') || 'none';
    const fix = `name a volume of the pod, which has ${known}, or add one called ${name}`;
    problems.notFound([...path, 'name'], name, fix);
  }
}

function checkPath(
  mount: PlainObject,
  field: string,
  path: FieldPath,
  known: Set<unknown>,
  problems: ApiProblems,
): void {
  const value = textAt(mount, field) ?? '';
  if (value === '') {
    problems.required([...path, field]);
  } else if (known.has(value)) {
    problems.invalid([...path, field], value, 'must be unique');
  }
  known.add(value);
}

function checkSubPaths(mount: PlainObject, path: FieldPath, problems: ApiProblems): void {
  const subPath = nameAt(mount, 'subPath');
  const expression = nameAt(mount, 'subPathExpr');
  if (subPath !== undefined) {
    checkDescending(subPath, [...path, 'subPath'], problems);
  }
  if (expression !== undefined) {
    if (subPath !== undefined) {
      const detail = 'subPathExpr and subPath are mutually exclusive';
      problems.invalid([...path, 'subPathExpr'], expression, detail);
    }
    checkDescending(expression, [...path, 'subPathExpr'], problems);
  }
}

function checkDescending(value: string, path: FieldPath, problems: ApiProblems): void {
  if (value.startsWith('/')) {
    problems.invalid(path, value, 'must be a relative path');
  }
  checkBacksteps(value, path, problems);
}

/** The claim templates of generic ephemeral volumes of a pod, and where they are. */
export function ephemeralTemplates(
  pod: PlainObject,
  path: FieldPath,
): readonly { readonly template: PlainObject; readonly path: FieldPath }[] {
  return listAt(pod, 'volumes').flatMap((volume, index) => {
    const template = isPlainObject(volume)
      ? objectAt(volume, 'ephemeral').volumeClaimTemplate
      : undefined;
    const at = [...path, 'volumes', index, 'ephemeral', 'volumeClaimTemplate'];
    return isPlainObject(template) ? [{ template, path: at }] : [];
  });
}
