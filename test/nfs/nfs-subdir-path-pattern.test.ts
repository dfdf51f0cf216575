import type { Labels } from '../../src/kube/label-selector';
import { NfsSubdirProvisioner } from '../../src/nfs/nfs-subdir-provisioner';
import type { NfsSubdirProvisionerProps } from '../../src/nfs/nfs-subdir-provisioner-props';
import { nfsSubdirParameterProblems } from '../../src/nfs/subdir/limits';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf } from '../support/synth';

type Use = Pick<NfsSubdirProvisionerProps, 'onDelete' | 'allowUnsafePathPattern'>;

function patternOf(pathPattern: string, use: Use = {}): unknown {
  const objects = chartObjects((chart) => {
    const share = { server: '172.26.1.10', path: '/mnt/shared' };
    new NfsSubdirProvisioner(chart, 'nfs', { ...share, pathPattern, ...use });
  });
  return objectOf(objects, 'StorageClass').parameters;
}

const RETAIN: Use = { onDelete: 'retain' };
const UNSAFE: Use = { allowUnsafePathPattern: true };
const BOTH: Use = { ...RETAIN, ...UNSAFE };
const OWN = '${.PVC.namespace}.${.PVC.name}';
const REMEDY = "; set 'allowUnsafePathPattern' where that is meant";

describe('a path pattern may be', () => {
  test.each<[string, Use]>([
    [OWN, {}],
    ['${.PVC.namespace}-${.PVC.name}', {}],
    [`${OWN}-\${.PVC.labels.app.kubernetes.io/name}`, {}],
    [OWN, { onDelete: 'delete' }],
    ['${.PVC.namespace}/${.PVC.name}', RETAIN],
    ['volumes/${.PVC.namespace}/${.PVC.name}/', RETAIN],
    ['${.PVC.name}', UNSAFE],
    ['uploads', UNSAFE],
    ['team-${.PVC.labels.team}', UNSAFE],
    ['uploads/all', BOTH],
    ['${.PVC.namespace}/${.PVC.annotations.nfs.io/storage-path}', BOTH],
  ])('%s with %j', (pattern, use) => {
    expect(patternOf(pattern, use)).toHaveProperty('pathPattern', pattern);
  });
});

