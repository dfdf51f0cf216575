import { LocalPathProvisioner } from '../../src/local-path/local-path-provisioner';
import { NfsSubdirProvisioner } from '../../src/nfs/nfs-subdir-provisioner';
import { goldenFiles } from '../support/golden';
import { listAt, objectAt, valueAt } from '../support/json';
import { chartObjects } from '../support/synth';

/** What may be done with what: group and resource, and the verbs. */
type Rights = Readonly<Record<string, string>>;

const READ = 'get list watch';

/**
 * What nfs-subdir-external-provisioner needs.
 *
 * Source: nfs-subdir-external-provisioner v4.0.2, deploy/rbac.yaml, but for the Leases that later
 * manifests list: this version elects its leader by an Endpoints object.
 */
const NFS: Readonly<Record<string, Rights>> = {
  ClusterRole: {
    ' nodes': READ,
    ' persistentvolumes': `${READ} create delete`,
    ' persistentvolumeclaims': `${READ} update`,
    'storage.k8s.io storageclasses': READ,
    ' events': 'create update patch',
  },
  Role: { ' endpoints': `${READ} create update patch` },
};

/**
 * What local-path-provisioner needs.
 *
 * Source: rancher/local-path-provisioner v0.0.37, deploy/local-path-storage.yaml.
 */
const LOCAL_PATH: Readonly<Record<string, Rights>> = {
  ClusterRole: {
    ' nodes': READ,
    ' persistentvolumeclaims': READ,
    ' configmaps': READ,
    ' pods': READ,
    ' pods/log': READ,
    ' persistentvolumes': `${READ} create patch update delete`,
    ' events': 'create patch',
    'storage.k8s.io storageclasses': READ,
  },
  Role: { ' pods': `${READ} create patch update delete` },
};

/** What a role allows, each right once. */
function rightsOf(role: unknown): Rights {
  const rights = listAt(role, 'rules').flatMap((rule) =>
    listAt(rule, 'apiGroups').flatMap((group) =>
      listAt(rule, 'resources').map(
        (resource) => [`${group} ${resource}`, listAt(rule, 'verbs').join(' ')] as const,
      ),
    ),
  );
  expect(new Set(rights.map(([right]) => right)).size).toBe(rights.length);
  return Object.fromEntries(rights);
}

const isRole = (object: unknown) =>
  ['Role', 'ClusterRole'].includes(String(valueAt(object, 'kind')));

/** The rights of all roles, by kind. */
function rights(objects: readonly unknown[]): Readonly<Record<string, Rights>> {
  return Object.fromEntries(
    objects.filter(isRole).map((role) => [String(valueAt(role, 'kind')), rightsOf(role)]),
  );
}

describe('a provisioner may do what its driver needs, and no more', () => {
  test.each([{}, { name: 'own', namespace: 'files', mountOptions: ['hard' as const] }])(
    'of NFS, with %j',
    (props) => {
      const objects = chartObjects((chart) => {
        new NfsSubdirProvisioner(chart, 'nfs', { server: '10.0.0.1', path: '/srv', ...props });
      });
      expect(rights(objects)).toEqual(NFS);
    },
  );

  test.each([{}, { name: 'own', namespace: 'files', setupCommand: '/setup' }])(
    'of local paths, with %j',
    (props) => {
      const objects = chartObjects((chart) => {
        new LocalPathProvisioner(chart, 'storage', props);
      });
      expect(rights(objects)).toEqual(LOCAL_PATH);
    },
  );
});

describe.each(goldenFiles())('$file', ({ objects }) => {
  test('has roles that name what they allow, and nothing by which one gains more', () => {
    for (const role of objects.filter(isRole)) {
      const text = JSON.stringify(listAt(role, 'rules'));
      expect(text).not.toMatch(
        /\*|"(escalate|bind|impersonate|secrets|serviceaccounts|serviceaccounts\/token|pods\/exec|nodes\/proxy|roles|clusterroles|rolebindings|clusterrolebindings|deletecollection)"/,
      );
      expect(text).not.toContain('nonResourceURLs');
    }
  });

  test('binds roles of its own to accounts of its own', () => {
    const names = (kind: string) =>
      objects
        .filter((object) => valueAt(object, 'kind') === kind)
        .map((object) => valueAt(object, 'metadata', 'name'));
    for (const binding of objects.filter((object) =>
      /^(Cluster)?RoleBinding$/.test(String(valueAt(object, 'kind'))),
    )) {
      const { kind, name } = objectAt(binding, 'roleRef');
      expect(names(String(kind))).toContain(name);
      const subjects = listAt(binding, 'subjects');
      expect(subjects).toHaveLength(1);
      for (const subject of subjects) {
        expect(valueAt(subject, 'kind')).toBe('ServiceAccount');
        expect(names('ServiceAccount')).toContain(valueAt(subject, 'name'));
      }
    }
  });

  test('gives the token of its account to no pod that has no role', () => {
    const bound = objects
      .flatMap((object) => listAt(object, 'subjects'))
      .map((subject) => valueAt(subject, 'name'));
    for (const object of objects) {
      const pod = objectAt(object, 'spec', 'template', 'spec');
      if (pod.containers !== undefined && !bound.includes(pod.serviceAccountName)) {
        expect(pod.automountServiceAccountToken).toBe(false);
      }
    }
  });
});
