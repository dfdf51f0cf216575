import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './guide-page';

/**
 * What a block shows of a file of the repository: one declaration, or the lines that it has already.
 *
 * @param file - from the root of the repository
 * @param name - the name of what is declared; without one, the lines have to be there
 * @throws Error where they are not there
 */
export function excerptOf(file: string, name: string | undefined, lines: string): string {
  const text = readFileSync(join(root, file), 'utf8');
  if (name === undefined) {
    if (!text.includes(lines)) {
      throw new Error(`${file} has no such lines`);
    }
    return lines;
  }
  const all = text.split('\n');
  const declared = new RegExp(`^(export )?(const|class|interface|type|function) ${name}\\b`);
  const start = all.findIndex((line) => declared.test(line));
  if (start < 0) {
    throw new Error(`${file} declares no ${name}`);
  }
  // Formatted code ends what spans several lines with a bracket in the first column.
  const isOne = all[start]?.endsWith(';') === true;
  const end = isOne ? start : all.findIndex((line, index) => index > start && /^[\])}]/.test(line));
  return `${all.slice(start, end + 1).join('\n')}\n`;
}
