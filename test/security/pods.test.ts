import { HELPER_POD_EXCEPTIONS } from '../../src/local-path/pod-security';
import { podSecurityExceptions } from '../../src/nfs/subdir/pod-security';
import { goldenFiles, withInner } from '../support/golden';
import { objectAt } from '../support/json';
import { brokenControls, podsOf } from '../support/pod-security';

type Pod = ReturnType<typeof podsOf>[number];

/** The pods of the golden files, by file, kind and name of the object that makes them. */
const PODS: readonly (readonly [string, Pod])[] = goldenFiles().flatMap(({ file, objects }) =>
  objects.flatMap((object) =>
    withInner(object)
      .flatMap(podsOf)
      .map((pod) => {
        const { kind, metadata } = objectAt(object);
        return [`${file} ${kind} ${objectAt(metadata).name}`, pod] as const;
      }),
  ),
);

const HELPER = HELPER_POD_EXCEPTIONS.map(({ control }) => control)
  // The provisioner adds the volume.
  .filter((control) => control !== 'HostPath Volumes');

/** A pod that is written with cdk8s-plus alone: it says neither. */
const PLAIN = ['Seccomp', 'Capabilities'];

/** The controls that pods break, and no others; a pod that is not here keeps all of them. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  'dist/local-path.k8s.yaml ConfigMap local-path-config': HELPER,
  'examples/harbor-on-nfs/dist/local-path.k8s.yaml ConfigMap local-path-config': HELPER,
  'examples/harbor-on-nfs/dist/nfs.k8s.yaml Deployment nfs-subdir-external-provisioner':
    podSecurityExceptions(true).map(({ control }) => control),
  'examples/nfs-dynamic/dist/nfs-subdir.k8s.yaml Deployment nfs-subdir-external-provisioner':
    podSecurityExceptions(false).map(({ control }) => control),
  'examples/block-device/dist/block-device.k8s.yaml Pod pod-with-block-volume': PLAIN,
  'examples/local-path-writer/dist/local-path-writer.k8s.yaml Deployment local-path-writer-writer-c88e5503':
    PLAIN,
  'examples/redis-emptydir/dist/redis.k8s.yaml Deployment redis-c8580123': PLAIN,
  'examples/redis-emptydir/dist/redis.k8s.yaml Pod redis-logging-c86a3688': PLAIN,
  // What the example is about.
  'examples/redis-emptydir/dist/redis.k8s.yaml Pod redis-hostpath-c8345975': [
    'HostPath Volumes',
    ...PLAIN,
  ],
};

test.each(PODS)(
  'the pod of %s keeps the restricted standard, but for what is listed',
  (key, pod) => {
    expect([...brokenControls(pod.spec, pod.metadata)].sort()).toEqual(
      [...(EXCEPTIONS[key] ?? [])].sort(),
    );
  },
);

test('every exception is that of a pod', () => {
  const keys = PODS.map(([key]) => key);
  expect(Object.keys(EXCEPTIONS).filter((key) => !keys.includes(key))).toEqual([]);
});

test.each([
  ['of the local-path provisioner', HELPER_POD_EXCEPTIONS],
  ['of the NFS provisioner', podSecurityExceptions(false)],
  ['of the NFS provisioner with a claim', podSecurityExceptions(true)],
])('every exception %s says why, once', (_, exceptions) => {
  const controls = exceptions.map(({ control }) => control);
  expect([...new Set(controls)]).toEqual(controls);
  for (const { because } of exceptions) {
    expect(because).toMatch(/^[^A-Z].{40,}[^.]$/);
  }
});
