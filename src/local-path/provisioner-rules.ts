import type { PolicyRule } from '../objects/rbac';

const READ = ['get', 'list', 'watch'];
const MANAGE = [...READ, 'create', 'patch', 'update', 'delete'];

/** What the provisioner may do in its own namespace: run helper pods. */
export const NAMESPACE_ACCESS: readonly PolicyRule[] = [
  { apiGroups: [''], resources: ['pods'], verbs: MANAGE },
];

/** What it may do in the cluster: read what it is asked for, and make volumes for it. */
export const CLUSTER_ACCESS: readonly PolicyRule[] = [
  {
    apiGroups: [''],
    resources: ['nodes', 'persistentvolumeclaims', 'configmaps', 'pods', 'pods/log'],
    verbs: READ,
  },
  { apiGroups: [''], resources: ['persistentvolumes'], verbs: MANAGE },
  { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
  { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: READ },
];
