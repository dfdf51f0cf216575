import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { isJsonObject, type JsonObject, listAt, objectAt } from './json';

const FOLDER = join(__dirname, '../../imports/crds');

/** What is wrong with an object by the definition of its kind; undefined where there is none. */
export function customProblems(object: JsonObject): readonly string[] | undefined {
  const schema = definitions().get(`${object.apiVersion} ${object.kind}`);
  return schema && schemaProblems(schema, object, '');
}

let known: ReadonlyMap<string, JsonObject> | undefined;

/** The schemas of imports/crds, by apiVersion and kind. */
function definitions(): ReadonlyMap<string, JsonObject> {
  known ??= new Map(
    readdirSync(FOLDER)
      .flatMap((file) => loadAll(readFileSync(join(FOLDER, file), 'utf8')))
      .flatMap((definition) => {
        const { group, names } = objectAt(definition, 'spec');
        return listAt(definition, 'spec', 'versions').map((version) => {
          const schema = objectAt(version, 'schema', 'openAPIV3Schema');
          const id = `${group}/${objectAt(version).name} ${objectAt(names).kind}`;
          return [id, schema] as const;
        });
      }),
  );
  return known;
}

type Check = (
  keyword: unknown,
  value: unknown,
  path: string,
  schema: JsonObject,
) => readonly string[];

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
  object: isJsonObject,
  string: (value) => typeof value === 'string',
};

const NOTHING: Check = () => [];

/** The keywords of a schema; one that is not here is an error of this file. */
const KEYWORDS: Readonly<Record<string, Check>> = {
  description: NOTHING,
  format: NOTHING,
  default: NOTHING,
  'x-kubernetes-int-or-string': NOTHING,
  'x-kubernetes-preserve-unknown-fields': NOTHING,
  type: (type, value, path) =>
    TYPES[String(type)]?.(value) ? [] : [`${path} must be of type ${type}`],
  enum: (values, value, path) =>
    (values as unknown[]).includes(value) ? [] : [`${path} must be one of ${values}`],
  pattern: (pattern, value, path) =>
    new RegExp(String(pattern)).test(String(value)) ? [] : [`${path} must match ${pattern}`],
  minLength: (least, value, path) =>
    String(value).length >= Number(least) ? [] : [`${path} must have ${least} characters or more`],
  maxLength: (most, value, path) =>
    String(value).length <= Number(most) ? [] : [`${path} must have ${most} characters or fewer`],
  required: (fields, value, path) =>
    (fields as string[])
      .filter((field) => isJsonObject(value) && value[field] === undefined)
      .map((field) => `${path}/${field} is required`),
  properties: (properties, value, path, schema) =>
    fieldProblems(properties as JsonObject, value, path, schema),
  additionalProperties: (schema, value, path) =>
    Object.entries(objectAt(value)).flatMap(([key, field]) =>
      schemaProblems(schema, field, `${path}/${key}`),
    ),
  items: (schema, value, path) =>
    (Array.isArray(value) ? value : []).flatMap((element, index) =>
      schemaProblems(schema, element, `${path}/${index}`),
    ),
  oneOf: (schemas, value, path) =>
    fitting(schemas, value, path) === 1 ? [] : [`${path} must fit exactly one alternative`],
  anyOf: (schemas, value, path) =>
    fitting(schemas, value, path) > 0 ? [] : [`${path} must fit one alternative or more`],
};

function schemaProblems(schema: unknown, value: unknown, path: string): readonly string[] {
  return Object.entries(objectAt(schema)).flatMap(([keyword, argument]) => {
    const check = KEYWORDS[keyword];
    if (check === undefined) {
      throw new Error(`${FOLDER} uses '${keyword}', which ${__filename} does not know`);
    }
    return check(argument, value, path, objectAt(schema));
  });
}

function fitting(schemas: unknown, value: unknown, path: string): number {
  return (schemas as unknown[]).filter((schema) => schemaProblems(schema, value, path).length === 0)
    .length;
}

function fieldProblems(
  properties: JsonObject,
  value: unknown,
  path: string,
  schema: JsonObject,
): readonly string[] {
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true;
  return Object.entries(objectAt(value)).flatMap(([key, field]) => {
    if (Object.hasOwn(properties, key)) {
      return schemaProblems(properties[key], field, `${path}/${key}`);
    }
    return open ? [] : [`unknown field ${path}/${key}`];
  });
}
