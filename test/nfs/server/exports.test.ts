import { refusal } from '../../support/refusal';
import { readExportsFile } from './exports-file';
import { exporting, serverOf, UPLOADS } from './sample-server';

/** The options that clients of a sole export get. */
function optionsOf(props: Readonly<Record<string, unknown>>): unknown {
  return readExportsFile(exporting(props).exportsText)[0]?.clients[0]?.options;
}

function refused(props: Readonly<Record<string, unknown>>) {
  return refusal(() => exporting(props));
}

/** The refusal of one prop of the export. */
function refusedProp(code: string, rest: string) {
  return { code, path: 'shop/files', message: `shop/files: 'exports.uploads.${rest}` };
}

describe('the path of an export', () => {
  test.each([
    '/exports',
    '/srv/nfs',
    '/srv/a b/ü#"\\',
    '/var/nfs/general',
    '/var/lib/exports',
    '/mnt/shared',
    '/home/ann',
    '/usrlocal',
    '/etcetera/x',
    '/srv/..a/.b',
    `/${'a'.repeat(1023)}`,
  ])('may be %s, and is read back', (path) => {
    expect(readExportsFile(exporting({ path }).exportsText)[0]?.path).toBe(path);
  });

  test.each([
    ['srv/nfs', "path' must be an absolute path, got 'srv/nfs'"],
    ['/srv/../etc', "path' must not have '..' in it, got '/srv/../etc'"],
    ['/srv/a\nb', "path' must not have control characters in it, got '/srv/a\\nb'"],
    ['/srv/a\u2028b', "path' must be text on one line, got '/srv/a\\u2028b'"],
    ['/srv/a\u2029b', "path' must be text on one line, got '/srv/a\\u2029b'"],
    ['/srv/a\uFFFEb', "path' must be text on one line, got '/srv/a\uFFFEb'"],
    ['/srv/a\uD800', "path' must be text on one line, got '/srv/a\\ud800'"],
    ['/', "path' must be a folder below '/', got '/'; the whole system would be exported"],
    ['//', "path' must be written without '.', '//' and '/' at its end, got '//'; write '/'"],
    [
      '/srv/nfs/',
      "path' must be written without '.', '//' and '/' at its end, got '/srv/nfs/'; write '/srv/nfs'",
    ],
    [
      '/srv//./nfs',
      "path' must be written without '.', '//' and '/' at its end, got '/srv//./nfs'; write '/srv/nfs'",
    ],
    [`/${'ü'.repeat(512)}`, "path' must be at most 1024 bytes long, got 1025"],
    [
      '/etc/nfs',
      "path' must not be in '/etc', which is the system's, got '/etc/nfs'; take one such as '/srv/nfs/uploads'",
    ],
    [
      '/usr',
      "path' must not be in '/usr', which is the system's, got '/usr'; take one such as '/srv/nfs/uploads'",
    ],
    [
      '/var/lib/nfs/v4recovery',
      "path' must not be in '/var/lib/nfs', which is the system's, got '/var/lib/nfs/v4recovery'; take one such as '/srv/nfs/uploads'",
    ],
    [
      '/home',
      "path' must be a folder of its own, got '/home', which others use; take one such as '/srv/nfs/uploads'",
    ],
    [
      '/var/lib',
      "path' must be a folder of its own, got '/var/lib', which others use; take one such as '/srv/nfs/uploads'",
    ],
  ])('fails as %j', (path, rest) => {
    expect(refused({ path })).toEqual(refusedProp('NfsExportPath', rest));
  });

  const beside = (path: string) => ({
    exports: { uploads: UPLOADS, other: { ...UPLOADS, path } },
  });

  test('may begin like another', () => {
    expect(serverOf(beside('/srv/nfs/uploads2')).export('other').path).toBe('/srv/nfs/uploads2');
  });

  test.each([
    [
      '/srv/nfs/uploads',
      "'exports.other.path' must be a folder of its own, got '/srv/nfs/uploads', which 'uploads' has; give one export all clients",
    ],
    [
      '/srv/nfs/uploads/a',
      "'exports.other.path' must not lie in another export, got '/srv/nfs/uploads/a' in '/srv/nfs/uploads' of 'uploads'; put them side by side",
    ],
    [
      '/srv/nfs',
      "'exports.uploads.path' must not lie in another export, got '/srv/nfs/uploads' in '/srv/nfs' of 'other'; put them side by side",
    ],
  ])('fails as %s beside another', (path, reason) => {
    expect(refusal(() => serverOf(beside(path)))).toEqual({
      code: 'NfsExportPath',
      path: 'shop/files',
      message: `shop/files: ${reason}`,
    });
  });
});

