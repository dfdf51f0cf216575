import { NfsSubdirProvisioner } from '../../src/nfs/nfs-subdir-provisioner';
import type { NfsSubdirProvisionerProps } from '../../src/nfs/nfs-subdir-provisioner-props';
import { type JsonObject, listAt, objectAt, valueAt } from '../support/json';
import { chartObjects, objectOf } from '../support/synth';

/** Volumes that the restricted standard allows ("Pod Security Standards", Volume Types). */
const VOLUME_TYPES = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim'],
  ...['projected', 'secret'],
];

/** The controls of the restricted standard that a pod with one container breaks. */
function brokenControls(pod: JsonObject): readonly string[] {
  const container = objectAt(listAt(pod, 'containers')[0], 'securityContext');
  const capabilities = objectAt(container, 'capabilities');
  const volumes = listAt(pod, 'volumes').flatMap((volume) => Object.keys(objectAt(volume)));
  const controls: Readonly<Record<string, boolean>> = {
    'Host Namespaces': ['hostNetwork', 'hostPID', 'hostIPC'].some((field) => pod[field] === true),
    'Privileged Containers': container.privileged === true,
    'Privilege Escalation': container.allowPrivilegeEscalation !== false,
    'Running as Non-root':
      valueAt(pod, 'securityContext', 'runAsNonRoot') !== true && container.runAsNonRoot !== true,
    Seccomp: valueAt(pod, 'securityContext', 'seccompProfile', 'type') !== 'RuntimeDefault',
    Capabilities:
      !listAt(capabilities, 'drop').includes('ALL') ||
      listAt(capabilities, 'add').some((added) => added !== 'NET_BIND_SERVICE'),
    'Volume Types': volumes.some((field) => field !== 'name' && !VOLUME_TYPES.includes(field)),
  };
  return Object.keys(controls).filter((control) => controls[control]);
}

function podAndExceptions(props: Partial<NfsSubdirProvisionerProps>) {
  let exceptions: NfsSubdirProvisioner['podSecurityExceptions'] = [];
  const objects = chartObjects((chart) => {
    const provisioner = new NfsSubdirProvisioner(chart, 'nfs', {
      server: '172.26.1.10',
      path: '/mnt/shared',
      ...props,
    });
    exceptions = provisioner.podSecurityExceptions;
  });
  const pod = objectAt(objectOf(objects, 'Deployment'), 'spec', 'template', 'spec');
  return { pod, exceptions };
}

describe('the pod of an NfsSubdirProvisioner breaks the controls that it lists, and no other', () => {
  test.each<[string, Partial<NfsSubdirProvisionerProps>, readonly string[]]>([
    ['its share mounted by itself', {}, ['Running as Non-root', 'Capabilities', 'Volume Types']],
    [
      'its share mounted through a claim',
      { mountOptions: ['hard'] },
      ['Running as Non-root', 'Capabilities'],
    ],
  ])('with %s', (_, props, controls) => {
    const { pod, exceptions } = podAndExceptions(props);
    expect(brokenControls(pod)).toEqual(controls);
    expect(exceptions.map(({ control }) => control)).toEqual(controls);
    for (const { because } of exceptions) {
      expect(because.length).toBeGreaterThan(40);
    }
  });

  test('and adds a capability that the baseline allows', () => {
    const { pod } = podAndExceptions({});
    expect(valueAt(listAt(pod, 'containers')[0], 'securityContext', 'capabilities')).toEqual({
      drop: ['ALL'],
      add: ['FOWNER'],
    });
  });
});
