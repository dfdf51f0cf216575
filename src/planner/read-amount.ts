import { Quantity } from '../kube/quantity';

/** Reads amounts of storage; remembers what it read, because a few texts name most of them. */
export class AmountReader {
  readonly #known = new Map<unknown, bigint | undefined>();

  /** Billionths of a byte; undefined where the value is no amount above zero. */
  read(value: unknown): bigint | undefined {
    if (this.#known.has(value)) {
      return this.#known.get(value);
    }
    // YAML gives a number where nothing is behind the digits, and the API server takes it.
    const text = typeof value === 'number' ? String(value) : value;
    const nanos = Quantity.parse(text)?.nanos;
    const amount = nanos === 0n ? undefined : nanos;
    if (typeof value === 'string' || typeof value === 'number') {
      this.#known.set(value, amount);
    }
    return amount;
  }
}
