/** Where something begins in a text. */
export interface Position {
  /** The first line is 1. */
  readonly line: number;

  /** The first column is 1; characters beyond the basic plane count as two, as editors count. */
  readonly column: number;
}

/** Lines of a text by offset, as YAML has them: a line ends with LF, CR LF or CR. */
export class Lines {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    const starts = [0];
    for (const lineBreak of text.matchAll(/\r\n?|\n/g)) {
      starts.push(lineBreak.index + lineBreak[0].length);
    }
    this.#starts = starts;
    this.#length = text.length;
  }

  /** The position of the character at the offset. */
  at(offset: number): Position {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }

  /** Offset of the first character of a line; the text's end for lines behind it. */
  startOf(line: number): number {
    return this.#starts[Math.max(line, 1) - 1] ?? this.#length;
  }
}
