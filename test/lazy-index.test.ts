import { execFileSync } from 'node:child_process';
import { join, resolve, sep } from 'node:path';
import * as source from '../src';

const lib = resolve(__dirname, '..', 'lib', 'src');

/** Runs code in a fresh process that has the package as `storage`, and gives what it evaluates to. */
function evaluate(code: string): string[] {
  const index = JSON.stringify(join(lib, 'index.js'));
  const script = `const storage = require(${index}); console.log(JSON.stringify(${code}))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

describe('the compiled index', () => {
  test('loads nothing before a name is read', () => {
    expect(evaluate('Object.keys(require.cache)')).toEqual([join(lib, 'index.js')]);
  });

  test('loads a construct without those of other drivers', () => {
    const loaded = evaluate('(storage.NfsVolume, Object.keys(require.cache))');
    const rooms = new Set(
      loaded
        .filter((file) => file.startsWith(lib + sep))
        .map((file) => file.slice(lib.length + 1).split(sep)[0]),
    );
    expect(rooms).toContain('nfs');
    for (const other of ['charts', 'ebs', 'host-path', 'local-path', 'workloads']) {
      expect(rooms).not.toContain(other);
    }
  });

  test('loads no rule before a plan is asked for, not even where all names are read', () => {
    const planning = '/(planner.binder|checks.registry|manifests.read-manifests|js-yaml.dist)/';
    const loaded = `Object.keys(require.cache).filter((file) => ${planning}.test(file)).length`;
    expect(evaluate(`[Object.values(storage).length > 50, ${loaded}]`)).toEqual([true, 0]);
    expect(evaluate(`(storage.planStorage([]), [${loaded} > 0])`)).toEqual([true]);
  });

  test('has every name of the source', () => {
    const names = evaluate('Object.keys(storage).filter((name) => storage[name] !== undefined)');
    expect(names.sort()).toEqual(Object.keys(source).sort());
  });
});
