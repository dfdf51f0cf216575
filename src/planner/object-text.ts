const ODD = new WeakMap<object, string>();
let odd = 0;

/** Text that values of the same content share; a value that holds itself is like no other. */
export function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // A cycle, or numbers that JSON does not have.
    const key = typeof value === 'object' && value !== null ? value : ODD;
    let text = ODD.get(key);
    if (text === undefined) {
      odd += 1;
      text = `odd ${odd}`;
      ODD.set(key, text);
    }
    return text;
  }
}

/** Numbers for texts, one for each: short keys for what many share. */
export class Numbering {
  readonly #known = new Map<string, number>();

  /** The number of the text. */
  of(text: string): number {
    let number = this.#known.get(text);
    if (number === undefined) {
      number = this.#known.size;
      this.#known.set(text, number);
    }
    return number;
  }
}
