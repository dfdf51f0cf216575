/**
 * The guide shows nothing that is not so. What stands behind the fence of a block says how it is
 * checked; a page is followed from top to bottom, in a folder of its own:
 *
 * - `ts file=main.ts` is compiled and run as an app, and writes its `dist`; with `fails` it is
 *   refused, and nothing is written; with `prints` it prints, and writes nothing.
 * - `yaml file=claim.yaml` is a file that a command of the page reads.
 * - `yaml fixture=a.yaml` is one of test/fixtures/scenarios, which a command reads as well.
 * - `yaml rendered=dist/shop.k8s.yaml` is what an app of the page has written. Of this and of a
 *   fixture, `kind=…` and `name=…` choose objects, `at=spec.claimRef,…` fields.
 * - `console` has command lines behind `$`, each with all that it prints.
 * - `text stderr=main.ts` is what an app that is refused prints, `text stdout=main.ts` one that
 *   prints.
 * - `text log=dist/shop.k8s.yaml` is the log of the ShareCheck in it, whose script is run.
 * - `… excerpt=src/index.ts` stands so in a file of the repository; with `of=RULES` it is what is
 *   declared there by that name.
 * - `sh` is for a cluster or a host: its syntax is checked, and what it names has to be on the page.
 *
 * `npm run golden` writes anew what is rendered and printed.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { planStorage } from '../src/checks/plan-storage';
import { guide, readPage, root } from './support/guide/guide-page';
import { commandsOf, GuideProject } from './support/guide/guide-project';
import { withTexts } from './support/guide/markdown';

jest.setTimeout(120_000);

const files = readdirSync(guide).sort();
let pages = files.map(readPage);
const placed = pages.flatMap(({ file, blocks }) =>
  blocks.map(({ language, line }, index) => ({ file, line, language, index })),
);

/** How apps end. Each that writes has a chart of its own, and so a file that no other has written. */
const ENDS = {
  writes: {
    status: 0,
    output: '',
    written: expect.arrayContaining([expect.stringMatching(/\.k8s\.yaml$/)]),
  },
  prints: { status: 0, output: expect.stringMatching(/./), written: [] },
  fails: { status: 1, output: expect.stringMatching(/StorageError \[\w+\]: /), written: [] },
};

/** What the blocks should show, by page. */
const wanted = new Map<string, (string | Error)[]>();
let project: GuideProject;
let compiled: string;
let linted: string;

beforeAll(async () => {
  project = new GuideProject(pages);
  linted = project.lint();
  compiled = project.compile();
  await project.runApps();
  await Promise.all(
    pages.map(async (page) => {
      const texts: (string | Error)[] = [];
      for (const block of page.blocks) {
        texts.push(await project.textOf(page, block));
      }
      wanted.set(page.file, texts);
    }),
  );
  if (process.env.UPDATE_GOLDEN === 'true') {
    for (const { file, markdown, blocks } of pages) {
      const texts = wanted.get(file) ?? [];
      writeFileSync(
        join(guide, file),
        withTexts(
          markdown,
          blocks.map(({ text }, index) => {
            const wantedText = texts[index];
            return typeof wantedText === 'string' ? wantedText : text;
          }),
        ),
      );
    }
    pages = files.map(readPage);
  }
});

afterAll(() => project?.dispose());

function pageOf(name: string) {
  const page = pages.find(({ file }) => file === name);
  if (page === undefined) {
    throw new Error(`no page ${name}`);
  }
  return page;
}

it('compiles every app', () => {
  expect(compiled).toBe('');
});

it('has apps that are formatted as the code is', () => {
  expect(linted).toBe('');
});

describe.each(placed)('$file:$line, $language', ({ file, index }) => {
  it('shows what is so (npm run golden writes it anew)', () => {
    const text = wanted.get(file)?.[index];
    if (text instanceof Error) {
      throw text;
    }
    expect(pageOf(file).blocks[index]?.text).toBe(text);
  });
});

describe.each(files)('docs/guide/%s', (file) => {
  it('has apps that run, and that are refused where they should be', () => {
    const page = pageOf(file);
    for (const { language, info } of page.blocks) {
      const name = info.get('file');
      if (language === 'ts' && name !== undefined) {
        const end = info.has('fails') ? ENDS.fails : info.has('prints') ? ENDS.prints : ENDS.writes;
        expect({ name, ...project.endOf(page, name) }).toEqual({ name, ...end });
      }
    }
  });

  it('has no file that no command reads', () => {
    const { blocks } = pageOf(file);
    const commands = blocks.flatMap(({ language, text }) =>
      language === 'console' ? commandsOf(text) : [],
    );
    const given = blocks.flatMap(({ language, info }) =>
      language === 'ts' ? [] : [info.get('file') ?? info.get('fixture') ?? []].flat(),
    );
    expect(given.filter((name) => !commands.some((line) => line.includes(name)))).toEqual([]);
  });

  it('has commands for a cluster that name what the page has', () => {
    const { blocks } = pageOf(file);
    const given = blocks.map(({ language, text }) => (language === 'sh' ? '' : text)).join('');
    const scripts: object = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;
    for (const { language, text } of blocks) {
      if (language === 'sh') {
        const named = [...text.matchAll(/\b(?:job|pvc)(?:-name=|\/)([a-z0-9-]+)/g)];
        const isThere = (name: string) => new RegExp(`\\bname: ${name}\\b`).test(given);
        expect(named.filter(([, name = '']) => !isThere(name))).toEqual([]);
        const run = [...text.matchAll(/npm run ([a-z-]+)/g)];
        expect(run.filter(([, name = '']) => !(name in scripts))).toEqual([]);
        const read = [...text.matchAll(/\b(?:host|test|docs)\/[\w./-]+/g)];
        expect(
          read.filter(
            ([path]) => !existsSync(join(root, path)) && !project.has(pageOf(file), path),
          ),
        ).toEqual([]);
      }
    }
  });

  it('renders storage in which no rule finds more than what the input does not say', () => {
    const page = pageOf(file);
    const written = page.blocks.flatMap(({ info }) => info.get('rendered') ?? []);
    const objects = [...new Set(written)].flatMap((name) => loadAll(project.read(page, name)));
    const { findings } = planStorage(objects);
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });
});
