import { constructFromEvents, EVENT_ID, type Event, YAMLException } from 'js-yaml';
import { checkAliases } from './aliases';
import { LONGEST_DOCUMENT, MOST_DOCUMENTS, MOST_MERGED_KEYS, MOST_UNREADABLE } from './limits';
import { looksLikeJson } from './looks-like-json';
import {
  type Budget,
  MOST_READ_AGAIN,
  readEvents,
  readEventsLeniently,
  type SourceEvents,
} from './read-events';
import { COMPLEX_KEY, MANIFEST_SCHEMA } from './schema';
import { type Span, splitDocuments } from './split-documents';

/** A document that was read. */
export interface ParsedDocument {
  readonly span: Span;

  /** Which of the documents of the span it is; 0 but for odd input. */
  readonly nth: number;
  readonly value: unknown;

  /** Whether js-yaml reads it as it is, without a line that is indented first. */
  readonly strict: boolean;
}

/** A document that could not be read. */
export interface Unreadable {
  /** Where in the text it fails. */
  readonly offset: number;
  readonly reason: string;
}

/** What there is in a text, in its order. */
export type Parsed = ParsedDocument | Unreadable;

// Documents that are read in one go, in characters. One at a time costs js-yaml twice the time;
// all at once holds the events of all, and a document that fails takes the others along.
const BATCH = 32 * 1024;

const LIMIT = `${LONGEST_DOCUMENT / 1024 / 1024} MiB`;

/** The longest part of js-yaml's reason that is passed on. */
const LONGEST_REASON = 200;

/** Whether the document was read. */
export function isRead(parsed: Parsed): parsed is ParsedDocument {
  return 'span' in parsed;
}

/** Reads the documents of a YAML text; those that fail do not keep it from the others. */
export function parseYaml(text: string): readonly Parsed[] {
  const spans = splitDocuments(text, MOST_DOCUMENTS + 1);
  const last = spans[MOST_DOCUMENTS];
  if (last !== undefined) {
    return [{ offset: last.start, reason: `has more than ${MOST_DOCUMENTS} documents; split it` }];
  }
  const documents: Parsed[] = [];
  const budget = { left: MOST_READ_AGAIN };
  let unreadable = 0;
  for (let first = 0; first < spans.length; ) {
    const start = spans[first]?.start ?? 0;
    if (unreadable >= MOST_UNREADABLE) {
      const reason = `is not read from here on: ${unreadable} documents before it are not YAML`;
      documents.push({ offset: start, reason });
      break;
    }
    let next = first + 1;
    while ((spans[next]?.end ?? Number.POSITIVE_INFINITY) - start <= BATCH) {
      next += 1;
    }
    const batch = spans.slice(first, next);
    const values = batch.length === 1 ? undefined : valuesOfBatch(text, batch);
    for (const [index, span] of batch.entries()) {
      if (values === undefined) {
        unreadable += readOne(text, span, budget, documents) ? 0 : 1;
      } else {
        documents.push({ span, nth: 0, value: values[index], strict: true });
      }
    }
    first = next;
  }
  return documents;
}

// Nothing where one of them fails, or where js-yaml finds other documents than there are spans.
function valuesOfBatch(text: string, spans: readonly Span[]): readonly unknown[] | undefined {
  try {
    const values = valuesOf(readEvents(text.slice(spans[0]?.start, spans.at(-1)?.end)));
    return values.length === spans.length ? values : undefined;
  } catch {
    return undefined;
  }
}

function readOne(text: string, span: Span, budget: Budget, documents: Parsed[]): boolean {
  const source = text.slice(span.start, span.end);
  if (source.length > LONGEST_DOCUMENT) {
    const reason = looksLikeJson(source)
      ? `is not JSON, and longer than the ${LIMIT} that can be read as YAML`
      : `is one YAML document of more than ${LIMIT}; split it, or pass it as JSON`;
    documents.push({ offset: span.start, reason });
    return false;
  }
  let read: SourceEvents | undefined;
  try {
    read = readEventsLeniently(source, budget);
    const strict = read.source === source;
    for (const [nth, value] of valuesOf(read).entries()) {
      documents.push({ span, nth, value, strict });
    }
    return true;
  } catch (error) {
    const reason = error instanceof YAMLException ? error.reason : String(error);
    const mark = error instanceof YAMLException ? error.mark : undefined;
    const position = reason === COMPLEX_KEY ? complexKey(read?.events ?? []) : mark?.position;
    const offset = read === undefined ? position : read.original(position ?? 0);
    // What is missing at the end is missing where the text ends, and not on the line after it.
    const end = source.trimEnd().length;
    documents.push({
      offset: span.start + Math.min(offset ?? 0, end),
      reason: `is not YAML: ${oneLine(isSecret(source) ? unquoted(reason) : reason)}`,
    });
    return false;
  }
}

// Anything may be thrown: js-yaml's own errors, and V8's where a stack or a string is at its end.
function valuesOf({ events, source }: SourceEvents): unknown[] {
  if (source.includes('*') && source.includes('&')) {
    checkAliases(events, source);
  }
  const schema = MANIFEST_SCHEMA;
  const options = { source, schema, maxTotalMergeKeys: MOST_MERGED_KEYS };
  return constructFromEvents(events, options);
}

/** Where the first key begins that is a list or a mapping. */
function complexKey(events: readonly Event[]): number {
  // How many keys and values came so far, of each mapping that is open; NaN for other containers.
  const open: number[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    const came = open.at(-1) ?? Number.NaN;
    const isContainer = event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING;
    if (isContainer && came % 2 === 0) {
      return event.start;
    }
    open.splice(-1, 1, came + 1);
    if (isContainer || event.type === EVENT_ID.DOCUMENT) {
      open.push(event.type === EVENT_ID.MAPPING ? 0 : Number.NaN);
    }
  }
  return 0;
}

// A password that begins with `*` is read as an alias, which the reason quotes.
function isSecret(source: string): boolean {
  return /^\s*["']?kind["']?:\s*["']?Secret\b/m.test(source);
}

function unquoted(reason: string): string {
  return reason.replace(/".*"|<.*>/s, '…');
}

// The reason may quote the text: a tag or an alias of any length, with any characters.
function oneLine(reason: string): string {
  const line = reason.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}
