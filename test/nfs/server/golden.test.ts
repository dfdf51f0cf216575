import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { SERVERS } from './sample-server';

const FIXTURES = join(__dirname, '..', '..', 'fixtures', 'nfs-server');

/** With `UPDATE_GOLDEN=true` the files are written anew. */
const update = process.env.UPDATE_GOLDEN === 'true';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nfs-server-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe.each(Object.keys(SERVERS) as (keyof typeof SERVERS)[])('the host of %s', (name) => {
  test('gets these files, to the byte', () => {
    const golden = join(FIXTURES, name);
    if (update) {
      mkdirSync(golden, { recursive: true });
      SERVERS[name]().writeHostFiles(golden);
    }
    const server = SERVERS[name]();
    const files = server.writeHostFiles(folder);
    expect(files.map((file) => relative(join(folder, server.name), file))).toEqual([
      'exports',
      'user-data.yaml',
      'ports.json',
      'ports.txt',
    ]);
    for (const file of files) {
      expect(readFileSync(file, 'utf8')).toBe(
        readFileSync(join(golden, relative(folder, file)), 'utf8'),
      );
    }
  });
});
