import { HOST_PATH_TYPES } from '../../kube/host-path-type';
import { isDnsSubdomain } from '../../kube/names';
import { isPlainObject, listAt, type PlainObject, textAt } from '../plain-object';
import { NO_SUBDOMAIN } from './metadata';
import type { ApiProblems, FieldPath } from './problems';

/** Fields of sources that must have a text, by the source. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  awsElasticBlockStore: ['volumeID'],
  azureDisk: ['diskName', 'diskURI'],
  azureFile: ['secretName', 'shareName'],
  cinder: ['volumeID'],
  flexVolume: ['driver'],
  gcePersistentDisk: ['pdName'],
  glusterfs: ['endpoints', 'path'],
  hostPath: ['path'],
  iscsi: ['targetPortal', 'iqn'],
  local: ['path'],
  nfs: ['server', 'path'],
  photonPersistentDisk: ['pdID'],
  portworxVolume: ['volumeID'],
  quobyte: ['registry', 'volume'],
  rbd: ['image'],
  scaleIO: ['gateway', 'system', 'volumeName'],
  storageos: ['volumeName'],
  vsphereVolume: ['volumePath'],
};

/** Fields of sources that must have a list with something in it. */
const LISTED: Readonly<Record<string, readonly string[]>> = {
  cephfs: ['monitors'],
  rbd: ['monitors'],
};

/** Sources that volumes and pods have in common. */
export const SHARED_SOURCES: readonly string[] = [
  ...new Set([...Object.keys(REQUIRED), ...Object.keys(LISTED), 'csi', 'fc', 'flocker']),
].filter((source) => source !== 'local');

/**
 * What is wrong with a source that volumes and pods have in common.
 *
 * Source: Kubernetes, pkg/apis/core/validation: the validate…VolumeSource functions.
 */
export function checkSource(
  source: string,
  fields: PlainObject,
  path: FieldPath,
  problems: ApiProblems,
): void {
  for (const field of REQUIRED[source] ?? []) {
    if (!textAt(fields, field)) {
      problems.required([...path, field]);
    }
  }
  for (const field of LISTED[source] ?? []) {
    if (listAt(fields, field).length === 0) {
      problems.required([...path, field]);
    }
  }
  switch (source) {
    case 'hostPath':
      checkBacksteps(fields.path, [...path, 'path'], problems);
      if (typeof fields.type === 'string' && !isHostPathType(fields.type)) {
        problems.unsupported([...path, 'type'], fields.type, [...HOST_PATH_TYPES].sort());
      }
      break;
    case 'local':
      checkBacksteps(fields.path, [...path, 'path'], problems);
      break;
    case 'nfs':
      if (typeof fields.path === 'string' && fields.path !== '' && !fields.path.startsWith('/')) {
        problems.invalid([...path, 'path'], fields.path, 'must be an absolute path');
      }
      break;
    case 'csi':
      checkDriver(fields.driver, [...path, 'driver'], problems);
      break;
  }
}

/** What is wrong with a path that has `..` in it (validatePathNoBacksteps). */
export function checkBacksteps(value: unknown, path: FieldPath, problems: ApiProblems): void {
  if (typeof value === 'string' && value.includes('..') && value.split('/').includes('..')) {
    problems.invalid(path, value, "must not contain '..'");
  }
}

/** What is wrong with the secret that a source names, with a namespace in volumes. */
export function checkSecret(secret: unknown, path: FieldPath, problems: ApiProblems): void {
  if (isPlainObject(secret)) {
    for (const field of ['name', 'namespace']) {
      if (!textAt(secret, field)) {
        problems.required([...path, field]);
      }
    }
  }
}

const LONGEST_DRIVER = 63;

function checkDriver(driver: unknown, path: FieldPath, problems: ApiProblems): void {
  if (typeof driver !== 'string' || driver === '') {
    problems.required(path);
  } else if (driver.length > LONGEST_DRIVER) {
    problems.invalid(path, driver, `may not be more than ${LONGEST_DRIVER} bytes`);
  } else if (!isDnsSubdomain(driver.toLowerCase())) {
    problems.invalid(path, driver, NO_SUBDOMAIN);
  }
}

function isHostPathType(type: string): boolean {
  return (HOST_PATH_TYPES as readonly string[]).includes(type);
}
