import type { Path } from './places';

// Keys that read as they are written, but for those below.
const KEY = /[A-Za-z_./][\w./-]*(?=:(?:[ \r\n]|$))/y;
const READS_OTHERWISE = /^(?:y|yes|n|no|on|off|true|false|null)$/i;

// Where js-yaml's line breaks and columns are others than here.
const ODD = /\t|\r(?!\n)|\uFEFF/;

/** Where something begins that is neither blank nor a comment. */
interface Spot {
  readonly at: number;

  /** How far it stands to the right. */
  readonly column: number;
}

/** What a step leads to; neither where a parser has to tell, as at anchors and in flow style. */
interface Found {
  /** Where there is no such field or item. */
  readonly missing?: true;

  readonly spot?: Spot;
}

const UNKNOWN: Found = {};
const MISSING: Found = { missing: true };

/**
 * Finds a value where a document is written as kubectl and most people do: in blocks, with plain
 * keys. That is a fraction of the work of reading it again, which thousands of findings come to.
 *
 * What is nested stands further to the right than its key, whatever it is, so lines are skipped by
 * their indentation alone.
 *
 * @param source a document that js-yaml reads as it is
 * @returns the offset that `Places` gives, or undefined where only it can tell
 */
export function findInBlocks(source: string, path: Path): number | undefined {
  let collection = ODD.test(source) ? undefined : rootOf(source);
  let found = collection?.at;
  for (const [index, step] of path.entries()) {
    if (collection === undefined) {
      return undefined;
    }
    const isItem = isDash(source, collection.at);
    const { spot, missing } = isItem
      ? itemOf(source, collection, Number(step))
      : keyOf(source, collection, String(step));
    if (spot === undefined) {
      return missing && found;
    }
    found = spot.at;
    if (index < path.length - 1) {
      const value = isItem ? collectionAt(source, spot) : belowKey(source, spot);
      if (value.missing) {
        return found;
      }
      collection = value.spot;
    }
  }
  return found;
}

/** The first key of a document whose value is a mapping in blocks. */
function rootOf(source: string): Spot | undefined {
  let spot = contentFrom(source, 0);
  if (spot?.column === 0 && /^---[ \r\n]/.test(source.slice(spot.at, spot.at + 4))) {
    const isMarkerAlone = contentInLine(source, spot.at + 3) === undefined;
    spot = isMarkerAlone ? contentFrom(source, lineBehind(source, spot.at)) : undefined;
  }
  return spot !== undefined && keyAt(source, spot.at) !== undefined ? spot : undefined;
}

/** The key of that name in the mapping whose first key stands at the spot. */
function keyOf(source: string, mapping: Spot, name: string): Found {
  let spot: Spot | undefined = mapping;
  while (spot !== undefined && spot.column >= mapping.column) {
    // A list may stand no further to the right than the key that it belongs to.
    if (spot.column === mapping.column && isDash(source, spot.at)) {
      if (mayHoldKey(source, spot)) {
        return UNKNOWN;
      }
    } else if (spot.column === mapping.column) {
      const key = keyAt(source, spot.at);
      if (key === undefined || READS_OTHERWISE.test(key)) {
        return UNKNOWN;
      }
      if (key === name) {
        return { spot };
      }
    }
    spot = contentFrom(source, lineBehind(source, spot.at));
  }
  return MISSING;
}

/** The item of that index in the list whose first dash stands at the spot. */
function itemOf(source: string, list: Spot, index: number): Found {
  let left = index;
  let spot: Spot | undefined = list;
  while (spot !== undefined && spot.column >= list.column) {
    if (spot.column === list.column) {
      if (!isDash(source, spot.at)) {
        return MISSING;
      }
      if (left === 0) {
        return behindDash(source, spot);
      }
      if (mayHoldKey(source, spot)) {
        return UNKNOWN;
      }
      left -= 1;
    }
    spot = contentFrom(source, lineBehind(source, spot.at));
  }
  return Number.isInteger(index) && index >= 0 ? MISSING : UNKNOWN;
}

// js-yaml ends an item at its quote, bracket or alias, and takes what is behind that on the line for
// the next key of the mapping that the list is in.
function mayHoldKey(source: string, dash: Spot): boolean {
  const at = contentInLine(source, dash.at + 1);
  return at !== undefined && /[&*!?"'{[|>]/.test(source.charAt(at));
}

function behindDash(source: string, dash: Spot): Found {
  const at = contentInLine(source, dash.at + 1);
  const spot =
    at === undefined
      ? contentFrom(source, lineBehind(source, dash.at))
      : { at, column: dash.column + at - dash.at };
  // Text, a list in a list and whatever else is no mapping is left to the parser.
  const isMapping = spot !== undefined && spot.column > dash.column;
  return isMapping && keyAt(source, spot.at) !== undefined ? { spot } : UNKNOWN;
}

/** The collection that is the value of the key at the spot. */
function belowKey(source: string, key: Spot): Found {
  const name = keyAt(source, key.at) ?? '';
  const inLine = contentInLine(source, key.at + name.length + 1);
  if (inLine !== undefined) {
    // A text in whichever quotes has no fields.
    return /[&*!?{[]/.test(source.charAt(inLine)) ? UNKNOWN : MISSING;
  }
  const below = contentFrom(source, lineBehind(source, key.at));
  if (below === undefined || below.column < key.column) {
    return MISSING;
  }
  if (isDash(source, below.at)) {
    return { spot: below };
  }
  return below.column === key.column ? MISSING : collectionAt(source, below);
}

/** The mapping that begins at the spot, where it is one. */
function collectionAt(source: string, spot: Spot): Found {
  return keyAt(source, spot.at) === undefined ? UNKNOWN : { spot };
}

function isDash(source: string, at: number): boolean {
  return source[at] === '-' && /[ \r\n]|^$/.test(source.charAt(at + 1));
}

function keyAt(source: string, at: number): string | undefined {
  KEY.lastIndex = at;
  return KEY.exec(source)?.[0];
}

/** What there is on a line, from an offset in it on. */
function contentInLine(source: string, from: number): number | undefined {
  let at = from;
  while (source[at] === ' ') {
    at += 1;
  }
  return /[\r\n#]|^$/.test(source.charAt(at)) ? undefined : at;
}

/** The next line that has content, from the beginning of a line on. */
function contentFrom(source: string, line: number): Spot | undefined {
  for (let start = line; start < source.length; start = lineBehind(source, start)) {
    const at = contentInLine(source, start);
    if (at !== undefined) {
      return { at, column: at - start };
    }
  }
  return undefined;
}

function lineBehind(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end + 1;
}
