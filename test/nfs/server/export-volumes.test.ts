import { Chart } from 'cdk8s';
import { VolumePool } from '../../../src/claims/volume-pool';
import type { NfsExport } from '../../../src/nfs/server/nfs-export';
import { checkObjects } from '../../support/api-objects';
import { refusal } from '../../support/refusal';
import { objectOf, type RenderedObject } from '../../support/synth';
import { exporting, SERVERS, serverOf } from './sample-server';

/** The objects of the chart that a server is in, once more is made there. */
function objectsOf(
  server: ReturnType<typeof serverOf>,
  build: (chart: Chart) => void,
): readonly RenderedObject[] {
  const chart = Chart.of(server);
  build(chart);
  return chart.toJson();
}

const SQUASHED = { squash: 'all', anonUid: 1001, anonGid: 2001 };
/** An export as one that is written, whatever it is. */
function writable(server: ReturnType<typeof serverOf>): NfsExport<'rw'> {
  return server.export('uploads') as NfsExport<'rw'>;
}

const UNTYPED = (over: NfsExport, props: unknown) => {
  over.volume(Chart.of(serverOf({})), 'uploads', props as { capacity: '1Gi' });
};

describe('a volume of an export', () => {
  test('knows server, path, protocol and options', () => {
    const server = exporting({});
    const objects = objectsOf(server, (chart) => {
      server.export('uploads').volume(chart, 'uploads', { capacity: '10Gi', request: '4Gi' });
    });
    expect(objectOf(objects, 'PersistentVolume').spec).toEqual({
      capacity: { storage: '10Gi' },
      accessModes: ['ReadWriteMany'],
      volumeMode: 'Filesystem',
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: '',
      nfs: { server: '172.26.1.10', path: '/srv/nfs/uploads' },
      mountOptions: ['hard', 'nfsvers=4.1'],
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        namespace: 'shop',
        name: 'shop-uploads',
      },
    });
    expect(checkObjects(objects)).toEqual([]);
  });

  test('speaks NFS 3 where the server does', () => {
    const server = exporting({});
    const old = serverOf({ version: '3' });
    expect(server.export('uploads').mountOptions).toEqual(['hard', 'nfsvers=4.1']);
    const objects = objectsOf(old, (chart) => {
      old.export('uploads').volume(chart, 'uploads', {
        capacity: '10Gi',
        furtherMountOptions: ['nconnect=4', 'noatime'],
      });
    });
    expect(objectOf(objects, 'PersistentVolume').spec).toHaveProperty('mountOptions', [
      'hard',
      'nfsvers=3',
      'proto=tcp',
      'nconnect=4',
      'noatime',
    ]);
  });

  test('may be mounted by the CSI driver', () => {
    const server = exporting({});
    const objects = objectsOf(server, (chart) => {
      server.export('uploads').volume(chart, 'uploads', { capacity: '10Gi', driver: 'csi' });
    });
    expect(objectOf(objects, 'PersistentVolume').spec).toHaveProperty('csi.volumeAttributes', {
      server: '172.26.1.10',
      share: '/srv/nfs/uploads',
    });
  });

  test('is read-only where the export is', () => {
    const server = SERVERS.many();
    const objects = objectsOf(server, (chart) => {
      server.export('media').volume(chart, 'media', { capacity: '10Gi' });
    });
    expect(objectOf(objects, 'PersistentVolume').spec).toMatchObject({
      accessModes: ['ReadOnlyMany'],
      nfs: { server: 'nas.example.com', path: '/srv/nfs/Über uns #1', readOnly: true },
    });
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).toMatchObject({
      accessModes: ['ReadOnlyMany'],
    });
  });

  test('may be one that a node writes, or that all read', () => {
    const server = exporting({});
    const objects = objectsOf(server, (chart) => {
      const uploads = server.export('uploads');
      uploads.volume(chart, 'one', { capacity: '1Gi', accessMode: 'ReadWriteOnce' });
      uploads.volume(chart, 'all', { capacity: '1Gi', accessMode: 'ReadOnlyMany' });
    });
    const modes = objects
      .filter(({ kind }) => kind === 'PersistentVolume')
      .map(({ spec }) => (spec as { accessModes: unknown }).accessModes);
    expect(modes).toEqual([['ReadWriteOnce'], ['ReadOnlyMany']]);
  });

  test.each([
    [SQUASHED, SQUASHED, { uid: 1001, gid: 2001, imposed: true }],
    [
      {},
      { squash: 'root', folderOwner: { uid: 1000, gid: 1000 }, rootEnters: false },
      { uid: 1000, gid: 1000, imposed: false },
    ],
    [
      { owner: { uid: 5, gid: 0 } },
      { squash: 'root', folderOwner: { uid: 5, gid: 0 }, rootEnters: false },
      { uid: 5, gid: 0, imposed: false },
    ],
    [
      { owner: { uid: 0, gid: 5 } },
      { squash: 'root', folderOwner: { uid: 0, gid: 5 }, rootEnters: false },
      undefined,
    ],
    [
      { owner: { uid: 5, gid: 65534 } },
      { squash: 'root', folderOwner: { uid: 5, gid: 65534 }, rootEnters: true },
      { uid: 5, gid: 65534, imposed: false },
    ],
    [
      { squash: 'none', trustClientRoot: true },
      { squash: 'none', folderOwner: { uid: 1000, gid: 1000 } },
      { uid: 1000, gid: 1000, imposed: false },
    ],
    [{ access: 'ro' }, { squash: 'root' }, undefined],
    [{ ...SQUASHED, access: 'ro' }, SQUASHED, { uid: 1001, gid: 2001, imposed: false }],
  ])('says whose its files are: %j', (props, users, owner) => {
    const server = exporting(props);
    const over = server.export('uploads');
    expect(over.users).toEqual(users);
    expect(over.volume(Chart.of(server), 'uploads', { capacity: '1Gi' }).traits).toEqual({
      driver: 'kubernetes.io/nfs',
      attaches: false,
      honoursFsGroup: false,
      hasLostAndFound: false,
      nfs: users,
      ...(owner && { owner }),
    });
  });

  test.each([
    ['server', '10.0.0.1', "'10.0.0.1'"],
    ['path', '/mnt', "'/mnt'"],
    ['mountOptions', ['nfsvers=3'], '["nfsvers=3"]'],
    ['uncheckedMountOptions', [], '[]'],
    ['users', { squash: 'none' }, '{"squash":"none"}'],
  ])('fails where it is given %s', (prop, value, shown) => {
    const server = exporting({});
    expect(
      refusal(() => UNTYPED(server.export('uploads'), { capacity: '1Gi', [prop]: value })),
    ).toEqual({
      code: 'NfsExportFixed',
      path: 'shop/uploads',
      message: `shop/uploads: '${prop}' must be left out, the volumes of export 'uploads' have it from the server; got ${shown}`,
    });
  });

  test.each([
    [undefined, 'PropType', 'the props must be an object, got undefined'],
    [
      { capacity: '1Gi', furtherMountOptions: 'noatime' },
      'PropType',
      "'furtherMountOptions' must be a list, each a string that is not empty, got 'noatime'",
    ],
    [
      { capacity: '1Gi', furtherMountOptions: ['nfsvers=3'] },
      'NfsMountOptions',
      "'mountOptions' must have one of 'nfsvers' or 'vers' at most, got 'nfsvers=4.1' and 'nfsvers=3'",
    ],
    [
      { capacity: '1Gi', furtherMountOptions: ['soft'] },
      'NfsMountOptions',
      "'mountOptions' must have one of 'hard', 'soft' or 'softerr' at most, got 'hard' and 'soft'",
    ],
    [
      { capacity: '1Gi', capcity: '1Gi' },
      'PropUnknown',
      "'capcity' is no prop of NfsVolume; did you mean 'capacity'?",
    ],
  ])('fails with %j', (props, code, reason) => {
    const server = exporting({});
    expect(refusal(() => UNTYPED(server.export('uploads'), props))).toEqual({
      code,
      path: 'shop/uploads',
      message: `shop/uploads: ${reason}`,
    });
  });

  test('fails to be written where the export is not', () => {
    const server = exporting({ access: 'ro' });
    expect(
      refusal(() =>
        UNTYPED(server.export('uploads'), { capacity: '1Gi', accessMode: 'ReadWriteMany' }),
      ),
    ).toEqual({
      code: 'NfsExportAccess',
      path: 'shop/uploads',
      message:
        "shop/uploads: 'accessMode' must be 'ReadOnlyMany' on export 'uploads', which clients only read, got 'ReadWriteMany'",
    });
  });
});

