import { NfsSubdirProvisioner } from '../../src/nfs/nfs-subdir-provisioner';
import type { NfsSubdirProvisionerProps } from '../../src/nfs/nfs-subdir-provisioner-props';
import { listAt, objectAt, valueAt } from '../support/json';
import { brokenControls } from '../support/pod-security';
import { chartObjects, objectOf } from '../support/synth';

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
