import { distance } from 'fastest-levenshtein';

/** The name that was probably meant, or undefined where none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const best = names
    .map((candidate) => ({ candidate, far: farness(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)[0];
  // A third of the letters wrong is still a slip; more is another word.
  return best !== undefined && best.far <= Math.max(1, Math.floor(name.length / 3))
    ? best.candidate
    : undefined;
}

/** `; did you mean 'x'?`, or nothing where no name is near. */
export function didYouMean(name: unknown, names: readonly string[]): string {
  const best = typeof name === 'string' ? nearest(name, names) : undefined;
  return best === undefined ? '' : `; did you mean '${best}'?`;
}

// Two letters that changed places are one slip; Levenshtein counts two.
function farness(name: string, candidate: string): number {
  const first = [...name].findIndex((letter, index) => letter !== candidate[index]);
  const swapped = `${name.slice(0, first)}${name[first + 1]}${name[first]}${name.slice(first + 2)}`;
  return first >= 0 && swapped === candidate ? 1 : distance(name, candidate);
}
