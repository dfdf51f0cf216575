import { quantity } from '../../src/kube/quantity';
import { LocalPathProvisioner } from '../../src/local-path/local-path-provisioner';
import type {
  LocalPathStorageClass,
  LocalPathStorageClassProps,
} from '../../src/local-path/local-path-storage-class';
import { checkObjects } from '../support/api-objects';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

const NODES = { 'node-a': ['/fast', '/slow'], 'node-b': ['/big/'] } as const;
const START = '{{ .PVC.Namespace }}/{{ .PVC.Name }}/';

type AnyProps = Readonly<Record<string, unknown>>;

function rendered(props: LocalPathStorageClassProps<'node'> | AnyProps): RenderedObject {
  const objects = chartObjects((chart) => {
    const provisioner = new LocalPathProvisioner(chart, 'storage', { nodePathMap: NODES });
    provisioner.storageClass('fast', props as LocalPathStorageClassProps<'node'>);
  });
  expect(checkObjects(objects)).toEqual([]);
  return objectOf(objects, 'StorageClass', (props.name as string) ?? 'shop-shop-storage-fast');
}

function onShared(props: AnyProps): RenderedObject {
  const objects = chartObjects((chart) => {
    const shared = new LocalPathProvisioner(chart, 'storage', { sharedFileSystemPath: '/mnt' });
    shared.storageClass('fast', { ...props, name: 'fast' });
  });
  return objectOf(objects, 'StorageClass', 'fast');
}

describe('a further class', () => {
  test('is like the first by default', () => {
    expect(rendered({})).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: 'shop-shop-storage-fast',
        labels: {
          'app.kubernetes.io/managed-by': 'cdk8s',
          'app.kubernetes.io/name': 'storage-fast',
          'app.kubernetes.io/part-of': 'shop',
        },
      },
      provisioner: 'rancher.io/local-path',
      volumeBindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Delete',
    });
  });

  test('is of the provisioner by its name', () => {
    const objects = chartObjects((chart) => {
      const provisioner = new LocalPathProvisioner(chart, 'storage', {
        provisionerName: 'example.com/fast',
      });
      provisioner.storageClass('fast', { name: 'fast' });
    });
    expect(objectOf(objects, 'StorageClass', 'fast').provisioner).toBe('example.com/fast');
  });

  test('has a name, labels, a policy, and may be the default', () => {
    const { metadata, reclaimPolicy } = rendered({
      name: 'fast',
      labels: { disk: 'ssd' },
      isDefault: true,
      reclaimPolicy: 'Retain',
    });
    expect(metadata.labels).toMatchObject({ disk: 'ssd', 'app.kubernetes.io/part-of': 'shop' });
    expect(metadata.annotations).toEqual({
      'storageclass.kubernetes.io/is-default-class': 'true',
    });
    expect(reclaimPolicy).toBe('Retain');
  });

  test.each(['/fast', '/slow', '/big'])('has a folder of any node: %s', (nodePath) => {
    expect(rendered({ nodePath }).parameters).toEqual({ nodePath });
  });

  test('has a pattern, in a folder or in any', () => {
    const pathPattern = `${START}{{ .PVName }}`;
    expect(rendered({ pathPattern }).parameters).toEqual({ pathPattern });
    expect(rendered({ pathPattern, nodePath: '/fast' }).parameters).toEqual({
      pathPattern,
      nodePath: '/fast',
    });
    expect(onShared({ pathPattern }).parameters).toEqual({ pathPattern });
  });

  test('has any pattern where that is allowed, and says so by a text', () => {
    const pathPattern = '{{ .PVC.Annotations.dir }}';
    expect(rendered({ pathPattern, allowUnsafePathPattern: true }).parameters).toEqual({
      pathPattern,
      allowUnsafePathPattern: 'true',
    });
    const safe = { pathPattern: START, allowUnsafePathPattern: false };
    expect(rendered(safe).parameters).toEqual({ pathPattern: START });
  });

  test.each(['hostPath', 'local'] as const)('has volumes of type %s', (defaultVolumeType) => {
    expect(rendered({ defaultVolumeType }).metadata.annotations).toEqual({ defaultVolumeType });
  });

  test('cannot be expanded: nothing resizes a volume', () => {
    expect(rendered({})).not.toHaveProperty('allowVolumeExpansion');
  });
});

