import { distance } from 'fastest-levenshtein';

/** The name that was probably meant, or undefined where none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const best = names
    .map((candidate) => ({ candidate, far: distance(name.toLowerCase(), candidate.toLowerCase()) }))
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
