import { App, Chart, type ChartProps } from 'cdk8s';
import { HostPathVolume, type HostPathVolumeProps } from '../../src/host-path/host-path-volume';
import type { HostPathAccessMode } from '../../src/host-path/limits';
import { checkObjects } from '../support/api-objects';
import { type Refusal, refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

type Props = Partial<HostPathVolumeProps<HostPathAccessMode>>;

function render(props: Props = {}, chartProps?: ChartProps): readonly RenderedObject[] {
  return chartObjects((chart) => {
    new HostPathVolume(chart, 'mongo', { path: '/data/mongo', capacity: '1Gi', ...props });
  }, chartProps);
}

function volumeOf(props: Props = {}): RenderedObject {
  return objectOf(render(props), 'PersistentVolume');
}

function claimOf(props: Props = {}): RenderedObject {
  return objectOf(render(props), 'PersistentVolumeClaim');
}

function refused(props: Readonly<Record<string, unknown>>, chartProps?: ChartProps): Refusal {
  return refusal(() => render(props as Props, chartProps));
}

const LABELS = {
  'app.kubernetes.io/name': 'mongo',
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'cdk8s',
};
const KEPT = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

describe('a HostPathVolume by default', () => {
  test('renders the volume, then the claim', () => {
    expect(render()).toEqual([
      {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: 'shop-shop-mongo', labels: LABELS, annotations: KEPT },
        spec: {
          capacity: { storage: '1Gi' },
          accessModes: ['ReadWriteOnce'],
          volumeMode: 'Filesystem',
          persistentVolumeReclaimPolicy: 'Retain',
          storageClassName: '',
          hostPath: { path: '/data/mongo', type: 'DirectoryOrCreate' },
          claimRef: {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            namespace: 'shop',
            name: 'shop-mongo',
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'shop-mongo', namespace: 'shop', labels: LABELS, annotations: KEPT },
        spec: {
          accessModes: ['ReadWriteOnce'],
          volumeMode: 'Filesystem',
          storageClassName: '',
          volumeName: 'shop-shop-mongo',
          resources: { requests: { storage: '1Gi' } },
        },
      },
    ]);
  });

  test('renders what the API server takes', () => {
    expect(checkObjects(render())).toEqual([]);
  });

  test('says in its members what it is', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    expect(new HostPathVolume(chart, 'mongo', { path: '/data', capacity: '1Gi' })).toMatchObject({
      path: '/data',
      claimName: 'shop-mongo',
      volumeName: 'shop-shop-mongo',
      accessMode: 'ReadWriteOnce',
      volumeMode: 'Filesystem',
      namespace: 'shop',
    });
  });
});

describe('a prop of a HostPathVolume', () => {
  test.each([
    '',
    'DirectoryOrCreate',
    'Directory',
    'FileOrCreate',
    'File',
    'Socket',
    'CharDevice',
    'BlockDevice',
  ] as const)('says what must be at the path: %j', (type) => {
    expect(volumeOf({ type }).spec).toHaveProperty('hostPath', { path: '/data/mongo', type });
    expect(checkObjects(render({ type }))).toEqual([]);
  });

  test('says on which nodes the folder is', () => {
    const nodeLabels = { 'kubernetes.io/hostname': 'minikube', disk: 'ssd' };
    expect(volumeOf({ nodeLabels }).spec).toHaveProperty('nodeAffinity', {
      required: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              { key: 'kubernetes.io/hostname', operator: 'In', values: ['minikube'] },
              { key: 'disk', operator: 'In', values: ['ssd'] },
            ],
          },
        ],
      },
    });
    expect(checkObjects(render({ nodeLabels }))).toEqual([]);
  });

  test('says by no labels that the folder is on any node', () => {
    expect(volumeOf({ nodeLabels: {} }).spec).not.toHaveProperty('nodeAffinity');
  });

  test.each(['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'] as const)(
    'says how it is used: %s',
    (accessMode) => {
      expect(volumeOf({ accessMode }).spec).toHaveProperty('accessModes', [accessMode]);
      expect(claimOf({ accessMode }).spec).toHaveProperty('accessModes', [accessMode]);
    },
  );

  test('says names, namespace, class, size and labels', () => {
    const objects = render({
      name: 'mongo-pv',
      claimName: 'mongo-pvc',
      namespace: 'db',
      storageClassName: 'manual',
      capacity: '2048Mi',
      request: '512Mi',
      labels: { type: 'local' },
      deletable: true,
    });
    const volume = objectOf(objects, 'PersistentVolume');
    const claim = objectOf(objects, 'PersistentVolumeClaim');
    expect(volume.metadata).toEqual({ name: 'mongo-pv', labels: { ...LABELS, type: 'local' } });
    expect(claim.metadata).toEqual({
      name: 'mongo-pvc',
      namespace: 'db',
      labels: { ...LABELS, type: 'local' },
    });
    expect(volume.spec).toMatchObject({
      storageClassName: 'manual',
      capacity: { storage: '2Gi' },
      claimRef: { namespace: 'db', name: 'mongo-pvc' },
    });
    expect(claim.spec).toMatchObject({
      storageClassName: 'manual',
      volumeName: 'mongo-pv',
      resources: { requests: { storage: '512Mi' } },
    });
  });

  test('lets the claim select its volume', () => {
    const objects = render({
      binding: { selector: { matchLabels: { type: 'local' } } },
      labels: { type: 'local' },
    });
    expect(objectOf(objects, 'PersistentVolume').spec).not.toHaveProperty('claimRef');
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).toHaveProperty('selector', {
      matchLabels: { type: 'local' },
    });
  });
});

