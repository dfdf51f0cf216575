import { helperPodProblem } from './helper-pod';

describe('a helper pod', () => {
  const container = { name: 'helper-pod', image: 'busybox:1.37.0' };
  const pod = (spec: object, fields: object = {}) => ({
    spec: { containers: [{ ...container, ...fields }], ...spec },
  });

  test.each([
    ['nothing more', pod({})],
    ['empty lists', pod({ volumes: [], initContainers: [] }, { envFrom: [], volumeMounts: [] })],
    ['a variable', pod({}, { env: [{ name: 'A', value: 'b' }] })],
    ['another user', pod({ securityContext: { runAsUser: 1, runAsGroup: 1 } })],
    [
      'less than a container has by default',
      pod({}, { securityContext: { privileged: false, capabilities: { drop: ['ALL'] } } }),
    ],
    ['host namespaces that are off', pod({ hostNetwork: false })],
  ])('may have %s', (_, template) => {
    expect(helperPodProblem(template)).toBeUndefined();
  });

  test.each([
    ['initContainers', pod({ initContainers: [container] })],
    ['ephemeralContainers', pod({ ephemeralContainers: [container] })],
    ['volumes', pod({ volumes: [{ name: 'a' }] })],
    ['nodeName', pod({ nodeName: 'a' })],
    ['serviceAccountName', pod({ serviceAccountName: 'a' })],
    ['hostNetwork', pod({ hostNetwork: true })],
    ['hostPID', pod({ hostPID: true })],
    ['hostIPC', pod({ hostIPC: true })],
    ['volumeMounts', pod({}, { volumeMounts: [{ name: 'a' }] })],
    ['envFrom', pod({}, { envFrom: [{}] })],
    ['lifecycle', pod({}, { lifecycle: {} })],
    ['livenessProbe', pod({}, { livenessProbe: {} })],
    ['readinessProbe', pod({}, { readinessProbe: {} })],
    ['startupProbe', pod({}, { startupProbe: {} })],
    ['env.valueFrom', pod({}, { env: [{ name: 'A', valueFrom: {} }] })],
    ['runAsUser 0', pod({ securityContext: { runAsUser: 0 } })],
    ['runAsGroup 0', pod({ securityContext: { runAsGroup: 0 } })],
    ['sysctls', pod({ securityContext: { sysctls: [{ name: 'a', value: 'b' }] } })],
    ['privileged', pod({}, { securityContext: { privileged: true } })],
    ['allowPrivilegeEscalation', pod({}, { securityContext: { allowPrivilegeEscalation: true } })],
    ['capabilities.add', pod({}, { securityContext: { capabilities: { add: ['CHOWN'] } } })],
  ])('may not have %s', (what, template) => {
    expect(helperPodProblem(template)).toBe(`must not have '${what}': the provisioner refuses it`);
  });

  test.each([
    [0, undefined],
    [0, null],
    [0, {}],
    [0, { spec: { containers: 'a' } }],
    [2, { spec: { containers: [container, container] } }],
  ])('has one container, not %i as in %j', (count, template) => {
    expect(helperPodProblem(template)).toBe(`must have exactly one container, got ${count}`);
  });
});
