import { type JsonObject, listAt, objectAt, valueAt } from './json';

/** Volumes that the restricted standard allows ("Pod Security Standards", Volume Types). */
const VOLUME_TYPES = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim'],
  ...['projected', 'secret'],
];

/** The controls of the restricted Pod Security Standard that a pod with one container breaks. */
export function brokenControls(pod: JsonObject): readonly string[] {
  const container = objectAt(listAt(pod, 'containers')[0], 'securityContext');
  const capabilities = objectAt(container, 'capabilities');
  const volumes = listAt(pod, 'volumes').flatMap((volume) => Object.keys(objectAt(volume)));
  const controls: Readonly<Record<string, boolean>> = {
    'Host Namespaces': ['hostNetwork', 'hostPID', 'hostIPC'].some((field) => pod[field] === true),
    'Privileged Containers': container.privileged === true,
    // The baseline has it already, under a name of its own.
    'HostPath Volumes': volumes.includes('hostPath'),
    'Privilege Escalation': container.allowPrivilegeEscalation !== false,
    'Running as Non-root':
      (container.runAsNonRoot ?? valueAt(pod, 'securityContext', 'runAsNonRoot')) !== true,
    // The container's own counts, where it has one.
    Seccomp:
      (valueAt(container, 'seccompProfile', 'type') ??
        valueAt(pod, 'securityContext', 'seccompProfile', 'type')) !== 'RuntimeDefault',
    Capabilities:
      !listAt(capabilities, 'drop').includes('ALL') ||
      listAt(capabilities, 'add').some((added) => added !== 'NET_BIND_SERVICE'),
    'Volume Types': volumes.some(
      (field) => !['name', 'hostPath'].includes(field) && !VOLUME_TYPES.includes(field),
    ),
  };
  return Object.keys(controls).filter((control) => controls[control]);
}
