import { App, Chart, Size } from 'cdk8s';
import { quantity } from '../../src/kube/quantity';
import { NfsVolume, type NfsVolumeProps } from '../../src/nfs/nfs-volume';
import { checkObjects } from '../support/api-objects';
import { type Refusal, refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

const EXPORT = { server: '172.26.1.10', path: '/mnt/shared', capacity: '10Gi' } as const;

type Props = Partial<NfsVolumeProps<'ReadWriteMany' | 'ReadOnlyMany' | 'ReadWriteOnce'>>;

function render(props: Props = {}): readonly RenderedObject[] {
  return chartObjects((chart) => {
    new NfsVolume(chart, 'uploads', { ...EXPORT, ...props });
  });
}

function volumeOf(props: Props = {}): RenderedObject {
  return objectOf(render(props), 'PersistentVolume');
}

function claimOf(props: Props = {}): RenderedObject {
  return objectOf(render(props), 'PersistentVolumeClaim');
}

/** What comes of props that no type checks. */
function refused(props: Readonly<Record<string, unknown>>): Refusal {
  return refusal(() => render(props as Props));
}

const LABELS = {
  'app.kubernetes.io/name': 'uploads',
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'cdk8s',
};
const KEPT = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

describe('an NfsVolume by default', () => {
  test('renders the volume, then the claim', () => {
    expect(render()).toEqual([
      {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: 'shop-shop-uploads', labels: LABELS, annotations: KEPT },
        spec: {
          capacity: { storage: '10Gi' },
          accessModes: ['ReadWriteMany'],
          volumeMode: 'Filesystem',
          persistentVolumeReclaimPolicy: 'Retain',
          storageClassName: '',
          nfs: { server: '172.26.1.10', path: '/mnt/shared' },
          mountOptions: ['hard', 'nfsvers=4.1'],
          claimRef: {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            namespace: 'shop',
            name: 'shop-uploads',
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'shop-uploads', namespace: 'shop', labels: LABELS, annotations: KEPT },
        spec: {
          accessModes: ['ReadWriteMany'],
          volumeMode: 'Filesystem',
          storageClassName: '',
          volumeName: 'shop-shop-uploads',
          resources: { requests: { storage: '10Gi' } },
        },
      },
    ]);
  });

  test('renders what the API server takes', () => {
    expect(checkObjects(render())).toEqual([]);
  });

  test('says in its members what it is', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const volume = new NfsVolume(chart, 'uploads', EXPORT);
    expect(volume).toMatchObject({
      server: '172.26.1.10',
      path: '/mnt/shared',
      claimName: 'shop-uploads',
      volumeName: 'shop-shop-uploads',
      accessMode: 'ReadWriteMany',
      volumeMode: 'Filesystem',
      namespace: 'shop',
    });
    expect(volume.volume.kind).toBe('PersistentVolume');
  });
});

