import { Capability } from 'cdk8s-plus-28';
import { everyPlace, listAt } from '../support/json';
import { containerOf, podOf, refusedApp } from './upload-app';

/** What the restricted Pod Security Standard asks of a pod, field by field. */
describe('the pods of an app are restricted by default', () => {
  test('run as a user and a group that are not root', () => {
    expect(podOf()).toHaveProperty('securityContext', {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test('gain no rights, drop all capabilities and cannot write their image', () => {
    expect(containerOf()).toHaveProperty('securityContext', {
      runAsNonRoot: true,
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  test('get no token for the API', () => {
    expect(podOf()).toHaveProperty('automountServiceAccountToken', false);
    expect(podOf()).not.toHaveProperty('serviceAccountName');
  });

  test('share nothing of the node', () => {
    const pod = podOf();
    expect(pod).toHaveProperty('hostNetwork', false);
    for (const field of ['hostPID', 'hostIPC', 'hostAliases', 'nodeName']) {
      expect(pod).not.toHaveProperty(field);
    }
    expect(
      [...everyPlace(pod)].filter(({ path }) => /hostPort|hostPath|procMount/.test(path)),
    ).toEqual([]);
  });

  test('use kinds of volumes that the standard allows', () => {
    for (const volume of listAt(podOf(), 'volumes')) {
      const [kind] = Object.keys(volume as object).filter((field) => field !== 'name');
      expect(['persistentVolumeClaim', 'emptyDir']).toContain(kind);
    }
  });

  test('have nothing that cdk8s-plus would add for itself', () => {
    expect(podOf()).not.toHaveProperty('securityContext.fsGroup');
    expect(podOf()).not.toHaveProperty('securityContext.fsGroupChangePolicy');
    expect(containerOf()).not.toHaveProperty('securityContext.runAsUser');
  });
});

describe('a prop changes', () => {
  test.each([
    [{ runAsUser: 65534 }, 'runAsUser', 65534],
    [{ runAsUser: 2 ** 31 - 1 }, 'runAsUser', 2147483647],
    [{ runAsGroup: 0 }, 'runAsGroup', 0],
    [{ runAsGroup: 3000 }, 'runAsGroup', 3000],
    [{ supplementalGroups: [4000, 0] }, 'supplementalGroups', [4000, 0]],
    [{ runAsNonRoot: false }, 'runAsNonRoot', false],
    [{ seccompProfile: 'Unconfined' as const }, 'seccompProfile', { type: 'Unconfined' }],
  ])('the pod by %j', (props, field, value) => {
    expect(podOf(props)).toHaveProperty(['securityContext', field], value);
  });

  test.each([
    [{ runAsNonRoot: false }, 'runAsNonRoot', false],
    [{ allowPrivilegeEscalation: true }, 'allowPrivilegeEscalation', true],
    [{ readOnlyRootFilesystem: false }, 'readOnlyRootFilesystem', false],
    [
      { capabilities: { add: [Capability.NET_BIND_SERVICE] } },
      'capabilities',
      { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
    ],
    [
      { capabilities: { drop: [Capability.NET_RAW, Capability.MKNOD] } },
      'capabilities',
      { drop: ['NET_RAW', 'MKNOD'] },
    ],
    [{ capabilities: {} }, 'capabilities', { drop: ['ALL'] }],
  ])('the container by %j', (props, field, value) => {
    expect(containerOf(props)).toHaveProperty(['securityContext', field], value);
  });

  test('whether the pods get a token', () => {
    expect(podOf({ automountServiceAccountToken: true })).toHaveProperty(
      'automountServiceAccountToken',
      true,
    );
  });

  test('the user to root, where root is allowed', () => {
    const props = { runAsUser: 0, runAsNonRoot: false } as const;
    expect(podOf(props)).toHaveProperty('securityContext.runAsUser', 0);
    expect(podOf(props)).toHaveProperty('securityContext.runAsNonRoot', false);
    expect(containerOf(props)).toHaveProperty('securityContext.runAsNonRoot', false);
  });

  test('nothing by an empty list of groups, which the API server drops', () => {
    expect(podOf({ supplementalGroups: [] })).not.toHaveProperty(
      'securityContext.supplementalGroups',
    );
  });
});

describe('a pod fails', () => {
  test('as root where root is not allowed', () => {
    expect(refusedApp({ runAsUser: 0 })).toEqual({
      code: 'RunAsRoot',
      path: 'shop/web',
      message:
        "shop/web: 'runAsUser' must not be 0 while 'runAsNonRoot' holds, the kubelet would not start the container; set 'runAsNonRoot' to false for a process that must be root",
    });
  });

  test.each([
    [{ runAsUser: -1 }, "'runAsUser' must be a whole number from 0 to 2147483647, got -1"],
    [
      { runAsUser: 2 ** 31 },
      "'runAsUser' must be a whole number from 0 to 2147483647, got 2147483648",
    ],
    [{ runAsUser: '1000' }, "'runAsUser' must be a whole number from 0 to 2147483647, got '1000'"],
    [{ runAsGroup: 1.5 }, "'runAsGroup' must be a whole number from 0 to 2147483647, got 1.5"],
    [
      { supplementalGroups: 1000 },
      "'supplementalGroups' must be a list, each a whole number from 0 to 2147483647, got 1000",
    ],
    [
      { supplementalGroups: [1, 'x'] },
      "'supplementalGroups[1]' must be a whole number from 0 to 2147483647, got 'x'",
    ],
    [{ runAsNonRoot: 'yes' }, "'runAsNonRoot' must be true or false, got 'yes'"],
    [
      { seccompProfile: 'Localhost' },
      "'seccompProfile' must be 'RuntimeDefault' or 'Unconfined', got 'Localhost'",
    ],
    [
      { seccompProfile: 'runtimeDefault' },
      "'seccompProfile' must be 'RuntimeDefault' or 'Unconfined', got 'runtimeDefault'; did you mean 'RuntimeDefault'?",
    ],
    [{ readOnlyRootFilesystem: null }, "'readOnlyRootFilesystem' must be true or false, got null"],
    [{ capabilities: ['NET_ADMIN'] }, `'capabilities' must be an object, got ["NET_ADMIN"]`],
    [
      { capabilities: { remove: ['ALL'] } },
      "'capabilities.remove' is no prop of SharedUploadApp; it takes 'add' or 'drop'",
    ],
    [{ runAsUsr: 1 }, "'runAsUsr' is no prop of SharedUploadApp; did you mean 'runAsUser'?"],
  ])('with %j', (props, problem) => {
    expect(refusedApp(props).message).toBe(`shop/web: ${problem}`);
  });

  test('with a capability that Linux does not have', () => {
    expect(refusedApp({ capabilities: { add: ['NET_BIND_SERVICES'] } }).message).toMatch(
      /^shop\/web: 'capabilities\.add\[0\]' must be 'ALL', .*, got 'NET_BIND_SERVICES'; did you mean 'NET_BIND_SERVICE'\?$/,
    );
  });
});