describe('a path pattern fails', () => {
  const NESTED =
    ': the provisioner deletes by the last part of the path alone, leaves this folder and takes another of that name';
  const PLACEHOLDERS =
    "must have no placeholders but '${.PVC.name}', '${.PVC.namespace}', '${.PVC.labels.<key>}' or '${.PVC.annotations.<key>}', got";
  const EMPTY =
    ': for a claim without that label or annotation it is empty, and the volume the whole share';

  test.each<[string, Use, string]>([
    [
      '${.PVC.nam}.${.PVC.namespace}',
      BOTH,
      `${PLACEHOLDERS} '\${.PVC.nam}'; did you mean '\${.PVC.name}'?`,
    ],
    ['${pvc.metadata.name}', BOTH, `${PLACEHOLDERS} '\${pvc.metadata.name}'`],
    [`${OWN}\${.PVC.name`, BOTH, `${PLACEHOLDERS} '\${.PVC.name'; did you mean '\${.PVC.name}'?`],
    [`${OWN}\${.PVC.labels.}`, BOTH, `${PLACEHOLDERS} '\${.PVC.labels.}'`],
    [`${OWN}\${.PVC.labels.a b}`, BOTH, `${PLACEHOLDERS} '\${.PVC.labels.a b}'`],
    [`/${OWN}`, BOTH, `must be a relative path, got '/${OWN}'`],
    [`../${OWN}`, BOTH, `must not have '..' in it, got '../${OWN}'`],
    [
      `${OWN}/.\${.PVC.labels.app}.`,
      BOTH,
      `must not have '..' in it, got '${OWN}/.\${.PVC.labels.app}.', which is that for a claim without the label or annotation`,
    ],
    [
      '${.PVC.labels.app}',
      BOTH,
      `must have '\${.PVC.name}', '\${.PVC.namespace}' or text in it, got '\${.PVC.labels.app}'${EMPTY}`,
    ],
    [
      './${.PVC.annotations.nfs.io/path}',
      BOTH,
      `must have '\${.PVC.name}', '\${.PVC.namespace}' or text in it, got './\${.PVC.annotations.nfs.io/path}'${EMPTY}`,
    ],
    [
      '${.PVC.namespace}/${.PVC.name}',
      UNSAFE,
      `must not have '/' in it unless 'onDelete' is 'retain', got '\${.PVC.namespace}/\${.PVC.name}'${NESTED}`,
    ],
    [
      '${.PVC.namespace}/${.PVC.name}',
      { onDelete: 'delete' },
      `must not have '/' in it unless 'onDelete' is 'retain', got '\${.PVC.namespace}/\${.PVC.name}'${NESTED}`,
    ],
    [
      `${OWN}-\${.PVC.annotations.a}`,
      UNSAFE,
      `must have no annotations in it unless 'onDelete' is 'retain', got '${OWN}-\${.PVC.annotations.a}': with '/' in one the provisioner deletes another folder`,
    ],
    [
      '${.PVC.name}',
      {},
      `must have '\${.PVC.namespace}' and '\${.PVC.name}' in it, got '\${.PVC.name}': claims would share a folder${REMEDY}`,
    ],
    [
      '${.PVC.namespace}',
      RETAIN,
      `must have '\${.PVC.namespace}' and '\${.PVC.name}' in it, got '\${.PVC.namespace}': claims would share a folder${REMEDY}`,
    ],
    [
      `${OWN}/\${.PVC.annotations.a}`,
      RETAIN,
      `must have no annotations in it, got '${OWN}/\${.PVC.annotations.a}': with '..' in one a claim takes any folder of the share${REMEDY}`,
    ],
  ])('as %s with %j', (pattern, use, problem) => {
    expect(refusal(() => patternOf(pattern, use))).toEqual({
      code: 'NfsPathPattern',
      path: 'shop/nfs',
      message: `shop/nfs: 'pathPattern' ${problem}`,
    });
  });

  test('where it is empty', () => {
    expect(refusal(() => patternOf(''))).toEqual({
      code: 'PropType',
      path: 'shop/nfs',
      message: "shop/nfs: 'pathPattern' must be a string that is not empty, got ''",
    });
  });
});

describe('the parameters of a class', () => {
  test.each<Labels>([
    {},
    { archiveOnDelete: 'true' },
    { archiveOnDelete: 'F', onDelete: 'delete' },
    { onDelete: 'retain', pathPattern: '${.PVC.namespace}/${.PVC.name}' },
  ])('have no problem as %j', (parameters) => {
    expect(nfsSubdirParameterProblems(parameters)).toEqual([]);
  });

  test.each<[string, string, Labels]>([
    [
      'archiveOnDelete',
      "must be 'true' or 'false', got 'yes': the provisioner would fail to delete volumes",
      { archiveOnDelete: 'yes' },
    ],
    [
      'onDelete',
      "must be 'delete' or 'retain', got 'Retain': the provisioner would go by 'archiveOnDelete'",
      { onDelete: 'Retain' },
    ],
    [
      'onDelte',
      "is no parameter of the provisioner, which ignores it; did you mean 'onDelete'?",
      { onDelte: 'retain' },
    ],
    [
      'server',
      "is no parameter of the provisioner, which ignores it; it takes 'archiveOnDelete', 'onDelete' or 'pathPattern'",
      { server: '172.26.1.10' },
    ],
    [
      'pathPattern',
      "must have '${.PVC.namespace}' and '${.PVC.name}' in it, got 'uploads': claims would share a folder",
      { pathPattern: 'uploads' },
    ],
    [
      'pathPattern',
      "must have '${.PVC.name}', '${.PVC.namespace}' or text in it, got '': for a claim without that label or annotation it is empty, and the volume the whole share",
      { pathPattern: '' },
    ],
  ])('fail for %s: %s', (parameter, problem, parameters) => {
    expect(nfsSubdirParameterProblems(parameters)).toEqual([
      { parameter, problem, refused: false },
    ]);
  });
});
