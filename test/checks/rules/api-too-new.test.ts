import {
  NEWER_IN_JOBS,
  NEWER_IN_KINDS,
  NEWER_IN_PODS,
  type NewerField,
} from '../../../src/checks/api/newer-fields';
import { NEWER_VERSIONS } from '../../../src/checks/api/newer-versions';
import { CLUSTER_SCOPED_KINDS } from '../../../src/kube/objects';
import { WORKLOAD_GROUPS } from '../../../src/planner/inventory';
import { KUBERNETES_VERSIONS, type KubernetesVersion } from '../../../src/planner/plan';
import { found, messages } from './found';

const metadata = { name: 'web', namespace: 'shop' };

// What belongs to the cluster is in no namespace, whatever it says.
function title(kind: string): string {
  return CLUSTER_SCOPED_KINDS.has(kind) ? `${kind} web` : `${kind} shop/web`;
}

/** An object with a value at a path such as `spec.volumes[].image`. */
function at(path: string, value: unknown): Record<string, unknown> {
  const [, name = '', list, rest] = /^([^.[]+)(\[\])?(?:\.(.*))?$/.exec(path) ?? [];
  const inner = rest === undefined ? value : at(rest, value);
  return { [name]: list === undefined ? inner : [inner] };
}

function object(apiVersion: string, kind: string, path: string, value: unknown): unknown {
  return { apiVersion, kind, metadata, ...at(path, value) };
}

function pod(path: string, value: unknown): unknown {
  return object('v1', 'Pod', `spec.${path}`, value);
}

function previous(version: KubernetesVersion): KubernetesVersion | undefined {
  return KUBERNETES_VERSIONS[KUBERNETES_VERSIONS.indexOf(version) - 1];
}

/** Every newer field, in an object that has it. */
const FIELDS: readonly (readonly [string, NewerField, unknown])[] = [
  ...NEWER_IN_PODS.map((field) => [`Pod: ${field.path}`, field, pod(field.path, 'x')] as const),
  ...NEWER_IN_JOBS.map(
    (field) =>
      [`Job: ${field.path}`, field, object('batch/v1', 'Job', `spec.${field.path}`, 'x')] as const,
  ),
  ...Object.entries(NEWER_IN_KINDS).flatMap(([kind, { group, fields }]) =>
    fields.map(
      (field) =>
        [
          `${kind}: ${field.path}`,
          field,
          object(group === '' ? 'v1' : `${group}/v1`, kind, field.path, 'x'),
        ] as const,
    ),
  ),
];

describe.each(FIELDS)('%s', (_, { since, known, gate, idle }, holder) => {
  it('is kept since its version', () => {
    expect(found('api-too-new', [holder], { kubernetes: since })).toEqual([]);
    expect(found('api-too-new', [holder], { kubernetes: '1.36' })).toEqual([]);
  });

  it('is dropped where it is known, and off', () => {
    const off = previous(since);
    if (off !== undefined && off >= (known ?? off)) {
      const [finding] = found('api-too-new', [holder], { kubernetes: off });
      expect(finding?.severity).toBe('warning');
      expect(finding?.message).toContain(
        `drops without a word before ${since}, unless the feature gate ${gate} is on: `,
      );
      expect(finding?.fix).toMatch(new RegExp(`^drop .*, or move to Kubernetes ${since}$`));
    }
  });

  it('is refused where it is not known', () => {
    const unknown = known && previous(known);
    if (unknown !== undefined) {
      const [finding] = found('api-too-new', [holder], { kubernetes: unknown });
      expect(finding?.severity).toBe('error');
      expect(finding?.message).toContain(
        `does not know before ${known}: kubectl apply refuses it with strict decoding error: unknown field `,
      );
    }
  });

  it('says something', () => {
    expect(idle).not.toBe('x');
  });
});

describe('an API version', () => {
  const VERSIONS = Object.entries(NEWER_VERSIONS).flatMap(([apiVersion, kinds]) =>
    Object.entries(kinds).map(([kind, newer]) => [apiVersion, kind, newer] as const),
  );

  it.each(VERSIONS)('%s %s is not served before it is known', (apiVersion, kind, { known }) => {
    const kubernetes = previous(known);
    const [finding] = found('api-too-new', [{ apiVersion, kind, metadata }], { kubernetes });
    expect(finding).toMatchObject({
      severity: 'error',
      message: `${title(kind)} is of ${apiVersion}, which is not served before Kubernetes ${known}: no matches for kind "${kind}" in version "${apiVersion}"`,
    });
  });

  it.each(VERSIONS)('%s %s is served since, unless it is off', (apiVersion, kind, newer) => {
    const options = { kubernetes: newer.known };
    const severities = found('api-too-new', [{ apiVersion, kind, metadata }], options).map(
      ({ severity }) => severity,
    );
    expect(severities).toEqual(newer.off === true ? ['warning'] : []);
  });

  it.each([
    ['1.33', 'leave it away, or move to Kubernetes 1.34 with apiVersion: storage.k8s.io/v1'],
    ['1.34', 'set apiVersion: storage.k8s.io/v1'],
    ['1.36', 'set apiVersion: storage.k8s.io/v1'],
  ] as const)('of beta is off in %s', (kubernetes, fix) => {
    const vac = { apiVersion: 'storage.k8s.io/v1beta1', kind: 'VolumeAttributesClass', metadata };
    expect(found('api-too-new', [vac], { kubernetes })).toEqual([
      {
        rule: 'api-too-new',
        severity: 'warning',
        object: 'VolumeAttributesClass web',
        message:
          'VolumeAttributesClass web is of storage.k8s.io/v1beta1, which no version serves unless it is switched on: no matches for kind "VolumeAttributesClass" in version "storage.k8s.io/v1beta1"',
        fix,
      },
    ]);
  });
});

describe('api-too-new', () => {
  const claim = object('v1', 'PersistentVolumeClaim', 'spec.volumeAttributesClassName', 'silver');

  it('says what the API server does, and what is lost', () => {
    expect(found('api-too-new', [claim], { kubernetes: '1.33' })).toEqual([
      {
        rule: 'api-too-new',
        severity: 'warning',
        object: 'PersistentVolumeClaim shop/web',
        message:
          'PersistentVolumeClaim shop/web has spec.volumeAttributesClassName, which Kubernetes drops without a word before 1.34, unless the feature gate VolumeAttributesClass is on: the volume is of no VolumeAttributesClass',
        fix: 'drop spec.volumeAttributesClassName, or move to Kubernetes 1.34',
      },
    ]);
    expect(messages('api-too-new', [claim], { kubernetes: '1.28' })).toEqual([
      'PersistentVolumeClaim shop/web has spec.volumeAttributesClassName, which Kubernetes does not know before 1.29: kubectl apply refuses it with strict decoding error: unknown field "spec.volumeAttributesClassName", and a client that asks for less care loses it (the volume is of no VolumeAttributesClass)',
    ]);
  });

  it('tells first of what is refused', () => {
    const spec = { hostUsers: false, volumes: [{ name: 'assets', image: { reference: 'a:1' } }] };
    const both = { apiVersion: 'v1', kind: 'Pod', metadata, spec };
    const [finding] = found('api-too-new', [both], { kubernetes: '1.30' });
    expect(finding).toMatchObject({
      severity: 'error',
      message: expect.stringContaining('spec.volumes[0].image'),
    });
    expect(found('api-too-new', [both], { kubernetes: '1.32' })).toHaveLength(1);
  });

  it('is info where the version is assumed', () => {
    const image = pod('volumes[].image', { reference: 'registry.example.com/assets:7' });
    expect(found('api-too-new', [image])).toMatchObject([
      {
        severity: 'info',
        message: expect.stringMatching(/ \(1\.34 is assumed, no version was given\)$/),
      },
    ]);
    expect(found('api-too-new', [image], { kubernetes: '1.34' })).toMatchObject([
      { severity: 'warning' },
    ]);
  });

  it.each(
    Object.entries(WORKLOAD_GROUPS)
      .filter(([kind]) => kind !== 'HorizontalPodAutoscaler')
      .map(([kind, [group = '']]) => [kind, group === '' ? 'v1' : `${group}/v1`]),
  )('looks into the pods of a %s', (kind, apiVersion) => {
    const path =
      kind === 'Pod'
        ? 'spec'
        : kind === 'CronJob'
          ? 'spec.jobTemplate.spec.template.spec'
          : 'spec.template.spec';
    const holder = object(apiVersion, kind, `${path}.hostUsers`, false);
    expect(messages('api-too-new', [holder], { kubernetes: '1.32' })).toEqual([
      `${title(kind)} has ${path}.hostUsers, which Kubernetes drops without a word before 1.33, unless the feature gate UserNamespacesSupport is on: the pod runs in the node's own user namespace`,
    ]);
  });

  it('looks into the Jobs of a CronJob', () => {
    const holder = object(
      'batch/v1',
      'CronJob',
      'spec.jobTemplate.spec.managedBy',
      'example.com/x',
    );
    expect(found('api-too-new', [holder], { kubernetes: '1.31' })).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    [
      'another group has a kind of that name',
      object('serving.knative.dev/v1', 'Service', 'spec.trafficDistribution', 'PreferClose'),
    ],
    ['the field says no more than its absence', pod('hostUsers', true)],
    ['the field is null', pod('hostUsers', null)],
    [
      'the claim names no class',
      object('v1', 'PersistentVolumeClaim', 'spec.volumeAttributesClassName', ''),
    ],
    ['there is no list where one must be', pod('volumes', { image: {} })],
    ['the API server has taken it', { ...(claim as object), metadata: { ...metadata, uid: 'u' } }],
    ['the kind is no text', { apiVersion: 'v1', kind: 7, metadata }],
    [
      'it is called as what every object has',
      { apiVersion: 'constructor', kind: 'toString', metadata },
    ],
    ['all versions keep the field', object('apps/v1', 'StatefulSet', 'spec.ordinals.start', 1)],
    ['nothing of the kind is newer', { apiVersion: 'v1', kind: 'ConfigMap', metadata }],
  ])('is silent where %s', (_, holder) => {
    expect(found('api-too-new', [holder], { kubernetes: '1.32' })).toEqual([]);
  });

  it('is silent on what exists', () => {
    const options = { kubernetes: '1.30', existing: [claim] } as const;
    expect(found('api-too-new', [], options)).toEqual([]);
  });
});
