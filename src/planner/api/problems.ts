import { alternatives } from '../../kube/show';

/** Names and positions that lead to a field. */
export type FieldPath = readonly (string | number)[];

/** Something for which the API server refuses an object. */
export interface ApiProblem {
  /** The field and the reason, as the API server tells them. */
  readonly text: string;

  /** Where it is. */
  readonly path: FieldPath;

  /** What to do, as a command. */
  readonly fix: string;
}

/** Keys of a map stand in brackets. */
const MAPS: ReadonlySet<string | number | undefined> = new Set([
  'annotations',
  'capacity',
  'labels',
  'matchLabels',
  'parameters',
]);

/**
 * Collects what is wrong with an object, in the API server's words.
 *
 * Source of the words: k8s.io/apimachinery, pkg/util/validation/field/errors.go.
 */
export class ApiProblems {
  readonly found: ApiProblem[] = [];

  /**
   * @param prefix - what leads to the object that is looked at, such as to a template in a set
   * @param told - what of that is told: nothing, where the API server sees that object alone
   */
  constructor(
    private readonly prefix: FieldPath = [],
    private readonly told: FieldPath = prefix,
  ) {}

  required(path: FieldPath, detail = ''): void {
    const field = this.#field(path);
    this.#add(path, withDetail(`${field}: Required value`, detail), `set ${this.#name(path)}`);
  }

  invalid(path: FieldPath, value: unknown, detail: string, fix?: string): void {
    const field = this.#field(path);
    const text = `${field}: Invalid value: ${shown(value)}: ${detail}`;
    this.#add(path, text, fix ?? `correct ${this.#name(path)}`);
  }

  unsupported(path: FieldPath, value: unknown, supported: readonly string[]): void {
    const field = this.#field(path);
    const values = supported.map((each) => `"${each}"`).join(', ');
    const text = `${field}: Unsupported value: ${shown(value)}: supported values: ${values}`;
    this.#add(path, text, `set ${this.#name(path)} to ${alternatives(supported)}`);
  }

  forbidden(path: FieldPath, detail: string): void {
    const field = this.#field(path);
    this.#add(path, `${field}: Forbidden: ${detail}`, `drop ${this.#name(path)}`);
  }

  duplicate(path: FieldPath, value: unknown): void {
    const field = this.#field(path);
    this.#add(
      path,
      `${field}: Duplicate value: ${shown(value)}`,
      `keep one ${this.#name(path)} of that value`,
    );
  }

  notFound(path: FieldPath, value: string, fix: string): void {
    this.#add(path, `${this.#field(path)}: Not found: "${value}"`, fix);
  }

  /**
   * A value of another type than the field's: the object cannot be read at all.
   *
   * @param field - as Go names it, such as `StorageClass.parameters`
   */
  type(path: FieldPath, value: unknown, field: string, type: string): void {
    const text = `json: cannot unmarshal ${jsonType(value)} into Go struct field ${field} of type ${type}`;
    const name = this.#name(path);
    const fix =
      type === 'string' && typeof value !== 'object'
        ? `put the value of ${name} in quotes: "${String(value)}"`
        : `make ${name} ${kindOf(type)}`;
    this.#add(path, text, fix);
  }

  /**
   * A field that cannot be changed any more.
   *
   * @param text - field and reason, which the API server does not always tell of this very field
   */
  changed(path: FieldPath, text: string, value: unknown, before: unknown): void {
    const name = this.#name(path);
    const had = before === undefined ? 'nothing' : shown(before);
    this.#add(
      path,
      `${text} (${name} is ${had}, planned is ${shown(value)})`,
      `keep ${name}: ${had}`,
    );
  }

  #add(path: FieldPath, text: string, fix: string): void {
    this.found.push({ text, path: [...this.prefix, ...path], fix });
  }

  /** The field as the API server names it, which differs for what a claim requests. */
  #field(path: FieldPath): string {
    return this.#name(path).replace(/\.requests\.storage$/, '[storage]');
  }

  #name(path: FieldPath): string {
    let text = '';
    let before: string | number | undefined;
    for (const part of [...this.told, ...path]) {
      text +=
        typeof part === 'number' || MAPS.has(before)
          ? `[${part}]`
          : text === ''
            ? part
            : `.${part}`;
      before = part;
    }
    return text;
  }
}

/** A type of Go, as a reader of manifests calls it. */
function kindOf(type: string): string {
  switch (type) {
    case 'string':
      return 'a text';
    case 'bool':
      return 'true or false';
    case 'int32':
      return 'a number';
    case 'intstr.IntOrString':
      return 'a number or a percentage';
    case 'resource.Quantity':
      return 'an amount';
    default:
      return type.startsWith('[]') ? 'a list' : 'a mapping';
  }
}

function withDetail(text: string, detail: string): string {
  return detail === '' ? text : `${text}: ${detail}`;
}

const LONGEST = 100;

function shown(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // cyclic
  }
  const all = text ?? 'null';
  return all.length > LONGEST ? `${all.slice(0, LONGEST)}…` : all;
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) {
    return 'array';
  }
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