describe('the size of an NfsVolume', () => {
  test.each([
    ['10Gi', '10Gi'],
    ['1024Mi', '1Gi'],
    ['1.5Ti', '1536Gi'],
    ['5G', '5G'],
    ['1e9', '1e9'],
    [Size.gibibytes(2), '2Gi'],
    [quantity('2048Ki'), '2Mi'],
  ] as const)('is canonical: %s', (capacity, rendered) => {
    expect(volumeOf({ capacity }).spec).toHaveProperty('capacity.storage', rendered);
    expect(claimOf({ capacity }).spec).toHaveProperty('resources.requests.storage', rendered);
  });

  test('may be more than the claim asks for', () => {
    expect(volumeOf({ request: '4Gi' }).spec).toHaveProperty('capacity.storage', '10Gi');
    expect(claimOf({ request: '4Gi' }).spec).toHaveProperty('resources.requests.storage', '4Gi');
  });

  test.each(['10Gi', '10240Mi', '10737418240'] as const)(
    'may be what the claim asks for: %s',
    (request) => {
      expect(claimOf({ request }).kind).toBe('PersistentVolumeClaim');
    },
  );

  test.each([
    ['10737418241', '10737418241'],
    ['11Gi', '11Gi'],
    ['11G', '11G'],
  ])('fails where the claim asks for more: %s', (request, got) => {
    expect(refused({ request })).toEqual({
      code: 'RequestTooLarge',
      path: 'shop/uploads',
      message: `shop/uploads: 'request' must be at most 'capacity' (10Gi), got ${got}; no other volume would be taken either`,
    });
  });

  test.each(['0', '0Gi'])('fails as nothing: %s', (capacity) => {
    expect(refused({ capacity })).toEqual({
      code: 'SizeInvalid',
      path: 'shop/uploads',
      message: "shop/uploads: 'capacity' must be more than 0 and at most 2^63 - 1 bytes, got '0'",
    });
  });

  test('fails where it is more than Kubernetes counts', () => {
    expect(refused({ capacity: '8Ei' }).message).toBe(
      "shop/uploads: 'capacity' must be more than 0 and at most 2^63 - 1 bytes, got '8Ei'",
    );
  });

  test('fails as a part of a byte', () => {
    expect(refused({ request: '100m' }).message).toBe(
      "shop/uploads: 'request' must be a whole number of bytes, got '100m'; 'm' is a thousandth, mega is 'M' or 'Mi'",
    );
  });

  test.each(['10GB', '10 Gi', '-1Gi', '', 'ten', 10, null, {}, ['10Gi']])(
    'fails as no quantity: %j',
    (capacity) => {
      const { code, message } = refused({ capacity });
      expect(code).toBe('PropType');
      expect(message).toMatch(
        /^shop\/uploads: 'capacity' must be a Kubernetes quantity: a string such as '10Gi', '1\.5Ti', '5G' or '1024', got /,
      );
    },
  );
});

describe('the access mode of an NfsVolume', () => {
  test('ReadWriteOnce is the volume’s and the claim’s', () => {
    const props = { accessMode: 'ReadWriteOnce' } as const;
    expect(volumeOf(props).spec).toHaveProperty('accessModes', ['ReadWriteOnce']);
    expect(claimOf(props).spec).toHaveProperty('accessModes', ['ReadWriteOnce']);
    expect(volumeOf(props).spec).not.toHaveProperty('nfs.readOnly');
  });

  test('ReadOnlyMany is read-only in the volume', () => {
    const props = { accessMode: 'ReadOnlyMany' } as const;
    expect(volumeOf(props).spec).toHaveProperty('accessModes', ['ReadOnlyMany']);
    expect(volumeOf(props).spec).toHaveProperty('nfs.readOnly', true);
    expect(volumeOf({ ...props, driver: 'csi' }).spec).toHaveProperty('csi.readOnly', true);
    expect(checkObjects(render(props))).toEqual([]);
  });

  test.each([
    ['ReadWriteOncePod', "got 'ReadWriteOncePod'; did you mean 'ReadWriteOnce'?"],
    ['readWriteMany', "got 'readWriteMany'; did you mean 'ReadWriteMany'?"],
    ['RWX', "got 'RWX'"],
    [['ReadWriteMany'], 'got ["ReadWriteMany"]'],
  ])('fails as %j', (accessMode, got) => {
    expect(refused({ accessMode })).toEqual({
      code: 'PropType',
      path: 'shop/uploads',
      message: `shop/uploads: 'accessMode' must be 'ReadWriteMany', 'ReadOnlyMany' or 'ReadWriteOnce', ${got}`,
    });
  });
});

describe('the reclaim policy of an NfsVolume', () => {
  test('may be said as what it is', () => {
    expect(volumeOf({ reclaimPolicy: 'Retain' }).spec).toHaveProperty(
      'persistentVolumeReclaimPolicy',
      'Retain',
    );
  });

  test.each(['Delete', 'Recycle', 'retain'])(
    'fails as %s, since nothing would do it',
    (reclaimPolicy) => {
      expect(refused({ reclaimPolicy })).toEqual({
        code: 'PropType',
        path: 'shop/uploads',
        message: `shop/uploads: 'reclaimPolicy' must be 'Retain', since nothing deletes such volumes and 'Delete' would leave them Failed, got '${reclaimPolicy}'`,
      });
    },
  );
});

