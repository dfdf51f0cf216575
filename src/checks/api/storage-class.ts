import { isQualifiedName } from '../../kube/names';
import { checkMetadata } from '../../planner/api/metadata';
import type { ApiProblems } from '../../planner/api/problems';
import { isPlainObject, listAt, objectAt, type PlainObject } from '../../planner/plain-object';

const RECLAIM_POLICIES: readonly string[] = ['Delete', 'Retain'];
const BINDING_MODES: readonly string[] = ['Immediate', 'WaitForFirstConsumer'];

/** Most parameters, and characters of all of them (maxProvisionerParameterLen and …Size). */
const MOST_PARAMETERS = 512;
const MOST_CHARACTERS = 256 * 1024;

/**
 * What is wrong with a StorageClass.
 *
 * Source: Kubernetes, pkg/apis/storage/validation, ValidateStorageClass.
 */
export function checkStorageClass(object: PlainObject, problems: ApiProblems): void {
  checkMetadata(object, problems);
  checkProvisioner(object.provisioner, problems);
  checkParameters(objectAt(object, 'parameters'), problems);
  checkChoice(object, 'reclaimPolicy', RECLAIM_POLICIES, problems);
  checkChoice(object, 'volumeBindingMode', BINDING_MODES, problems);
  const { allowVolumeExpansion } = object;
  if (![undefined, null, true, false].includes(allowVolumeExpansion as boolean)) {
    const field = 'StorageClass.allowVolumeExpansion';
    problems.type(['allowVolumeExpansion'], allowVolumeExpansion, field, 'bool');
  }
  for (const [index, option] of listAt(object, 'mountOptions').entries()) {
    if (typeof (option ?? '') !== 'string') {
      problems.type(['mountOptions', index], option, 'StorageClass.mountOptions', 'string');
    }
  }
  checkTopologies(object, problems);
}

function checkProvisioner(provisioner: unknown, problems: ApiProblems): void {
  if (provisioner === undefined || provisioner === null || provisioner === '') {
    problems.required(['provisioner']);
  } else if (typeof provisioner !== 'string') {
    problems.type(['provisioner'], provisioner, 'StorageClass.provisioner', 'string');
  } else if (!isQualifiedName(provisioner.toLowerCase())) {
    const detail =
      "a qualified name must consist of alphanumeric characters, '-', '_' or '.', with an optional DNS subdomain prefix and '/'";
    problems.invalid(['provisioner'], provisioner, detail);
  }
}

function checkParameters(parameters: PlainObject, problems: ApiProblems): void {
  const names = Object.keys(parameters);
  let characters = 0;
  for (const name of names) {
    const value = parameters[name] ?? '';
    if (typeof value !== 'string') {
      problems.type(['parameters', name], value, 'StorageClass.parameters', 'string');
    } else {
      characters += name.length + value.length;
    }
    if (name === '') {
      problems.invalid(['parameters'], name, 'field can not be empty.');
    }
  }
  if (names.length > MOST_PARAMETERS || characters > MOST_CHARACTERS) {
    const detail = `may have at most ${MOST_PARAMETERS} entries and ${MOST_CHARACTERS} bytes`;
    problems.invalid(['parameters'], `${names.length} entries`, detail);
  }
}

function checkChoice(
  object: PlainObject,
  field: string,
  supported: readonly string[],
  problems: ApiProblems,
): void {
  const value = object[field];
  if (value !== undefined && value !== null && !supported.includes(value as string)) {
    problems.unsupported([field], value, supported);
  }
}

// Source: Kubernetes, pkg/apis/core/validation, ValidateTopologySelectorTerm.
function checkTopologies(object: PlainObject, problems: ApiProblems): void {
  const seen = new Set<string>();
  listAt(object, 'allowedTopologies').forEach((term, position) => {
    if (!isPlainObject(term)) {
      return;
    }
    const path = ['allowedTopologies', position, 'matchLabelExpressions'];
    const keys = new Map<string, string>();
    listAt(term, 'matchLabelExpressions').forEach((each, index) => {
      if (!isPlainObject(each)) {
        return;
      }
      const key = String(each.key);
      const values = listAt(each, 'values').map(String);
      if (values.length === 0) {
        problems.required([...path, index, 'values']);
      }
      const twice = values.find((value, at) => values.indexOf(value) !== at);
      if (twice !== undefined) {
        problems.duplicate([...path, index, 'values', values.lastIndexOf(twice)], twice);
      }
      if (keys.has(key)) {
        problems.duplicate([...path, index, 'key'], key);
      }
      keys.set(key, values.sort().join('\n'));
    });
    const same = JSON.stringify([...keys].sort());
    if (seen.has(same)) {
      problems.duplicate(path, '');
    }
    seen.add(same);
  });
}
