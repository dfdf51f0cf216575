import type { Chart } from 'cdk8s';
import { ACCESS_MODES } from '../../src/kube/access-mode';
import { quantity } from '../../src/kube/quantity';
import { NfsStorageClass, type NfsStorageClassProps } from '../../src/nfs/nfs-storage-class';
import { checkObjects } from '../support/api-objects';
import { type Refusal, refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

const EXPORT = { server: '172.26.1.10', share: '/mnt/shared' };

/** Props that no type checks. */
type Loose = Readonly<Record<string, unknown>>;

function classWith(props: Loose = {}): RenderedObject {
  const objects = chartObjects((chart) => {
    new NfsStorageClass(chart, 'nfs', { ...EXPORT, ...props } as NfsStorageClassProps);
  });
  expect(checkObjects(objects)).toEqual([]);
  expect(objects).toHaveLength(1);
  return objectOf(objects, 'StorageClass');
}

function refused(props: Loose): Refusal {
  return refusal(() => classWith(props));
}

test('an NfsStorageClass renders its class in full, and nothing else', () => {
  expect(classWith()).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: 'shop-shop-nfs',
      labels: {
        'app.kubernetes.io/name': 'nfs',
        'app.kubernetes.io/part-of': 'shop',
        'app.kubernetes.io/managed-by': 'cdk8s',
      },
    },
    provisioner: 'nfs.csi.k8s.io',
    parameters: { server: '172.26.1.10', share: '/mnt/shared' },
    mountOptions: ['hard', 'nfsvers=4.1'],
    allowVolumeExpansion: true,
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
  });
});

describe('an override shows in the class', () => {
  test.each<[Partial<NfsStorageClassProps>, string, unknown]>([
    [{ name: 'files' }, 'metadata.name', 'files'],
    [{ reclaimPolicy: 'Retain' }, 'reclaimPolicy', 'Retain'],
    [{ allowVolumeExpansion: false }, 'allowVolumeExpansion', false],
    [{ mountOptions: ['nfsvers=4.2'] }, 'mountOptions', ['nfsvers=4.2']],
    [
      { uncheckedMountOptions: ['trunkdiscovery'] },
      'mountOptions',
      ['hard', 'nfsvers=4.1', 'trunkdiscovery'],
    ],
    [
      { isDefault: true },
      'metadata.annotations',
      { 'storageclass.kubernetes.io/is-default-class': 'true' },
    ],
    [{ subDir: '${pv.metadata.name}' }, 'parameters.subDir', '${pv.metadata.name}'],
    [{ mountPermissions: '0770' }, 'parameters.mountPermissions', '0770'],
    [{ onDelete: 'archive' }, 'parameters.onDelete', 'archive'],
  ])('%j', (props, path, value) => {
    expect(classWith(props)).toHaveProperty(path, value);
  });

  test('labels are added to the recommended ones', () => {
    expect(classWith({ labels: { team: 'files' } }).metadata.labels).toMatchObject({
      team: 'files',
      'app.kubernetes.io/name': 'nfs',
    });
  });
});

describe('the server', () => {
  test.each(['172.26.1.10', 'fd00::1', 'nas', 'nfs.storage.svc.cluster.local'])(
    'may be %s',
    (server) => {
      expect(classWith({ server })).toHaveProperty('parameters.server', server);
    },
  );

  test.each(['nas:2049', '1.2.3', '[fd00::1]', 'nas#a'])('fails as %s', (server) => {
    expect(refused({ server })).toEqual({
      code: 'NfsServer',
      path: 'shop/nfs',
      message: `shop/nfs: 'server' must be an IPv4 or IPv6 address or a DNS name, without port and path, got '${server}'`,
    });
  });
});

describe('the share', () => {
  test.each(['/', '/mnt/shared', '/a..b'])('may be %s', (share) => {
    expect(classWith({ share })).toHaveProperty('parameters.share', share);
  });

  test.each([
    ['mnt', "must be an absolute path, got 'mnt'"],
    ['/mnt/../etc', "must not have '..' in it, got '/mnt/../etc'"],
    [
      '/mnt#1',
      "must not have '#' in it, got '/mnt#1': the driver separates by it and would delete another folder",
    ],
  ])('fails as %s', (share, problem) => {
    expect(refused({ share })).toEqual({
      code: 'NfsShare',
      path: 'shop/nfs',
      message: `shop/nfs: 'share' ${problem}`,
    });
  });
});