describe('the class of an NfsVolume', () => {
  test('is the volume’s and the claim’s', () => {
    expect(volumeOf({ storageClassName: 'slow' }).spec).toHaveProperty('storageClassName', 'slow');
    expect(claimOf({ storageClassName: 'slow' }).spec).toHaveProperty('storageClassName', 'slow');
  });

  test('fails as no name', () => {
    expect(refused({ storageClassName: 'Slow Disks' }).message).toBe(
      "shop/uploads: 'storageClassName' must be '' for no class, or a class name (a DNS subdomain), got 'Slow Disks'",
    );
  });
});

describe('the driver of an NfsVolume', () => {
  test('can be csi-driver-nfs', () => {
    const { spec } = volumeOf({ driver: 'csi' });
    expect(spec).toHaveProperty('csi', {
      driver: 'nfs.csi.k8s.io',
      volumeHandle: '172.26.1.10#/mnt/shared#shop-shop-uploads',
      volumeAttributes: { server: '172.26.1.10', share: '/mnt/shared' },
    });
    expect(spec).not.toHaveProperty('nfs');
    expect(spec).toHaveProperty('mountOptions', ['hard', 'nfsvers=4.1']);
    expect(checkObjects(render({ driver: 'csi' }))).toEqual([]);
  });

  test('keeps two volumes on one export apart by their handles', () => {
    const objects = chartObjects((chart) => {
      new NfsVolume(chart, 'a', { ...EXPORT, driver: 'csi' });
      new NfsVolume(chart, 'b', { ...EXPORT, driver: 'csi' });
    });
    expect(objectOf(objects, 'PersistentVolume', 'shop-shop-a').spec).toHaveProperty(
      'csi.volumeHandle',
      '172.26.1.10#/mnt/shared#shop-shop-a',
    );
    expect(objectOf(objects, 'PersistentVolume', 'shop-shop-b').spec).toHaveProperty(
      'csi.volumeHandle',
      '172.26.1.10#/mnt/shared#shop-shop-b',
    );
  });

  test('can be said to be in-tree', () => {
    expect(volumeOf({ driver: 'in-tree' })).toEqual(volumeOf());
  });

  test.each([
    ['in-tree', 'kubernetes.io/nfs'],
    ['csi', 'nfs.csi.k8s.io'],
  ] as const)('tells workloads of %s that it is NFS, and nothing of its export', (driver, name) => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    expect(new NfsVolume(chart, 'uploads', { ...EXPORT, driver }).traits).toEqual({
      driver: name,
      attaches: false,
      honoursFsGroup: false,
      hasLostAndFound: false,
      nfs: {},
    });
  });

  test('fails as another', () => {
    expect(refused({ driver: 'nfs' }).message).toBe(
      "shop/uploads: 'driver' must be 'in-tree' or 'csi', got 'nfs'",
    );
  });
});

describe('what Argo CD may delete of an NfsVolume', () => {
  test('is nothing by default, and by false', () => {
    expect(volumeOf({ deletable: false }).metadata.annotations).toEqual(KEPT);
    expect(claimOf({ deletable: false }).metadata.annotations).toEqual(KEPT);
  });

  test('is volume and claim where they are deletable', () => {
    expect(volumeOf({ deletable: true }).metadata).not.toHaveProperty('annotations');
    expect(claimOf({ deletable: true }).metadata).not.toHaveProperty('annotations');
  });
});

