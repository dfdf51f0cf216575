import type { PolicyRule } from '../../objects/rbac';

// Source of both: nfs-subdir-external-provisioner, chart 4.0.18, templates/clusterrole.yaml and
// templates/role.yaml.

/** What the provisioner may do in every namespace. */
export const RUNNER_RULES: readonly PolicyRule[] = [
  { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
  {
    apiGroups: [''],
    resources: ['persistentvolumes'],
    verbs: ['get', 'list', 'watch', 'create', 'delete'],
  },
  {
    apiGroups: [''],
    resources: ['persistentvolumeclaims'],
    verbs: ['get', 'list', 'watch', 'update'],
  },
  { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['events'], verbs: ['create', 'update', 'patch'] },
];

/** What it may do in its own namespace, where it elects its leader by an Endpoints object. */
export const LEADER_RULES: readonly PolicyRule[] = [
  {
    apiGroups: [''],
    resources: ['endpoints'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch'],
  },
];
