import { pv, pvc, storageClass } from '../../planner/objects';
import { found, messages } from './found';

const RULE = 'api-invalid';
const BOUND = { phase: 'Bound', capacity: { storage: '10Gi' } };

function live(object: unknown): unknown {
  const { metadata, ...rest } = object as { metadata: object };
  return { ...rest, metadata: { ...metadata, uid: '1' } };
}

function claim(more: object = {}): unknown {
  return pvc('c', { size: '10Gi', storageClassName: 'disks', volumeName: 'v', ...more });
}

function disks(more: object = {}): unknown {
  return { ...(storageClass('disks', 'ebs.csi.aws.com') as object), ...more };
}

function set(spec: object): unknown {
  const template = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'] } };
  const labels = { app: 'db' };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace: 'shop' },
    spec: {
      serviceName: 'db',
      selector: { matchLabels: labels },
      template: { metadata: { labels } },
      volumeClaimTemplates: [template],
      ...spec,
    },
  };
}

function refusals(planned: unknown, ...existing: readonly unknown[]): readonly string[] {
  return messages(RULE, [planned], { existing });
}

const IMMUTABLE =
  'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

describe('a claim', () => {
  it('keeps its class', () => {
    const planned = claim({ storageClassName: 'fast' });
    expect(found(RULE, [planned], { existing: [live(claim({ status: BOUND }))] })).toEqual([
      {
        rule: RULE,
        severity: 'error',
        object: 'PersistentVolumeClaim shop/c',
        message: `the API server refuses PersistentVolumeClaim shop/c: ${IMMUTABLE} (spec.storageClassName is "disks", planned is "fast")`,
        fix: 'keep spec.storageClassName: "disks"',
      },
    ]);
  });

  it('keeps its modes, its selector and its volume', () => {
    const planned = claim({
      modes: ['ReadWriteMany'],
      volumeMode: 'Block',
      volumeName: 'w',
      selector: { matchLabels: { a: 'b' } },
    });
    const [message] = refusals(planned, live(claim({ status: BOUND })));
    for (const field of ['accessModes', 'selector', 'volumeMode', 'volumeName']) {
      expect(message).toContain(`(spec.${field} is `);
    }
  });

  it('does not shrink', () => {
    const planned = claim({ size: '5Gi' });
    const before = live(claim({ status: BOUND }));
    const field = 'spec.resources.requests.storage: Forbidden: field can not be less than';
    const sizes = '(spec.resources.requests.storage is "10Gi", planned is "5Gi")';
    expect(refusals(planned, before)).toEqual([
      `the API server refuses PersistentVolumeClaim shop/c: ${field} status.capacity ${sizes}`,
    ]);
    expect(messages(RULE, [planned], { existing: [before], kubernetes: '1.31' })).toEqual([
      `the API server refuses PersistentVolumeClaim shop/c: ${field} previous value ${sizes}`,
    ]);
  });

  it('takes back a growth that failed, since 1.32', () => {
    const before = live(claim({ size: '20Gi', status: BOUND }));
    expect(refusals(claim({ size: '15Gi' }), before)).toEqual([]);
    expect(refusals(claim({ size: '10Gi' }), before)).toHaveLength(1);
  });

  it('grows where it is bound, and its class allows it', () => {
    const planned = claim({ size: '20Gi' });
    const before = live(claim({ status: BOUND }));
    expect(refusals(planned, before, live(disks({ allowVolumeExpansion: true })))).toEqual([]);
    expect(refusals(planned, before)).toEqual([]);
    expect(refusals(planned, before, live(disks()))).toEqual([
      'the API server refuses PersistentVolumeClaim shop/c: Forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize (spec.resources.requests.storage is "10Gi", planned is "20Gi")',
    ]);
    const pending = live(claim({ status: { phase: 'Pending' } }));
    expect(refusals(planned, pending, live(disks({ allowVolumeExpansion: true })))).toHaveLength(1);
  });

  it.each([
    ['nothing changes', claim(), claim({ status: BOUND })],
    ['amounts are written otherwise', claim({ size: '10240Mi' }), claim({ status: BOUND })],
    [
      'fields are left out',
      pvc('c', { storageClassName: undefined, size: '10Gi' }),
      claim({ volumeMode: 'Filesystem' }),
    ],
    ['defaults are written out', claim({ volumeMode: 'Filesystem' }), claim()],
    ['a volume is named for the first time', claim(), claim({ volumeName: undefined })],
    ['a class is named for the first time', claim(), claim({ storageClassName: undefined })],
    [
      'another VolumeAttributesClass is named',
      claim({ volumeAttributesClassName: 'gold' }),
      claim({ status: BOUND }),
    ],
  ])('is taken where %s', (_, planned, before) => {
    expect(refusals(planned, live(before))).toEqual([]);
  });
});

