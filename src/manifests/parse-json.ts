import { DEEPEST, MOST_DOCUMENTS } from './limits';
import type { ParsedDocument } from './parse-yaml';
import type { Span } from './split-documents';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Reads a text of one JSON value or of several in a row, as `kubectl get -o json` and jq print
 * them: many times as fast as YAML.
 *
 * @returns undefined where it is no JSON, or JSON of which YAML has to say what is wrong with it:
 * a key that is there twice, of which JSON.parse takes the last, or values nested too deeply
 */
export function parseJson(text: string): readonly ParsedDocument[] | undefined {
  const whole = parseSpan(text, { start: 0, end: text.length });
  if (whole !== undefined) {
    return [whole];
  }
  const documents: ParsedDocument[] = [];
  const spans = splitValues(text);
  if (spans.length > MOST_DOCUMENTS) {
    return undefined;
  }
  for (const span of spans) {
    const document = parseSpan(text, span);
    if (document === undefined) {
      return undefined;
    }
    documents.push(document);
  }
  return documents;
}

function parseSpan(text: string, span: Span): ParsedDocument | undefined {
  const source = text.slice(span.start, span.end);
  try {
    const value: unknown = JSON.parse(source);
    return isFaithful(value, source) ? { span, nth: 0, value, strict: true } : undefined;
  } catch {
    return undefined;
  }
}

/** Finds the values of `{…} {…}`; the last span takes what is left. */
function splitValues(text: string): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length && spans.length <= MOST_DOCUMENTS; at += 1) {
    const char = text[at];
    if (char === '"') {
      at = endOfString(text, at);
    } else if (char === '{' || char === '[') {
      depth += 1;
    } else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth <= 0) {
        spans.push({ start, end: at + 1 });
        start = at + 1;
      }
    }
  }
  if (text.slice(start).trim() !== '') {
    spans.push({ start, end: text.length });
  }
  return spans;
}

// The keys that are written are those that the objects have, and nothing lies too deep.
function isFaithful(value: unknown, source: string): boolean {
  let keys = 0;
  let level = [value].filter(isContainer);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= DEEPEST) {
      return false;
    }
    const next: object[] = [];
    for (const container of level) {
      const values = Array.isArray(container) ? container : Object.values(container);
      keys += Array.isArray(container) ? 0 : values.length;
      for (const item of values) {
        if (isContainer(item)) {
          next.push(item);
        }
      }
    }
    level = next;
  }
  return countKeys(source) === keys;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function countKeys(source: string): number {
  let keys = 0;
  for (let at = source.indexOf('"'); at >= 0; at = source.indexOf('"', at + 1)) {
    at = endOfString(source, at);
    let next = at + 1;
    while (/\s/.test(source[next] ?? '')) {
      next += 1;
    }
    keys += source[next] === ':' ? 1 : 0;
  }
  return keys;
}

/** Offset of the quote that closes the string which begins at `from`, or of the text's end. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) {
      at += 1;
    } else if (code === QUOTE) {
      return at;
    }
  }
  return text.length;
}
