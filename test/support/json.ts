/** An object as JSON has it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and neither an array nor null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object behind a path of fields; an empty one where there is none. */
export function objectAt(value: unknown, ...path: readonly string[]): JsonObject {
  const found = valueAt(value, ...path);
  return isJsonObject(found) ? found : {};
}

/** The elements behind a path of fields; none where there is no list. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The value behind a path of fields, or undefined. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(
    (inner, field) =>
      isJsonObject(inner) && Object.hasOwn(inner, field) ? inner[field] : undefined,
    value,
  );
}

/** A place in an object: its path, and the value there. */
export interface Place {
  readonly path: string;
  readonly value: unknown;
}

/** Every value in a value, itself included. */
export function* everyPlace(value: unknown, path = ''): Generator<Place> {
  yield { path, value };
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      yield* everyPlace(element, `${path}[${index}]`);
    }
  } else if (isJsonObject(value)) {
    for (const [key, field] of Object.entries(value)) {
      yield* everyPlace(field, path === '' ? key : `${path}.${key}`);
    }
  }
}
