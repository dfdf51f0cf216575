import type { NfsTraits } from '../../../src/claims/contracts';
import { VolumePool } from '../../../src/claims/volume-pool';
import { NfsStorageClass } from '../../../src/nfs/nfs-storage-class';
import { NfsSubdirProvisioner } from '../../../src/nfs/nfs-subdir-provisioner';
import { NfsVolume } from '../../../src/nfs/nfs-volume';
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

test('a database on a disk says nothing of NFS', () => {
  const disk: GivenProps = (_, chart) => ({ from: new SampleClass(chart, 'd', DISK) });
  expect(() => harbor(on(disk))).not.toThrow();
});
