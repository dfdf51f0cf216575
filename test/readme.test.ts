import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { Consumer, compile, run, templateTsconfig } from './consumers/consumer';
import type { RenderedObject } from './support/synth';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The blocks of a language, in the order in which the README shows them. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  );
}

describe('the README', () => {
  let consumer: Consumer;

  beforeAll(() => {
    consumer = new Consumer();
  });

  afterAll(() => consumer.dispose());

  const [example = ''] = blocks('ts');

  function project(name: string, main: string): string {
    const folder = consumer.project(name, { 'main.ts': main, 'tsconfig.json': templateTsconfig() });
    expect(compile(folder, 'typescript').stdout).toBe('');
    return folder;
  }

  it('has an example that compiles, runs and renders what its table says', () => {
    const folder = project('example', example);
    expect(run(folder, 'main.js')).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'out'))).toEqual(['shop.k8s.yaml']);
    const objects = loadAll(
      readFileSync(join(folder, 'out', 'shop.k8s.yaml'), 'utf8'),
    ) as RenderedObject[];
    const table = /\| object \| what is in it \|\n[\s\S]*?\n\n/.exec(readme)?.[0] ?? '';
    const rows = [...table.matchAll(/^\| ([A-Z]\w+)(?: `([^`]+)`)? \|/gm)];
    expect(rows.map(([, kind]) => kind).sort()).toEqual(objects.map(({ kind }) => kind).sort());
    for (const [, kind, name] of rows) {
      if (name !== undefined) {
        expect(objects.find((object) => object.kind === kind)?.metadata.name).toBe(name);
      }
    }
  });

  it('shows the message that the mistake prints', () => {
    const folder = project('mistake', example.replace("'10Gi'", "'10Gi', request: '12Gi'"));
    const { status, stderr } = run(folder, 'main.js');
    expect(status).toBe(1);
    expect(stderr).toContain(blocks('text')[0]?.trim());
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('names only what the package exports', () => {
    const exported = readFileSync(join(root, 'src', 'index.ts'), 'utf8');
    const table = /\| you have \| you write \|[\s\S]*?\n\n/.exec(readme)?.[0] ?? '';
    const names = [...table.matchAll(/`([A-Za-z]+)[`.]/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(exported))).toEqual([]);
  });

  it('has commands that package.json knows', () => {
    const scripts: object = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;
    const commands = [...readme.matchAll(/npm run (\w+)/g)].map(([, name]) => name);
    expect(commands.filter((name) => name === undefined || !(name in scripts))).toEqual([]);
  });

  it('has an Argo CD Application that includes manifests alone and makes the namespace', () => {
    const documents = blocks('yaml').flatMap((block) => loadAll(block));
    const application = (documents as RenderedObject[]).find(({ kind }) => kind === 'Application');
    expect(application?.spec).toMatchObject({
      source: { path: 'dist', directory: { include: '*.k8s.yaml' } },
      syncPolicy: { syncOptions: ['CreateNamespace=true'] },
    });
  });

  it('shows what the command line prints', () => {
    const [manifests = ''] = blocks('yaml');
    const folder = consumer.project('planned', { 'claim.yaml': manifests });
    const cli = join(consumer.folder, 'node_modules', 'cdk8s-storage', 'lib', 'src', 'cli');
    const [console = ''] = blocks('console');
    const printed = console
      .split(/^\$ npx cdk8s-storage /m)
      .slice(1)
      .map((part) => {
        const [command = ''] = part.split('\n', 1);
        const { stdout, stderr } = run(folder, join(cli, 'main.js'), ...command.split(' '));
        expect(stderr).toBe('');
        return `$ npx cdk8s-storage ${command}\n${stdout}`;
      });
    expect(printed).toHaveLength(2);
    expect(console).toBe(printed.join(''));
  });

  it('declares the validation as the example of an app repository does', () => {
    const declared = blocks('yaml').find((block) => block.startsWith('validations:')) ?? '';
    const example = readFileSync(join(root, 'examples', 'app-repo', 'cdk8s.yaml'), 'utf8');
    expect(example).toContain(declared);
  });
});
