import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { NfsServer } from '../../../src/nfs/server/nfs-server';
import { refusal } from '../../support/refusal';
import { UPLOADS } from './sample-server';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-files-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A server of an app whose output is `dist` in the folder of the test. */
function server(sources: readonly string[] = UPLOADS.clients): NfsServer {
  const app = new App({ outdir: join(folder, 'dist') });
  return new NfsServer(new Chart(app, 'shop'), 'files', {
    host: '172.26.1.10',
    exports: { uploads: { ...UPLOADS, clients: sources } },
  });
}

describe('the files for a host', () => {
  test('are what the server says', () => {
    const made = server();
    const files = made.writeHostFiles(join(folder, 'host'));
    const place = join(folder, 'host', 'shop-files');
    expect(files).toEqual(
      ['exports', 'user-data.yaml', 'ports.json', 'ports.txt'].map((name) => join(place, name)),
    );
    const [exports, userData, json, text] = files.map((file) => readFileSync(file, 'utf8'));
    expect(exports).toBe(made.exportsText);
    expect(userData).toBe(made.userData);
    expect(JSON.parse(json ?? '')).toEqual(made.ports);
    expect(text).toBe(
      ['PORT  PROTOCOL  SERVICE  FROM', '2049  TCP       nfs      172.26.0.0/16', ''].join('\n'),
    );
    expect(readdirSync(place).sort()).toEqual([
      'exports',
      'ports.json',
      'ports.txt',
      'user-data.yaml',
    ]);
  });

  test('fails where another server of the app writes them', () => {
    const app = new App({ outdir: join(folder, 'dist') });
    const serverIn = (chart: string, name?: string) =>
      new NfsServer(new Chart(app, chart), 'files', {
        host: '172.26.1.10',
        exports: { uploads: UPLOADS },
        ...(name !== undefined && { name }),
      });
    const first = serverIn('shop');
    first.writeHostFiles(folder);
    first.writeHostFiles(folder);
    expect(refusal(() => serverIn('blog', 'shop-files').writeHostFiles(folder))).toEqual({
      code: 'Duplicate',
      path: 'blog/files',
      message: `blog/files: folder '${join(folder, 'shop-files')}' is already made by 'shop/files'; set 'name' of one of them`,
    });
    expect(serverIn('wiki').writeHostFiles(folder)).toHaveLength(4);
  });

  test('replace those of before', () => {
    server().writeHostFiles(folder);
    const [exports = ''] = server(['10.0.0.0/8']).writeHostFiles(folder);
    expect(readFileSync(exports, 'utf8')).toContain('10.0.0.0/8(');
    expect(readFileSync(exports, 'utf8')).not.toContain('172.26.0.0/16(');
  });

  test('lie beside the output, in a folder whose name begins like it, too', () => {
    server().writeHostFiles(join(folder, 'dist-host'));
    expect(existsSync(join(folder, 'dist-host', 'shop-files', 'exports'))).toBe(true);
  });

  test.each([
    ['dist'],
    ['dist/host'],
    ['dist/..host'],
    ['host/../dist/deep/down'],
    ['link'],
    ['link/host'],
  ])('fail in the output of the app: %s', (inside) => {
    mkdirSync(join(folder, 'dist'));
    symlinkSync(join(folder, 'dist'), join(folder, 'link'));
    const target = `${folder}/${inside}`;
    const { code, path, message } = refusal(() => server().writeHostFiles(target));
    expect({ code, path }).toEqual({ code: 'HostFolder', path: 'shop/files' });
    expect(message).toMatch(
      /^shop\/files: the folder must lie beside the app's output '.*', got '.*'; the output is emptied, and what is in it is applied$/,
    );
    expect(readdirSync(join(folder, 'dist'))).toEqual([]);
  });

  test('fail in an output that is not there yet', () => {
    expect(refusal(() => server().writeHostFiles(join(folder, 'dist', 'host'))).code).toBe(
      'HostFolder',
    );
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  });

  test('fail where their own folder is the output', () => {
    const app = new App({ outdir: join(folder, 'shop-files') });
    const made = new NfsServer(new Chart(app, 'shop'), 'files', {
      host: '172.26.1.10',
      exports: { uploads: UPLOADS },
    });
    expect(refusal(() => made.writeHostFiles(folder)).code).toBe('HostFolder');
  });

  test.each([
    ['', "''"],
    [undefined, 'undefined'],
    [7, '7'],
  ])('fail in %j', (target, shown) => {
    expect(refusal(() => server().writeHostFiles(target as string))).toEqual({
      code: 'HostFolder',
      path: 'shop/files',
      message: `shop/files: the folder must be a path, got ${shown}`,
    });
  });
});