describe('the labels of an NfsVolume', () => {
  test('are added to the recommended ones, on volume and claim', () => {
    const labels = { type: 'nfs', 'app.kubernetes.io/part-of': 'mall' };
    const expected = { ...LABELS, ...labels };
    expect(volumeOf({ labels }).metadata.labels).toEqual(expected);
    expect(claimOf({ labels }).metadata.labels).toEqual(expected);
  });

  test.each([[{ type: 1 }], [{ 'bad key': 'a' }], [{ type: 'a b' }], [{ type: 'a'.repeat(64) }]])(
    'fail as %j',
    (labels) => {
      const { code, message } = refused({ labels });
      expect(code).toBe('PropType');
      expect(message).toMatch(
        /^shop\/uploads: 'labels' must be labels: an object of strings by key, each at most 63 of letters, digits, '-', '_', '\.', got \{/,
      );
    },
  );
});

describe('an NfsVolume from plain JavaScript fails', () => {
  test.each([
    ['server', 'a string that is not empty'],
    ['path', 'a string that is not empty'],
    ['capacity', "a Kubernetes quantity: a string such as '10Gi', '1.5Ti', '5G' or '1024'"],
  ])('without %s', (prop, expected) => {
    expect(refused({ [prop]: undefined })).toEqual({
      code: 'PropMissing',
      path: 'shop/uploads',
      message: `shop/uploads: '${prop}' must be ${expected}, got undefined`,
    });
  });

  test.each([
    ['sever', 'server'],
    ['Server', 'server'],
    ['mountOption', 'mountOptions'],
    ['storageClass', 'storageClassName'],
    ['claimname', 'claimName'],
    ['requests', 'request'],
    ['accessModes', 'accessMode'],
  ])('with %s, and offers %s', (prop, nearest) => {
    expect(refused({ [prop]: 'x' })).toEqual({
      code: 'PropUnknown',
      path: 'shop/uploads',
      message: `shop/uploads: '${prop}' is no prop of NfsVolume; did you mean '${nearest}'?`,
    });
  });

  test('with a prop that is near none, and lists them', () => {
    expect(refused({ size: '10Gi' }).message).toMatch(
      /^shop\/uploads: 'size' is no prop of NfsVolume; it takes 'server', 'path', 'capacity', /,
    );
  });

  test.each([
    [{ server: 1 }, "'server' must be a string that is not empty, got 1"],
    [{ server: null }, "'server' must be a string that is not empty, got null"],
    [{ path: ['/mnt'] }, `'path' must be a string that is not empty, got ["/mnt"]`],
    [{ deletable: 'yes' }, "'deletable' must be true or false, got 'yes'"],
    [{ deletable: null }, "'deletable' must be true or false, got null"],
  ])('with %j', (props, problem) => {
    expect(refused(props)).toEqual({
      code: 'PropType',
      path: 'shop/uploads',
      message: `shop/uploads: ${problem}`,
    });
  });

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['172.26.1.10:/mnt', "'172.26.1.10:/mnt'"],
  ])('with %j for its props', (props, got) => {
    const chart = new Chart(new App(), 'shop');
    expect(refusal(() => new NfsVolume(chart, 'uploads', props as never)).message).toBe(
      `shop/uploads: the props of NfsVolume must be an object, got ${got}`,
    );
  });

  test('outside a chart', () => {
    expect(refusal(() => new NfsVolume(new App(), 'uploads', EXPORT))).toEqual({
      code: 'ScopeInvalid',
      path: 'uploads',
      message:
        'uploads: the scope must be a Chart or a construct inside one, got a construct outside any chart',
    });
  });

  test('and renders nothing where one of several props is wrong', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    refusal(() => new NfsVolume(chart, 'uploads', { ...EXPORT, request: '11Gi' }));
    expect(chart.toJson()).toEqual([]);
  });

  test('leaves its props as they were', () => {
    const props = Object.freeze({
      ...EXPORT,
      labels: Object.freeze({ type: 'nfs' }),
      mountOptions: Object.freeze(['hard'] as const),
    });
    expect(() => render(props)).not.toThrow();
  });
});
