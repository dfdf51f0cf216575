import { Yaml } from 'cdk8s';
import { load } from 'js-yaml';
import { isPlainObject } from '../../../src/planner/plain-object';

/**
 * The part of a file of manifests that a block shows: the objects of `kind` and `name`, where they
 * are said, and of these the fields of `at`, between commas, such as `metadata.name,spec.claimRef`.
 *
 * @throws Error where nothing in the file is like that
 */
export function objectsShown(text: string, info: ReadonlyMap<string, string>): string {
  const [kind, name, at] = ['kind', 'name', 'at'].map((key) => info.get(key));
  const found = text.split(/^---\n/m).filter((each) => {
    const object = objectIn(each);
    const metadata = isPlainObject(object.metadata) ? object.metadata : {};
    return [undefined, object.kind].includes(kind) && [undefined, metadata.name].includes(name);
  });
  if (found.length === 0) {
    throw new Error(`no ${kind ?? 'object'} ${name ?? ''} in:\n${text}`);
  }
  return found
    .map((each) => (at === undefined ? each : Yaml.stringify(picked(objectIn(each), at))))
    .join('---\n');
}

function objectIn(text: string): Record<string, unknown> {
  const object = load(text);
  return isPlainObject(object) ? { ...object } : {};
}

function picked(object: Record<string, unknown>, fields: string): object {
  const result = {};
  for (const field of fields.split(',')) {
    put(result, object, field.split('.'));
  }
  return result;
}

function put(target: Record<string, unknown>, source: unknown, path: readonly string[]): void {
  const [key = '', ...rest] = path;
  if (!isPlainObject(source) || !(key in source)) {
    throw new Error(`no field '${key}' in ${JSON.stringify(source)}`);
  }
  if (rest.length === 0) {
    target[key] = source[key];
  } else {
    const below = isPlainObject(target[key]) ? { ...target[key] } : {};
    put(below, source[key], rest);
    target[key] = below;
  }
}
