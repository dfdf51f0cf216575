import { constructFromEvents, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import { MOST_READ_AGAIN, readEventsLeniently, type SourceEvents } from './read-events';
import { MANIFEST_SCHEMA } from './schema';

/** Fields and items on the way from a document to a value. */
export type Path = readonly (string | number)[];

interface Entry {
  /** Index of the event that is the key. */
  readonly key: number;

  /** Index of the event with which the value begins. */
  readonly value: number;
}

/** Where the values of one document are, found in its events when first asked. */
export class Places {
  readonly #source: string;
  readonly #events: readonly Event[];
  readonly #original: (offset: number) => number;
  readonly #root: number | undefined;
  /** For each event, the index of the one behind all that it contains. */
  readonly #behind: Int32Array;
  /** What each alias stands for, as the index of an event. */
  readonly #targets = new Map<number, number>();
  readonly #items = new Map<number, readonly number[]>();

  /** Reads a text again that could be read before; never throws. */
  constructor(source: string, nth: number) {
    const read = readAgain(source);
    this.#source = read.source;
    this.#events = read.events;
    this.#original = read.original;
    this.#behind = new Int32Array(this.#events.length);
    const documents = this.#walk();
    const document = documents[nth];
    this.#root = document === undefined ? undefined : document + 1;
  }

  /** Offset of the value's first character, or of what is nearest to it on the path. */
  find(path: Path): number {
    let at = this.#root;
    if (at === undefined) {
      return 0;
    }
    let offset = this.#offsetOf(at) ?? 0;
    for (const step of path) {
      const found = this.#step(at, step);
      if (found === undefined) {
        break;
      }
      offset = this.#offsetOf(found.key) ?? offset;
      at = found.value;
    }
    return this.#original(offset);
  }

  // Fills in what lies behind each event and what each alias means; returns where documents begin.
  #walk(): readonly number[] {
    const documents: number[] = [];
    const open: number[] = [];
    let anchors = new Map<string, number>();
    for (const [index, event] of this.#events.entries()) {
      this.#behind[index] = index + 1;
      if (event.type === EVENT_ID.POP) {
        this.#behind[open.pop() ?? index] = index + 1;
        continue;
      }
      if (event.type === EVENT_ID.DOCUMENT) {
        documents.push(index);
        anchors = new Map();
      } else if (event.anchorStart >= 0) {
        const name = this.#source.slice(event.anchorStart, event.anchorEnd);
        if (event.type === EVENT_ID.ALIAS) {
          this.#targets.set(index, anchors.get(name) ?? index);
        } else {
          anchors.set(name, index);
        }
      }
      if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS) {
        open.push(index);
      }
    }
    return documents;
  }

  #step(from: number, step: string | number): Entry | undefined {
    const at = this.#targets.get(from) ?? from;
    switch (this.#events[at]?.type) {
      case EVENT_ID.SEQUENCE: {
        const item = this.#itemsOf(at)[Number(step)];
        return item === undefined ? undefined : { key: item, value: item };
      }
      case EVENT_ID.MAPPING:
        return this.#entryOf(at, String(step)) ?? this.#mergedEntryOf(at, String(step));
      default:
        return undefined;
    }
  }

  #entryOf(mapping: number, name: string): Entry | undefined {
    const parts = this.#itemsOf(mapping);
    for (const isSame of [this.#isWritten, this.#isRead]) {
      for (let index = 0; index + 1 < parts.length; index += 2) {
        const [key = 0, value = 0] = [parts[index], parts[index + 1]];
        if (isSame.call(this, key, name)) {
          return { key, value };
        }
      }
    }
    return undefined;
  }

  #mergedEntryOf(mapping: number, name: string): Entry | undefined {
    const parts = this.#itemsOf(mapping);
    for (let index = 0; index + 1 < parts.length; index += 2) {
      const [key = 0, value = 0] = [parts[index], parts[index + 1]];
      if (!this.#isMerge(key)) {
        continue;
      }
      const source = this.#targets.get(value) ?? value;
      const isList = this.#events[source]?.type === EVENT_ID.SEQUENCE;
      for (const part of isList ? this.#itemsOf(source) : [source]) {
        const found = this.#step(part, name);
        if (found !== undefined) {
          return found;
        }
      }
    }
    return undefined;
  }

  /** The events directly in a sequence or a mapping: items, or keys and values in turn. */
  #itemsOf(container: number): readonly number[] {
    const known = this.#items.get(container);
    if (known !== undefined) {
      return known;
    }
    const items: number[] = [];
    const end = (this.#behind[container] ?? 0) - 1;
    for (let at = container + 1; at < end; at = this.#behind[at] ?? end) {
      items.push(at);
    }
    this.#items.set(container, items);
    return items;
  }

  #isWritten(key: number, name: string): boolean {
    const event = this.#events[this.#targets.get(key) ?? key];
    return event?.type === EVENT_ID.SCALAR && getScalarValue(this.#source, event) === name;
  }

  // A key may be written in another way than it reads: `yes` is the key 'true'.
  #isRead(key: number, name: string): boolean {
    const event = this.#events[this.#targets.get(key) ?? key];
    if (event?.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN) {
      return false;
    }
    const document = { type: EVENT_ID.DOCUMENT, explicitStart: false, explicitEnd: false };
    const pop = { type: EVENT_ID.POP };
    const events = [{ ...document, directives: [] }, { ...event, tagStart: -1, tagEnd: -1 }, pop];
    const options = { source: this.#source, schema: MANIFEST_SCHEMA };
    return String(constructFromEvents(events, options)[0]) === name;
  }

  #isMerge(key: number): boolean {
    const event = this.#events[key];
    const isPlain = event?.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN;
    return isPlain && this.#isWritten(key, '<<');
  }

  #offsetOf(at: number): number | undefined {
    const event = this.#events[at];
    switch (event?.type) {
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        return event.start;
      case EVENT_ID.ALIAS:
        return event.anchorStart - 1;
      case EVENT_ID.SCALAR:
        return this.#scalarOffset(event.valueStart, event.style);
      default:
        return undefined;
    }
  }

  // js-yaml gives the first character within the quotes, or the line behind `|`.
  #scalarOffset(start: number, style: number): number | undefined {
    switch (style) {
      case SCALAR_STYLE.LITERAL_BLOCK:
        return this.#source.lastIndexOf('|', start);
      case SCALAR_STYLE.FOLDED_BLOCK:
        return this.#source.lastIndexOf('>', start);
      case SCALAR_STYLE.PLAIN:
        return start < 0 ? undefined : start;
      default:
        return start - 1;
    }
  }
}

function readAgain(source: string): SourceEvents {
  try {
    return readEventsLeniently(source, { left: MOST_READ_AGAIN });
  } catch {
    return { events: [], source, original: (offset) => offset }; // JSON that is no YAML
  }
}
