import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { planStorage } from '../src/checks/plan-storage';
import { checkObjects } from './support/api-objects';
import { deletableData } from './support/storage-rules';

const examples = join(__dirname, '..', 'examples');

/** Runs an example, and returns what it writes, by file. */
function synthesize(name: string): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-storage-example-'));
  const { CDK8S_OUTDIR } = process.env;
  process.env.CDK8S_OUTDIR = folder;
  try {
    jest.isolateModules(() => {
      require(join(examples, name, 'main'));
    });
    return filesIn(folder);
  } finally {
    process.env.CDK8S_OUTDIR = CDK8S_OUTDIR;
    if (CDK8S_OUTDIR === undefined) delete process.env.CDK8S_OUTDIR;
    rmSync(folder, { recursive: true });
  }
}

function filesIn(folder: string): Record<string, string> {
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** What nfs-subdir-external-provisioner mounts its share by: no data hangs on it. */
const OF_PROVISIONER = /^PersistentVolume(Claim)? pvc?-nfs-subdir-external-provisioner$/;

const names = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe.each(names)('examples/%s', (name) => {
  const golden = join(examples, name, 'dist');
  let written: Record<string, string>;

  beforeAll(() => {
    written = synthesize(name);
    if (process.env.UPDATE_GOLDEN === 'true') {
      for (const [file, text] of Object.entries(written)) writeFileSync(join(golden, file), text);
    }
  });

  it('renders its golden YAML (npm run golden writes it anew)', () => {
    expect(written).toEqual(filesIn(golden));
  });

  it('renders objects that the API server takes and Argo CD does not fight', () => {
    const objects = Object.values(written).flatMap((text) => loadAll(text));
    expect(objects.length).toBeGreaterThan(0);
    expect(checkObjects(objects)).toEqual([]);
    const deletable = deletableData(objects).filter((each) => !OF_PROVISIONER.test(each));
    expect(deletable).toEqual([]);
  });

  it('renders storage in which no rule finds more than what the input does not say', () => {
    const objects = Object.values(written).flatMap((text) => loadAll(text));
    const { findings } = planStorage(objects);
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });
});
