import type { Construct } from 'constructs';
import fc from 'fast-check';
import { labelOfPath } from '../../src/kube/names';
import { RECLAIM_POLICIES } from '../../src/kube/objects';
import { NFS_ON_DELETE } from '../../src/nfs/csi/limits';
import { NFS_ACCESS_MODES } from '../../src/nfs/limits';
import { NfsStorageClass } from '../../src/nfs/nfs-storage-class';
import { NfsSubdirProvisioner } from '../../src/nfs/nfs-subdir-provisioner';
import { NfsVolume } from '../../src/nfs/nfs-volume';
import type { NfsExport } from '../../src/nfs/server/nfs-export';
import { NfsServer } from '../../src/nfs/server/nfs-server';
import { NFS_DRIVERS } from '../../src/nfs/source';
import { NFS_SUBDIR_ON_DELETE } from '../../src/nfs/subdir/limits';
import { CLASS_CLAIM, STATIC_VOLUME } from './claims';
import { type Subject, textOf } from './holds';
import { asIs } from './parts';
import * as values from './values';

const { FLAG, FOLDER, LABELS, NAME, propsOf, SIZE } = values;

const SERVER = fc.constantFrom(
  ...['10.0.0.1', 'fd00::1', 'nas.example.com', 'NAS', 'nas', 'nfs.storage.svc.cluster.local'],
);
const OPTION = fc.constantFrom(
  ...['hard', 'nfsvers=4.1', 'nfsvers=3', 'timeo=600', 'nconnect=16', 'ro', 'noatime', 'proto=udp'],
);
const OPTIONS = fc.uniqueArray(OPTION, { maxLength: 3 });
// As one part: an option that is nearly one of nfs(5) is the author's to say, and the plan's to tell.
const UNCHECKED = fc
  .uniqueArray(fc.constantFrom('context=x', 'timeo=9', 'x'), { maxLength: 2 })
  .map(asIs);

const MOUNT = { mountOptions: OPTIONS, uncheckedMountOptions: UNCHECKED };
const OWN_VOLUME = {
  ...STATIC_VOLUME,
  accessMode: fc.constantFrom(...NFS_ACCESS_MODES),
  driver: fc.constantFrom(...NFS_DRIVERS),
};

/** Props of an NfsVolume, but its server and folder. */
export const NFS_VOLUME = { ...OWN_VOLUME, ...MOUNT, users: values.NFS_USERS };

const volume: Subject = {
  name: 'an NfsVolume',
  bare: fc.constant({ server: 'nas', path: '/srv', capacity: '1Gi' }),
  props: propsOf({ server: SERVER, path: FOLDER, capacity: SIZE }, NFS_VOLUME),
  make: (scope, id, props) => new NfsVolume(scope, id, props),
};

const OWN_CLASS = {
  reclaimPolicy: fc.constantFrom(...RECLAIM_POLICIES),
  isDefault: FLAG,
  name: NAME,
  labels: LABELS,
  subDir: fc.constantFrom(
    ...['${pvc.metadata.namespace}/${pvc.metadata.name}', '${pv.metadata.name}', 'all', '${x}'],
  ),
  mountPermissions: fc.constantFrom('0', '0770', '00000777', '0800'),
  onDelete: fc.constantFrom(...NFS_ON_DELETE),
  allowVolumeExpansion: FLAG,
};

const storageClass: Subject = {
  name: 'an NfsStorageClass',
  bare: fc.constant({ server: 'nas', share: '/srv' }),
  props: propsOf(
    { server: SERVER, share: FOLDER },
    { ...OWN_CLASS, ...MOUNT, users: values.NFS_USERS },
  ),
  make: (scope, id, props) => new NfsStorageClass(scope, id, props),
};

const classClaim: Subject = {
  name: 'a claim of an NfsStorageClass',
  bare: fc.constant({ size: '1Gi' }),
  props: propsOf({ size: SIZE }, CLASS_CLAIM),
  make: (scope, id, props) =>
    new NfsStorageClass(scope, `${textOf(id)}-class`, { server: 'nas', share: '/s' }).claim(
      scope,
      id,
      props,
    ),
};

const OWN_PROVISIONER = {
  name: values.LABEL_NAME,
  namespace: values.NAMESPACE,
  className: NAME,
  provisionerName: fc.constantFrom('example.com/nfs', 'Example.com/NFS', 'nfs'),
  archiveOnDelete: FLAG,
  onDelete: fc.constantFrom(...NFS_SUBDIR_ON_DELETE),
  pathPattern: fc.constantFrom('${.PVC.namespace}-${.PVC.name}', '${.PVC.name}', 'x/${.PVC.name}'),
  allowUnsafePathPattern: FLAG,
  reclaimPolicy: fc.constantFrom(...RECLAIM_POLICIES),
  isDefault: FLAG,
  allowVolumeExpansion: FLAG,
  image: values.IMAGE,
  imagePullSecrets: fc.array(NAME, { maxLength: 2 }),
  resources: values.RESOURCES,
  nodeLabels: LABELS,
  labels: LABELS,
};

const provisioner: Subject = {
  name: 'an NfsSubdirProvisioner',
  bare: fc.record({ server: fc.constant('nas'), path: fc.constant('/srv') }),
  props: propsOf(
    { server: SERVER, path: FOLDER },
    { ...OWN_PROVISIONER, ...MOUNT, users: values.NFS_USERS },
  ),
  make: (scope, id, props) => new NfsSubdirProvisioner(scope, id, props),
};

