import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { DynamicStorageChart } from '../src/charts/dynamic';
import { LocalPathStorageChart } from '../src/charts/local-path';
import { StaticStorageChart } from '../src/charts/static';
import { checkObjects } from './support/api-objects';
import { deletableData } from './support/storage-rules';

/** A file that is kept as it is rendered, and what renders it. */
interface Golden {
  readonly file: string;
  build(app: App): void;
}

const ROOT = join(__dirname, '..');

const GOLDEN: readonly Golden[] = [
  {
    file: 'dist/static.k8s.yaml',
    build: (app) => {
      new StaticStorageChart(app, 'static');
    },
  },
  {
    file: 'dist/dynamic.k8s.yaml',
    build: (app) => {
      new DynamicStorageChart(app, 'dynamic');
    },
  },
  {
    file: 'dist/local-path.k8s.yaml',
    build: (app) => {
      new LocalPathStorageChart(app, 'local-path');
    },
  },
];

/** What an app writes, by file. */
function synth(build: (app: App) => void): Readonly<Record<string, string>> {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-storage-golden-'));
  try {
    const app = new App({ outdir, recordConstructMetadata: false });
    build(app);
    app.synth();
    return Object.fromEntries(
      readdirSync(outdir).map((name) => [name, readFileSync(join(outdir, name), 'utf8')]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describe.each(GOLDEN)('$file', ({ file, build }) => {
  const golden = (): string => readFileSync(join(ROOT, file), 'utf8');

  test('is what is rendered, to the byte', () => {
    expect(Object.values(synth(build))).toEqual([golden()]);
  });

  test('is rendered the same again', () => {
    expect(synth(build)).toEqual(synth(build));
  });

  test('holds objects that the API server takes and Argo CD does not fight', () => {
    const objects = loadAll(golden());
    expect(objects.length).toBeGreaterThan(0);
    expect(checkObjects(objects)).toEqual([]);
    expect(deletableData(objects)).toEqual([]);
  });
});

test('every file of dist is golden', () => {
  const dist = readdirSync(join(ROOT, 'dist')).map((name) => `dist/${name}`);
  const golden = GOLDEN.map(({ file }) => file).filter((file) => file.startsWith('dist/'));
  expect(dist.sort()).toEqual([...golden].sort());
});
