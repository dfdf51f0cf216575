const LONGEST = 80;

/**
 * A value as an error message shows it: on one line, at most about 80 characters, never throwing.
 *
 * The user and the password of an address are left out.
 */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `'${cut(escaped(JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"')))}'`;
    case 'function':
      return 'a function';
    case 'object':
      return showObject(value);
    default:
      return String(value);
  }
}

/** Names in a sentence: `'a', 'b' or 'c'`. */
export function alternatives(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`);
  return quoted.length < 2
    ? quoted.join('')
    : `${quoted.slice(0, -1).join(', ')} or ${quoted[quoted.length - 1]}`;
}

function showObject(value: object | null): string {
  const type = builtInType(value);
  if (type !== undefined) {
    return `a ${type}`;
  }
  try {
    return cut(escaped(JSON.stringify(value) ?? 'an object'));
  } catch {
    return 'an object'; // cyclic, or with a bigint in it
  }
}

/**
 * The type of an object of the language whose content is not in its fields, such as `Map` or
 * `Promise`; undefined for any other value.
 */
export function builtInType(value: unknown): string | undefined {
  const type = Object.prototype.toString.call(value).slice('[object '.length, -1);
  return BUILT_IN.includes(type) ? type : undefined;
}

const BUILT_IN = ['Date', 'Map', 'Promise', 'RegExp', 'Set', 'WeakMap', 'WeakSet'];

// JSON escapes control characters up to U+001F; these break lines or drive terminals as well.
function escaped(text: string): string {
  return text.replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function cut(text: string): string {
  const told = text.replace(CREDENTIALS, '$1…@');
  return told.length > LONGEST ? `${told.slice(0, LONGEST)}…` : told;
}

// Up to the last `@` before the path: passwords have one in them, too (RFC 3986, authority).
const CREDENTIALS = /(:\/\/)[^\s/?#"']*@/g;
