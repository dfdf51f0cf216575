import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from './command-line';

const WAITING = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: local-path }
provisioner: rancher.io/local-path
volumeBindingMode: WaitForFirstConsumer
`;

const CLAIM = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: scratch, namespace: shop }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: local-path
  resources: { requests: { storage: 1Gi } }
`;

const POD = `apiVersion: v1
kind: Pod
metadata: { name: writer, namespace: shop }
spec:
  nodeName: node-1
  containers: [{ name: app, image: "registry.example.com/app:1.0.0" }]
  volumes: [{ name: data, persistentVolumeClaim: { claimName: scratch } }]
`;

const FINDING = `Pod shop/writer
  error wffc-nodename: the pod names node "node-1", past the scheduler, which alone could bind PersistentVolumeClaim shop/scratch of class "local-path": waiting for first consumer to be created before binding
    fix: replace nodeName by nodeSelector { kubernetes.io/hostname: node-1 }

1 error, 0 warnings, 0 info; 1 claim: 1 waits-for-consumer
`;

const STUCK = [WAITING, CLAIM, POD].join('---\n');
const SOUND = STUCK.replace('  nodeName: node-1\n', '');

let folder: string;
let before: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-storage-cli-'));
  before = process.cwd();
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

describe('check', () => {
  it('tells findings by file and line, and exits with 1', async () => {
    write({ 'a.yaml': STUCK });
    expect(await commandLine(['check', 'a.yaml'])).toEqual({
      code: 1,
      stdout: `a.yaml:19: ${FINDING}`,
      stderr: '',
    });
  });

  it('exits with 0 where nothing is wrong', async () => {
    write({ 'a.yaml': SOUND });
    expect(await commandLine(['check', 'a.yaml'])).toEqual({
      code: 0,
      stdout: '0 errors, 0 warnings, 0 info; 1 claim: 1 provisioned\n',
      stderr: '',
    });
  });

  it('reads standard input', async () => {
    const { code, stdout } = await commandLine(['check', '-'], { stdin: STUCK });
    expect({ code, stdout }).toEqual({ code: 1, stdout: FINDING });
  });

  it('takes what all files say together, in whatever order they are named', async () => {
    write({ 'b/class.yaml': WAITING, 'a/claim.yml': CLAIM, 'a/deep/pod.json': jsonOfPod() });
    const one = await commandLine(['check', 'a', 'b']);
    const other = await commandLine(['check', 'b', 'a']);
    expect(one).toEqual({ code: 1, stdout: `a/deep/pod.json:1: ${FINDING}`, stderr: '' });
    expect(other.stdout).toBe(one.stdout);
  });

  it('reads a file once that is named twice', async () => {
    write({ 'a/all.yaml': STUCK });
    expect(await commandLine(['check', 'a', 'a/all.yaml'])).toMatchObject({
      code: 1,
      stdout: `a/all.yaml:19: ${FINDING}`,
    });
  });

  it('takes globs that the shell has left', async () => {
    write({ 'a/x.yaml': STUCK, 'a/x.txt': 'no manifest' });
    expect((await commandLine(['check', 'a/*.yaml'])).stdout).toBe(`a/x.yaml:19: ${FINDING}`);
    expect(await commandLine(['check', 'b/*.yaml'])).toEqual({
      code: 2,
      stdout: '',
      stderr: "error: no file matches 'b/*.yaml'\n",
    });
  });

  it('knows whether somebody said the version', async () => {
    write({
      'a.yaml': `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers: [{ name: main, image: web:1 }]
  volumes: [{ name: assets, image: { reference: assets:7 } }]
`,
    });
    expect((await commandLine(['check', 'a.yaml'])).stdout).toContain(
      '  info api-too-new: Pod shop/web has spec.volumes[0].image, ',
    );
    expect((await commandLine(['check', 'a.yaml', '--kubernetes', '1.34'])).stdout).toContain(
      '  warning api-too-new: Pod shop/web has spec.volumes[0].image, ',
    );
    expect((await commandLine(['check', 'a.yaml', '--kubernetes', '1.35'])).stdout).not.toContain(
      'api-too-new',
    );
  });

  it('follows no link out of the folder', async () => {
    write({ 'outside/pod.yaml': POD, 'inside/all.yaml': SOUND });
    symlinkSync(join(folder, 'outside'), join(folder, 'inside', 'folder'));
    symlinkSync(join(folder, 'outside', 'pod.yaml'), join(folder, 'inside', 'pod.yaml'));
    expect(await commandLine(['check', 'inside'])).toMatchObject({ code: 0, stderr: '' });
    expect(await commandLine(['check', 'inside/*.yaml'])).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    ['error', 1],
    ['warning', 1],
    ['info', 1],
    ['never', 0],
  ])('with --fail-on %s exits with %i on an error', async (failOn, code) => {
    write({ 'a.yaml': STUCK });
    expect((await commandLine(['check', '--fail-on', failOn, 'a.yaml'])).code).toBe(code);
  });

  it.each([
    ['error', 0],
    ['warning', 0],
    ['info', 1],
  ])('with --fail-on %s exits with %i on an info', async (failOn, code) => {
    write({ 'a.yaml': `${WAITING}---\n${CLAIM}` });
    const outcome = await commandLine(['check', '--fail-on', failOn, 'a.yaml']);
    expect(outcome.stdout).toContain('\n  info wffc-never-consumed: ');
    expect(outcome.code).toBe(code);
  });

  it('leaves out the rules of --ignore', async () => {
    write({ 'a.yaml': STUCK });
    const ignored = await commandLine([
      'check',
      '--ignore',
      'wffc-nodename, wffc-never-consumed',
      'a.yaml',
    ]);
    expect(ignored).toMatchObject({ code: 0, stderr: '' });
  });

  it('leaves out what the annotation of an object names', async () => {
    const silent =
      'metadata: { annotations: { cdk8s-storage/ignore: "x,wffc-nodename" }, name: writer';
    write({ 'a.yaml': STUCK.replace('metadata: { name: writer', silent) });
    expect(await commandLine(['check', 'a.yaml'])).toMatchObject({ code: 0 });
  });

  it('knows from --existing what the cluster has', async () => {
    write({ 'cluster.yaml': WAITING, 'app.yaml': `${CLAIM}---\n${POD}` });
    expect((await commandLine(['check', 'app.yaml'])).stdout).not.toContain('wffc-nodename');
    expect(await commandLine(['check', '--existing', 'cluster.yaml', 'app.yaml'])).toMatchObject({
      code: 1,
      stdout: `app.yaml:13: ${FINDING}`,
    });
  });

  it.each([
    ['the class of that name', ['--default-class', 'local-path'], 'provisioned'],
    ['none', ['--default-class', ''], 'pending'],
    ['unknown', [], 'unknown'],
  ])('a claim without a class is given %s', async (_, options, outcome) => {
    write({ 'a.yaml': SOUND.replace('  storageClassName: local-path\n', '') });
    const { stdout } = await commandLine(['check', '--format', 'json', ...options, 'a.yaml']);
    expect(JSON.parse(stdout).claims).toMatchObject([{ outcomes: [outcome] }]);
  });

  it.each(['text', 'json', 'sarif', 'github'])('tells findings as %s', async (format) => {
    write({ 'a.yaml': STUCK });
    const { code, stdout } = await commandLine(['check', '--format', format, 'a.yaml']);
    expect(code).toBe(1);
    expect(stdout).toContain('wffc-nodename');
    if (format === 'json' || format === 'sarif') JSON.parse(stdout);
  });

  it('has colours on a terminal, unless NO_COLOR is set', async () => {
    write({ 'a.yaml': STUCK });
    const { NO_COLOR, TERM } = process.env;
    delete process.env.NO_COLOR;
    process.env.TERM = 'xterm';
    const coloured = await commandLine(['check', 'a.yaml'], { terminal: true });
    process.env.NO_COLOR = '1';
    const plain = await commandLine(['check', 'a.yaml'], { terminal: true });
    Object.assign(process.env, { NO_COLOR, TERM });
    if (NO_COLOR === undefined) delete process.env.NO_COLOR;
    if (TERM === undefined) delete process.env.TERM;
    expect(coloured.stdout).toContain('\u001b[');
    expect(plain.stdout).toBe(`a.yaml:19: ${FINDING}`);
  });

  it('passes over files without manifests, and counts them on stderr', async () => {
    write({ 'a/all.yaml': SOUND, 'a/values.yaml': 'replicas: 3\n', 'a/package.json': '{"a":1}' });
    expect(await commandLine(['check', 'a'])).toMatchObject({
      code: 0,
      stderr: 'passed over 2 files without manifests\n',
    });
  });
});

