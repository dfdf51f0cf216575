import { planStorage } from '../../src/checks/plan-storage';
import { MANUAL, pv, pvc } from './objects';

const REFUSED = [
  [
    'a local volume without a node',
    { nfs: undefined, local: { path: '/mnt/disk' } },
    'spec.nodeAffinity: Required value: Local volume requires node affinity',
  ],
  [
    'a relative export',
    { nfs: { server: '10.0.0.1', path: 'data' } },
    'spec.nfs.path: Invalid value: "data": must be an absolute path',
  ],
  [
    'two sources',
    { hostPath: { path: '/data' } },
    'spec.hostPath: Forbidden: may not specify more than 1 volume type',
  ],
  [
    'a mode beside ReadWriteOncePod',
    { modes: ['ReadWriteOnce', 'ReadWriteOncePod'] },
    'spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes',
  ],
] as const;

describe('a volume that the API server refuses', () => {
  it.each(REFUSED)('is there for no claim: %s', (_, spec, message) => {
    const { volumes, claims } = planStorage([MANUAL, pv('v', spec), pvc('c')]);
    expect(volumes[0]).toMatchObject({ outcomes: ['refused'], message });
    expect(claims[0]?.outcomes).toEqual(['pending']);
  });

  it.each(REFUSED.slice(0, 3))('is taken as it is where it is live: %s', (_, spec) => {
    const live = pv('v', { ...spec, metadata: { uid: '1' }, status: { phase: 'Available' } });
    const { claims } = planStorage([MANUAL, live, pvc('c')]);
    expect(claims[0]).toMatchObject({ outcomes: ['bound'], volumes: ['v'] });
  });
});

it('says in the words of the API server why a claim is refused', () => {
  const { claims } = planStorage([MANUAL, pvc('c', { modes: [] })]);
  expect(claims[0]).toMatchObject({
    outcomes: ['refused'],
    message: 'spec.accessModes: Required value: at least 1 access mode is required',
  });
});

it('judges a claim template but for its name', () => {
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }] },
  };
  expect(planStorage([set]).claims[0]?.outcomes).toEqual(['refused']);
});