describe('the clients of an export', () => {
  test.each([
    [['172.26.0.0/16', 'fd00:26::/64']],
    [['172.26.1.11/32', '172.26.1.12/32', '172.26.0.0/16']],
    [['0.0.0.0/1']],
  ])('may be %j', (clients) => {
    const [entry] = readExportsFile(exporting({ clients }).exportsText);
    expect(entry?.clients.map(({ client }) => client)).toEqual(clients);
  });

  test.each([
    [['0.0.0.0/0'], ['0.0.0.0/0']],
    [['::/0'], ['::/0']],
    [['*'], ['*']],
    [[], ['*']],
    [
      ['10.0.0.0/8', '*'],
      ['10.0.0.0/8', '*'],
    ],
  ])('may be %j where it is said twice', (clients, written) => {
    const server = exporting({ clients, openToEveryone: true });
    const [entry] = readExportsFile(server.exportsText);
    expect(entry?.clients.map(({ client }) => client)).toEqual(written);
  });

  const SAY_TWICE =
    ": any machine could mount it; set 'openToEveryone' as well where that is meant";

  test.each([
    [['0.0.0.0/0'], `clients' must be the networks of the nodes, got ["0.0.0.0/0"]${SAY_TWICE}`],
    [['::/0'], `clients' must be the networks of the nodes, got ["::/0"]${SAY_TWICE}`],
    [['*'], `clients' must be the networks of the nodes, got ["*"]${SAY_TWICE}`],
    [[], `clients' must be the networks of the nodes, got none${SAY_TWICE}`],
    [
      ['0.0.0.0/1', '128.0.0.0/1'],
      `clients' must be the networks of the nodes, got ["0.0.0.0/1","128.0.0.0/1"]${SAY_TWICE}`,
    ],
    [
      ['10.0.0.0/8', 'nodes.example.com'],
      "clients[1]' must be a network such as '172.26.0.0/16' or 'fd00:26::/64', got 'nodes.example.com'; names are not taken",
    ],
    [
      ['10.0.0.1/8'],
      "clients[0]' must have no bits set beyond its prefix, got '10.0.0.1/8'; write '10.0.0.0/8'",
    ],
    [
      ['fd00::/64', '10.0.0.0/8', 'fd00:0::/64'],
      "clients[2]' must be a network of its own, got 'fd00:0::/64' again",
    ],
  ])('fail as %j', (clients, rest) => {
    for (const openToEveryone of [undefined, false]) {
      expect(refused({ clients, openToEveryone })).toEqual(refusedProp('NfsClients', rest));
    }
  });

  test('fail where they are not everyone although that is said', () => {
    expect(refused({ openToEveryone: true })).toEqual(
      refusedProp(
        'NfsClients',
        `clients' must be '*', '0.0.0.0/0', '::/0' or none beside 'openToEveryone', got ["172.26.0.0/16"]; leave 'openToEveryone' out`,
      ),
    );
  });
});

