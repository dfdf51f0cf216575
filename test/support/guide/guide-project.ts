import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Consumer, compile, templateTsconfig } from '../../consumers/consumer';
import { excerptOf } from './excerpt';
import { type GuidePage, root, scenario } from './guide-page';
import type { Block } from './markdown';
import { objectsShown } from './objects-shown';
import { shareCheckLog } from './share-check-log';

/** How it is found out what a block should show; the value is what stands behind `=`. */
type Way = (page: GuidePage, block: Block, value: string) => string | Promise<string>;

/** What a command printed, and how it ended. */
interface Ended {
  readonly status: number;
  readonly output: string;
}

/** The same of an app, and what it has written into `dist` that was not there. */
interface AppEnd extends Ended {
  readonly written: readonly string[];
}

/**
 * The pages as a reader would follow them: one folder each, with the files that the page gives, in
 * a project where the packed package is installed.
 */
export class GuideProject {
  readonly #consumer = new Consumer();
  readonly #folder = join(this.#consumer.folder, 'guide');
  readonly #tools = join(this.#consumer.folder, 'tools');

  /** How each app of a page ended, by `page/file`. */
  readonly #ended = new Map<string, AppEnd>();

  /** What says what a block should show, and how that is found out. */
  readonly #ways: Readonly<Record<string, Way>> = {
    console: (page, { text }) => this.#console(page, text),
    excerpt: (_, { info, text }, file) => excerptOf(file, info.get('of'), text),
    file: (_, { text }) => text,
    fixture: (_, { info }, file) => objectsShown(scenario(file), info),
    log: (page, _, file) => shareCheckLog(this.read(page, file)),
    rendered: (page, { info }, file) => objectsShown(this.read(page, file), info),
    sh: (page, { text }) => this.#sh(page, text),
    stdout: (page, _, file) => this.endOf(page, file)?.output ?? '',
    stderr: (page, _, file) => refusalIn(this.endOf(page, file)?.output),
  };

  constructor(private readonly pages: readonly GuidePage[]) {
    for (const page of pages) {
      for (const block of page.blocks) {
        const file = block.info.get('file');
        const fixture = block.info.get('fixture');
        if (file !== undefined) {
          this.#write(page, file, block.text);
        } else if (fixture !== undefined) {
          this.#write(page, fixture, scenario(fixture));
        }
      }
    }
    this.#provideCommands();
  }

  dispose(): void {
    this.#consumer.dispose();
  }

  /** Compiles all apps in one go; returns what the compiler says. */
  compile(): string {
    writeFileSync(join(this.#folder, 'tsconfig.json'), templateTsconfig());
    const options = ['--skipLibCheck', '--noEmitOnError', 'false', '--types', 'node'];
    return compile(this.#folder, 'typescript', ...options).stdout;
  }

  /** What Biome says of the apps, by the rules of this repository. */
  lint(): string {
    const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
    const config = `--config-path=${join(root, 'biome.json')}`;
    const args = [biome, 'ci', config, '--vcs-enabled=false', this.#folder];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return status === 0 ? '' : stdout + stderr;
  }

  /** Runs the apps of all pages, each in the folder of its page. */
  async runApps(): Promise<void> {
    await Promise.all(
      this.pages.map(async (page) => {
        for (const { language, info } of page.blocks) {
          const file = info.get('file') ?? '';
          if (language === 'ts' && file !== '') {
            const before = this.#dist(page);
            const ended = await this.#run(page, `node ${file.replace(/\.ts$/, '.js')}`);
            const written = this.#dist(page).filter((name) => !before.includes(name));
            this.#ended.set(`${page.name}/${file}`, { ...ended, written });
          }
        }
      }),
    );
  }

  /** How an app of a page ended. */
  endOf(page: GuidePage, file: string): AppEnd | undefined {
    return this.#ended.get(`${page.name}/${file}`);
  }

  /** Whether a file is in the folder of a page. */
  has(page: GuidePage, file: string): boolean {
    return existsSync(join(this.#folder, page.name, file));
  }

  /** A file in the folder of a page, such as what its app has written. */
  read(page: GuidePage, file: string): string {
    if (!this.has(page, file)) {
      throw new Error(`${page.file} shows ${file}, which nothing on the page writes`);
    }
    return readFileSync(join(this.#folder, page.name, file), 'utf8');
  }

  /** What a block should show, or why that cannot be said. */
  async textOf(page: GuidePage, block: Block): Promise<string | Error> {
    try {
      return await this.#textOf(page, block);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  async #textOf(page: GuidePage, block: Block): Promise<string> {
    const { info, language } = block;
    const [way, another] = [language, ...info.keys()].filter((each) =>
      Object.hasOwn(this.#ways, each),
    );
    if (way === undefined || another !== undefined) {
      const ways = Object.keys(this.#ways).join(', ');
      throw new Error(
        `behind the fence there must be one of ${ways}; got ${way ?? 'none'} ${another ?? ''}`,
      );
    }
    return this.#ways[way]?.(page, block, info.get(way) ?? '') ?? '';
  }

  // A command that is not there, or that could not run, is a mistake of the page.
  async #console(page: GuidePage, text: string): Promise<string> {
    let shown = '';
    for (const line of commandsOf(text)) {
      const { status, output } = await this.#run(page, line);
      if (status > 1) {
        throw new Error(`${line} ends with ${status}:\n${output}`);
      }
      shown += `$ ${line}\n${output}`;
    }
    return shown;
  }

  // There is no cluster and no host to run them on.
  async #sh(page: GuidePage, text: string): Promise<string> {
    const { status, output } = await this.#run(page, `sh -n <<'COMMANDS'\n${text}COMMANDS`);
    if (status !== 0) {
      throw new Error(output);
    }
    return text;
  }

  #run(page: GuidePage, line: string): Promise<Ended> {
    const { PATH = '' } = process.env;
    const cwd = join(this.#folder, page.name);
    mkdirSync(cwd, { recursive: true });
    return new Promise((resolve) => {
      const env = { PATH: `${this.#tools}${delimiter}${PATH}`, LC_ALL: 'C' };
      execFile('sh', ['-c', `exec 2>&1\n${line}`], { cwd, env }, (error, stdout) => {
        resolve({ status: Number(error?.code ?? 0), output: stdout });
      });
    });
  }

  #dist(page: GuidePage): readonly string[] {
    return this.has(page, 'dist') ? readdirSync(join(this.#folder, page.name, 'dist')) : [];
  }

  #write(page: GuidePage, file: string, text: string): void {
    const path = join(this.#folder, page.name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  // npx itself takes longer to start than what it runs.
  #provideCommands(): void {
    const own = join(this.#consumer.folder, 'node_modules', 'cdk8s-storage');
    const { bin }: { bin: Record<string, string> } = JSON.parse(
      readFileSync(join(own, 'package.json'), 'utf8'),
    );
    const command = join(own, bin['cdk8s-storage'] ?? '');
    const npx = join(this.#tools, 'npx');
    mkdirSync(this.#tools);
    writeFileSync(
      npx,
      `#!/bin/sh\n[ "$1" = cdk8s-storage ] || exit 127\nshift\nexec '${process.execPath}' '${command}' "$@"\n`,
    );
    chmodSync(npx, 0o755);
    mkdirSync(this.#folder, { recursive: true });
  }
}

/** The command lines of a block, without their prompt. */
export function commandsOf(text: string): string[] {
  return [...text.matchAll(/^\$ (.*)$/gm)].map(([, line = '']) => line);
}

/** The line of a StorageError, without what Node prints around it. */
function refusalIn(output = ''): string {
  const [, line] = /^\[?(StorageError \[.*?)\]?$/m.exec(output) ?? [];
  if (line === undefined) {
    throw new Error(`no StorageError in:\n${output}`);
  }
  return `${line}\n`;
}
