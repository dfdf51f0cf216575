import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as library from '../../src';

const ROOT = resolve(__dirname, '..', '..');
const DECISIONS = 'docs/decisions';
const DECISION = /^\d{4}-[a-z0-9-]+\.md$/;

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const decisions = readdirSync(join(ROOT, DECISIONS)).sort();
const pages = [
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...decisions.map((file) => `${DECISIONS}/${file}`),
];
const scripts: object = JSON.parse(read('package.json')).scripts;
const ignored = read('.gitignore').split('\n');

/** What stands between backquotes. */
function quoted(page: string): string[] {
  return [...read(page).matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
}

/** The groups of a pattern in a page. */
function found(page: string, pattern: RegExp): string[] {
  return [...read(page).matchAll(pattern)].map(([, text = '']) => text);
}

describe.each(pages)('%s', (page) => {
  test('names paths that exist, or that git ignores', () => {
    const top = new Set(readdirSync(ROOT));
    const paths = quoted(page).filter((text) => /^[.\w-]+(\/[.\w-]+)*\/?$/.test(text));
    const meant = paths.filter(
      (path) => path.includes('/') && top.has(path.split('/', 1)[0] ?? ''),
    );
    const missing = meant.filter(
      (path) =>
        !existsSync(join(ROOT, path)) && !ignored.some((each) => `${path}/`.startsWith(each)),
    );
    expect(missing).toEqual([]);
  });

  test('links to what exists', () => {
    const links = found(page, /\]\(([^)#]+)/g).filter((link) => !link.startsWith('https://'));
    const missing = links.filter((link) => !existsSync(join(ROOT, dirname(page), link)));
    expect(missing).toEqual([]);
  });

  test('has commands that package.json knows', () => {
    const names = found(page, /`npm run ([\w-]+)/g);
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('CONTRIBUTING.md', () => {
  test('begins with the scope', () => {
    expect(found('CONTRIBUTING.md', /^## (.*)$/gm)).toEqual([
      'What belongs here',
      'Layout',
      'Working',
    ]);
  });

  test('says what each script is for that a contributor runs', () => {
    const named = found('CONTRIBUTING.md', /`npm (?:run )?([\w-]+)`/g);
    // Those left out are run by others of them.
    const others = ['build', 'prepack'];
    const own = Object.keys(scripts).filter((name) => !others.includes(name));
    expect(own.filter((name) => !named.includes(name))).toEqual([]);
  });

  test('knows every room', () => {
    const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `src/${name}`);
    expect(rooms.filter((room) => !quoted('CONTRIBUTING.md').includes(room))).toEqual([]);
  });
});

describe('CHANGELOG.md', () => {
  test('has sections as Keep a Changelog names them', () => {
    const kinds = found('CHANGELOG.md', /^### (.*)$/gm);
    const known = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
    expect(kinds.length).toBeGreaterThan(0);
    expect(kinds.filter((kind) => !known.includes(kind))).toEqual([]);
    expect(found('CHANGELOG.md', /^## (.*)$/gm)[0]).toBe('Unreleased');
  });

  test('names classes and functions that the package has', () => {
    const names = quoted('CHANGELOG.md').flatMap(
      (text) => /^([A-Z][a-z]\w+|plan\w+|assert\w+|add\w+)(?:[.(]|$)/.exec(text)?.[1] ?? [],
    );
    const known = Object.keys(library);
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('tells of every class', () => {
    const classes = Object.keys(library).filter((name) => /^[A-Z][a-z]/.test(name));
    const text = read('CHANGELOG.md');
    expect(classes.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });
});

describe('the decisions', () => {
  const records = decisions.filter((file) => file !== 'README.md');

  test('are numbered one after the other', () => {
    expect(records.filter((file) => !DECISION.test(file))).toEqual([]);
    expect(records.map((file) => Number(file.slice(0, 4)))).toEqual(records.map((_, i) => i + 1));
  });

  test('are in the index, each by its title', () => {
    const rows = records.map((file) => {
      const number = file.slice(0, 4);
      const [title = ''] = found(`${DECISIONS}/${file}`, new RegExp(`^# ${number}\\. (.*)$`, 'gm'));
      return `| [${number}](${file}) | ${title} |`;
    });
    const index = read(`${DECISIONS}/README.md`);
    expect(index.split('\n').filter((line) => line.startsWith('| ['))).toEqual(rows);
  });

  test.each(records)('%s has a context, a decision and its consequences', (file) => {
    expect(found(`${DECISIONS}/${file}`, /^## (.*)$/gm)).toEqual([
      'Context',
      'Decision',
      'Consequences',
    ]);
  });
});
