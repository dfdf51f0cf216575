import type { Chart } from 'cdk8s';
import type { IStorageClass, NfsTraits, VolumeOwner } from '../../src/claims/contracts';
import { NfsStorageClass } from '../../src/nfs/nfs-storage-class';
import { NfsVolume } from '../../src/nfs/nfs-volume';
import { objectAt } from '../support/json';
import { chartObjects, objectOf } from '../support/synth';
import { dataOf, statefulApp } from './stateful-app';
import { podOf, refusedApp } from './upload-app';

const IMPOSED: VolumeOwner = { uid: 1001, gid: 2001, imposed: true };
const OF_FOLDER: VolumeOwner = { uid: 1001, gid: 2001, imposed: false };

/** What a server says that makes this the owner. */
function usersOf({ uid, gid, imposed }: VolumeOwner): NfsTraits {
  return imposed
    ? { squash: 'all', anonUid: uid, anonGid: gid }
    : { squash: 'root', folderOwner: { uid, gid } };
}

function volume(chart: Chart, owner?: VolumeOwner, id = 'uploads'): NfsVolume {
  return new NfsVolume(chart, id, {
    server: '172.26.1.10',
    path: `/mnt/${id}`,
    capacity: '10Gi',
    ...(owner && { users: usersOf(owner) }),
  });
}

function nfsClass(chart: Chart, owner: VolumeOwner): IStorageClass {
  return new NfsStorageClass(chart, 'nfs', {
    server: '172.26.1.10',
    share: '/mnt',
    users: usersOf(owner),
  });
}

/** What the pods of an upload app run as. */
function runsAs(
  owner: VolumeOwner | undefined,
  props: { readonly runAsUser?: number; readonly runAsGroup?: number } = {},
): unknown {
  const pod = podOf((chart) => ({
    ...props,
    uploads: { claim: volume(chart, owner), mountPath: '/data' },
  }));
  return objectAt(pod, 'securityContext');
}

describe('an app over a volume that knows its owner', () => {
  test.each([
    [undefined, {}, 1000, 1000],
    [IMPOSED, {}, 1001, 2001],
    [IMPOSED, { runAsUser: 1001 }, 1001, 2001],
    [IMPOSED, { runAsUser: 1001, runAsGroup: 2001 }, 1001, 2001],
    [OF_FOLDER, {}, 1001, 2001],
    [OF_FOLDER, { runAsUser: 5 }, 5, 2001],
    [OF_FOLDER, { runAsGroup: 6 }, 1001, 6],
    [OF_FOLDER, { runAsUser: 5, runAsGroup: 6 }, 5, 6],
  ])('%j with %j runs as %s:%s', (owner, props, uid, gid) => {
    expect(runsAs(owner, props)).toMatchObject({ runAsUser: uid, runAsGroup: gid });
  });

  test.each([
    [{ runAsUser: 1000 }, "'runAsUser' must be 1001", 1000],
    [{ runAsUser: 1001, runAsGroup: 1001 }, "'runAsGroup' must be 2001", 1001],
    [{ runAsUser: 0, runAsNonRoot: false }, "'runAsUser' must be 1001", 0],
  ])('fails with %j where the owner is imposed', (props, must, got) => {
    expect(
      refusedApp((chart) => ({
        ...props,
        uploads: { claim: volume(chart, IMPOSED), mountPath: '/data' },
      })),
    ).toEqual({
      code: 'VolumeOwner',
      path: 'shop/web',
      message: `shop/web: ${must}, which claim 'shop-uploads' makes the owner of all that is written to it, got ${got}; leave it out`,
    });
  });

  const two = (chart: Chart, owner: VolumeOwner, other: VolumeOwner) => ({
    uploads: { claim: volume(chart, owner), mountPath: '/data' },
    volumes: [{ storage: volume(chart, other, 'media'), mountPath: '/media' }],
  });

  test('runs as the one that is imposed, wherever it is', () => {
    const folder: VolumeOwner = { uid: 7, gid: 7, imposed: false };
    for (const props of [
      (chart: Chart) => two(chart, folder, IMPOSED),
      (chart: Chart) => two(chart, IMPOSED, folder),
      (chart: Chart) => two(chart, IMPOSED, IMPOSED),
    ]) {
      expect(objectAt(podOf(props), 'securityContext')).toMatchObject({
        runAsUser: 1001,
        runAsGroup: 2001,
      });
    }
  });

  test.each([
    { uid: 1001, gid: 7, imposed: true },
    { uid: 7, gid: 2001, imposed: true },
  ])('fails where two are imposed: %j', (other) => {
    expect(refusedApp((chart) => two(chart, IMPOSED, other))).toEqual({
      code: 'VolumeOwner',
      path: 'shop/web',
      message: `shop/web: volumes must make one UID and GID the owner of all that is written, got 1001:2001 of claim 'shop-uploads' and ${other.uid}:${other.gid} of claim 'shop-media'; export them alike, or mount one of them in another app`,
    });
  });

  test('fails where the owner is nobody', () => {
    const owner = { uid: -1, gid: 1, imposed: false };
    expect(
      refusedApp((chart) => ({ uploads: { claim: volume(chart, owner), mountPath: '/data' } })),
    ).toEqual({
      code: 'PropType',
      path: 'shop/uploads',
      message:
        "shop/uploads: 'users.folderOwner.uid' must be a whole number from 0 to 2147483647, got -1",
    });
  });
});

