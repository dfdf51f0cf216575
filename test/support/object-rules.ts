import { isDnsLabel, isDnsSubdomain, isLabelValue, isQualifiedName } from '../../src/kube/names';
import { Quantity } from '../../src/kube/quantity';
import { everyPlace, type JsonObject, objectAt, valueAt } from './json';

/** What must hold for an object that we render, beyond its schema. */
export type ObjectRule = (object: JsonObject) => readonly string[];

const CLUSTER_SCOPED = [
  'v1 Namespace',
  'v1 Node',
  'v1 PersistentVolume',
  'storage.k8s.io/v1 StorageClass',
  'storage.k8s.io/v1 CSIDriver',
  'storage.k8s.io/v1 VolumeAttributesClass',
  'rbac.authorization.k8s.io/v1 ClusterRole',
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding',
  'scheduling.k8s.io/v1 PriorityClass',
  'snapshot.storage.k8s.io/v1 VolumeSnapshotClass',
  'snapshot.storage.k8s.io/v1 VolumeSnapshotContent',
];

/** Kinds whose name ends up in DNS or in a label. */
const NAMED_BY_LABEL = ['Namespace', 'Service', 'StatefulSet'];

/** Kinds whose name may be any segment of a path, such as `system:controller`. */
const NAMED_BY_SEGMENT = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'];

function when(broken: boolean, problem: string): readonly string[] {
  return broken ? [problem] : [];
}

/** A kind without a namespace has none, though the chart has. */
const namespaceScope: ObjectRule = ({ apiVersion, kind, metadata }) =>
  when(
    CLUSTER_SCOPED.includes(`${apiVersion} ${kind}`) && objectAt(metadata).namespace !== undefined,
    'metadata.namespace on a kind that has none',
  );

/** What the API server writes is not written by us: Argo CD would see a difference for ever. */
const serverFields: ObjectRule = (object) =>
  [...everyPlace(object)]
    .filter(({ path }) => /(^|\.)(status|metadata\.creationTimestamp|metadata\.uid)$/.test(path))
    .map(({ path }) => `${path} is written by the API server`);

const noNulls: ObjectRule = (object) =>
  [...everyPlace(object)]
    .filter(({ value }) => value === null || value === undefined)
    .map(({ path, value }) => `${path} is ${value}`);

const validNames: ObjectRule = ({ kind, metadata }) => {
  const { name, namespace } = objectAt(metadata);
  const valid = NAMED_BY_LABEL.includes(String(kind))
    ? isDnsLabel
    : NAMED_BY_SEGMENT.includes(String(kind))
      ? (text: string) => /^[^/%]+$/.test(text)
      : isDnsSubdomain;
  return [
    ...when(typeof name !== 'string' || !valid(name), `metadata.name is no name: ${name}`),
    ...when(
      namespace !== undefined && !isDnsLabel(String(namespace)),
      `metadata.namespace is no name: ${namespace}`,
    ),
  ];
};

const validLabels: ObjectRule = (object) =>
  [...everyPlace(object)]
    .filter(({ path }) => /(^|\.)(metadata\.labels|matchLabels|nodeSelector)$/.test(path))
    .flatMap(({ path, value }) =>
      Object.entries(objectAt(value))
        .filter(
          ([key, label]) =>
            !isQualifiedName(key) || typeof label !== 'string' || !isLabelValue(label),
        )
        .map(([key, label]) => `${path} has an invalid label: ${key}=${label}`),
    );

const validAnnotations: ObjectRule = (object) =>
  [...everyPlace(object)]
    .filter(({ path }) => /(^|\.)metadata\.annotations$/.test(path))
    .flatMap(({ path, value }) =>
      Object.entries(objectAt(value))
        .filter(([key, note]) => !isQualifiedName(key) || typeof note !== 'string')
        .map(([key, note]) => `${path} has an invalid annotation: ${key}=${note}`),
    );

/** Sync waves make claims wait for pods that wait for claims; Replace and Force lose data. */
const argoCd: ObjectRule = (object) => {
  const { annotations } = objectAt(object, 'metadata');
  const options = String(valueAt(annotations, 'argocd.argoproj.io/sync-options') ?? '');
  return [
    ...when(
      valueAt(annotations, 'argocd.argoproj.io/sync-wave') !== undefined,
      'metadata.annotations has a sync wave',
    ),
    ...options
      .split(',')
      .filter((option) => ['Replace=true', 'Force=true'].includes(option.trim()))
      .map((option) => `metadata.annotations has the sync option ${option.trim()}`),
  ];
};

/** The API server writes quantities canonically, and Argo CD compares texts. */
const canonicalQuantities: ObjectRule = (object) =>
  [...everyPlace(object)]
    .filter(({ path }) =>
      /(^|\.)(capacity|resources\.(requests|limits)|emptyDir)\.[^.[]+$/.test(path),
    )
    .filter(({ path }) => !path.endsWith('emptyDir.medium'))
    .filter(({ value }) => Quantity.parse(value)?.toString() !== value)
    .map(({ path, value }) => `${path} is no canonical quantity: ${value}`);

/** The rules for an object of any kind. */
export const OBJECT_RULES: readonly ObjectRule[] = [
  namespaceScope,
  serverFields,
  noNulls,
  validNames,
  validLabels,
  validAnnotations,
  argoCd,
  canonicalQuantities,
];
