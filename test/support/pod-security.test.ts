import type { JsonObject } from './json';
import { brokenControls } from './pod-security';

/** A pod that keeps the whole standard, with fields put over its own, over a container's, or both. */
function broken(pod: object = {}, container: object = {}, context: object = {}, annotations = {}) {
  const securityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    ...context,
  };
  const spec: JsonObject = {
    containers: [{ name: 'main', image: 'web:1', securityContext, ...container }],
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    ...pod,
  };
  return brokenControls(spec, { annotations });
}

/** The same, with fields put over the pod's own security context. */
function brokenBy(context: object) {
  const securityContext = {
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
    ...context,
  };
  return broken({ securityContext });
}

const HOST = { host: '10.0.0.1', port: 80 };

test('a pod keeps every control', () => {
  expect(broken()).toEqual([]);
});

test.each<[string, object]>([
  ['Host Namespaces', { hostNetwork: true }],
  ['Host Namespaces', { hostPID: true }],
  ['Host Namespaces', { hostIPC: true }],
  ['HostPath Volumes', { volumes: [{ name: 'data', hostPath: { path: '/' } }] }],
  ['Volume Types', { volumes: [{ name: 'data', nfs: { server: 'nfs', path: '/' } }] }],
  ['Volume Types', { volumes: [{ name: 'data', iscsi: {} }] }],
  ['Volume Types', { volumes: [{ name: 'data', image: {} }] }],
])('%s: a pod with %j', (control, pod) => {
  expect(broken(pod)).toEqual([control]);
});

test.each<[string, object]>([
  ['HostProcess', { windowsOptions: { hostProcess: true } }],
  ['AppArmor', { appArmorProfile: { type: 'Unconfined' } }],
  ['SELinux', { seLinuxOptions: { type: 'spc_t' } }],
  ['SELinux', { seLinuxOptions: { user: 'system_u' } }],
  ['SELinux', { seLinuxOptions: { role: 'system_r' } }],
  ['Sysctls', { sysctls: [{ name: 'kernel.msgmax', value: '1' }] }],
  ['Running as Non-root', { runAsNonRoot: false }],
  ['Running as Non-root', { runAsNonRoot: undefined }],
  ['Running as Non-root user', { runAsUser: 0 }],
  ['Seccomp', { seccompProfile: { type: 'Unconfined' } }],
  ['Seccomp', { seccompProfile: undefined }],
])('%s: a pod whose security context has %j', (control, context) => {
  expect(brokenBy(context)).toEqual([control]);
});

const CONTEXTS: readonly (readonly [string, object])[] = [
  ['HostProcess', { windowsOptions: { hostProcess: true } }],
  ['Privileged Containers', { privileged: true }],
  ['Privilege Escalation', { allowPrivilegeEscalation: true }],
  ['Privilege Escalation', { allowPrivilegeEscalation: undefined }],
  ['AppArmor', { appArmorProfile: { type: 'Unconfined' } }],
  ['SELinux', { seLinuxOptions: { type: 'spc_t' } }],
  ['/proc Mount Type', { procMount: 'Unmasked' }],
  ['Running as Non-root', { runAsNonRoot: false }],
  ['Running as Non-root user', { runAsUser: 0 }],
  ['Seccomp', { seccompProfile: { type: 'Unconfined' } }],
  ['Capabilities', { capabilities: { drop: ['NET_RAW'] } }],
  ['Capabilities', { capabilities: { drop: ['ALL'], add: ['CHOWN'] } }],
  ['Capabilities', { capabilities: undefined }],
];

describe.each(CONTEXTS)('%s: a security context with %j', (control, context) => {
  test('of a container', () => {
    expect(broken({}, {}, context)).toEqual([control]);
  });

  test.each(['initContainers', 'ephemeralContainers'])('of one of %s', (list) => {
    const securityContext = {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      ...context,
    };
    expect(broken({ [list]: [{ name: 'other', image: 'web:1', securityContext }] })).toEqual([
      control,
    ]);
  });
});

test.each<[string, object]>([
  ['Host Ports', { ports: [{ containerPort: 80, hostPort: 80 }] }],
  ['Host Probes / Lifecycle Hooks', { livenessProbe: { httpGet: HOST } }],
  ['Host Probes / Lifecycle Hooks', { readinessProbe: { tcpSocket: HOST } }],
  ['Host Probes / Lifecycle Hooks', { startupProbe: { httpGet: HOST } }],
  ['Host Probes / Lifecycle Hooks', { lifecycle: { preStop: { httpGet: HOST } } }],
  ['Host Probes / Lifecycle Hooks', { lifecycle: { postStart: { tcpSocket: HOST } } }],
])('%s: a container with %j', (control, container) => {
  expect(broken({}, container)).toEqual([control]);
});

test('AppArmor: an annotation', () => {
  const name = 'container.apparmor.security.beta.kubernetes.io/main';
  expect(broken({}, {}, {}, { [name]: 'unconfined' })).toEqual(['AppArmor']);
  expect(broken({}, {}, {}, { [name]: 'runtime/default' })).toEqual([]);
  expect(broken({}, {}, {}, { [name]: 'localhost/own' })).toEqual([]);
});

test('what the standard allows', () => {
  const allowed = {
    seLinuxOptions: { type: 'container_t', level: 's0' },
    sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }],
    appArmorProfile: { type: 'Localhost', localhostProfile: 'own' },
    seccompProfile: { type: 'Localhost', localhostProfile: 'own.json' },
  };
  expect(brokenBy(allowed)).toEqual([]);
  expect(broken({}, { ports: [{ containerPort: 80, hostPort: 0 }] })).toEqual([]);
  expect(broken({}, { livenessProbe: { httpGet: { port: 80 } } })).toEqual([]);
  expect(broken({}, {}, { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } })).toEqual(
    [],
  );
  const own = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
  expect(broken({ securityContext: undefined }, {}, own)).toEqual([]);
});