describe('a StatefulApp over storage that knows its owner', () => {
  function securityOf(props: (chart: Chart) => Parameters<typeof statefulApp>[1]): unknown {
    const objects = chartObjects((chart) => {
      statefulApp(chart, props(chart));
    });
    return objectAt(objectOf(objects, 'StatefulSet').spec, 'template', 'spec', 'securityContext');
  }

  test('runs as that, by its class', () => {
    expect(securityOf((chart) => ({ storage: [dataOf(nfsClass(chart, IMPOSED))] }))).toMatchObject({
      runAsUser: 1001,
      runAsGroup: 2001,
    });
  });

  test('runs as that, by a claim that it mounts', () => {
    expect(
      securityOf((chart) => ({
        volumes: [{ storage: volume(chart, IMPOSED), mountPath: '/media' }],
      })),
    ).toMatchObject({ runAsUser: 1001, runAsGroup: 2001 });
  });

  test('fails as another', () => {
    expect(() =>
      securityOf((chart) => ({ storage: [dataOf(nfsClass(chart, IMPOSED))], runAsUser: 70 })),
    ).toThrow(
      "shop/db: 'runAsUser' must be 1001, which class 'shop-shop-nfs' makes the owner of all that is written to it, got 70; leave it out",
    );
  });
});

describe('the owner of the files on an NFS server', () => {
  const ownerOf = (users: NfsTraits, accessMode: 'ReadWriteMany' | 'ReadOnlyMany') => {
    let owner: VolumeOwner | undefined;
    chartObjects((chart) => {
      const props = { server: '172.26.1.10', path: '/mnt', capacity: '10Gi', users } as const;
      owner = new NfsVolume<typeof accessMode>(chart, 'uploads', { ...props, accessMode }).traits
        ?.owner;
    });
    return owner;
  };

  test.each([
    [{}, undefined],
    [{ squash: 'all' }, undefined],
    [{ squash: 'all', anonUid: 5 }, undefined],
    [
      { squash: 'all', anonUid: 5, anonGid: 6 },
      { uid: 5, gid: 6, imposed: true },
    ],
    [{ squash: 'root', anonUid: 5, anonGid: 6 }, undefined],
    [{ folderOwner: { uid: 5, gid: 6 } }, { uid: 5, gid: 6, imposed: false }],
    [{ folderOwner: { uid: 0, gid: 6 } }, undefined],
    [{ squash: 'all', anonUid: 0, anonGid: 6 }, undefined],
  ] as const)('with %j is %j', (users, owner) => {
    expect(ownerOf(users, 'ReadWriteMany')).toEqual(owner);
  });

  test('is imposed on nothing where nothing is written', () => {
    expect(ownerOf({ squash: 'all', anonUid: 5, anonGid: 6 }, 'ReadOnlyMany')).toEqual({
      uid: 5,
      gid: 6,
      imposed: false,
    });
  });
});
