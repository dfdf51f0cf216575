import { type Event, parseEvents, YAMLException } from 'js-yaml';
import { DEEPEST } from './limits';

/** What a text consists of, as js-yaml tells it. */
export interface SourceEvents {
  readonly events: Event[];

  /** The text that the offsets in the events are of: the one that came, or one that is indented. */
  readonly source: string;

  /** Offset in the text that came. */
  readonly original: (offset: number) => number;
}

// js-yaml's reason for a line in brackets, braces or quotes that stands no further to the right
// than what it belongs to, and for a tab in brackets or braces on such a line.
const DEFICIENT = 'deficient indentation';

/** How much may still be read again, in characters: each line that is indented means to do so. */
export interface Budget {
  left: number;
}

/** What a text may take of it: a second or two, and some 900 lines in a document of 36 KiB. */
export const MOST_READ_AGAIN = 32 * 1024 * 1024;

// What begins further to the right than that is no manifest.
const WIDEST = 1000;

/** Reads the events of one document, or of a few. @throws what js-yaml throws */
export function readEvents(source: string): SourceEvents {
  return { events: parse(source), source, original: (offset) => offset };
}

/**
 * Reads the events of one document, as kubectl does where js-yaml is stricter.
 *
 * The specification wants lines within brackets, braces and quotes to be indented more than what
 * they belong to. Many manifests close a list with `]` below its key, and go-yaml lets them: such
 * lines are indented here, which does not change what they say.
 * Source: YAML 1.2.2, 7.4 "Flow Collection Styles"; go-yaml v2, scannerc.go, which looks at no
 * indentation within them.
 *
 * @throws what js-yaml throws; YAMLException with positions in the text that came
 */
export function readEventsLeniently(source: string, budget: Budget): SourceEvents {
  const indented = new Indented(source);
  let first: unknown;
  while (true) {
    try {
      const { text } = indented;
      return { events: parse(text), source: text, original: (at) => indented.original(at) };
    } catch (error) {
      first ??= error;
      const position = deficientAt(error);
      if (position === undefined || budget.left <= 0 || !indented.indent(position)) {
        // What comes behind it may be far from the bracket or the quote that is not closed.
        throw first;
      }
      budget.left -= indented.text.length;
    }
  }
}

function parse(source: string): Event[] {
  return parseEvents(source, { maxDepth: DEEPEST });
}

function deficientAt(error: unknown): number | undefined {
  return error instanceof YAMLException && error.reason === DEFICIENT
    ? error.mark?.position
    : undefined;
}

/** A text of which some lines are indented more. */
class Indented {
  text: string;
  readonly #indent: string;
  /** Offsets in `text` at which lines begin that are indented, from the first to the last. */
  readonly #starts: number[] = [];

  constructor(text: string) {
    this.text = text;
    this.#indent = ' '.repeat(widest(text) + 1);
  }

  /** Indents the line that begins at the offset, or replaces tabs before it; whether there was any. */
  indent(offset: number): boolean {
    const start = startOfBlanks(this.text, offset);
    const blanks = this.text.slice(start, offset);
    if (start > 0 && !/[\r\n]/.test(this.text.charAt(start - 1))) {
      this.#replace(start, offset, ' '.repeat(blanks.length));
      return blanks.includes('\t');
    }
    if (start <= (this.#starts.at(-1) ?? -1)) {
      return false;
    }
    this.#starts.push(start);
    this.#replace(start, start, this.#indent);
    return true;
  }

  original(offset: number): number {
    const lines = this.#starts.filter((start) => start <= offset).length;
    return offset - lines * this.#indent.length;
  }

  #replace(start: number, end: number, by: string): void {
    this.text = this.text.slice(0, start) + by + this.text.slice(end);
  }
}

function startOfBlanks(text: string, end: number): number {
  let start = end;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') {
    start -= 1;
  }
  return start;
}

// No collection begins further to the right than the dashes and blanks in front of a line reach.
function widest(text: string): number {
  let widest = 0;
  for (const [prefix] of text.matchAll(/^[ \-?:]+/gm)) {
    widest = Math.max(widest, Math.min(prefix.length, WIDEST));
  }
  return widest;
}