describe('the subfolder', () => {
  const SHARED =
    ": claims would share a folder, and lose it when one of them is deleted; set 'onDelete' to 'retain' where they are to share it";
  const OWN =
    "must have '${pv.metadata.name}', or '${pvc.metadata.namespace}' and '${pvc.metadata.name}', got";
  const PLACEHOLDERS =
    "must have no placeholders but '${pvc.metadata.name}', '${pvc.metadata.namespace}' or '${pv.metadata.name}', got";

  test.each([
    '${pv.metadata.name}',
    'apps/${pv.metadata.name}',
    '${pvc.metadata.namespace}/${pvc.metadata.name}',
    '${pvc.metadata.name}.${pvc.metadata.namespace}',
    '${pvc.metadata.namespace}/${pvc.metadata.name}/${pv.metadata.name}',
  ])('may be %s', (subDir) => {
    expect(classWith({ subDir })).toHaveProperty('parameters.subDir', subDir);
  });

  test.each([
    ['/a/${pv.metadata.name}', "must be a relative path, got '/a/${pv.metadata.name}'"],
    ['../${pv.metadata.name}', "must not have '..' in it, got '../${pv.metadata.name}'"],
    [
      '${pv.metadata.name}#1',
      "must not have '#' in it, got '${pv.metadata.name}#1': the driver separates by it and would delete another folder",
    ],
    [
      '${pv.metadata.nam}',
      `${PLACEHOLDERS} '\${pv.metadata.nam}'; did you mean '\${pv.metadata.name}'?`,
    ],
    [
      '${pv.metadata.name}/${PVC.metadata.name}',
      `${PLACEHOLDERS} '\${PVC.metadata.name}'; did you mean '\${pvc.metadata.name}'?`,
    ],
    ['${pv.metadata.name}/${.PVC.labels.app}', `${PLACEHOLDERS} '\${.PVC.labels.app}'`],
    [
      '${pv.metadata.name}/${pvc.metadata.name',
      `${PLACEHOLDERS} '\${pvc.metadata.name'; did you mean '\${pvc.metadata.name}'?`,
    ],
    ['uploads', `${OWN} 'uploads'${SHARED}`],
    ['${pvc.metadata.name}', `${OWN} '\${pvc.metadata.name}'${SHARED}`],
    ['${pvc.metadata.namespace}', `${OWN} '\${pvc.metadata.namespace}'${SHARED}`],
  ])('fails as %s', (subDir, problem) => {
    expect(refused({ subDir })).toEqual({
      code: 'NfsSubDir',
      path: 'shop/nfs',
      message: `shop/nfs: 'subDir' ${problem}`,
    });
  });

  test('may be shared where it is retained, and fails where it is archived', () => {
    expect(classWith({ subDir: 'uploads', onDelete: 'retain' })).toHaveProperty('parameters', {
      ...EXPORT,
      subDir: 'uploads',
      onDelete: 'retain',
    });
    for (const onDelete of ['archive', 'delete']) {
      expect(refused({ subDir: 'uploads', onDelete }).code).toBe('NfsSubDir');
    }
    expect(refused({ subDir: 'uploads', reclaimPolicy: 'Retain' }).code).toBe('NfsSubDir');
  });
});

describe('the mode of folders', () => {
  test.each(['0', '7', '777', '0770', '2770', '02770'])('may be %s', (mountPermissions) => {
    expect(classWith({ mountPermissions })).toHaveProperty(
      'parameters.mountPermissions',
      mountPermissions,
    );
  });

  test.each(['778', '0o770', '77777', 'rwx', '-1', '7 '])('fails as %j', (mountPermissions) => {
    expect(refused({ mountPermissions })).toEqual({
      code: 'NfsMountPermissions',
      path: 'shop/nfs',
      message: `shop/nfs: 'mountPermissions' must be a mode of up to four octal digits such as '0770', or '0' to leave it, got '${mountPermissions}'`,
    });
  });
});

describe('props from plain JavaScript fail', () => {
  test.each<[Loose, string, string]>([
    [
      { onDelete: 'retian' },
      'PropType',
      "'onDelete' must be 'delete', 'retain' or 'archive', got 'retian'; did you mean 'retain'?",
    ],
    [
      { mountPermission: '0' },
      'PropUnknown',
      "'mountPermission' is no prop of NfsStorageClass; did you mean 'mountPermissions'?",
    ],
    [
      { server: undefined },
      'PropMissing',
      "'server' must be a string that is not empty, got undefined",
    ],
    [{ share: '' }, 'PropType', "'share' must be a string that is not empty, got ''"],
    [{ subDir: '' }, 'PropType', "'subDir' must be a string that is not empty, got ''"],
    [
      { mountPermissions: 777 },
      'PropType',
      "'mountPermissions' must be a string that is not empty, got 777",
    ],
    [{ isDefault: 'true' }, 'PropType', "'isDefault' must be true or false, got 'true'"],
    [
      { mountOptions: ['hard', 'soft'] },
      'NfsMountOptions',
      "'mountOptions' must have one of 'hard', 'soft' or 'softerr' at most, got 'hard' and 'soft'",
    ],
  ])('with %j', (props, code, problem) => {
    expect(refused(props)).toEqual({ code, path: 'shop/nfs', message: `shop/nfs: ${problem}` });
  });
});

