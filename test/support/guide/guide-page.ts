import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Block, blocksOf } from './markdown';

export const root = resolve(__dirname, '..', '..', '..');

/** The folder of the guide. */
export const guide = join(root, 'docs', 'guide');

/** A page of the guide. */
export interface GuidePage {
  /** Its file in docs/guide. */
  readonly file: string;

  /** The same without `.md`. */
  readonly name: string;
  readonly markdown: string;
  readonly blocks: readonly Block[];
}

/** Reads a page. */
export function readPage(file: string): GuidePage {
  const markdown = readFileSync(join(guide, file), 'utf8');
  return { file, name: basename(file, '.md'), markdown, blocks: blocksOf(markdown) };
}

/** The manifests that the library is compared with, as people paste them. */
export function scenario(file: string): string {
  return readFileSync(join(root, 'test', 'fixtures', 'scenarios', file), 'utf8');
}
