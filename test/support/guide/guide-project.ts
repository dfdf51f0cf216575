import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Consumer, compile, templateTsconfig } from '../../consumers/consumer';
import { excerptOf } from './excerpt';
import { type GuidePage, scenario } from './guide-page';
import type { Block } from './markdown';
import { objectsShown } from './objects-shown';
import { shareCheckLog } from './share-check-log';

/** What a command printed, and how it ended. */
interface Ended {
  readonly status: number;
  readonly output: string;
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
  readonly #ended = new Map<string, Ended>();

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
    return compile(this.#folder, 'typescript', '--skipLibCheck', '--noEmitOnError', 'false').stdout;
  }

  /** Runs the apps of all pages, each in the folder of its page. */
  async runApps(): Promise<void> {
    await Promise.all(
      this.pages.map(async (page) => {
        for (const { language, info } of page.blocks) {
          const file = info.get('file') ?? '';
          if (language === 'ts' && file !== '') {
            const ended = await this.#run(page, `node ${file.replace(/\.ts$/, '.js')}`);
            this.#ended.set(`${page.name}/${file}`, ended);
          }
        }
      }),
    );
  }

  /** How an app of a page ended. */
  endOf(page: GuidePage, file: string): Ended | undefined {
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
    const { info, language, text } = block;
    const shown = { kind: info.get('kind'), name: info.get('name'), at: info.get('at') };
    const [rendered, fixture] = [info.get('rendered'), info.get('fixture')];
    const [excerpt, stderr, log] = [info.get('excerpt'), info.get('stderr'), info.get('log')];
    if (language === 'console') {
      return this.#console(page, text);
    }
    if (rendered !== undefined) {
      return objectsShown(this.read(page, rendered), shown);
    }
    if (fixture !== undefined) {
      return objectsShown(scenario(fixture), shown);
    }
    if (stderr !== undefined) {
      return refusalIn(this.endOf(page, stderr)?.output);
    }
    if (log !== undefined) {
      return shareCheckLog(this.read(page, log));
    }
    if (excerpt !== undefined) {
      return excerptOf(excerpt, info.get('of'), text);
    }
    if (language === 'sh') {
      const { status, output } = await this.#run(page, `sh -n <<'COMMANDS'\n${text}COMMANDS`);
      if (status !== 0) {
        throw new Error(output);
      }
      return text;
    }
    if (!info.has('file')) {
      throw new Error('nothing behind the fence says how the block is checked');
    }
    return text;
  }

  /** The command lines of a block, each with what it prints. */
  async #console(page: GuidePage, text: string): Promise<string> {
    let shown = '';
    for (const line of commandsOf(text)) {
      shown += `$ ${line}\n${(await this.#run(page, line)).output}`;
    }
    return shown;
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