describe('a claim of an NfsStorageClass', () => {
  function claimWith(props: Loose): readonly RenderedObject[] {
    return chartObjects((chart) => claimIn(chart, props));
  }

  function claimIn(chart: Chart, props: Loose) {
    const files = new NfsStorageClass(chart, 'nfs', { ...EXPORT, name: 'files' });
    return files.claim(chart, 'uploads', { size: '4Gi', ...props });
  }

  test('is shared, and names its class', () => {
    const objects = claimWith({});
    expect(checkObjects(objects)).toEqual([]);
    expect(objectOf(objects, 'PersistentVolumeClaim')).toMatchObject({
      metadata: { name: 'shop-uploads', namespace: 'shop' },
      spec: {
        accessModes: ['ReadWriteMany'],
        volumeMode: 'Filesystem',
        storageClassName: 'files',
        resources: { requests: { storage: '4Gi' } },
      },
    });
  });

  test.each(ACCESS_MODES)('may be %s', (accessMode) => {
    const claim = objectOf(claimWith({ accessMode }), 'PersistentVolumeClaim');
    expect(claim).toHaveProperty('spec.accessModes', [accessMode]);
  });

  test('is filled from a snapshot of the driver', () => {
    const objects = chartObjects((chart) => {
      const files = new NfsStorageClass(chart, 'nfs', EXPORT);
      const fromSnapshot = files.claim(chart, 'old', { size: '4Gi' }).snapshot('snapshot');
      expect(fromSnapshot.driver).toBe('nfs.csi.k8s.io');
      files.claim(chart, 'new', { size: '4Gi', fromSnapshot });
    });
    expect(checkObjects(objects)).toEqual([]);
    expect(objectOf(objects, 'PersistentVolumeClaim', 'shop-new')).toHaveProperty(
      'spec.dataSource',
      {
        apiGroup: 'snapshot.storage.k8s.io',
        kind: 'VolumeSnapshot',
        name: 'shop-old-snapshot',
      },
    );
  });

  test.each<[Loose, string, string]>([
    [
      { volumeMode: 'Block' },
      'NfsVolumeMode',
      "'volumeMode' must be 'Filesystem', got 'Block': NFS serves folders, it has no devices",
    ],
    [
      { selector: { matchLabels: {} } },
      'NfsSelector',
      "'selector' must be left out: the provisioner makes no volume for a claim that has one",
    ],
    [
      { accessMode: 'ReadWrite' },
      'PropType',
      "'accessMode' must be 'ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany' or 'ReadWriteOncePod', got 'ReadWrite'",
    ],
  ])('fails with %j', (props, code, problem) => {
    expect(refusal(() => claimWith(props))).toMatchObject({
      code,
      path: 'shop/uploads',
      message: expect.stringContaining(`shop/uploads: ${problem}`),
    });
  });

  test('is judged for others by checkClaim', () => {
    chartObjects((chart) => {
      const files = new NfsStorageClass(chart, 'nfs', EXPORT);
      const request = { size: quantity('1Gi'), volumeMode: 'Filesystem', count: 3 } as const;
      for (const accessMode of ACCESS_MODES) {
        files.checkClaim('shop/app', { ...request, accessMode });
      }
      const device = { ...request, accessMode: 'ReadWriteOnce', volumeMode: 'Block' } as const;
      expect(refusal(() => files.checkClaim('shop/app', device))).toMatchObject({
        code: 'NfsVolumeMode',
        path: 'shop/app',
      });
    });
  });
});

test('workloads learn that NFS is not attached, and that this driver honours fsGroup', () => {
  chartObjects((chart) => {
    const { traits, defaultAccessMode } = new NfsStorageClass(chart, 'nfs', EXPORT);
    expect(defaultAccessMode).toBe('ReadWriteMany');
    expect(traits).toEqual({
      driver: 'nfs.csi.k8s.io',
      attaches: false,
      honoursFsGroup: false,
      hasLostAndFound: false,
      nfs: {},
    });
  });
});
