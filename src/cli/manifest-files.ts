import { lstat, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { CannotRun } from './cannot-run';

const MANIFESTS = '**/*.{yaml,yml,json}';

const OPTIONS = {
  followSymbolicLinks: false,
  // Folders that hold nobody's own manifests.
  ignore: ['**/node_modules/**', '**/.git/**'],
};

/**
 * The files that paths stand for, each once: files, folders with all manifests in them, globs.
 *
 * Those of a folder or a glob are in the order of their names; hidden ones are left out. A symbolic
 * link that leads out of the folder is not followed.
 */
export async function manifestFiles(paths: readonly string[]): Promise<readonly string[]> {
  const files = new Set<string>();
  for (const path of paths) {
    for (const file of await filesOf(path)) {
      files.add(file);
    }
  }
  return [...files];
}

async function filesOf(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) {
    const names = await glob(MANIFESTS, { ...OPTIONS, cwd: path });
    return some(
      await inside(
        path,
        names.map((name) => join(path, name)),
      ),
      `no manifests (*.yaml, *.yml, *.json) in folder '${path}'`,
    );
  }
  if (found !== undefined) {
    return [path];
  }
  if (!isDynamicPattern(path)) {
    throw new CannotRun(`no file or folder '${path}'`);
  }
  const pattern = path.split(sep).join('/');
  const files = await glob(pattern, { ...OPTIONS, expandDirectories: false });
  return some(await inside(baseOf(pattern), files), `no file matches '${path}'`);
}

function some(files: readonly string[], otherwise: string): readonly string[] {
  if (files.length === 0) {
    throw new CannotRun(otherwise);
  }
  return files;
}

/** The part of a glob in front of its first wildcard. */
function baseOf(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex((part) => isDynamicPattern(part));
  return parts.slice(0, first).join('/') || (pattern.startsWith('/') ? '/' : '.');
}

/** The files that are in the folder, and not behind a link out of it; in the order of their names. */
async function inside(folder: string, files: readonly string[]): Promise<readonly string[]> {
  const root = await realpath(folder).catch(() => folder);
  const kept: string[] = [];
  for (const file of [...files].sort()) {
    const isLink = (await lstat(file)).isSymbolicLink();
    const target = isLink ? await realpath(file).catch(() => undefined) : file;
    if (target !== undefined && !(isLink && leadsOut(root, target))) {
      kept.push(file);
    }
  }
  return kept;
}

function leadsOut(root: string, target: string): boolean {
  const way = relative(root, target);
  return way === '..' || way.startsWith(`..${sep}`);
}
