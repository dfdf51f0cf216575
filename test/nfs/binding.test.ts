import type { ChartProps } from 'cdk8s';
import type { VolumeBinding } from '../../src/claims/static-volume';
import { NfsVolume, type NfsVolumeProps } from '../../src/nfs/nfs-volume';
import { checkObjects } from '../support/api-objects';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

const EXPORT = { server: '172.26.1.10', path: '/mnt/shared', capacity: '10Gi' } as const;

function render(
  props: Partial<NfsVolumeProps> = {},
  chartProps?: ChartProps,
): readonly RenderedObject[] {
  return chartObjects((chart) => {
    new NfsVolume(chart, 'uploads', { ...EXPORT, ...props });
  }, chartProps);
}

describe('a reserved volume', () => {
  test('names its claim by namespace and name, without a uid, and the claim names it', () => {
    const objects = render({ name: 'nfs-storage', claimName: 'nfs-storage-claim' });
    expect(objectOf(objects, 'PersistentVolume').spec).toHaveProperty('claimRef', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      namespace: 'shop',
      name: 'nfs-storage-claim',
    });
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).toHaveProperty(
      'volumeName',
      'nfs-storage',
    );
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).not.toHaveProperty('selector');
  });

  test('is what is meant by reserved', () => {
    expect(render({ binding: 'reserved' })).toEqual(render());
  });

  test('takes the namespace of the prop before the chart’s, and has none itself', () => {
    const objects = render({ namespace: 'files' });
    expect(objectOf(objects, 'PersistentVolume').spec).toHaveProperty(
      'claimRef.namespace',
      'files',
    );
    expect(objectOf(objects, 'PersistentVolume').metadata).not.toHaveProperty('namespace');
    expect(objectOf(objects, 'PersistentVolumeClaim').metadata.namespace).toBe('files');
  });

  test('takes the namespace of the prop where the chart has none', () => {
    const objects = render({ namespace: 'files' }, {});
    expect(objectOf(objects, 'PersistentVolume').metadata.name).toBe('files-shop-uploads');
    expect(objectOf(objects, 'PersistentVolumeClaim').metadata).toMatchObject({
      namespace: 'files',
      name: 'shop-uploads',
    });
  });

  test('fails without a namespace', () => {
    expect(refusal(() => render({}, {}))).toEqual({
      code: 'NamespaceMissing',
      path: 'shop/uploads',
      message:
        "shop/uploads: 'namespace' must be set, here or on the chart: a volume is reserved for a claim by namespace and name",
    });
  });

  test.each(['', 'Shop', 'shop_files', 'shop.files'])(
    'fails in a chart whose namespace is %j',
    (namespace) => {
      expect(refusal(() => render({}, { namespace }))).toEqual({
        code: 'NamespaceInvalid',
        path: 'shop',
        message: `shop: the chart's 'namespace' must be a DNS label (lower case letters, digits and '-', at most 63), got '${namespace}'`,
      });
    },
  );

  test('fails in a namespace that cannot be', () => {
    expect(refusal(() => render({ namespace: 'Shop' }))).toEqual({
      code: 'PropType',
      path: 'shop/uploads',
      message:
        "shop/uploads: 'namespace' must be a DNS label (lower case letters, digits and '-', at most 63), got 'Shop'",
    });
  });
});

describe('a claim that selects its volume', () => {
  const IN_NFS: VolumeBinding = {
    selector: { matchExpressions: [{ key: 'type', operator: 'In', values: ['nfs'] }] },
  };

  test('does so as the walk-through does', () => {
    const objects = render({ binding: IN_NFS, labels: { type: 'nfs' } });
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).toEqual({
      accessModes: ['ReadWriteMany'],
      volumeMode: 'Filesystem',
      storageClassName: '',
      selector: { matchExpressions: [{ key: 'type', operator: 'In', values: ['nfs'] }] },
      resources: { requests: { storage: '10Gi' } },
    });
    expect(objectOf(objects, 'PersistentVolume').metadata.labels).toHaveProperty('type', 'nfs');
    expect(objectOf(objects, 'PersistentVolume').spec).not.toHaveProperty('claimRef');
    expect(checkObjects(objects)).toEqual([]);
  });

  test('needs no namespace', () => {
    const objects = render({ binding: IN_NFS, labels: { type: 'nfs' } }, {});
    expect(objectOf(objects, 'PersistentVolume').metadata.name).toBe('shop-uploads');
    expect(objectOf(objects, 'PersistentVolumeClaim').metadata).not.toHaveProperty('namespace');
  });

  test.each<[VolumeBinding]>([
    [{ selector: { matchLabels: { type: 'nfs' } } }],
    [{ selector: { matchLabels: { 'app.kubernetes.io/name': 'uploads' } } }],
    [{ selector: { matchLabels: { team: 'shop' } } }],
    [{ selector: { matchExpressions: [{ key: 'type', operator: 'Exists' }] } }],
    [{ selector: { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] } }],
    [{ selector: { matchExpressions: [{ key: 'type', operator: 'NotIn', values: ['ebs'] }] } }],
    [{ selector: {} }],
  ])('may select by %j, of its labels and the chart’s', (binding) => {
    expect(() =>
      render({ binding, labels: { type: 'nfs' } }, { labels: { team: 'shop' } }),
    ).not.toThrow();
  });

  test.each<[VolumeBinding, string]>([
    [IN_NFS, '{"matchExpressions":[{"key":"type","operator":"In","values":["nfs"]}]}'],
    [{ selector: { matchLabels: { type: 'ebs' } } }, '{"matchLabels":{"type":"ebs"}}'],
    [
      { selector: { matchExpressions: [{ key: 'type', operator: 'Exists' }] } },
      '{"matchExpressions":[{"key":"type","operator":"Exists"}]}',
    ],
  ])('fails where it misses the volume: %j', (binding, selector) => {
    expect(refusal(() => render({ binding }))).toEqual({
      code: 'SelectorMisses',
      path: 'shop/uploads',
      message: `shop/uploads: 'binding.selector' must match the volume's labels, got ${selector} for {"app.kubernetes.io/name":"uploads","app.kubernetes.io/part-of":"shop","app.kube…; add the label to 'labels'`,
    });
  });

  test.each([
    ['selector', "'binding' must be 'reserved' or an object with 'selector', got 'selector'"],
    [{}, "'binding.selector' must be an object, got undefined"],
    [{ selektor: {} }, "'binding.selektor' is no prop of NfsVolume; did you mean 'selector'?"],
    [
      { selector: { matchExpressions: [{ key: 'type', operator: 'in', values: ['nfs'] }] } },
      "'binding.selector.matchExpressions[0].operator' must be 'In', 'NotIn', 'Exists' or 'DoesNotExist', got 'in'; did you mean 'In'?",
    ],
    [
      { selector: { matchExpressions: [{ key: 'type', operator: 'In' }] } },
      `'binding.selector.matchExpressions[0]' must be an object with 'key', 'operator' and, for In and NotIn alone, 'values', got {"key":"type","operator":"In"}`,
    ],
    [
      { selector: { matchLables: { type: 'nfs' } } },
      "'binding.selector.matchLables' is no prop of NfsVolume; did you mean 'matchLabels'?",
    ],
  ])('fails as %j', (binding, problem) => {
    expect(refusal(() => render({ binding: binding as VolumeBinding })).message).toBe(
      `shop/uploads: ${problem}`,
    );
  });
});
