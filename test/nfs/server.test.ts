import { NfsVolume } from '../../src/nfs/nfs-volume';
import { type Refusal, refusal } from '../support/refusal';
import { chartObjects, objectOf } from '../support/synth';

const EXPORT = { path: '/mnt/shared', capacity: '10Gi' } as const;

function sourceOf(server: string, driver?: 'in-tree' | 'csi'): unknown {
  const objects = chartObjects((chart) => {
    new NfsVolume(chart, 'uploads', { ...EXPORT, server, ...(driver && { driver }) });
  });
  return objectOf(objects, 'PersistentVolume').spec;
}

function refused(server: unknown, driver?: 'in-tree' | 'csi'): Refusal {
  return refusal(() => sourceOf(server as string, driver));
}

describe('the server of an NfsVolume', () => {
  test.each([
    '172.26.1.10',
    '127.0.0.1',
    'fd00::1',
    '2001:db8::ff00:42:8329',
    '::ffff:172.26.1.10',
    'nas',
    'nas.example.com',
    'NAS.Example.com',
    '10.example.com',
    'svc.example.com',
    'my-svc.example.com',
  ])('may be %s', (server) => {
    expect(sourceOf(server)).toHaveProperty('nfs.server', server);
  });

  test.each(['nfs.storage.svc', 'nfs.storage.svc.cluster.local', 'nfs.storage.svc.corp.internal'])(
    'may be the name of a Service for the CSI driver: %s',
    (server) => {
      expect(sourceOf(server, 'csi')).toHaveProperty('csi.volumeAttributes.server', server);
    },
  );

  test.each([
    'nfs.storage.svc',
    'nfs.storage.svc.cluster.local',
    'nfs.storage.svc.corp.internal',
    'NFS.Storage.SVC',
    'nfs.storage.svc.cluster.local.',
  ])('fails as the name of a Service for the in-tree driver: %s', (server) => {
    expect(refused(server)).toEqual({
      code: 'NfsServer',
      path: 'shop/uploads',
      message: `shop/uploads: 'server' must be an address or a name that the nodes resolve, got '${server}'; the kubelet does not resolve names of Services: use the Service's clusterIP, or driver 'csi'`,
    });
  });

  test.each([
    '999.1.1.1',
    '1.2.3',
    '10.0.0.1.5',
    'host:2049',
    'host:/path',
    'host/path',
    '172.26.1.10/24',
    '[fd00::1]',
    'fe80::1%eth0',
    'fd00::g',
    'nfs://host',
    'host name',
    'host_name',
    '-host',
    'host..example.com',
    ' 172.26.1.10',
  ])('fails as %s', (server) => {
    for (const driver of ['in-tree', 'csi'] as const) {
      expect(refused(server, driver)).toEqual({
        code: 'NfsServer',
        path: 'shop/uploads',
        message: `shop/uploads: 'server' must be an IPv4 or IPv6 address or a DNS name, without port and path, got '${server}'`,
      });
    }
  });

  test('fails where it is empty', () => {
    expect(refused('')).toEqual({
      code: 'PropType',
      path: 'shop/uploads',
      message: "shop/uploads: 'server' must be a string that is not empty, got ''",
    });
  });
});

describe('the path of an NfsVolume', () => {
  function pathOf(path: unknown): unknown {
    const objects = chartObjects((chart) => {
      new NfsVolume(chart, 'uploads', {
        server: '172.26.1.10',
        capacity: '10Gi',
        path: path as string,
      });
    });
    return objectOf(objects, 'PersistentVolume').spec;
  }

  test.each(['/', '/mnt/shared', '/mnt/shared/', '/a..b/..c', '/with space', '/ünïcode'])(
    'may be %s, and stays as it is',
    (path) => {
      expect(pathOf(path)).toHaveProperty('nfs.path', path);
    },
  );

  test.each([
    ['mnt/shared', "must be an absolute path, got 'mnt/shared'"],
    ['./mnt', "must be an absolute path, got './mnt'"],
    ['..', "must be an absolute path, got '..'"],
    ['172.26.1.10:/mnt', "must be an absolute path, got '172.26.1.10:/mnt'"],
    ['/mnt/../etc', "must not have '..' in it, got '/mnt/../etc'"],
    ['/..', "must not have '..' in it, got '/..'"],
    ['/mnt/shared\n', String.raw`must not have control characters in it, got '/mnt/shared\n'`],
    ['/mnt\u0000', String.raw`must not have control characters in it, got '/mnt\u0000'`],
  ])('fails as %j', (path, problem) => {
    expect(refusal(() => pathOf(path))).toEqual({
      code: 'NfsPath',
      path: 'shop/uploads',
      message: `shop/uploads: 'path' ${problem}`,
    });
  });

  test('fails where it is empty', () => {
    expect(refusal(() => pathOf('')).message).toBe(
      "shop/uploads: 'path' must be a string that is not empty, got ''",
    );
  });
});
