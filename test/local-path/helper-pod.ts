import { isObject } from '../../src/kube/props';
import { alternatives } from '../../src/kube/show';

/** Fields of the helper pod's spec that the provisioner refuses, and the ones it writes itself. */
const POD_FIELDS = [
  'initContainers',
  'ephemeralContainers',
  'volumes',
  'nodeName',
  'serviceAccountName',
];
const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'];
const CONTAINER_FIELDS = [
  ...['volumeMounts', 'envFrom', 'lifecycle'],
  ...['livenessProbe', 'readinessProbe', 'startupProbe'],
];

/**
 * What is wrong with the template of the helper pod, or undefined where nothing is.
 *
 * rancher/local-path-provisioner checks it since v0.0.36 (CVE-2026-44543) and does not start with a
 * wrong one.
 */
export function helperPodProblem(pod: unknown): string | undefined {
  const spec = fieldsOf(fieldsOf(pod).spec);
  const containers: readonly unknown[] = Array.isArray(spec.containers) ? spec.containers : [];
  if (containers.length !== 1) {
    return `must have exactly one container, got ${containers.length}`;
  }
  const container = fieldsOf(containers[0]);
  const security = fieldsOf(spec.securityContext);
  const own = fieldsOf(container.securityContext);
  const variables: readonly unknown[] = Array.isArray(container.env) ? container.env : [];
  const refused = [
    ...POD_FIELDS.filter((field) => isSet(spec[field])),
    ...HOST_NAMESPACES.filter((field) => spec[field] === true),
    ...CONTAINER_FIELDS.filter((field) => isSet(container[field])),
    ...(variables.some((variable) => isSet(fieldsOf(variable).valueFrom)) ? ['env.valueFrom'] : []),
    ...['runAsUser', 'runAsGroup']
      .filter((field) => security[field] === 0)
      .map((field) => `${field} 0`),
    ...(isSet(security.sysctls) ? ['sysctls'] : []),
    ...['privileged', 'allowPrivilegeEscalation'].filter((field) => own[field] === true),
    ...(isSet(fieldsOf(own.capabilities).add) ? ['capabilities.add'] : []),
  ];
  return refused.length === 0
    ? undefined
    : `must not have ${alternatives(refused)}: the provisioner refuses it`;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

// As Go reads it: an empty text or list is as good as none.
function isSet(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== null && value !== '';
}
