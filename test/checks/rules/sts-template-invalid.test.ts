import { found, messages } from './found';

const RULE = 'sts-template-invalid';

const DATA = {
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

function set(templates: readonly unknown[], pod: object = {}, more: object = {}): unknown {
  const labels = { app: 'db' };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace: 'shop', ...more },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: pod },
      volumeClaimTemplates: templates,
    },
  };
}

function mounting(name: string, volumes: readonly unknown[] = []): object {
  return { volumes, containers: [{ name: 'db', volumeMounts: [{ name, mountPath: '/data' }] }] };
}

it('tells of a mount of nothing, as the pod is refused', () => {
  expect(found(RULE, [set([DATA], mounting('dta'))])).toEqual([
    {
      rule: RULE,
      severity: 'error',
      object: 'StatefulSet shop/db',
      message:
        'StatefulSet shop/db gets no pods; kubectl describe statefulset shows FailedCreate: create Pod db-0 in StatefulSet db failed error: Pod "db-0" is invalid: spec.containers[0].volumeMounts[0].name: Not found: "dta"',
      fix: 'name a volume of the pod, which has data, or add one called dta',
    },
  ]);
});

it('tells of a template, as the claim is refused', () => {
  const template = { ...DATA, spec: { accessModes: [], resources: {} } };
  expect(messages(RULE, [set([DATA, { ...template, metadata: { name: 'log' } }])])).toEqual([
    'StatefulSet shop/db gets no pods; kubectl describe statefulset shows FailedCreate: create Claim log-db-0 for Pod db-0 in StatefulSet db failed error: PersistentVolumeClaim "log-db-0" is invalid: spec.accessModes: Required value: at least 1 access mode is required; spec.resources[storage]: Required value',
  ]);
});

it('begins with the first ordinal', () => {
  const numbered = set([], mounting('dta')) as { spec: object };
  const [message] = messages(RULE, [
    { ...numbered, spec: { ...numbered.spec, ordinals: { start: 5 } } },
  ]);
  expect(message).toContain('create Pod db-5 in StatefulSet db failed');
});

it('tells of names that are no labels', () => {
  expect(messages(RULE, [set([], {}, { name: 'db.main' })])).toEqual([
    'the API server refuses StatefulSet shop/db.main: metadata.name: Invalid value: "db.main": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or \'-\', and must start and end with an alphanumeric character',
  ]);
  const dotted = { ...DATA, metadata: { name: 'data.d' } };
  expect(found(RULE, [set([dotted])])).toMatchObject([
    { fix: 'give the claim template the name of a DNS label' },
  ]);
});

it('tells of a claim whose name is too long', () => {
  const long = { ...DATA, metadata: { name: 'd'.repeat(63) } };
  const name = 'x'.repeat(63);
  expect(found(RULE, [set([long], {}, { name })])).toEqual([]);
  const longer = { ...DATA, metadata: { name: 'd'.repeat(250) } };
  expect(found(RULE, [set([longer])])).toMatchObject([{ fix: 'shorten the name of the template' }]);
});

it('looks into ephemeral volumes', () => {
  const volume = {
    name: 'tmp',
    ephemeral: { volumeClaimTemplate: { spec: { ...DATA.spec, accessModes: [] } } },
  };
  expect(messages(RULE, [set([], mounting('tmp', [volume]))])).toEqual([
    'StatefulSet shop/db gets no pods; kubectl describe statefulset shows FailedCreate: create Pod db-0 in StatefulSet db failed error: Pod "db-0" is invalid: spec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: Required value: at least 1 access mode is required',
  ]);
});

it.each([
  ['a mount of a template', [set([DATA], mounting('data'))]],
  ['a mount of a volume', [set([DATA], mounting('tmp', [{ name: 'tmp', emptyDir: {} }]))]],
  [
    'a volume called like a template, which is replaced',
    [set([DATA], mounting('data', [{ name: 'data', emptyDir: {} }]))],
  ],
  [
    'modes that another rule tells of',
    [
      set([
        { ...DATA, spec: { ...DATA.spec, accessModes: ['ReadWriteOnce', 'ReadWriteOncePod'] } },
      ]),
    ],
  ],
  ['a template without a name, told where the input is read', [set([{ metadata: {} }])]],
  ['a name that the API server has taken', [set([], {}, { name: 'db.main', uid: '1' })]],
])('is silent on %s', (_, objects) => {
  expect(found(RULE, objects)).toEqual([]);
});

it('is silent on what exists', () => {
  expect(found(RULE, [], { existing: [set([DATA], mounting('dta'))] })).toEqual([]);
});
