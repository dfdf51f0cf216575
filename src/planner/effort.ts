/**
 * How much work the planner may still do on a question that can take very long.
 *
 * Who asks for more than there is gets no answer in time, and the verdict is `unknown`.
 */
export class Effort {
  #left: number;
  #isSpent = false;

  /**
   * @param total - steps of about a microsecond, for all questions together
   * @param least - steps that each question may take in any case
   * @param most - steps that one question may take
   */
  constructor(
    private total: number,
    private readonly least: number,
    private readonly most: number,
  ) {
    this.#left = most;
  }

  /** Whether the last question has asked for more than it was given. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** Turns to the next question. */
  next(): void {
    this.#isSpent = false;
    this.#left = Math.max(this.least, Math.min(this.most, this.total));
  }

  /** Takes so many steps; false where there are not as many. */
  spend(steps: number): boolean {
    this.#left -= steps;
    this.total -= steps;
    this.#isSpent ||= this.#left < 0;
    return !this.#isSpent;
  }
}
