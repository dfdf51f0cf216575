import type { Output } from './streams';

/** Work that takes less long is done without a word. */
const QUIET_MILLISECONDS = 1000;

/** Says on a terminal what is being done, once the work lasts; and nothing anywhere else. */
export class Progress {
  readonly #output: Output;
  readonly #start = performance.now();
  #shown = false;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Now this is being done, such as `reading 1200 files`. */
  step(what: string): void {
    if (this.#output.isTTY === true && performance.now() - this.#start > QUIET_MILLISECONDS) {
      this.#output.write(`\r\u001b[K${what}…`);
      this.#shown = true;
    }
  }

  /** Everything is done: the line goes away. */
  end(): void {
    if (this.#shown) {
      this.#output.write('\r\u001b[K');
      this.#shown = false;
    }
  }
}
