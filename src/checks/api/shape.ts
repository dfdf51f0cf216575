import type { ApiProblems, FieldPath } from '../../planner/api/problems';
import { isPlainObject, type PlainObject } from '../../planner/plain-object';

/** What a field may hold, as far as its type goes; `null` is as good as leaving it out. */
export type Shape = Leaf | Struct | List | TextMap;

type Leaf = 'string' | 'int32' | 'bool' | 'intstr.IntOrString' | 'resource.Quantity';

/** A mapping with fields of its own; what is not among them is not looked at. */
export interface Struct {
  /** As Go names it, such as `v1.PodSpec`. */
  readonly type: string;
  readonly fields: readonly (readonly [name: string, shape: Shape])[];
}

interface List {
  readonly each: Shape;
}

/** Texts by key, or a mapping whose values are looked at elsewhere. */
interface TextMap {
  readonly values: 'string' | 'any';
}

/** A mapping with these fields. */
export function struct(type: string, fields: Readonly<Record<string, Shape>>): Struct {
  return { type, fields: Object.entries(fields) };
}

/** A list of these. */
export function list(each: Shape): List {
  return { each };
}

/** Texts by key. */
export const TEXTS: TextMap = { values: 'string' };

/** Texts by key; other code looks at the values. */
export const MAPPING: TextMap = { values: 'any' };

/**
 * What of an object is of another type than its field, so that the API server cannot read it.
 *
 * Source of the words: Go, encoding/json, UnmarshalTypeError.
 */
export function checkShape(object: PlainObject, shape: Struct, problems: ApiProblems): void {
  // Nearly every object suits, and there may be many: no path is made before one does not.
  if (!suits(object, shape)) {
    check(object, shape, { path: [], names: [], of: '' }, problems);
  }
}

function suits(value: unknown, shape: Shape): boolean {
  if (value === null || value === undefined) {
    return true;
  }
  if (typeof shape === 'string') {
    return isLeaf(value, shape);
  }
  if ('each' in shape) {
    return Array.isArray(value) && value.every((each) => suits(each, shape.each));
  }
  if (!isPlainObject(value)) {
    return false;
  }
  if ('fields' in shape) {
    for (const [key, field] of shape.fields) {
      if (!suits(value[key], field)) {
        return false;
      }
    }
    return true;
  }
  return shape.values === 'any' || isTexts(value);
}

/** A place in an object. */
interface Place {
  readonly path: FieldPath;

  /** The names that lead to it, without positions and keys. */
  readonly names: readonly string[];

  /** What the field is one of, such as `PodSpec`. */
  readonly of: string;
}

function check(value: unknown, shape: Shape, place: Place, problems: ApiProblems): void {
  if (suits(value, shape)) {
    return;
  }
  const { path, names, of } = place;
  if (typeof shape === 'object' && 'each' in shape && Array.isArray(value)) {
    value.forEach((each: unknown, index) => {
      check(each, shape.each, { ...place, path: [...path, index] }, problems);
    });
  } else if (typeof shape === 'object' && 'fields' in shape && isPlainObject(value)) {
    const struct = shape.type.slice(shape.type.indexOf('.') + 1);
    for (const [key, field] of shape.fields) {
      const at: Place = { path: [...path, key], names: [...names, key], of: struct };
      check(value[key], field, at, problems);
    }
  } else if (typeof shape === 'object' && 'values' in shape && isPlainObject(value)) {
    for (const [key, text] of Object.entries(value)) {
      check(text, 'string', { ...place, path: [...path, key] }, problems);
    }
  } else {
    problems.type(path, value, `${of}.${names.join('.')}`, typeOf(shape));
  }
}

function isTexts(object: PlainObject): boolean {
  for (const key in object) {
    if (!suits(object[key], 'string')) {
      return false;
    }
  }
  return true;
}

function isLeaf(value: unknown, leaf: Leaf): boolean {
  switch (leaf) {
    case 'string':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
    case 'int32':
      return typeof value === 'number';
    default:
      return typeof value === 'string' || typeof value === 'number';
  }
}

function typeOf(shape: Shape): string {
  if (typeof shape === 'string') {
    return shape;
  }
  if ('each' in shape) {
    return `[]${typeOf(shape.each)}`;
  }
  return 'fields' in shape ? shape.type : 'map[string]string';
}
