import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { loadAll } from 'js-yaml';
import { planStorage } from '../src/checks/plan-storage';
import { checkObjects } from './support/api-objects';
import { deletableData } from './support/storage-rules';

const examples = join(__dirname, '..', 'examples');

/** What an example writes, by path: manifests, and what the host of an NFS server needs. */
interface Written {
  readonly dist: Readonly<Record<string, string>>;
  readonly host: Readonly<Record<string, string>>;
}

/** Runs an example in a folder of its own. */
function synthesize(name: string): Written {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-storage-example-'));
  const { CDK8S_OUTDIR } = process.env;
  const cwd = process.cwd();
  process.env.CDK8S_OUTDIR = 'dist';
  process.chdir(folder);
  try {
    jest.isolateModules(() => {
      require(join(examples, name, 'main'));
    });
    return writtenIn(folder);
  } finally {
    process.chdir(cwd);
    process.env.CDK8S_OUTDIR = CDK8S_OUTDIR;
    if (CDK8S_OUTDIR === undefined) delete process.env.CDK8S_OUTDIR;
    rmSync(folder, { recursive: true });
  }
}

function writtenIn(folder: string): Written {
  return { dist: filesIn(join(folder, 'dist')), host: filesIn(join(folder, 'host')) };
}

function filesIn(folder: string): Record<string, string> {
  const entries = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true, recursive: true })
    : [];
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** What nfs-subdir-external-provisioner mounts its share by: no data hangs on it. */
const OF_PROVISIONER = /^PersistentVolume(Claim)? pvc?-nfs-subdir-external-provisioner$/;

function update(folder: string, written: Written): void {
  for (const part of ['dist', 'host'] as const) {
    for (const [path, text] of Object.entries(written[part])) {
      const target = join(folder, part, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  }
}

const names = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe.each(names)('examples/%s', (name) => {
  let written: Written;

  beforeAll(() => {
    written = synthesize(name);
    if (process.env.UPDATE_GOLDEN === 'true') update(join(examples, name), written);
  });

  it('writes its golden files (npm run golden writes them anew)', () => {
    expect(written).toEqual(writtenIn(join(examples, name)));
  });

  it('renders objects that the API server takes and Argo CD does not fight', () => {
    const objects = Object.values(written.dist).flatMap((text) => loadAll(text));
    expect(objects.length).toBeGreaterThan(0);
    expect(checkObjects(objects)).toEqual([]);
    const deletable = deletableData(objects).filter((each) => !OF_PROVISIONER.test(each));
    expect(deletable).toEqual([]);
  });

  it('renders storage in which no rule finds more than what the input does not say', () => {
    const objects = Object.values(written.dist).flatMap((text) => loadAll(text));
    const { findings } = planStorage(objects);
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });
});

describe.each(names.filter((name) => existsSync(join(examples, name, 'host'))))(
  'examples/%s, which has a host',
  (name) => {
    const { dist, host } = writtenIn(join(examples, name));
    const texts = Object.entries({ ...dist, ...host });

    test.each([
      ['folder or file that all may write', /(?:-m|[Mm]ode:|[Pp]ermissions:) *"?[0-7]*[2367]\b/],
      ['export to everyone, or to root of its clients', /\*\(|0\.0\.0\.0\/0|::\/0|no_root_squash/],
      ['password or key', /\bpass(?:word|wd): |kind: Secret|BEGIN [A-Z ]*PRIVATE KEY/],
      ['disk that is formatted whatever is on it', /mkfs\S* (?:.* )?-[fF]|overwrite|wipefs/],
    ])('has no %s', (_, pattern) => {
      expect(texts.filter(([, text]) => pattern.test(text)).map(([path]) => path)).toEqual([]);
    });
  },
);