describe('check, of what cannot be read', () => {
  it('tells a broken document by file and line, and judges the rest', async () => {
    write({ 'a.yaml': `${STUCK}---\nkind: [\n` });
    const { code, stdout } = await commandLine(['check', 'a.yaml']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^a\.yaml:2\d: text that is no manifest\n {2}error input-unreadable: /);
    expect(stdout).toContain('wffc-nodename');
  });

  it.each([
    ['a file that is not there', ['gone.yaml'], "no file or folder 'gone.yaml'"],
    [
      'a folder without manifests',
      ['empty'],
      "no manifests (*.yaml, *.yml, *.json) in folder 'empty'",
    ],
    ['nothing but values', ['values.yaml'], "no manifests in 'values.yaml'"],
    ['an empty file', ['nothing.yaml'], "no manifests in 'nothing.yaml'"],
    [
      'a rule that there is not',
      ['a.yaml', '--ignore', 'wffc-nodenam'],
      "--ignore takes rules, and 'wffc-nodenam' is none; did you mean 'wffc-nodename'?",
    ],
    [
      'a broken --existing',
      ['a.yaml', '--existing', 'broken.yaml'],
      '--existing has to be whole: broken.yaml:1: ',
    ],
  ])('exits with 2 and one line on %s', async (_, args, line) => {
    write({
      'a.yaml': SOUND,
      'empty/readme.txt': '',
      'values.yaml': 'replicas: 3\n',
      'nothing.yaml': '',
      'broken.yaml': 'kind: [\n',
    });
    const { code, stdout, stderr } = await commandLine(['check', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(`error: ${line}`) || stderr.includes(`\nerror: ${line}`)).toBe(true);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
  });

  it.each([
    ['no path', ['check'], "error: missing required argument 'path'"],
    [
      'a version that is not known',
      ['check', 'a', '--kubernetes', '1.20'],
      "error: option '--kubernetes <version>' argument '1.20' is invalid. Allowed choices are 1.28, ",
    ],
    [
      'a command that there is not',
      ['chek', 'a'],
      "error: unknown command 'chek'\n(Did you mean check?)",
    ],
    [
      'an option that there is not',
      ['check', 'a', '--formt', 'json'],
      "error: unknown option '--formt'\n(Did you mean --format?)",
    ],
  ])('exits with 2 on %s', async (_, args, message) => {
    const { code, stdout, stderr } = await commandLine(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(message)).toBe(true);
  });

  it('tells a binary file, and text that is not UTF-8', async () => {
    write({
      'a.yaml': SOUND,
      'b.yaml': Buffer.from([0x61, 0, 0x62]),
      'c.yaml': Buffer.from([0xff, 0x41]),
    });
    const { code, stdout } = await commandLine(['check', '.']);
    expect(code).toBe(1);
    expect(stdout).toContain(
      'b.yaml:1: text that is no manifest\n  error input-unreadable: is not text',
    );
    expect(stdout).toContain(
      'c.yaml:1: text that is no manifest\n  error input-unreadable: is not text',
    );
  });
});

function jsonOfPod(): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'writer', namespace: 'shop' },
    spec: {
      nodeName: 'node-1',
      containers: [{ name: 'app', image: 'registry.example.com/app:1.0.0' }],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'scratch' } }],
    },
  });
}
