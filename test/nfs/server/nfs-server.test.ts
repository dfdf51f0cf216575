import { ApiObject } from 'cdk8s';
import { refusal } from '../../support/refusal';
import { SERVERS, serverOf, UPLOADS } from './sample-server';

describe('an NfsServer', () => {
  test('has host, version and one port by default', () => {
    expect(SERVERS.plain()).toMatchObject({
      host: '172.26.1.10',
      version: '4',
      ports: [{ port: 2049, protocol: 'TCP', sources: ['172.26.0.0/16'], service: 'nfs' }],
    });
  });

  test('renders no object', () => {
    const objects = SERVERS.plain().node.root.node.findAll().filter(ApiObject.isApiObject);
    expect(objects).toEqual([]);
  });

  test.each(['172.26.1.10', 'fd00::1', 'nas.example.com'])('may be at %s', (host) => {
    expect(serverOf({ host }).host).toBe(host);
  });

  test.each([
    [
      'host:2049',
      "'host' must be an IPv4 or IPv6 address or a DNS name, without port and path, got 'host:2049'",
    ],
    [
      'nfs.storage.svc',
      "'host' must be an address or a name that the nodes resolve, got 'nfs.storage.svc'; the kubelet does not resolve names of Services: use the address of the host",
    ],
  ])('fails at %s', (host, reason) => {
    expect(refusal(() => serverOf({ host }))).toEqual({
      code: 'NfsServer',
      path: 'shop/files',
      message: `shop/files: ${reason}`,
    });
  });

  test.each([
    [{ exports: {} }, 'PropType', 'got {}'],
    [{ exports: { Uploads: UPLOADS } }, 'PropType', 'got {"Uploads"'],
    [{ exports: [] }, 'PropType', 'got []'],
  ])('fails with %j', (props, code, got) => {
    const { message, ...rest } = refusal(() => serverOf(props));
    expect(rest).toEqual({ code, path: 'shop/files' });
    expect(message).toContain(
      `shop/files: 'exports' must be exports by name (lower case letters, digits and '-', at most 63), each an object with 'path' and 'clients'; at least one, ${got}`,
    );
  });

  test.each([
    [{ hots: 'a' }, 'PropUnknown', "'hots' is no prop of NfsServer; did you mean 'host'?"],
    [{ version: '4.1' }, 'PropType', "'version' must be '4' or '3', got '4.1'"],
    [{ version: 4 }, 'PropType', "'version' must be '4' or '3', got 4"],
    [
      { exports: { uploads: { ...UPLOADS, acess: 'ro' } } },
      'PropUnknown',
      "'exports.uploads.acess' is no prop of NfsServer; did you mean 'access'?",
    ],
    [
      { exports: { uploads: { path: '/srv/nfs/a' } } },
      'PropMissing',
      "'exports.uploads.clients' must be a list, each a string that is not empty, got undefined",
    ],
  ])('fails with %j', (props, code, reason) => {
    expect(refusal(() => serverOf(props))).toEqual({
      code,
      path: 'shop/files',
      message: `shop/files: ${reason}`,
    });
  });

  test('fails to give an export that there is not', () => {
    const server = SERVERS.many();
    expect(refusal(() => server.export('upload'))).toEqual({
      code: 'NfsExport',
      path: 'shop/files',
      message:
        "shop/files: the export's name must be 'uploads', 'media' or 'dynamic', got 'upload'; did you mean 'uploads'?",
    });
    expect(refusal(() => server.export('toString')).code).toBe('NfsExport');
  });
});

