import { findInBlocks } from './block-place';
import { type ManifestProblem, type ManifestText, problemOfText } from './decode';
import { failsAtAction, isChart, isValues, templateFolders } from './helm';
import { Lines } from './lines';
import { looksLikeJson } from './looks-like-json';
import { parseJson } from './parse-json';
import { isRead, type Parsed, type ParsedDocument, parseYaml } from './parse-yaml';
import { type Path, Places } from './places';
import { problemOf, type WhatItIs, whatItIs } from './what-it-is';

export type { ManifestProblem, ManifestText } from './decode';

/** A text that holds no manifests, and was not meant to. */
export interface PassedOver {
  readonly file?: string;

  /** Why, such as `is a kustomization`. */
  readonly reason: string;
}

/** Where something begins. */
export interface Place {
  readonly file?: string;

  /** The first line is 1. */
  readonly line: number;

  /** The first column is 1. */
  readonly column: number;
}

/** What was read from texts. */
export interface Manifests {
  /** Every object, in the order of the texts and documents; kubectl Lists are left whole. */
  readonly objects: readonly unknown[];

  /** Texts and documents that could not be read; where there are any, `objects` is not all. */
  readonly problems: readonly ManifestProblem[];

  /** Texts that hold no manifests. */
  readonly passedOver: readonly PassedOver[];

  /**
   * Where an object begins, or the field of it that the path names; what is nearest on the path
   * where there is no such field. Reads the object's document again when first asked.
   *
   * @param object one of `objects`, or an item of a List among them: the very object, no copy
   * @returns undefined where the object is none of these
   */
  placeOf(object: unknown, path?: Path): Place | undefined;
}

/** A text that was read, and what is found in it only when asked. */
interface Source extends ManifestText {
  lines?: Lines;
  places?: Map<ParsedDocument, Places>;
}

/** Where to look for an object. */
interface Origin {
  readonly source: Source;
  readonly document: ParsedDocument;
  readonly path: Path;
}

const LONGEST_SCANNED = 16 * 1024;

// As deep as the planner opens Lists.
const DEEPEST_LIST = 8;

/**
 * Reads YAML and JSON texts of many documents as kubectl does; never throws.
 *
 * Positions are not found meanwhile: `placeOf` looks for them when it is asked.
 */
export function readManifests(texts: readonly ManifestText[]): Manifests {
  const reader = new Reader(texts);
  for (const text of texts) {
    reader.read(text);
  }
  const { objects, problems, passedOver } = reader;
  return { objects, problems, passedOver, placeOf: (object, path) => reader.placeOf(object, path) };
}

class Reader {
  readonly objects: unknown[] = [];
  readonly problems: ManifestProblem[] = [];
  readonly passedOver: PassedOver[] = [];
  readonly #templates: readonly string[];
  readonly #documents: Origin[] = [];
  #origins: Map<unknown, Origin> | undefined;

  constructor(texts: readonly ManifestText[]) {
    this.#templates = templateFolders(texts.flatMap(({ file }) => file ?? []));
  }

  read({ file, text }: ManifestText): void {
    const from = file === undefined ? {} : { file };
    const unreadable = problemOfText(text);
    if (unreadable !== undefined) {
      this.problems.push({ ...from, ...unreadable });
      return;
    }
    if (file !== undefined && this.#templates.some((folder) => file.startsWith(folder))) {
      this.passedOver.push({ ...from, reason: IS_TEMPLATE });
      return;
    }
    const source: Source = { ...from, text: text.startsWith('\uFEFF') ? text.slice(1) : text };
    const documents = parse(source.text);
    const reason = reasonToPassOver(source, documents);
    if (reason !== undefined) {
      this.passedOver.push({ ...from, reason });
      return;
    }
    const hasManifests = documents.some((document) => isManifest(whatParsed(document)));
    for (const document of documents) {
      this.#take(source, document, hasManifests);
    }
  }

  placeOf(object: unknown, path: Path = []): Place | undefined {
    this.#origins ??= this.#findOrigins();
    const origin = this.#origins.get(object);
    return origin === undefined
      ? undefined
      : placeIn(origin.source, origin.document, [...origin.path, ...path]);
  }

