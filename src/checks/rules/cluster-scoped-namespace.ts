import { nameAt, objectAt } from '../../planner/plain-object';
import type { Rule } from '../rule';

/** Kinds of storage that belong to no namespace, by API group (Kubernetes API reference). */
const CLUSTER_SCOPED: Readonly<Record<string, readonly string[]>> = {
  PersistentVolume: [''],
  StorageClass: ['storage.k8s.io'],
  VolumeAttributesClass: ['storage.k8s.io'],
  CSIDriver: ['storage.k8s.io'],
  VolumeSnapshotClass: ['snapshot.storage.k8s.io'],
  VolumeSnapshotContent: ['snapshot.storage.k8s.io'],
};

export const clusterScopedNamespace: Rule = {
  id: 'cluster-scoped-namespace',
  severity: 'warning',
  summary: 'a volume or a class has a namespace, although there is one of it for the whole cluster',
  why: `PersistentVolumes and StorageClasses belong to the cluster. The API server drops the
namespace or refuses it, Argo CD shows the object as out of sync or missing, and who reads the
manifest believes that two namespaces can have a volume of one name each.`,
  source: 'Kubernetes, "Persistent Volumes" and "Storage Classes"',
  bad: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
  namespace: shop
spec:
  accessModes: [ReadWriteMany]
  capacity: { storage: 1Gi }
  persistentVolumeReclaimPolicy: Retain
  nfs: { server: 10.0.0.10, path: /exports/uploads }
`,
  good: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  capacity: { storage: 1Gi }
  persistentVolumeReclaimPolicy: Retain
  nfs: { server: 10.0.0.10, path: /exports/uploads }
`,
  *check({ inventory }) {
    for (const object of inventory.planned) {
      const namespace = nameAt(objectAt(object, 'metadata'), 'namespace');
      const kind = nameAt(object, 'kind');
      if (namespace === undefined || kind === undefined || !Object.hasOwn(CLUSTER_SCOPED, kind)) {
        continue;
      }
      const [group = '', version] = (nameAt(object, 'apiVersion') ?? '').split('/');
      if (CLUSTER_SCOPED[kind]?.includes(version === undefined ? '' : group)) {
        const name = nameAt(objectAt(object, 'metadata'), 'name') ?? '';
        yield {
          object,
          message: `${kind} ${name} belongs to the cluster and to no namespace, and names namespace "${namespace}"`,
          fix: 'drop metadata.namespace',
          path: ['metadata', 'namespace'],
        };
      }
    }
  },
};
