const LONGEST = 80;

/**
 * A value as an error message shows it: on one line, at most about 80 characters, never throwing.
 */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `'${cut(JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"'))}'`;
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
  try {
    return cut(JSON.stringify(value) ?? 'an object');
  } catch {
    return 'an object'; // cyclic, or with a bigint in it
  }
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
