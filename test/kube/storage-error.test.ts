import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ts from 'typescript';
import { refuse, StorageError } from '../../src/kube/storage-error';
import { refusal } from '../support/refusal';

describe('a StorageError', () => {
  test('has a code, the path of a construct and a line that starts with it', () => {
    const error = new StorageError('NfsServer', { node: { path: 'shop/uploads' } }, 'no server');
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('StorageError');
    expect(error.code).toBe('NfsServer');
    expect(error.path).toBe('shop/uploads');
    expect(error.message).toBe('shop/uploads: no server');
  });

  test('starts with the reason where there is no path', () => {
    const error = new StorageError('QuantityInvalid', '', 'no quantity');
    expect(error.path).toBe('');
    expect(error.message).toBe('no quantity');
  });

  test.each([
    ['shop', 'one\ntwo\r\n  three\rfour \n\n five', 'shop: one two three four five'],
    ['shop\n/up\r\nloads', 'no server', 'shop /up loads: no server'],
    ['shop', 'one\u0085two\u2028three\u2029four', 'shop: one two three four'],
    ['shop', 'red \u001b[31m', 'shop: red \ufffd[31m'],
  ])('is one line: %j, %j', (path, reason, message) => {
    expect(new StorageError('Any', path, reason).message).toBe(message);
  });

  test('has a stack of one line: name, code and message, no frames', () => {
    expect(new StorageError('NfsServer', 'shop', 'no server').stack).toBe(
      'StorageError [NfsServer]: shop: no server',
    );
  });

  test('leaves the frames of other errors alone', () => {
    const before = Error.stackTraceLimit;
    new StorageError('Any', '', 'any');
    expect(Error.stackTraceLimit).toBe(before);
    expect(new Error('other').stack).toContain('storage-error.test');
  });

  test('prints no properties behind its message', () => {
    expect(Object.keys(new StorageError('Any', 'shop', 'any'))).toEqual([]);
  });

  test('is thrown by refuse()', () => {
    expect(refusal(() => refuse('Any', 'shop', 'any'))).toEqual({
      code: 'Any',
      path: 'shop',
      message: 'shop: any',
    });
  });
});

describe('a StorageError that nobody catches', () => {
  const folder = mkdtempSync(join(tmpdir(), 'storage-error-'));
  const compiled = join(folder, 'storage-error.js');

  beforeAll(() => {
    const source = readFileSync(join(__dirname, '../../src/kube/storage-error.ts'), 'utf8');
    const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    writeFileSync(compiled, ts.transpileModule(source, { compilerOptions: options }).outputText);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** What an app prints that ends with an uncaught refusal. */
  function print(app: string): { readonly status: number | null; readonly lines: string[] } {
    const { status, stderr } = spawnSync(process.execPath, ['-e', app], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status, lines: stderr.split('\n').filter((line) => line.trim() !== '') };
  }

  test.each([
    ['thrown', `require('./storage-error.js').refuse('NfsServer', 'shop/up', 'no server')`],
    [
      'thrown from deep inside',
      `const { refuse } = require('./storage-error.js');
       const down = (n) => n === 0 ? refuse('NfsServer', 'shop/up', 'no server') : down(n - 1);
       down(5);`,
    ],
  ])('is printed as its line, without frames and source, when %s', (_, app) => {
    const { status, lines } = print(app);
    expect(status).toBe(1);
    expect(lines).toEqual([
      '[StorageError [NfsServer]: shop/up: no server]',
      `Node.js ${process.version}`,
    ]);
  });

  test('is printed without frames and source of this library when a promise rejects with it', () => {
    const { status, lines } = print(
      `(async () => require('./storage-error.js').refuse('NfsServer', 'shop/up', 'no server'))()`,
    );
    expect(status).toBe(1);
    expect(lines).toContain('[StorageError [NfsServer]: shop/up: no server]');
    // Node shows the line of its own that found the rejection.
    expect(lines.filter((line) => /^ +at |storage-error/.test(line))).toEqual([]);
  });
});
