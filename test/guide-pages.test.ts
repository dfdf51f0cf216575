/** What the guide says outside of its blocks, which guide.test.ts follows. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as api from '../src';
import { DEFAULT_KUBERNETES_VERSION } from '../src/planner/plan';
import {
  alreadyBound,
  CLAIM_LOST,
  classNotFound,
  volumeMismatch,
  WAITS_FOR_CONSUMER,
  WITHOUT_CLASS,
  waitsForPods,
} from '../src/planner/provisioning';
import { NO_VOLUMES, UNBOUND_CLAIMS, volumeConflict } from '../src/planner/schedule-reasons';
import { SHARE_CHECK_SCRIPT } from '../src/workloads/share-check-script';
import { guide, readPage, root } from './support/guide/guide-page';
import { anchorsOf, headingsOf, linksOf } from './support/guide/markdown';

const files = readdirSync(guide).sort();
const linking = ['README.md', ...files.map((file) => `docs/guide/${file}`)];

it.each(linking)('links from %s lead to a file, and to a heading', (file) => {
  const page = readFileSync(join(root, file), 'utf8');
  const broken = linksOf(page).filter(({ target, anchor }) => {
    const path = target === '' ? join(root, file) : join(root, dirname(file), target);
    return (
      !existsSync(path) ||
      (anchor !== undefined && !anchorsOf(readFileSync(path, 'utf8')).includes(anchor))
    );
  });
  expect(broken).toEqual([]);
});

it.each(files)('names in %s only files that are there', (file) => {
  const named = [
    ...readPage(file).markdown.matchAll(/`((?:src|test|docs|examples|scripts)\/[\w./-]+)`/g),
  ];
  expect(named.filter(([, path = '']) => !existsSync(join(root, path)))).toEqual([]);
});

it('is found from the README, and every page from its index', () => {
  const fromReadme = linksOf(readFileSync(join(root, 'README.md'), 'utf8'));
  expect(fromReadme.map(({ target }) => target)).toContain('docs/guide/README.md');
  const fromIndex = linksOf(readPage('README.md').markdown).map(({ target }) => target);
  expect(files.filter((file) => file !== 'README.md' && !fromIndex.includes(file))).toEqual([]);
});

describe('the table of storage', () => {
  const rows = [...readPage('README.md').markdown.matchAll(/^\| (?!---|the files are)(.*) \|$/gm)]
    .map(([, row = '']) => row.split(' | '))
    .map((cells) => ({ construct: cells.at(-2) ?? '', page: cells.at(-1) ?? '' }));

  it.each(rows)('names $construct, which the package exports, and its page', (row) => {
    const exported = readFileSync(join(root, 'src', 'index.ts'), 'utf8');
    const [, name = ''] = /^`(\w+)/.exec(row.construct) ?? [];
    expect(row.construct.endsWith('of cdk8s-plus') ? 'Volume' : exported).toMatch(
      new RegExp(`\\b${name}\\b`),
    );
    expect(linksOf(row.page).map(({ target }) => files.includes(target))).toEqual([true]);
  });

  it('stands in a guide that knows every construct that gives storage', () => {
    const constructs = Object.keys(api).filter((name) =>
      /(Volume|StorageClass|Provisioner|Claim|Pool|Server)$/.test(name),
    );
    const guideText = files.map((file) => readPage(file).markdown).join('');
    expect(constructs.length).toBeGreaterThan(10);
    expect(constructs.filter((name) => !guideText.includes(`\`${name}`))).toEqual([]);
  });
});

it('shows every scenario beside its constructs', () => {
  const { blocks } = readPage('from-tutorials.md');
  const shown = blocks.flatMap(({ info }) => info.get('fixture') ?? []);
  const scenarios = readdirSync(join(root, 'test', 'fixtures', 'scenarios'));
  expect(shown.sort()).toEqual(scenarios.filter((name) => name.endsWith('.yaml')).sort());
  const apps = blocks.filter(({ language, info }) => language === 'ts' && info.has('file'));
  expect(apps).toHaveLength(shown.length);
});

it('names the problems that a ShareCheck tells apart', () => {
  const [, table = ''] =
    /^\| log \|.*\n((?:\|.*\n)+)/m.exec(readPage('nfs-server.md').markdown) ?? [];
  const named = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, problem]) => problem);
  const told = [...SHARE_CHECK_SCRIPT.matchAll(/\bfail "(not \w+|wrong \w+): /g)].map(
    ([, each]) => each,
  );
  expect(named.sort()).toEqual([...new Set(told)].sort());
});

describe('the page of Pending claims', () => {
  const pending = readPage('pending.md');
  const sections = headingsOf(pending.markdown)
    .filter(({ level }) => level === 3)
    .map(({ text }) => text);

  const events = [
    WITHOUT_CLASS.event?.message,
    classNotFound('fast').message,
    WAITS_FOR_CONSUMER.message,
    waitsForPods(['db']).message,
    alreadyBound('nfs-uploads').message,
    volumeMismatch('nfs-uploads', 'requested PV is too small').message,
    CLAIM_LOST.message,
    UNBOUND_CLAIMS,
    volumeConflict(DEFAULT_KUBERNETES_VERSION),
    NO_VOLUMES,
  ];

  it.each(events)('has a section for: %s', (event) => {
    expect(sections).toContain(`\`${event}\``);
  });

  it('knows what older versions say', () => {
    expect(pending.markdown).toContain(`\`${volumeConflict('1.28')}\``);
  });

  it.each(sections.filter((section) => section.startsWith('`')))('brings about %s', (section) => {
    const shown = pending.blocks.filter(
      ({ heading, language }) => heading === section && language === 'console',
    );
    expect(shown.map(({ text }) => text).join('')).toContain(section.replaceAll('`', ''));
  });
});
