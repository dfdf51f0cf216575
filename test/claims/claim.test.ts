import { Size } from 'cdk8s';
import { Claim, type ClaimProps, quantity } from '../../src';
import { checkObjects } from '../support/api-objects';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

const FAST = { size: '10Gi', accessMode: 'ReadWriteOnce', storageClassName: 'fast' } as const;

const RECOMMENDED = {
  'app.kubernetes.io/managed-by': 'cdk8s',
  'app.kubernetes.io/name': 'data',
  'app.kubernetes.io/part-of': 'shop',
};

function rendered(props: Partial<ClaimProps> = {}, chartProps?: object): RenderedObject {
  const objects = chartObjects((chart) => {
    new Claim<ClaimProps['accessMode'], 'Filesystem' | 'Block'>(chart, 'data', {
      ...FAST,
      ...props,
    });
  }, chartProps);
  expect(checkObjects(objects)).toEqual([]);
  return objectOf(objects, 'PersistentVolumeClaim');
}

describe('a Claim', () => {
  test('renders one PersistentVolumeClaim with everything written out, kept by Argo CD', () => {
    expect(rendered()).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'shop-data',
        namespace: 'shop',
        labels: RECOMMENDED,
        annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
      },
      spec: {
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
        storageClassName: 'fast',
        resources: { requests: { storage: '10Gi' } },
      },
    });
  });

  test('knows its name, its modes and its namespace', () => {
    chartObjects((chart) => {
      const claim = new Claim(chart, 'data', { ...FAST, volumeMode: 'Block' });
      expect(claim.claimName).toBe('shop-data');
      expect(claim.accessMode).toBe('ReadWriteOnce');
      expect(claim.volumeMode).toBe('Block');
      expect(claim.namespace).toBe('shop');
    });
  });

  test.each(['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'] as const)(
    'renders access mode %s',
    (accessMode) => {
      expect(rendered({ accessMode }).spec).toMatchObject({ accessModes: [accessMode] });
    },
  );

  test.each(['Filesystem', 'Block'] as const)('renders volume mode %s', (volumeMode) => {
    expect(rendered({ volumeMode }).spec).toMatchObject({ volumeMode });
  });

  test.each([
    ['1024Mi', '1Gi'],
    ['1.5Ti', '1536Gi'],
    [Size.mebibytes(512), '512Mi'],
    [Size.tebibytes(2), '2Ti'],
    [quantity('0.5Gi'), '512Mi'],
  ] as const)('renders a size in canonical form: %s', (size, storage) => {
    expect(rendered({ size }).spec).toMatchObject({ resources: { requests: { storage } } });
  });

  test('renders the empty class, which is not the default one', () => {
    expect(rendered({ storageClassName: '' }).spec).toMatchObject({ storageClassName: '' });
  });

  test('renders a selector that is of a class, or of no prototype', () => {
    class Disks {
      readonly matchExpressions = [{ key: 'disk', operator: 'In', values: ['ssd'] } as const];
      readonly matchLabels = Object.assign(Object.create(null), { zone: 'a' });
    }
    expect(rendered({ selector: new Disks() }).spec).toMatchObject({
      selector: {
        matchLabels: { zone: 'a' },
        matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }],
      },
    });
  });

  test('renders the volume and the selector that are asked for', () => {
    const selector = {
      matchLabels: { disk: 'ssd' },
      matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'b'] }],
    } as const;
    expect(rendered({ volumeName: 'pv-1', selector }).spec).toMatchObject({
      volumeName: 'pv-1',
      selector,
    });
  });

  test('renders the name, the namespace and the labels that are given', () => {
    const { metadata } = rendered({ name: 'pg.data', namespace: 'db', labels: { app: 'pg' } });
    expect(metadata).toMatchObject({ name: 'pg.data', namespace: 'db', labels: { app: 'pg' } });
  });

  test('adds its labels to those of the chart', () => {
    const { metadata } = rendered({ labels: { app: 'pg' } }, { labels: { team: 'db' } });
    expect(metadata.labels).toEqual({ ...RECOMMENDED, app: 'pg', team: 'db' });
  });

  test('has no namespace where nobody says one', () => {
    expect(rendered({}, {}).metadata).not.toHaveProperty('namespace');
  });

  test('may be deleted by Argo CD only where that is said', () => {
    expect(rendered({ deletable: true }).metadata).not.toHaveProperty('annotations');
    expect(rendered({ deletable: false }).metadata).toHaveProperty('annotations');
  });

  test('lets its own labels win over the recommended ones', () => {
    const { metadata } = rendered({ labels: { 'app.kubernetes.io/part-of': 'bank' } });
    expect(metadata.labels).toEqual({ ...RECOMMENDED, 'app.kubernetes.io/part-of': 'bank' });
  });

  test('does not change the props that it is given', () => {
    const labels = Object.freeze({ app: 'pg' });
    const selector = Object.freeze({ matchLabels: Object.freeze({ disk: 'ssd' }) });
    const props = Object.freeze({ ...FAST, labels, selector });
    chartObjects((chart) => {
      new Claim(chart, 'data', props);
    });
    expect(props).toEqual({
      ...FAST,
      labels: { app: 'pg' },
      selector: { matchLabels: { disk: 'ssd' } },
    });
  });
});

describe('Claim.fromClaimName', () => {
  test('renders nothing', () => {
    const objects = chartObjects((chart) => {
      Claim.fromClaimName(chart, 'data', 'pg.data', { accessMode: 'ReadWriteOnce' });
    });
    expect(objects).toEqual([]);
  });

  test('knows what it is told, and the defaults', () => {
    chartObjects((chart) => {
      const known = Claim.fromClaimName(chart, 'known', 'pg', {
        accessMode: 'ReadWriteOncePod',
        volumeMode: 'Block',
        namespace: 'db',
      });
      expect(known).toMatchObject({
        claimName: 'pg',
        accessMode: 'ReadWriteOncePod',
        volumeMode: 'Block',
        namespace: 'db',
      });
      const plain = Claim.fromClaimName(chart, 'plain', 'pg', { accessMode: 'ReadWriteMany' });
      expect(plain).toMatchObject({ volumeMode: 'Filesystem', namespace: 'shop' });
    });
  });

  test('adopts the same claim twice, and beside the construct that renders it', () => {
    const objects = chartObjects((chart) => {
      new Claim(chart, 'data', FAST);
      Claim.fromClaimName(chart, 'one', 'shop-data', { accessMode: 'ReadWriteOnce' });
      Claim.fromClaimName(chart, 'two', 'shop-data', { accessMode: 'ReadWriteOnce' });
    });
    expect(objects).toHaveLength(1);
  });
});