describe('the options of an export', () => {
  const fsid = '42824737-8611-85a6-afc1-f656376c1124';
  const always = { sync: true, no_subtree_check: true, fsid };

  test.each([
    [{}, { ...always, rw: true, root_squash: true }],
    [
      { access: 'rw', squash: 'root' },
      { ...always, rw: true, root_squash: true },
    ],
    [{ access: 'ro' }, { ...always, ro: true, root_squash: true }],
    [
      { squash: 'all', anonUid: 1, anonGid: 2147483647 },
      { ...always, rw: true, all_squash: true, anonuid: '1', anongid: '2147483647' },
    ],
    [
      { squash: 'none', trustClientRoot: true },
      { ...always, rw: true, no_root_squash: true },
    ],
    [{ async: true }, { rw: true, async: true, no_subtree_check: true, root_squash: true, fsid }],
    [{ async: false }, { ...always, rw: true, root_squash: true }],
    [{ fsid: 1 }, { ...always, rw: true, root_squash: true, fsid: '1' }],
    [{ fsid: 2147483647 }, { ...always, rw: true, root_squash: true, fsid: '2147483647' }],
  ])('with %j', (props, options) => {
    expect(optionsOf(props)).toEqual(options);
  });

  test('have an fsid that depends on the path alone', () => {
    const fsidOf = (props: Readonly<Record<string, unknown>>) =>
      (optionsOf(props) as { readonly fsid: string }).fsid;
    expect(fsidOf({ access: 'ro', clients: ['10.0.0.0/8'] })).toBe(fsid);
    expect(fsidOf({ path: '/srv/nfs/upload' })).not.toBe(fsid);
    expect(fsid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test.each([
    [{ squash: 'all' }, 'NfsSquash', "anonUid' must be set beside squash 'all', got undefined"],
    [
      { squash: 'all', anonUid: 1000 },
      'NfsSquash',
      "anonGid' must be set beside squash 'all', got undefined",
    ],
    [
      { anonUid: 1000 },
      'NfsSquash',
      "anonUid' must be left out beside squash 'root', got 1000; it is for squash 'all'",
    ],
    [
      { squash: 'none', trustClientRoot: true, anonGid: 1000 },
      'NfsSquash',
      "anonGid' must be left out beside squash 'none', got 1000; it is for squash 'all'",
    ],
    [
      { squash: 'all', anonUid: 1, anonGid: 1, owner: { uid: 1, gid: 1 } },
      'NfsSquash',
      `owner' must be left out beside squash 'all', got {"uid":1,"gid":1}; the folder is of 'anonUid' and 'anonGid'`,
    ],
    [
      { squash: 'none' },
      'NfsSquash',
      "trustClientRoot' must be true beside squash 'none', got undefined: root of every client is root on the export",
    ],
    [
      { squash: 'none', trustClientRoot: false },
      'NfsSquash',
      "trustClientRoot' must be true beside squash 'none', got false: root of every client is root on the export",
    ],
    [
      { trustClientRoot: true },
      'NfsSquash',
      "trustClientRoot' must be left out beside squash 'root', got true; it is for squash 'none'",
    ],
    [
      { access: 'ro', async: true },
      'NfsAsync',
      "async' must be left out where clients only read, got true",
    ],
    [
      { access: 'ro', async: false },
      'NfsAsync',
      "async' must be left out where clients only read, got false",
    ],
    [
      { squash: 'all', anonUid: 0, anonGid: 1 },
      'PropType',
      "anonUid' must be a whole number from 1 to 2147483647, got 0",
    ],
    [
      { squash: 'all', anonUid: 1, anonGid: 2147483648 },
      'PropType',
      "anonGid' must be a whole number from 1 to 2147483647, got 2147483648",
    ],
    [{ fsid: 0 }, 'PropType', "fsid' must be a whole number from 1 to 2147483647, got 0"],
    [
      { fsid: 2147483648 },
      'PropType',
      "fsid' must be a whole number from 1 to 2147483647, got 2147483648",
    ],
    [
      { squash: 'rot' },
      'PropType',
      "squash' must be 'root', 'all' or 'none', got 'rot'; did you mean 'root'?",
    ],
    [
      { owner: { uid: -1, gid: 1 } },
      'PropType',
      "owner.uid' must be a whole number from 0 to 2147483647, got -1",
    ],
  ])('fail with %j', (props, code, rest) => {
    expect(refused(props)).toEqual(refusedProp(code, rest));
  });

  test('fail where two exports have one fsid', () => {
    const exports = {
      a: { path: '/srv/nfs/a', clients: ['10.0.0.0/8'], fsid: 7 },
      b: { path: '/srv/nfs/b', clients: ['10.0.0.0/8'], fsid: 7 },
    };
    expect(refusal(() => serverOf({ exports }))).toEqual({
      code: 'NfsFsid',
      path: 'shop/files',
      message:
        "shop/files: 'exports.b.fsid' must be a number of its own, got 7, which 'a' has; clients would take one export for the other",
    });
  });
});
