import type { Labels } from '../../src/kube/label-selector';
import { NFS_CSI_PARAMETERS, nfsCsiParameterProblems } from '../../src/nfs/csi/limits';

const EXPORT = { server: '172.26.1.10', share: '/mnt/shared' };

function problems(parameters: Labels) {
  return nfsCsiParameterProblems({ ...EXPORT, ...parameters });
}

describe('parameters that the driver takes have no problem', () => {
  test.each<[string, Labels]>([
    ['the export alone', {}],
    [
      'in any case',
      { subdir: '${pv.metadata.name}', ONDELETE: 'Retain', MountPermissions: '0755' },
    ],
    ['empty where they may be left out', { subDir: '', onDelete: '', mountPermissions: '' }],
    ['a folder with slashes in front', { subDir: '/${pv.metadata.name}' }],
    ['owners, as releases after v4.13.4 do', { uid: '0', gid: '2147483647' }],
    [
      'keys that the sidecars take away',
      {
        'csi.storage.k8s.io/provisioner-secret-name': 'mount-options',
        'csi.storage.k8s.io/provisioner-secret-namespace': 'default',
      },
    ],
  ])('%s', (_, parameters) => {
    expect(problems(parameters)).toEqual([]);
  });
});

describe('parameters that the driver refuses fail', () => {
  test.each<[string, string, Labels]>([
    ['server', 'must be set', { server: '' }],
    ['share', 'must be set', { share: '' }],
    ['share', "must be an absolute path, got 'mnt'", { share: 'mnt' }],
    [
      'subDir',
      "must not have '..' in it, got 'a/../${pv.metadata.name}'",
      { subDir: 'a/../${pv.metadata.name}' },
    ],
    [
      'mountPermissions',
      "must be a mode of up to four octal digits such as '0770', or '0' to leave it, got '0o7'",
      { mountPermissions: '0o7' },
    ],
    [
      'onDelete',
      "must be 'delete', 'retain' or 'archive', got 'retian'; did you mean 'retain'?",
      { onDelete: 'retian' },
    ],
    ['uid', "must be a whole number from 0 to 2147483647, got '2147483648'", { uid: '2147483648' }],
    ['gid', "must be a whole number from 0 to 2147483647, got 'users'", { gid: 'users' }],
    [
      'subPath',
      "is no parameter of the driver, which refuses it; it takes 'server', 'share', 'subDir', 'mountPermissions' or 'onDelete'",
      { subPath: 'a' },
    ],
    [
      'onDelet',
      "is no parameter of the driver, which refuses it; did you mean 'onDelete'?",
      { onDelet: 'retain' },
    ],
    [
      'mountOptions',
      "is no parameter of the driver, which refuses it; it takes 'server', 'share', 'subDir', 'mountPermissions' or 'onDelete'",
      { mountOptions: 'hard' },
    ],
  ])('for %s %s', (parameter, problem, parameters) => {
    expect(problems(parameters)).toEqual([{ parameter, problem, refused: true }]);
  });
});

describe('parameters that lose data fail, though the driver takes them', () => {
  test.each<[string, RegExp, Labels]>([
    ['share', /^must not have '#' in it, got '\/a#b'/, { share: '/a#b' }],
    [
      'subDir',
      /^must not have '#' in it, got '\$\{pv.metadata.name\}#'/,
      { subDir: '${pv.metadata.name}#' },
    ],
    ['subDir', /^must have '\$\{pv.metadata.name\}', or .*got 'a'/, { subDir: 'a' }],
    [
      'subDir',
      /^must have no placeholders but .*got '\$\{pv.name\}'/,
      { subDir: '${pv.name}', onDelete: 'retain' },
    ],
    ['server', /^must be an IPv4 or IPv6 address/, { server: 'nas:2049' }],
    ['subDir', /^must be there once, got 'subdir' too$/, { subDir: '', subdir: 'a' }],
  ])('for %s %s', (parameter, problem, parameters) => {
    expect(problems(parameters)).toEqual([
      { parameter, problem: expect.stringMatching(problem), refused: false },
    ]);
  });
});

test('several problems are all told', () => {
  const found = nfsCsiParameterProblems({ subDir: 'a', path: '/mnt' });
  expect(found.map(({ parameter }) => parameter)).toEqual(['path', 'server', 'share', 'subDir']);
});

test('names that objects inherit are no parameters', () => {
  expect(problems({ constructor: 'a', toString: 'b' }).map(({ refused }) => refused)).toEqual([
    true,
    true,
  ]);
});

test('the parameters are those of the driver', () => {
  expect(NFS_CSI_PARAMETERS).toEqual(['server', 'share', 'subDir', 'mountPermissions', 'onDelete']);
});
