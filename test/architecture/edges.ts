import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import type { ImportEdge } from './rules';

/** Every module that the source of one file names, in whatever form of import. */
export function specifiersOf(source: string): string[] {
  return ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** Every import in the .ts files below a folder, by path from the root. */
export function edgesBelow(root: string, folder: string): ImportEdge[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const file = relative(root, path).split(sep).join('/');
      return specifiersOf(readFileSync(path, 'utf8')).map((specifier) => ({ file, specifier }));
    });
}