describe('a further class fails when', () => {
  test.each<[string, string, AnyProps]>([
    [
      'LocalPathNodePath',
      "'nodePath' must be '/fast', '/slow' or '/big', as the provisioner has it, got '/big/'",
      { nodePath: '/big/' },
    ],
    [
      'LocalPathPathPattern',
      `'pathPattern' must start with '${START}', got '{{ .PVC.Name }}'; 'allowUnsafePathPattern' takes any`,
      { pathPattern: '{{ .PVC.Name }}' },
    ],
    [
      'LocalPathPathPattern',
      "'allowUnsafePathPattern' must be left out without a 'pathPattern', got true",
      { allowUnsafePathPattern: true },
    ],
    [
      'PropType',
      "'pathPattern' must be a string that is not empty, got ''",
      { pathPattern: '', allowUnsafePathPattern: true },
    ],
    [
      'PropUnknown',
      "'nodePaths' is no prop of LocalPathStorageClass; did you mean 'nodePath'?",
      { nodePaths: '/fast' },
    ],
  ])('%s: %s', (code, reason, props) => {
    expect(refusal(() => rendered(props))).toEqual({
      code,
      path: 'shop/storage/fast',
      message: `shop/storage/fast: ${reason}`,
    });
  });

  test.each<[string, string, AnyProps]>([
    [
      'LocalPathNodePath',
      "'nodePath' must be left out on a shared file system, where the provisioner makes all volumes in 'sharedFileSystemPath'",
      { nodePath: '/mnt' },
    ],
    [
      'LocalPathVolumeType',
      "'defaultVolumeType' must be 'hostPath' on a shared file system, got 'local': the API server wants the node of a local volume, and the provisioner names none",
      { defaultVolumeType: 'local' },
    ],
  ])('the file system is shared: %s: %s', (code, reason, props) => {
    expect(refusal(() => onShared(props))).toEqual({
      code,
      path: 'shop/storage/fast',
      message: `shop/storage/fast: ${reason}`,
    });
  });
});

describe('what a workload has to know', () => {
  function classOf(props: LocalPathStorageClassProps<'node'>): LocalPathStorageClass {
    const made: LocalPathStorageClass[] = [];
    chartObjects((chart) => {
      made.push(new LocalPathProvisioner(chart, 'storage').storageClass('fast', props));
    });
    return made[0] as LocalPathStorageClass;
  }

  test.each([
    [undefined, false],
    ['hostPath', false],
    ['local', true],
  ] as const)('with volumes of type %s fsGroup works: %s', (defaultVolumeType, honoursFsGroup) => {
    expect(classOf({ defaultVolumeType }).traits).toEqual({
      driver: 'rancher.io/local-path',
      attaches: false,
      honoursFsGroup,
      hasLostAndFound: false,
    });
  });

  test('is refused where the provisioner would refuse it', () => {
    const fast = classOf({});
    const request = { size: quantity('1Gi'), volumeMode: 'Filesystem', count: 3 } as const;
    expect(fast.defaultAccessMode).toBe('ReadWriteOnce');
    expect(() => {
      fast.checkClaim('shop/db', { ...request, accessMode: 'ReadWriteOnce' });
      fast.checkClaim('shop/db', { ...request, accessMode: 'ReadWriteOncePod' });
    }).not.toThrow();
    expect(
      refusal(() => fast.checkClaim('shop/db', { ...request, accessMode: 'ReadWriteMany' })),
    ).toEqual({
      code: 'LocalPathAccessMode',
      path: 'shop/db',
      message:
        "shop/db: 'accessMode' must be 'ReadWriteOnce' or 'ReadWriteOncePod', got 'ReadWriteMany': a volume is a folder of one node; a provisioner with 'sharedFileSystemPath' serves every mode",
    });
    expect(
      refusal(() =>
        fast.checkClaim('shop/db', {
          ...request,
          accessMode: 'ReadWriteOnce',
          volumeMode: 'Block',
        }),
      ),
    ).toEqual({
      code: 'LocalPathVolumeMode',
      path: 'shop/db',
      message:
        "shop/db: 'volumeMode' must be 'Filesystem', got 'Block': a volume is a folder, the provisioner refuses block devices",
    });
  });
});
