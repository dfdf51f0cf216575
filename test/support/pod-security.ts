import { everyPlace, isJsonObject, type JsonObject, listAt, objectAt, valueAt } from './json';

/** A pod, its containers of all three kinds, and its annotations. */
interface Held {
  readonly pod: JsonObject;
  readonly containers: readonly JsonObject[];
  readonly annotations: JsonObject;
}

/** Volumes that the restricted standard allows. */
const VOLUME_TYPES = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim'],
  ...['projected', 'secret'],
];

const SELINUX_TYPES = [
  ...['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'],
];

/** Those that every version planned for has; 1.29 added some. */
const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_syncookies',
];

const CONFINED = ['RuntimeDefault', 'Localhost'];

/**
 * Every control of the restricted Pod Security Standard, the baseline's included, and when a pod
 * breaks it.
 *
 * Source: Kubernetes, "Pod Security Standards", in the version of 1.34.
 */
const CONTROLS: Readonly<Record<string, (held: Held) => boolean>> = {
  HostProcess: (held) =>
    contexts(held).some((context) => !isOff(valueAt(context, 'windowsOptions', 'hostProcess'))),
  'Host Namespaces': ({ pod }) =>
    ['hostNetwork', 'hostPID', 'hostIPC'].some((field) => !isOff(pod[field])),
  'Privileged Containers': (held) => own(held).some(({ privileged }) => !isOff(privileged)),
  'HostPath Volumes': ({ pod }) => volumeTypes(pod).includes('hostPath'),
  'Host Ports': ({ containers }) =>
    containers
      .flatMap((container) => listAt(container, 'ports'))
      .some((port) => (valueAt(port, 'hostPort') ?? 0) !== 0),
  'Host Probes / Lifecycle Hooks': ({ containers }) =>
    containers
      .flatMap(({ livenessProbe, readinessProbe, startupProbe, lifecycle }) => [
        ...everyPlace({ livenessProbe, readinessProbe, startupProbe, lifecycle }),
      ])
      .some(({ path, value }) => /\.(httpGet|tcpSocket)\.host$/.test(path) && value !== ''),
  AppArmor: (held) =>
    contexts(held).some(
      ({ appArmorProfile }) =>
        appArmorProfile !== undefined &&
        !CONFINED.includes(String(valueAt(appArmorProfile, 'type'))),
    ) ||
    Object.entries(held.annotations).some(
      ([name, value]) =>
        name.startsWith('container.apparmor.security.beta.kubernetes.io/') &&
        !/^(runtime\/default|localhost\/.*)$/.test(String(value)),
    ),
  SELinux: (held) =>
    contexts(held)
      .map((context) => objectAt(context, 'seLinuxOptions'))
      .some(
        ({ type = '', user = '', role = '' }) =>
          !SELINUX_TYPES.includes(String(type)) || user !== '' || role !== '',
      ),
  '/proc Mount Type': (held) =>
    own(held).some(({ procMount = 'Default' }) => procMount !== 'Default'),
  Sysctls: ({ pod }) =>
    listAt(pod, 'securityContext', 'sysctls').some(
      (sysctl) => !SAFE_SYSCTLS.includes(String(valueAt(sysctl, 'name'))),
    ),
  'Privilege Escalation': (held) =>
    own(held).some(({ allowPrivilegeEscalation }) => allowPrivilegeEscalation !== false),
  // Here and below: the container's own counts, where it has one.
  'Running as Non-root': (held) =>
    own(held).some(
      ({ runAsNonRoot = valueAt(held.pod, 'securityContext', 'runAsNonRoot') }) =>
        runAsNonRoot !== true,
    ),
  'Running as Non-root user': (held) => contexts(held).some(({ runAsUser }) => runAsUser === 0),
  Seccomp: (held) =>
    own(held).some(
      ({ seccompProfile = valueAt(held.pod, 'securityContext', 'seccompProfile') }) =>
        !CONFINED.includes(String(valueAt(seccompProfile, 'type'))),
    ) || valueAt(held.pod, 'securityContext', 'seccompProfile', 'type') === 'Unconfined',
  Capabilities: (held) =>
    own(held).some(
      ({ capabilities }) =>
        !listAt(capabilities, 'drop').includes('ALL') ||
        listAt(capabilities, 'add').some((added) => added !== 'NET_BIND_SERVICE'),
    ),
  // A control of its own has hostPath.
  'Volume Types': ({ pod }) =>
    volumeTypes(pod).some((type) => type !== 'hostPath' && !VOLUME_TYPES.includes(type)),
};

/** The controls of the restricted Pod Security Standard that a pod breaks. */
export function brokenControls(pod: JsonObject, metadata: JsonObject = {}): readonly string[] {
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    listAt(pod, list).map((container) => objectAt(container)),
  );
  const held = { pod, containers, annotations: objectAt(metadata, 'annotations') };
  return Object.entries(CONTROLS)
    .filter(([, breaks]) => breaks(held))
    .map(([control]) => control);
}

/** The pods that an object is, or makes: their metadata and their spec. */
export function podsOf(object: unknown): readonly { metadata: JsonObject; spec: JsonObject }[] {
  return [...everyPlace(object)]
    .map(({ value }) => value)
    .filter((value) => isJsonObject(value) && Array.isArray(valueAt(value, 'spec', 'containers')))
    .map((value) => ({ metadata: objectAt(value, 'metadata'), spec: objectAt(value, 'spec') }));
}

function own({ containers }: Held): readonly JsonObject[] {
  return containers.map((container) => objectAt(container, 'securityContext'));
}

function contexts(held: Held): readonly JsonObject[] {
  return [objectAt(held.pod, 'securityContext'), ...own(held)];
}

function volumeTypes(pod: JsonObject): readonly string[] {
  return listAt(pod, 'volumes')
    .flatMap((volume) => Object.keys(objectAt(volume)))
    .filter((field) => field !== 'name');
}

function isOff(value: unknown): boolean {
  return value === undefined || value === false;
}
