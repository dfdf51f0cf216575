import { ACCESS_MODES, type AccessMode } from '../kube/access-mode';

/** A set of access modes: a bit for each, in the order of ACCESS_MODES. */
export type ModeSet = number;

/** The set of the modes listed; undefined where the list holds something else, or nothing. */
export function readModes(list: unknown): ModeSet | undefined {
  if (!Array.isArray(list) || list.length === 0) {
    return undefined;
  }
  let set: ModeSet = 0;
  for (const mode of list) {
    const index = ACCESS_MODES.indexOf(mode);
    if (index < 0) {
      return undefined;
    }
    set |= 1 << index;
  }
  return set;
}

/** Whether the set holds all the modes asked for. */
export function includesModes(set: ModeSet, asked: ModeSet): boolean {
  return (set & asked) === asked;
}

/** How many modes there are in the set. */
export function countModes(set: ModeSet): number {
  return modesOf(set).length;
}

/** The modes in the set. */
export function modesOf(set: ModeSet): readonly AccessMode[] {
  return ACCESS_MODES.filter((_, index) => (set & (1 << index)) !== 0);
}

/** Whether the set joins ReadWriteOncePod with others, which the API server refuses. */
export function mixesOncePod(set: ModeSet): boolean {
  const oncePod = 1 << ACCESS_MODES.indexOf('ReadWriteOncePod');
  return (set & oncePod) !== 0 && set !== oncePod;
}

/** What the API server says where it does. */
export const MIXED_ONCE_POD =
  'spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes';