/** Names that no other provisioner has. */
const ownNames = (id: string) => ({ name: labelOfPath([id]), className: labelOfPath([id]) });

const provisionerClaim: Subject = {
  name: 'a claim of an NfsSubdirProvisioner',
  bare: fc.constant({ size: '1Gi' }),
  props: propsOf({ size: SIZE }, CLASS_CLAIM),
  make: (scope, id, props) =>
    new NfsSubdirProvisioner(scope, `${textOf(id)}-provisioner`, {
      server: '10.0.0.1',
      path: '/s',
      namespace: 'nfs',
      ...ownNames(textOf(id)),
    }).claim(scope, id, props),
};

const ID = fc.constantFrom(1, 1000, 65534, 2 ** 31 - 1);
const EXPORT = fc.oneof(
  propsOf({}, { access: fc.constantFrom('rw', 'ro'), async: FLAG }),
  propsOf({ squash: fc.constant('all'), anonUid: ID, anonGid: ID }, { async: FLAG }),
  propsOf(
    { squash: fc.constant('none'), trustClientRoot: fc.constant(true) },
    { owner: fc.record({ uid: ID, gid: ID }) },
  ),
);
const CLIENTS = fc.constantFrom<readonly string[]>(
  ...Array.from({ length: 6 }, () => ['10.0.0.0/8']),
  ['10.0.0.0/8', 'fd00::/8'],
  ['*'],
  ['10.0.0.1', '10.0.0.1/32'],
);

const exportsOf = (paths: readonly string[]) =>
  fc
    .tuple(
      ...paths.map(() =>
        fc
          .tuple(EXPORT, CLIENTS, fc.constantFrom(undefined, 1, 2))
          .map(([props, clients, fsid]) => ({ ...(props as object), clients, fsid })),
      ),
    )
    .map((all) =>
      Object.fromEntries(
        all.map((props, index) => [
          index === 0 ? 'main' : `e${index}`,
          { path: paths[index], ...props },
        ]),
      ),
    );

const server: Subject = {
  name: 'an NfsServer',
  bare: fc.constant({
    host: 'nas',
    exports: { main: { path: '/srv/nfs/a', clients: ['10.0.0.0/8'] } },
  }),
  props: propsOf(
    {
      host: SERVER,
      exports: fc.oneof(
        { weight: 4, arbitrary: exportsOf(['/srv/nfs/a']) },
        exportsOf(['/srv/nfs/a', '/srv/nfs/b']),
        exportsOf(['/srv/nfs', '/srv/nfs/b']),
      ),
    },
    {
      name: values.LABEL_NAME,
      version: fc.constantFrom('3', '4'),
      ports: fc.record({ mountd: fc.constantFrom(1024, 20048, 65535) }),
      disk: propsOf(
        { device: fc.constantFrom('/dev/sdb', '/dev/x y'), mountPath: fc.constant('/srv/nfs') },
        { fileSystem: fc.constantFrom('ext4', 'xfs'), label: fc.constantFrom('a', 'nfs-exports') },
      ),
    },
  ),
  make: (scope, id, props) => {
    const made = new NfsServer(scope, id, props);
    // Texts for the host, which are lines of their own files.
    expect(made.exportsText).not.toMatch(/undefined|\[object /);
    expect(made.userData).not.toMatch(/undefined|\[object /);
    const main = made.export('main') as NfsExport;
    main.volume(scope, `${textOf(id)}-volume`, { capacity: '1Gi', ...inShop } as never);
  },
};

const inShop = { namespace: 'shop' } as const;

const exported = (scope: Construct, id: string) =>
  new NfsServer(scope, `${textOf(id)}-server`, {
    host: '10.0.0.9',
    exports: {
      all: { path: '/a', clients: ['10.0.0.0/8'], squash: 'all', anonUid: 1000, anonGid: 1000 },
    },
  }).export('all');

const FURTHER = { furtherMountOptions: fc.uniqueArray(OPTION, { maxLength: 2 }) };

const exportedVolume: Subject = {
  name: "a volume of an NfsServer's export",
  bare: fc.constant({ capacity: '1Gi' }),
  props: propsOf({ capacity: SIZE }, { ...OWN_VOLUME, ...FURTHER }),
  make: (scope, id, props) => exported(scope, id).volume(scope, id, props),
};

const exportedProvisioner: Subject = {
  name: "a provisioner of an NfsServer's export",
  bare: fc.constant({}),
  props: propsOf({}, { ...OWN_PROVISIONER, ...FURTHER }),
  make: (scope, id, props) => exported(scope, id).provisioner(scope, id, props),
};

const exportedClass: Subject = {
  name: "a class of an NfsServer's export",
  bare: fc.constant({}),
  props: propsOf({}, { ...OWN_CLASS, ...FURTHER }),
  make: (scope, id, props) => exported(scope, id).storageClass(scope, id, props),
};

/** The constructs of NFS. */
export const NFS: readonly Subject[] = [
  volume,
  storageClass,
  classClaim,
  provisioner,
  provisionerClaim,
  server,
  exportedVolume,
  exportedProvisioner,
  exportedClass,
];
