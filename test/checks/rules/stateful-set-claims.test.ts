import { claim, type TestObject, workload } from '../../planner/workload-cluster';
import { fixes, told } from '../told';

const SHADOWED = 'sts-volume-shadowed';
const ADOPTS = 'sts-adopts-claim';

const SPEC = {
  accessModes: ['ReadWriteOnce'],
  storageClassName: 'disks',
  resources: { requests: { storage: '1Gi' } },
};

function template(spec: TestObject = {}, name = 'data'): TestObject {
  return { metadata: { name }, spec: { ...SPEC, ...spec } };
}

function set(templates: readonly TestObject[], pod: TestObject = {}, spec: TestObject = {}) {
  return workload('StatefulSet', pod, { replicas: 2, volumeClaimTemplates: templates, ...spec });
}

describe(SHADOWED, () => {
  const volumes = (...names: string[]) => ({
    volumes: names.map((name) => ({ name, configMap: { name: 'settings' } })),
  });

  it('names the volume and what it would have been', () => {
    const objects = [set([template()], volumes('conf', 'data'))];
    expect(told(SHADOWED, objects)).toEqual([
      'warning StatefulSet shop/web: volume data (configMap) of the pods of StatefulSet shop/web is replaced by the claim of the template data: the pods never have it',
    ]);
    expect(fixes(SHADOWED, objects)).toEqual([
      'drop the volume, or give it a name that no template has',
    ]);
  });

  it('is silent about other names and other kinds', () => {
    expect(told(SHADOWED, [set([template()], volumes('conf'))])).toEqual([]);
    expect(told(SHADOWED, [set([], volumes('data'))])).toEqual([]);
    const deployment = workload('Deployment', volumes('data'), {
      volumeClaimTemplates: [template()],
    });
    expect(told(SHADOWED, [deployment])).toEqual([]);
  });

  it('is silent about what exists', () => {
    const existing = [set([template()], volumes('data'))];
    expect(told(SHADOWED, [], { existing })).toEqual([]);
  });
});

describe(ADOPTS, () => {
  const declared = (spec: TestObject = {}, name = 'data-web-0') => claim(name, 'disks', spec);

  it('names all differences', () => {
    const objects = [
      set([template()]),
      claim('data-web-1', 'slow', {
        accessModes: ['ReadWriteMany'],
        volumeMode: 'Block',
        resources: { requests: { storage: '2Gi' } },
      }),
    ];
    expect(told(ADOPTS, objects)).toEqual([
      'warning PersistentVolumeClaim shop/data-web-1: PersistentVolumeClaim shop/data-web-1 is taken by StatefulSet shop/web as it is, and not like its template: storage 2Gi, where that has 1Gi, modes ReadWriteMany, where that has ReadWriteOnce, volumeMode Block, where that has Filesystem, class "slow", where that has "disks"',
    ]);
    expect(fixes(ADOPTS, objects)).toEqual([
      'give the claim what the template says, or a name that the set does not use',
    ]);
  });

  it('is silent about one like the template, in other words or with a volume of its own', () => {
    const like = {
      resources: { requests: { storage: '1024Mi' } },
      volumeMode: 'Filesystem',
      volumeName: 'vol-1',
    };
    expect(told(ADOPTS, [set([template()]), declared(like)])).toEqual([]);
  });

  it.each([
    ['data-web-1', 1],
    ['data-web-2', 0],
    ['data-api-0', 0],
    ['logs-web-0', 0],
  ])('knows the names that the set gives: %s', (name, found) => {
    const other = declared({ accessModes: ['ReadWriteMany'] }, name);
    expect(told(ADOPTS, [set([template()]), other])).toHaveLength(found);
  });

  it('counts from the first ordinal', () => {
    const from = set([template()], {}, { ordinals: { start: 5 } });
    const other = (name: string) => declared({ accessModes: ['ReadWriteMany'] }, name);
    expect(told(ADOPTS, [from, other('data-web-6')])).toHaveLength(1);
    expect(told(ADOPTS, [from, other('data-web-0')])).toEqual([]);
  });

  it('compares classes by what the default class is', () => {
    const { storageClassName: _, ...spec } = SPEC;
    const none = { metadata: { name: 'data' }, spec };
    expect(told(ADOPTS, [set([none]), declared()])).toEqual([
      expect.stringContaining('class "disks", where that has none, for the default class'),
    ]);
    expect(told(ADOPTS, [set([none]), declared()], { defaultClass: 'disks' })).toEqual([]);
  });

  it('lets a claim of the cluster be larger, and have the class that it was given', () => {
    const { storageClassName: _, ...spec } = SPEC;
    const none = { metadata: { name: 'data' }, spec };
    const grown = declared({ resources: { requests: { storage: '5Gi' } } });
    expect(told(ADOPTS, [set([none])], { existing: [grown] })).toEqual([]);
    const less = declared({ resources: { requests: { storage: '512Mi' } } });
    expect(told(ADOPTS, [set([none])], { existing: [less] })).toEqual([
      'warning StatefulSet shop/web: PersistentVolumeClaim shop/data-web-0 is taken by StatefulSet shop/web as it is, and not like its template: storage 512Mi, where that has 1Gi',
    ]);
  });

  it('is silent about a claim that the API server refuses', () => {
    expect(told(ADOPTS, [set([template()]), declared({ accessModes: [] })])).toEqual([]);
  });

  it('is silent about the claims of ephemeral volumes', () => {
    const volumes = [{ name: 'tmp', ephemeral: { volumeClaimTemplate: { spec: SPEC } } }];
    const other = declared({ accessModes: ['ReadWriteMany'] }, 'web-0-tmp');
    expect(told(ADOPTS, [set([template()], { volumes }), other])).toEqual([]);
  });
});
