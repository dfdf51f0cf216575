import { isJsonObject, type JsonObject } from './json';

/** A class of kubernetes-models; `validate` runs the compiled JSON schema on what it is called on. */
interface ModelClass {
  readonly prototype: { validate(this: unknown): void };
}

/** What is wrong with an object by the schema of its kind; undefined where the kind is unknown. */
export function kubernetesProblems(object: JsonObject): readonly string[] | undefined {
  const model = modelOf(object);
  if (model === undefined) {
    return undefined;
  }
  const read: ReadFields = new Map();
  const watched = watch(object, '', read);
  const problems: string[] = [];
  try {
    model.prototype.validate.call(watched);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  return [...problems, ...unreadFields(object, '', read)];
}

function modelOf({ apiVersion, kind }: JsonObject): ModelClass | undefined {
  if (!/^[a-z0-9./]+$/.test(String(apiVersion)) || !/^[A-Za-z0-9]+$/.test(String(kind))) {
    return undefined;
  }
  try {
    return require(`kubernetes-models/${apiVersion}/${kind}`)[String(kind)];
  } catch {
    return undefined;
  }
}

/**
 * The fields that a schema asks for, by the path of their object; `'all'` for a map.
 *
 * kubernetes-models holds its schemas as compiled functions, which say nothing of a field that they
 * do not know. But they read every field that they know, and walk over the keys of a map: what was
 * not read is unknown.
 */
type ReadFields = Map<string, Set<string> | 'all'>;

function watch(value: unknown, path: string, read: ReadFields): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return new Proxy(value, {
    get: (target, field) => {
      const inner: unknown = Reflect.get(target, field);
      if (typeof field !== 'string' || typeof inner === 'function') {
        return inner;
      }
      const fields = read.get(path) ?? new Set();
      read.set(path, fields === 'all' ? fields : fields.add(field));
      return watch(inner, `${path}/${field}`, read);
    },
    ownKeys: (target) => {
      read.set(path, 'all');
      return Reflect.ownKeys(target);
    },
  });
}

function unreadFields(value: unknown, path: string, read: ReadFields): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => unreadFields(element, `${path}/${index}`, read));
  }
  const fields = read.get(path);
  // An object of which nothing is read may hold anything.
  if (!isJsonObject(value) || fields === undefined) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    fields === 'all' || fields.has(key)
      ? unreadFields(inner, `${path}/${key}`, read)
      : [`unknown field ${path}/${key}`],
  );
}
