import type { NfsTraits } from '../../../src/claims/contracts';
import { VolumePool } from '../../../src/claims/volume-pool';
import { NfsStorageClass } from '../../../src/nfs/nfs-storage-class';
import { NfsSubdirProvisioner } from '../../../src/nfs/nfs-subdir-provisioner';
import { NfsVolume } from '../../../src/nfs/nfs-volume';
import type { NfsExportProps } from '../../../src/nfs/server/export-props';
import { NfsServer } from '../../../src/nfs/server/nfs-server';
import { DISK, FOLDER, SampleClass } from '../../support/sample-class';
import { type GivenProps, harbor, refused, said } from './harbor';

const SERVER = 'nfs.example.com';

/** Storage on NFS whose export nobody has told of. */
const NFS: readonly (readonly [string, string, GivenProps])[] = [
  [
    'NfsStorageClass',
    "class 'csi'",
    (_, chart) => ({
      from: new NfsStorageClass(chart, 'c', { name: 'csi', server: SERVER, share: '/srv' }),
    }),
  ],
  [
    'NfsSubdirProvisioner',
    "class 'nfs-client'",
    (_, chart) => ({
      from: new NfsSubdirProvisioner(chart, 'p', { server: SERVER, path: '/srv' }),
    }),
  ],
  [
    'NfsVolume',
    "claim 'db'",
    (_, chart) => ({
      claim: new NfsVolume(chart, 'v', {
        server: SERVER,
        path: '/srv/db',
        capacity: '1Gi',
        claimName: 'db',
      }),
    }),
  ],
  [
    'NfsVolume.pooled',
    "class 'pool'",
    (_, chart) => ({
      accessMode: 'ReadWriteMany',
      from: new VolumePool(chart, 'p', {
        name: 'pool',
        volumes: [NfsVolume.pooled({ server: SERVER, path: '/srv/db', capacity: '9Gi' })],
      }),
    }),
  ],
];

/** A database on storage, with further props of the storage. */
function on(given: GivenProps, further: Readonly<Record<string, unknown>> = {}): GivenProps {
  return (classes, chart) => ({
    database: { ...(typeof given === 'function' ? given(classes, chart) : given), ...further },
  });
}

/** A database on an export of which this is known. */
function onExport(nfs: NfsTraits, allowNfs?: boolean): GivenProps {
  return on(
    (_, chart) => ({ from: new SampleClass(chart, 'export', { ...FOLDER, nfs }) }),
    allowNfs === undefined ? {} : { allowNfs },
  );
}

describe.each(NFS)('a database on %s', (_, name, storage) => {
  const problem = `HarborDatabaseNfs: 'database' must be on a disk, got ${name} on NFS, whose server squashes root unless it is told otherwise: PostgreSQL needs a folder that UID 999 owns and nobody else can read; set 'database.allowNfs' where the export leaves both users their rights`;

  test('fails', () => {
    expect(said(refused(on(storage)))).toBe(problem);
    expect(said(refused(on(storage, { allowNfs: false })))).toBe(problem);
  });

  test('is there where it is said to be meant', () => {
    const { database } = harbor(on(storage, { allowNfs: true })).persistence.persistentVolumeClaim;
    expect(database).toBeDefined();
  });

  test('does not keep the other parts off it', () => {
    const parts = ['registry', 'jobLog', 'redis', 'trivy'];
    for (const part of parts) {
      expect(() =>
        harbor((classes, chart) => ({
          [part]: typeof storage === 'function' ? storage(classes, chart) : storage,
        })),
      ).not.toThrow();
    }
  });
});

