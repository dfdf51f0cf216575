import { isJsonObject, type JsonObject, listAt, objectAt, valueAt } from './json';
import type { ObjectRule } from './object-rules';

/** Where a PersistentVolume's data can be (core/v1, PersistentVolumeSource). */
const SOURCES = [
  ...['awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'csi', 'fc'],
  ...['flexVolume', 'flocker', 'gcePersistentDisk', 'glusterfs', 'hostPath', 'iscsi', 'local'],
  ...['nfs', 'photonPersistentDisk', 'portworxVolume', 'quobyte', 'rbd', 'scaleIO', 'storageos'],
  'vsphereVolume',
];

/** What the API server would fill in, and a later sync could then no longer change. */
const WRITTEN_OUT = ['storageClassName', 'volumeMode'];

const persistentVolume: ObjectRule = (object) => {
  const spec = objectAt(object, 'spec');
  const sources = SOURCES.filter((source) => spec[source] !== undefined);
  return [
    ...(sources.length === 1 ? [] : [`spec must have one source, got ${sources.length}`]),
    ...missing(spec, 'spec', [...WRITTEN_OUT, 'persistentVolumeReclaimPolicy', 'capacity']),
    ...(spec.claimRef === undefined ? [] : claimRef(objectAt(spec, 'claimRef'))),
  ];
};

function claimRef(reference: JsonObject): readonly string[] {
  return [
    ...missing(reference, 'spec.claimRef', ['namespace', 'name']),
    ...['uid', 'resourceVersion']
      .filter((field) => reference[field] !== undefined)
      .map((field) => `spec.claimRef.${field} ties the volume to a claim that is gone`),
  ];
}

const persistentVolumeClaim: ObjectRule = (object) => claimProblems(object, '');

/** The cluster fills in what is left out, and neither can be changed later. */
const storageClass: ObjectRule = (object) =>
  missing(object, '', ['reclaimPolicy', 'volumeBindingMode']);

const statefulSet: ObjectRule = (object) =>
  listAt(object, 'spec', 'volumeClaimTemplates').flatMap((template, index) => {
    const path = `spec.volumeClaimTemplates[${index}].`;
    const { apiVersion, kind } = objectAt(template);
    return [
      ...(apiVersion === 'v1' && kind === 'PersistentVolumeClaim'
        ? []
        : [`${path}apiVersion and kind must be written, got ${apiVersion} ${kind}`]),
      ...claimProblems(template, path),
    ];
  });

function claimProblems(claim: unknown, path: string): readonly string[] {
  const spec = objectAt(claim, 'spec');
  return [
    ...missing(spec, `${path}spec`, [...WRITTEN_OUT, 'accessModes']),
    ...(valueAt(spec, 'resources', 'requests', 'storage') === undefined
      ? [`${path}spec.resources.requests.storage is missing`]
      : []),
  ];
}

function missing(object: JsonObject, path: string, fields: readonly string[]): readonly string[] {
  return fields
    .filter((field) => !Object.hasOwn(object, field))
    .map((field) => `${path === '' ? '' : `${path}.`}${field} is missing`);
}

const BY_KIND: Readonly<Record<string, ObjectRule>> = {
  PersistentVolume: persistentVolume,
  PersistentVolumeClaim: persistentVolumeClaim,
  StatefulSet: statefulSet,
  StorageClass: storageClass,
};

/** Kinds whose deletion takes data along, or the way to it. */
const DATA_KINDS = ['PersistentVolume', 'PersistentVolumeClaim', 'VolumeSnapshot'];

/**
 * What of these objects Argo CD would delete, with data: both options are needed (argo-cd#9853,
 * #7124). Not one of the rules, since an author may ask for it.
 */
export function deletableData(objects: readonly unknown[]): readonly string[] {
  return objects
    .map((object) => objectAt(object))
    .filter(({ kind }) => DATA_KINDS.includes(String(kind)))
    .filter((object) => {
      const options = String(
        valueAt(object, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options') ?? '',
      ).split(',');
      return !options.includes('Prune=false') || !options.includes('Delete=false');
    })
    .map((object) => `${object.kind} ${valueAt(object, 'metadata', 'name')}`);
}

/** The rules for objects that hold data. */
export const storageRules: ObjectRule = (object) =>
  isJsonObject(object) ? (BY_KIND[String(object.kind)]?.(object) ?? []) : [];
