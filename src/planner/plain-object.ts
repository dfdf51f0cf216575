/** An object of unknown shape, as YAML or JSON gave it. */
export type PlainObject = Readonly<Record<string, unknown>>;

const NOTHING: PlainObject = Object.freeze({});

/** Whether the value is an object with fields; lists are none. */
export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under the key; an empty one where there is none. */
export function objectAt(object: PlainObject, key: string): PlainObject {
  const value = object[key];
  return isPlainObject(value) ? value : NOTHING;
}

/** The list under the key; an empty one where there is none. */
export function listAt(object: PlainObject, key: string): readonly unknown[] {
  const value = object[key];
  return Array.isArray(value) ? value : [];
}

/** The text under the key, where there is one. */
export function textAt(object: PlainObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' ? value : undefined;
}

/** The text under the key, where there is one that is not empty. */
export function nameAt(object: PlainObject, key: string): string | undefined {
  return textAt(object, key) || undefined;
}
