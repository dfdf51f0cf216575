import { resolve } from 'node:path';
import { edgesBelow, specifiersOf } from './architecture/edges';
import { violation } from './architecture/rules';

const edges = edgesBelow(resolve(__dirname, '..'), 'src');

test('every import in src points down', () => {
  expect(edges.length).toBeGreaterThan(20);
  expect(edges.map(violation).filter((message) => message !== undefined)).toEqual([]);
});

test('the imports of a file are found in every form', () => {
  const source = `
    import a from 'a';
    import type { B } from 'b';
    import { type C } from 'c';
    export * from 'd';
    export type { E } from 'e';
    import 'f';
    import g = require('g');
    const h = require('h');
    const i = import('i');
    type J = import('j').J;
    // import 'comment';
  `;
  expect(specifiersOf(source).sort()).toEqual('abcdefghij'.split(''));
});

describe('an import is allowed', () => {
  test.each([
    ['src/nfs/nfs-volume.ts', './options'],
    ['src/nfs/nfs-volume.ts', './limits'],
    ['src/nfs/nfs-volume.ts', '../claims/claim'],
    ['src/nfs/nfs-volume.ts', '../../imports/snapshot.storage.k8s.io'],
    ['src/nfs/nfs-volume.ts', 'cdk8s'],
    ['src/nfs/limits.ts', '../kube/quantity'],
    ['src/nfs/csi/limits.ts', '../limits'],
    ['src/kube/nearest.ts', 'fastest-levenshtein'],
    ['src/charts/static.ts', '../nfs/nfs-volume'],
    ['src/main.ts', './charts/static'],
    ['src/index.ts', './planner'],
    ['src/planner/index.ts', '../kube/quantity'],
    ['src/checks/rules/ebs-iops.ts', '../../ebs/limits'],
    ['src/cli/main.ts', '../checks/registry'],
  ])('%s may import %s', (file, specifier) => {
    expect(violation({ file, specifier })).toBeUndefined();
  });
});

const ONLY_LIMITS = 'the limits of a driver import kube and its other limits only';

describe('fails when', () => {
  test.each([
    ['src/kube/names.ts', '../claims/claim', 'claims is above kube'],
    ['src/claims/claim.ts', '../nfs/nfs-volume', 'nfs is above claims'],
    ['src/workloads/app.ts', '../charts/static', 'charts is above workloads'],
    ['src/charts/static.ts', '../main', 'main is above charts'],
    ['src/planner/plan.ts', '../checks/rule', 'checks is above planner'],
    ['src/reports/text.ts', '../cli/main', 'cli is above reports'],
    ['src/nfs/a.ts', '../ebs/limits', 'nfs and ebs are on one floor and do not know each other'],
    ['src/nfs/a.ts', '../planner', 'planner is on the planning stair'],
    ['src/planner/plan.ts', '../nfs/limits', 'nfs is on the authoring stair'],
    ['src/checks/rule.ts', '../ebs/ebs-storage-class', 'ebs is on the authoring stair'],
    ['src/nfs/limits.ts', '../claims/size', ONLY_LIMITS],
    ['src/nfs/limits.ts', './options', ONLY_LIMITS],
    ['src/nfs/limits.ts', '../ebs/limits', ONLY_LIMITS],
    ['src/nfs/limits.ts', 'cdk8s', ONLY_LIMITS],
    ['src/workloads/limits.ts', 'constructs', 'this module must run without cdk8s'],
    ['src/kube/names.ts', 'cdk8s-plus-28', 'this module must run without cdk8s'],
    ['src/planner/plan.ts', 'constructs', 'this module must run without cdk8s'],
    ['src/checks/rules/a.ts', 'cdk8s', 'this module must run without cdk8s'],
    ['src/nfs/a.ts', '../index', 'index.ts is for users, nothing in src imports it'],
    ['src/nfs/a.ts', '..', 'index.ts is for users, nothing in src imports it'],
    ['src/main.ts', '.', 'index.ts is for users, nothing in src imports it'],
    ['src/nfs/a.ts', 'cdk8s-storage', 'nothing in src imports the package itself'],
    [
      'src/index.ts',
      '../test/support/app',
      'nothing in src imports what lies outside of src and imports',
    ],
    [
      'src/nfs/a.ts',
      '../../examples/shop',
      'nothing in src imports what lies outside of src and imports',
    ],
    [
      'src/workloads/app.ts',
      '../../imports/snapshot.storage.k8s.io',
      'only claims and drivers use the generated types',
    ],
    [
      'src/ebs/limits.ts',
      '../../imports/snapshot.storage.k8s.io',
      'only claims and drivers use the generated types',
    ],
    ['src/attic/a.ts', '../kube/names', 'attic has no floor'],
    ['src/nfs/a.ts', '../attic/a', 'attic has no floor'],
  ])('%s imports %s', (file, specifier, reason) => {
    expect(violation({ file, specifier })).toBe(`${file} imports '${specifier}': ${reason}`);
  });
});
