import { isPlainObject, listAt, nameAt, type PlainObject } from './plain-object';

/** Something of the input that could not be read. */
export interface Problem {
  /** What came. */
  readonly object: unknown;

  /** What is wrong with it, in lower case and without a full stop. */
  readonly message: string;

  /** What to do, where it is not to write the object out. */
  readonly fix?: string;
}

// A List in a List is odd, and one that holds itself comes from a cyclic YAML anchor.
const DEEPEST_LIST = 8;

/** Calls `each` with every object, those in kubectl Lists included; the rest are problems. */
export function forEachObject(
  values: readonly unknown[],
  problems: Problem[],
  each: (object: PlainObject, kind: string, apiVersion: string) => void,
): void {
  const visit = (value: unknown, depth: number, listed?: PlainObject): void => {
    if (value === null || value === undefined) {
      return; // an empty document
    }
    if (!isPlainObject(value)) {
      const what = Array.isArray(value) ? 'a list' : `a ${typeof value}`;
      problems.push({ object: value, message: `expected a Kubernetes object, got ${what}` });
      return;
    }
    // The items of a PersistentVolumeList may leave both out.
    const kind = nameAt(value, 'kind') ?? nameAt(listed ?? {}, 'kind')?.replace(/List$/, '');
    const apiVersion = nameAt(value, 'apiVersion') ?? nameAt(listed ?? {}, 'apiVersion');
    if (kind === undefined || apiVersion === undefined) {
      const missing = kind === undefined ? 'kind' : 'apiVersion';
      problems.push({ object: value, message: `expected a Kubernetes object, got no ${missing}` });
      return;
    }
    if (kind.endsWith('List') && Array.isArray(value.items)) {
      if (depth >= DEEPEST_LIST) {
        problems.push({
          object: value,
          message: `lists are nested more than ${DEEPEST_LIST} deep`,
        });
        return;
      }
      const typed = kind === 'List' ? undefined : value;
      for (const item of listAt(value, 'items')) {
        visit(item, depth + 1, typed);
      }
      return;
    }
    if (kind === 'List' && value.items !== undefined && value.items !== null) {
      const what = typeof value.items === 'object' ? 'a mapping' : `a ${typeof value.items}`;
      const fix = 'put a dash in front of each object in items';
      problems.push({ object: value, message: `items of a List must be a list, got ${what}`, fix });
      return;
    }
    each(value, kind, apiVersion);
  };
  for (const value of values) {
    visit(value, 0);
  }
}