  #take(source: Source, document: Parsed, hasManifests: boolean): void {
    const from = source.file === undefined ? {} : { file: source.file };
    if (!isRead(document)) {
      const { line } = linesOf(source).at(document.offset);
      this.problems.push({ ...from, line, message: document.reason });
      return;
    }
    const what = whatItIs(document.value);
    if (what === 'manifest') {
      this.objects.push(document.value);
      this.#documents.push({ source, document, path: [] });
    } else if (isManifest(what) || (what === 'other' && hasManifests)) {
      const { line } = placeIn(source, document, []);
      this.problems.push({ ...from, line, message: problemOf(document.value) });
    }
  }

  #findOrigins(): Map<unknown, Origin> {
    const origins = new Map<unknown, Origin>();
    const add = (object: unknown, origin: Origin): void => {
      if (origins.has(object)) {
        return; // an alias, and its first place is the one that was written
      }
      origins.set(object, origin);
      const depth = origin.path.length / 2; // a step to the items, and one to the item
      for (const [index, item] of depth < DEEPEST_LIST ? itemsOf(object).entries() : []) {
        add(item, { ...origin, path: [...origin.path, 'items', index] });
      }
    };
    for (const origin of this.#documents) {
      add(origin.document.value, origin);
    }
    return origins;
  }
}

const IS_TEMPLATE = 'is a template that is not rendered';
const NO_MANIFEST = 'has no apiVersion and no kind';

function parse(text: string): readonly Parsed[] {
  return (looksLikeJson(text) ? parseJson(text) : undefined) ?? parseYaml(text);
}

function reasonToPassOver(source: Source, documents: readonly Parsed[]): string | undefined {
  const { file = '', text } = source;
  const kinds = new Set(documents.map(whatParsed));
  const failsAsTemplate = (document: Parsed): boolean =>
    !isRead(document) && failsAtAction(text, linesOf(source), document.offset);
  if (kinds.has('template') || documents.some(failsAsTemplate)) {
    return IS_TEMPLATE;
  }
  if (kinds.has('manifest')) {
    return undefined;
  }
  if (isChart(file)) {
    return 'describes a Helm chart';
  }
  if (isValues(file)) {
    return 'holds values of a Helm chart';
  }
  if (isForeignJson(file, text)) {
    return NO_MANIFEST;
  }
  if (kinds.has('broken') || kinds.has('malformed') || kinds.has('scalar')) {
    return undefined;
  }
  if (kinds.has('kustomization')) {
    return 'is a kustomization';
  }
  return kinds.has('other') ? NO_MANIFEST : 'is empty';
}

// Settings of other tools are often JSON with comments, which is neither JSON nor YAML.
function isForeignJson(file: string, text: string): boolean {
  return file.endsWith('.json') && looksLikeJson(text) && !/apiVersion|kind/.test(text);
}

function whatParsed(document: Parsed): WhatItIs | 'broken' {
  return isRead(document) ? whatItIs(document.value) : 'broken';
}

/** Whether it is a manifest, or was meant to be one. */
function isManifest(what: WhatItIs | 'broken'): boolean {
  return what === 'manifest' || what === 'malformed' || what === 'scalar';
}

function linesOf(source: Source): Lines {
  source.lines ??= new Lines(source.text);
  return source.lines;
}

function placeIn(source: Source, document: ParsedDocument, path: Path): Place {
  const offset = document.span.start + offsetIn(source, document, path);
  const position = linesOf(source).at(offset);
  return source.file === undefined ? position : { file: source.file, ...position };
}

function offsetIn(source: Source, document: ParsedDocument, path: Path): number {
  const { span, nth, strict } = document;
  const known = source.places?.get(document);
  if (known !== undefined) {
    return known.find(path);
  }
  const text = source.text.slice(span.start, span.end);
  // In a long document, such as a List, its lines would be gone through for each of many objects.
  const isSimple = strict && nth === 0 && text.length <= LONGEST_SCANNED;
  const found = isSimple ? findInBlocks(text, path) : undefined;
  if (found !== undefined) {
    return found;
  }
  const places = new Places(text, nth);
  source.places ??= new Map();
  source.places.set(document, places);
  return places.find(path);
}

function itemsOf(object: unknown): readonly unknown[] {
  if (typeof object !== 'object' || object === null) {
    return [];
  }
  const { kind, items } = object as Readonly<Record<string, unknown>>;
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? items : [];
}