describe('the ports of a server', () => {
  const everyone = ['0.0.0.0/0', '::/0'];

  test('are for the clients of all exports, each network once', () => {
    expect(SERVERS.many().ports).toEqual([
      {
        port: 2049,
        protocol: 'TCP',
        sources: ['172.26.0.0/16', 'fd00:26::/64', '172.26.1.0/24'],
        service: 'nfs',
      },
    ]);
  });

  test('are nine for NFS 3, NFS itself over TCP alone', () => {
    expect(SERVERS.old().ports).toEqual([
      { port: 2049, protocol: 'TCP', sources: everyone, service: 'nfs' },
      { port: 111, protocol: 'TCP', sources: everyone, service: 'rpcbind' },
      { port: 111, protocol: 'UDP', sources: everyone, service: 'rpcbind' },
      { port: 4002, protocol: 'TCP', sources: everyone, service: 'mountd' },
      { port: 4002, protocol: 'UDP', sources: everyone, service: 'mountd' },
      { port: 32765, protocol: 'TCP', sources: everyone, service: 'statd' },
      { port: 32765, protocol: 'UDP', sources: everyone, service: 'statd' },
      { port: 32768, protocol: 'TCP', sources: everyone, service: 'lockd' },
      { port: 32768, protocol: 'UDP', sources: everyone, service: 'lockd' },
    ]);
  });

  test('are those that are asked for, at both ends of the range', () => {
    const { ports } = serverOf({
      version: '3',
      ports: { mountd: 1024, statd: 65535, lockd: 4001 },
    });
    expect(ports.map(({ port }) => port)).toEqual([
      2049, 111, 111, 1024, 1024, 65535, 65535, 4001, 4001,
    ]);
  });

  test.each([
    [
      { version: '3', ports: { mountd: 4001, lockd: 4001 } },
      'NfsPorts',
      "'ports.lockd' must be a port of its own, got 4001, which mountd has",
    ],
    [
      { version: '3', ports: { statd: 20048 } },
      'NfsPorts',
      "'ports.statd' must be a port of its own, got 20048, which mountd has",
    ],
    [
      { version: '3', ports: { mountd: 2049 } },
      'NfsPorts',
      "'ports.mountd' must be a port of its own, got 2049, which NFS itself has",
    ],
    [
      { version: '3', ports: { mountd: 1023 } },
      'PropType',
      "'ports.mountd' must be a whole number from 1024 to 65535, got 1023",
    ],
    [
      { version: '3', ports: { mountd: 65536 } },
      'PropType',
      "'ports.mountd' must be a whole number from 1024 to 65535, got 65536",
    ],
    [
      { ports: { mountd: 4002 } },
      'NfsPorts',
      `'ports' must be left out beside version '4', which has TCP 2049 alone, got {"mountd":4002}`,
    ],
  ])('fail as %j', (props, code, reason) => {
    expect(refusal(() => serverOf(props))).toEqual({
      code,
      path: 'shop/files',
      message: `shop/files: ${reason}`,
    });
  });
});

describe('the exports of a server', () => {
  test('are as exports(5) has them, by default', () => {
    expect(SERVERS.plain().exportsText).toBe(`# uploads
/srv/nfs/uploads 172.26.0.0/16(rw,sync,no_subtree_check,root_squash,fsid=42824737-8611-85a6-afc1-f656376c1124)
`);
  });

  test('are one after another, a client to a line, paths escaped', () => {
    expect(SERVERS.many().exportsText).toBe(`# uploads
/srv/nfs/uploads 172.26.0.0/16(rw,sync,no_subtree_check,all_squash,anonuid=1001,anongid=2001,fsid=42824737-8611-85a6-afc1-f656376c1124,mountpoint=/srv/nfs)

# media
/srv/nfs/\\303\\234ber\\040uns\\040\\0431 172.26.0.0/16(ro,sync,no_subtree_check,root_squash,fsid=7,mountpoint=/srv/nfs) \\
  fd00:26::/64(ro,sync,no_subtree_check,root_squash,fsid=7,mountpoint=/srv/nfs)

# dynamic
/data/dynamic 172.26.1.0/24(rw,async,no_subtree_check,no_root_squash,fsid=22ceb8fc-b5f7-88d1-88e0-4a9d7525fd3e)
`);
  });

  test('are for every machine where that is said twice', () => {
    expect(SERVERS.old().exportsText).toBe(`# pub
/exports/pub *(ro,sync,no_subtree_check,root_squash,fsid=03fe36df-9f5d-8056-a881-0f6ac5e4077d,mountpoint=/exports)
`);
  });
});