describe('a database on an export', () => {
  test.each([{}, { squash: 'root' }, { squash: 'root', anonUid: 999 }] as const)(
    'fails where root is squashed or may be: %j',
    (nfs) => {
      expect(refused(onExport(nfs)).code).toBe('HarborDatabaseNfs');
      expect(() => harbor(onExport(nfs, true))).not.toThrow();
    },
  );

  test('that squashes nobody is there without a word', () => {
    expect(() => harbor(onExport({ squash: 'none' }))).not.toThrow();
  });

  test("that makes everybody PostgreSQL's own user is there without a word", () => {
    expect(() => harbor(onExport({ squash: 'all', anonUid: 999 }))).not.toThrow();
  });

  test.each([
    [{ squash: 'all', anonUid: 998 }, 998],
    [{ squash: 'all', anonUid: 1000 }, 1000],
    [{ squash: 'all' }, 65534],
  ] as const)('that makes everybody another user fails, meant or not: %j', (nfs, uid) => {
    const problem = `HarborDatabaseNfs: 'database' must be on an export that leaves UID 999 its files, got class 'export' on one that gives all files to UID ${uid}: PostgreSQL does not start over a folder that another user owns; take a disk, or an export whose anonymous UID is 999`;
    expect(said(refused(onExport(nfs)))).toBe(problem);
    expect(said(refused(onExport(nfs, true)))).toBe(problem);
  });
});

describe('a part over an export of an NfsServer', () => {
  /** A part in a claim on an export with these props. */
  function over(part: string, props: object, driver: 'in-tree' | 'csi' = 'in-tree'): GivenProps {
    return (_, chart) => {
      const server = new NfsServer(chart, 'server', {
        host: '172.26.1.10',
        exports: {
          files: { path: '/srv/nfs/files', clients: ['172.26.0.0/16'], ...props },
        } as Readonly<Record<'files', NfsExportProps>>,
      });
      const files = server.export('files');
      return { [part]: { claim: files.volume(chart, 'f', { capacity: '10Gi', driver }) } };
    };
  }

  const ownedBy = (uid: number, gid = uid) => ({ owner: { uid, gid } });
  const squashing = (uid: number) => ({ squash: 'all', anonUid: uid, anonGid: uid });

  test.each([
    ['registry', ownedBy(10000)],
    ['jobLog', ownedBy(1000, 10000)],
    ['redis', ownedBy(999)],
    ['trivy', ownedBy(10000, 1)],
    ['registry', squashing(1000)],
    ['redis', squashing(10000)],
    ['database', ownedBy(999)],
    ['database', ownedBy(1000, 999)],
    ['database', squashing(999)],
    ['database', { squash: 'none', trustClientRoot: true, ...ownedBy(999) }],
  ])('is there where it may write: %s, %j', (part, props) => {
    expect(() => harbor(over(part, props))).not.toThrow();
  });

  test.each([
    ['registry', 10000, {}, '1000:1000'],
    ['jobLog', 10000, ownedBy(999), '999:999'],
    ['redis', 999, ownedBy(10000), '10000:10000'],
    ['trivy', 10000, ownedBy(10001), '10001:10001'],
    ['database', 999, ownedBy(998), '998:998'],
  ])('fails where another may: %s, which is %d', (part, id, props, owner) => {
    expect(said(refused(over(part, props)))).toBe(
      `HarborOwner: '${part}' must be on a folder of UID or GID ${id}, got claim 'shop-f' on one of ${owner}; give the export that owner, or squash 'all'`,
    );
  });

  test('fails as a database where all is made another user, and not as another part', () => {
    expect(refused(over('database', squashing(10000))).code).toBe('HarborDatabaseNfs');
    expect(() => harbor(over('redis', squashing(10000)))).not.toThrow();
  });

  test('fails as a database of its own user under csi-driver-nfs, where root has to look in', () => {
    expect(refused(over('database', ownedBy(999), 'csi')).code).toBe('HarborDatabaseNfs');
    const trusting = { squash: 'none', trustClientRoot: true, ...ownedBy(999) };
    expect(() => harbor(over('database', trusting, 'csi'))).not.toThrow();
  });
});

test('a database on a disk says nothing of NFS', () => {
  const disk: GivenProps = (_, chart) => ({ from: new SampleClass(chart, 'd', DISK) });
  expect(() => harbor(on(disk))).not.toThrow();
});
