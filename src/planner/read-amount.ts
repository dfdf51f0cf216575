import { Quantity } from '../kube/quantity';
import { textOf } from './object-text';

/** An amount of storage; two of the same text are the same object. */
export interface Amount {
  /** Billionths of a byte. */
  readonly nanos: bigint;

  /** Place among all amounts that were read; amounts of one value have one rank. */
  rank: number;
}

/** No amount at all, for what the API server refuses. */
export const NO_AMOUNT: Amount = { nanos: 0n, rank: 0 };

/** An amount of unknown shape as it was written. */
export function amountText(value: unknown): string {
  return typeof value === 'string' ? value : textOf(value);
}

/** Reads amounts of storage; remembers what it read, because a few texts name most of them. */
export class AmountReader {
  readonly #known = new Map<string, Amount | undefined>();

  /** Undefined where the value is no amount above zero. */
  read(value: unknown): Amount | undefined {
    // YAML gives a number where nothing is behind the digits, and the API server takes it.
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string') {
      return undefined;
    }
    let amount = this.#known.get(text);
    if (amount === undefined && !this.#known.has(text)) {
      const nanos = Quantity.parse(text)?.nanos ?? 0n;
      amount = nanos === 0n ? undefined : { nanos, rank: 0 };
      this.#known.set(text, amount);
    }
    return amount;
  }

  /** Ranks what was read, so that most comparisons are of small numbers. */
  rank(): void {
    const amounts = [...this.#known.values()].filter((amount) => amount !== undefined);
    const roughly = new Map(amounts.map((amount) => [amount, Number(amount.nanos)]));
    amounts.sort(
      (a, b) =>
        (roughly.get(a) ?? 0) - (roughly.get(b) ?? 0) ||
        (a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0),
    );
    let rank = 0;
    let last = 0n;
    for (const amount of amounts) {
      if (amount.nanos !== last) {
        rank += 1;
        last = amount.nanos;
      }
      amount.rank = rank;
    }
  }
}