describe('a volume', () => {
  it('keeps its source, its mode and its nodes', () => {
    const nodes = (name: string) => ({
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            {
              matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [name] }],
            },
          ],
        },
      },
    });
    const [message] = refusals(
      pv('v', { nfs: { server: '10.0.0.2', path: '/data' }, volumeMode: 'Block', ...nodes('b') }),
      live(pv('v', nodes('a'))),
    );
    expect(message).toContain(
      'spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation (spec.nfs is {"server":"10.0.0.1","path":"/data"}, planned is {"server":"10.0.0.2","path":"/data"})',
    );
    expect(message).toContain('spec.volumeMode: field is immutable');
    expect(message).toContain('spec.nodeAffinity: field is immutable');
  });

  it('may change the rest', () => {
    const planned = pv('v', {
      size: '20Gi',
      modes: ['ReadWriteMany'],
      storageClassName: 'fast',
      persistentVolumeReclaimPolicy: 'Retain',
      mountOptions: ['hard'],
      nodeAffinity: { required: { nodeSelectorTerms: [{}] } },
    });
    expect(refusals(planned, live(pv('v')))).toEqual([]);
  });
});

describe('a class', () => {
  it('keeps its provisioner, parameters, policy and binding mode', () => {
    const planned = {
      ...(storageClass('disks', 'disk.csi.azure.com', { waits: true }) as object),
      parameters: { type: 'gp3' },
      reclaimPolicy: 'Retain',
    };
    const [message] = refusals(planned, live(disks({ parameters: { type: 'gp2' } })));
    for (const field of ['parameters', 'provisioner', 'reclaimPolicy']) {
      expect(message).toContain(`${field}: Forbidden: updates to ${field} are forbidden. (`);
    }
    expect(message).toContain('volumeBindingMode: field is immutable');
  });

  it('may change the rest', () => {
    const planned = disks({
      allowVolumeExpansion: true,
      mountOptions: ['noatime'],
      reclaimPolicy: 'Delete',
    });
    expect(refusals(planned, live(disks()))).toEqual([]);
  });
});

describe('a workload', () => {
  it('of the kind of a StatefulSet keeps its templates, its service and its selector', () => {
    const other = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteMany'] } };
    for (const spec of [
      { volumeClaimTemplates: [other] },
      { volumeClaimTemplates: [] },
      { serviceName: 'db-headless' },
    ]) {
      expect(refusals(set(spec), live(set({})))).toEqual([
        expect.stringContaining(
          'spec: Forbidden: updates to statefulset spec for fields other than',
        ),
      ]);
    }
  });

  it('may be scaled, and changed in its pods', () => {
    const filled = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem' },
      status: { phase: 'Pending' },
    };
    const planned = set({ replicas: 3, updateStrategy: { type: 'OnDelete' } });
    expect(refusals(planned, live(set({ volumeClaimTemplates: [filled] })))).toEqual([]);
  });

  it('of the kind of a Deployment keeps its selector', () => {
    const deployment = (app: string): unknown => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { matchLabels: { app } }, template: { metadata: { labels: { app } } } },
    });
    expect(refusals(deployment('web'), live(deployment('api')))).toEqual([
      'the API server refuses Deployment shop/web: spec.selector: field is immutable (spec.selector is {"matchLabels":{"app":"api"}}, planned is {"matchLabels":{"app":"web"}})',
    ]);
    expect(refusals(deployment('web'), live(deployment('web')))).toEqual([]);
  });
});

it('comes to an end with objects that hold themselves', () => {
  const selector: Record<string, unknown> = {};
  selector.matchLabels = selector;
  const planned = claim({ selector });
  const other: Record<string, unknown> = {};
  other.matchLabels = other;
  expect(() => refusals(planned, live(claim({ selector: other })))).not.toThrow();
  expect(() => refusals(planned, live(claim()))).not.toThrow();
});
