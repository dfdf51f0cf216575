import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Labels } from '../kube/label-selector';
import type { KubeObject } from '../kube/objects';
import { addObject } from './api-object';

const GROUP = 'rbac.authorization.k8s.io';
const API_VERSION = `${GROUP}/v1`;

/** What may be done with what (Kubernetes API, PolicyRule); written out, never `*`. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

interface RoleObject extends KubeObject {
  readonly rules: readonly PolicyRule[];
}

interface RoleBindingObject extends KubeObject {
  readonly roleRef: { readonly apiGroup: string; readonly kind: string; readonly name: string };
  readonly subjects: readonly {
    readonly kind: 'ServiceAccount';
    readonly name: string;
    readonly namespace: string;
  }[];
}

/** A role and who has it. */
export interface Access {
  /** Name of the Role or ClusterRole. */
  readonly role: string;

  /** Name of the binding. */
  readonly binding: string;

  /** What the role allows. */
  readonly rules: readonly PolicyRule[];

  /** Whether it holds in every namespace: ClusterRole and ClusterRoleBinding, which have none. */
  readonly everywhere?: boolean;

  /** Name of the ServiceAccount that has the role. */
  readonly serviceAccount: string;

  /** Namespace of the ServiceAccount, and of the Role and its binding. */
  readonly namespace: string;

  /** Labels of both objects. */
  readonly labels: Labels;
}

/** A role and its binding, as objects. */
export interface AccessObjects {
  readonly role: ApiObject;
  readonly binding: ApiObject;
}

/**
 * Renders a Role or a ClusterRole and binds it to a ServiceAccount.
 *
 * Plain objects: a ClusterRole of cdk8s-plus gets the chart's namespace (cdk8s-team/cdk8s#1558).
 *
 * @param scope - the construct that they belong to
 * @param access - the role and who has it
 * @throws StorageError `Duplicate`
 */
export function addAccess(scope: Construct, access: Access): AccessObjects {
  const { everywhere = false, serviceAccount, namespace, labels, rules } = access;
  const kind = everywhere ? 'ClusterRole' : 'Role';
  const place = everywhere ? {} : { namespace };
  return {
    role: addObject<RoleObject>(scope, kind, {
      apiVersion: API_VERSION,
      kind,
      metadata: { name: access.role, ...place, labels },
      rules,
    }),
    binding: addObject<RoleBindingObject>(scope, `${kind}Binding`, {
      apiVersion: API_VERSION,
      kind: `${kind}Binding`,
      metadata: { name: access.binding, ...place, labels },
      roleRef: { apiGroup: GROUP, kind, name: access.role },
      subjects: [{ kind: 'ServiceAccount', name: serviceAccount, namespace }],
    }),
  };
}