describe('what makes volumes on an export', () => {
  test('is a pool, with the export among its volumes', () => {
    const server = exporting(SQUASHED);
    const pooled = writable(server).pooled({
      capacity: '10Gi',
      furtherMountOptions: ['noatime'],
    });
    const objects = objectsOf(server, (chart) => {
      const pool = new VolumePool(chart, 'pool', { volumes: [pooled] });
      expect(pool.traits.owner).toEqual({ uid: 1001, gid: 2001, imposed: true });
    });
    expect(objectOf(objects, 'PersistentVolume').spec).toMatchObject({
      nfs: { server: '172.26.1.10', path: '/srv/nfs/uploads' },
      mountOptions: ['hard', 'nfsvers=4.1', 'noatime'],
    });
  });

  test('is a provisioner, over the export and with its options', () => {
    const server = exporting(SQUASHED);
    const objects = objectsOf(server, (chart) => {
      const provisioner = writable(server).provisioner(chart, 'nfs', { className: 'shop' });
      expect(provisioner.traits.owner).toEqual({ uid: 1001, gid: 2001, imposed: true });
    });
    expect(objectOf(objects, 'PersistentVolume').spec).toMatchObject({
      nfs: { server: '172.26.1.10', path: '/srv/nfs/uploads' },
      mountOptions: ['hard', 'nfsvers=4.1'],
    });
    expect(objectOf(objects, 'StorageClass')).toMatchObject({
      metadata: { name: 'shop' },
      mountOptions: ['hard', 'nfsvers=4.1'],
    });
    expect(checkObjects(objects)).toEqual([]);
  });

  test('is a class of the CSI driver', () => {
    const server = exporting({ squash: 'none', trustClientRoot: true });
    const objects = objectsOf(server, (chart) => {
      const made = writable(server).storageClass(chart, 'nfs', { onDelete: 'retain' });
      // What the driver makes as root is root's.
      expect(made.traits.owner).toBeUndefined();
    });
    expect(objectOf(objects, 'StorageClass')).toMatchObject({
      parameters: { server: '172.26.1.10', share: '/srv/nfs/uploads', onDelete: 'retain' },
      mountOptions: ['hard', 'nfsvers=4.1'],
    });
  });

  test('is at home where nobody is who the folder belongs to', () => {
    const server = exporting({ owner: { uid: 65534, gid: 65534 } });
    const chart = Chart.of(server);
    expect(writable(server).provisioner(chart, 'nfs').storageClassName).toBe('nfs-client');
  });

  const kinds = {
    'the provisioner': (over: NfsExport<'rw'>, chart: Chart) => over.provisioner(chart, 'nfs'),
    'the driver': (over: NfsExport<'rw'>, chart: Chart) => over.storageClass(chart, 'nfs'),
  };

  test.each(Object.entries(kinds))('fails where root may not write: %s', (who, make) => {
    const server = exporting({});
    expect(refusal(() => make(writable(server), Chart.of(server)))).toEqual({
      code: 'NfsExportRoot',
      path: 'shop/nfs',
      message: `shop/nfs: export 'uploads' must let root write for this, got squash 'root': ${who} is root on the node and nobody on the server; use squash 'all'`,
    });
  });

  test.each([
    ...Object.values(kinds).map((make) => ['shop/nfs', make] as const),
    ['shop/files', (over: NfsExport<'rw'>) => over.pooled({ capacity: '1Gi' })] as const,
  ])('fails where clients only read: %s', (path, make) => {
    const server = exporting({ ...SQUASHED, access: 'ro' });
    expect(refusal(() => make(writable(server), Chart.of(server)))).toEqual({
      code: 'NfsExportAccess',
      path,
      message: `${path}: export 'uploads' must be written for this, got access 'ro'; use 'volume'`,
    });
  });
});