describe('the path of a HostPathVolume', () => {
  test.each(['/data', '/data/', '/..data', '/mnt/with space'])('may be %s', (path) => {
    expect(volumeOf({ path }).spec).toHaveProperty('hostPath.path', path);
  });

  test.each([
    ['/', "must be a folder below '/', got '/'"],
    ['//', "must be a folder below '/', got '//'"],
    ['/.', "must be a folder below '/', got '/.'"],
    ['/./', "must be a folder below '/', got '/./'"],
    ['data', "must be an absolute path, got 'data'"],
    ['./data', "must be an absolute path, got './data'"],
    ['C:\\data', String.raw`must be an absolute path, got 'C:\\data'`],
    ['/data/../etc', "must not have '..' in it, got '/data/../etc'"],
    ['/data\n', String.raw`must not have control characters in it, got '/data\n'`],
  ])('fails as %j', (path, problem) => {
    expect(refused({ path })).toEqual({
      code: 'HostPathPath',
      path: 'shop/mongo',
      message: `shop/mongo: 'path' ${problem}`,
    });
  });
});

describe('a HostPathVolume fails', () => {
  test.each([
    [
      { path: undefined },
      'PropMissing',
      "'path' must be a string that is not empty, got undefined",
    ],
    [{ path: '' }, 'PropType', "'path' must be a string that is not empty, got ''"],
    [
      { capacity: undefined },
      'PropMissing',
      "'capacity' must be a Kubernetes quantity: a string such as '10Gi', '1.5Ti', '5G' or '1024', got undefined",
    ],
    [
      { request: '1073741825' },
      'RequestTooLarge',
      "'request' must be at most 'capacity' (1Gi), got 1073741825; no other volume would be taken either",
    ],
    [
      { type: 'directory' },
      'PropType',
      "'type' must be '', 'DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice' or 'BlockDevice', got 'directory'; did you mean 'Directory'?",
    ],
    [
      { accessMode: 'ReadWriteOncePod' },
      'PropType',
      "'accessMode' must be 'ReadWriteOnce', 'ReadOnlyMany' or 'ReadWriteMany', got 'ReadWriteOncePod'; did you mean 'ReadWriteOnce'?",
    ],
    [
      { reclaimPolicy: 'Delete' },
      'PropType',
      "'reclaimPolicy' must be 'Retain', since nothing deletes such volumes and 'Delete' would leave them Failed, got 'Delete'",
    ],
    [
      { nodeLabels: { 'kubernetes.io/hostname': 1 } },
      'PropType',
      `'nodeLabels' must be labels: an object of strings by key, each at most 63 of letters, digits, '-', '_', '.', got {"kubernetes.io/hostname":1}`,
    ],
    [
      { nodelabels: {} },
      'PropUnknown',
      "'nodelabels' is no prop of HostPathVolume; did you mean 'nodeLabels'?",
    ],
    [
      { mountOptions: ['ro'] },
      'PropUnknown',
      "'mountOptions' is no prop of HostPathVolume; it takes 'path', 'capacity', 'request', 'accessMode', 'reclaimPolicy', 'storageClassName', 'binding', 'labels', 'name', 'claimName', 'namespace' or 'deletable' and others",
    ],
  ])('with %j', (props, code, problem) => {
    expect(refused(props)).toEqual({
      code,
      path: 'shop/mongo',
      message: `shop/mongo: ${problem}`,
    });
  });

  test('without a namespace', () => {
    expect(refused({}, {})).toEqual({
      code: 'NamespaceMissing',
      path: 'shop/mongo',
      message:
        "shop/mongo: 'namespace' must be set, here or on the chart: a volume is reserved for a claim by namespace and name",
    });
  });

  test('with the name of another volume', () => {
    expect(
      refusal(() =>
        chartObjects((chart) => {
          new HostPathVolume(chart, 'a', { path: '/a', capacity: '1Gi', name: 'data' });
          new HostPathVolume(chart, 'b', { path: '/b', capacity: '1Gi', name: 'data' });
        }),
      ),
    ).toEqual({
      code: 'Duplicate',
      path: 'shop/b',
      message:
        "shop/b: PersistentVolume 'data' is already made by 'shop/a'; give one of them another 'name'",
    });
  });
});
