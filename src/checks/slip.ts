import { distance } from 'fastest-levenshtein';

/**
 * Whether a word is another one with a slip of the pen: letters swapped, other separators or capitals,
 * or one wrong letter inside a long word.
 *
 * Names that differ in a digit or at an end (`shard-a` and `shard-b`, `v1` and `v2`) are two names.
 */
export function isSlipOf(word: string, meant: string): boolean {
  const [a, b] = [bare(word), bare(meant)];
  if (word === meant || digitsOf(a) !== digitsOf(b)) {
    return false;
  }
  const isSwapped = a.length > 2 && sorted(a) === sorted(b);
  const isInside = a[0] === b[0] && a.at(-1) === b.at(-1) && Math.min(a.length, b.length) >= LONG;
  return a === b || ((isSwapped || isInside) && distance(a, b) <= (isSwapped ? 2 : 1));
}

/** Letters from which on one that is wrong hardly makes another word. */
const LONG = 6;

function bare(word: string): string {
  return word.toLowerCase().replace(/[-_.]/g, '');
}

function digitsOf(word: string): string {
  return word.replace(/\D/g, '');
}

function sorted(word: string): string {
  return [...word].sort().join('');
}
