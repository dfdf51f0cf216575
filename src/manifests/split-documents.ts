/** A document in a text of many: offsets, its directives and its markers included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

// A marker stands at the beginning of a line; block scalars and quotes end at it, too.
// Source: YAML 1.2.2, 9.1.2 "Document Markers".
const MARKER = /(?:^|[\r\n])(\uFEFF?(?:---|\.\.\.))(?=[ \t\r\n]|$)/g;
const CONTENT = /[^ \t\r\n\uFEFF]/g;
const LINE_BREAK = /\r\n?|\n/g;

/**
 * Finds where each document begins and ends, without a look at what is in it.
 *
 * @param most how many documents to look for
 */
export function splitDocuments(text: string, most: number): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  // Whether directives may stand here: at the beginning, and behind `...`.
  let fresh = true;
  const close = (end: number): void => {
    if (!fresh || contentBefore(text, start, end) !== 'nothing') {
      spans.push({ start, end });
    }
    start = end;
  };
  for (const match of text.matchAll(MARKER)) {
    if (spans.length >= most) {
      return spans;
    }
    const marker = match[1] ?? '';
    const at = match.index + match[0].length - marker.length;
    if (marker.endsWith('.')) {
      close(endOfLine(text, at));
      fresh = true;
    } else {
      if (!fresh || contentBefore(text, start, at) === 'content') {
        close(at);
      }
      fresh = false;
    }
  }
  close(text.length);
  return spans;
}

// What stands before a marker: comments and blank lines, directives, or a document without `---`.
function contentBefore(
  text: string,
  start: number,
  end: number,
): 'nothing' | 'directives' | 'content' {
  let found: 'nothing' | 'directives' = 'nothing';
  for (let at = start; ; at = endOfLine(text, at)) {
    CONTENT.lastIndex = at;
    at = CONTENT.exec(text)?.index ?? end;
    if (at >= end) {
      return found;
    }
    const isFirst = at === 0 || /[\r\n\uFEFF]/.test(text[at - 1] ?? '');
    if (isFirst && text[at] === '%') {
      found = 'directives';
    } else if (
      text[at] !== '#' &&
      !(isFirst && /^\.\.\.(?:[ \t\r\n]|$)/.test(text.slice(at, at + 4)))
    ) {
      return 'content';
    }
  }
}

function endOfLine(text: string, from: number): number {
  LINE_BREAK.lastIndex = from;
  return LINE_BREAK.exec(text) === null ? text.length : LINE_BREAK.lastIndex;
}
