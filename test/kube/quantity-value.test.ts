import fc from 'fast-check';
import { Quantity, quantity } from '../../src/kube/quantity';

/** A fraction, the model of a quantity's value. */
interface Ratio {
  readonly over: bigint;
  readonly under: bigint;
}

/** What each suffix stands for, written out. */
const SUFFIXES: Readonly<Record<string, Ratio>> = {
  '': { over: 1n, under: 1n },
  u: { over: 1n, under: 1_000_000n },
  m: { over: 1n, under: 1_000n },
  k: { over: 1_000n, under: 1n },
  M: { over: 1_000_000n, under: 1n },
  G: { over: 1_000_000_000n, under: 1n },
  T: { over: 1_000_000_000_000n, under: 1n },
  P: { over: 1_000_000_000_000_000n, under: 1n },
  E: { over: 1_000_000_000_000_000_000n, under: 1n },
  Ki: { over: 1_024n, under: 1n },
  Mi: { over: 1_048_576n, under: 1n },
  Gi: { over: 1_073_741_824n, under: 1n },
  Ti: { over: 1_099_511_627_776n, under: 1n },
  Pi: { over: 1_125_899_906_842_624n, under: 1n },
  Ei: { over: 1_152_921_504_606_846_976n, under: 1n },
  e0: { over: 1n, under: 1n },
  e4: { over: 10_000n, under: 1n },
  'E+6': { over: 1_000_000n, under: 1n },
  'e-3': { over: 1n, under: 1_000n },
};

/** Texts that stay above a billionth, so that nothing is rounded, and the value of each. */
const amounts = fc
  .tuple(
    fc.bigInt({ min: 0n, max: 10n ** 12n }),
    fc.option(fc.stringMatching(/^\d{1,3}$/), { nil: undefined }),
    fc.constantFrom(...Object.keys(SUFFIXES)),
  )
  .map(([whole, fraction, suffix]) => {
    const { over, under } = SUFFIXES[suffix] as Ratio;
    return {
      text: `${whole}${fraction === undefined ? '' : `.${fraction}`}${suffix}`,
      value: {
        over: BigInt(`${whole}${fraction ?? ''}`) * over,
        under: 10n ** BigInt(fraction?.length ?? 0) * under,
      },
    };
  });

function compareRatios(a: Ratio, b: Ratio): number {
  const [left, right] = [a.over * b.under, b.over * a.under];
  return left < right ? -1 : left > right ? 1 : 0;
}

describe('the value of a quantity', () => {
  test('is what its digits and its suffix say, exactly', () => {
    fc.assert(
      fc.property(amounts, ({ text, value }) => {
        expect(quantity(text).nanos * value.under).toBe(value.over * 1_000_000_000n);
      }),
    );
  });

  test('is the same after it was written and read again', () => {
    fc.assert(
      fc.property(amounts, ({ text }) => {
        const given = quantity(text);
        expect(quantity(given.toString()).nanos).toBe(given.nanos);
      }),
    );
  });

  test('rounds up, never down, below a billionth', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 20n }), (digits) => {
        const { nanos } = quantity(`${digits}e-20`);
        const exact = { over: digits, under: 10n ** 11n };
        expect(compareRatios({ over: nanos, under: 1n }, exact)).toBeGreaterThanOrEqual(0);
        expect(compareRatios({ over: nanos - 1n, under: 1n }, exact)).toBe(-1);
      }),
    );
  });

  test('in bytes is there where it is whole, and undefined where it is not', () => {
    expect(quantity('1Ki').bytes).toBe(1024n);
    expect(quantity('0.5Ki').bytes).toBe(512n);
    expect(quantity('1e3').bytes).toBe(1000n);
    expect(quantity('0').bytes).toBe(0n);
    expect(quantity('16Ei').bytes).toBe(2n ** 64n);
    expect(quantity('1.5').bytes).toBeUndefined();
    expect(quantity('0.9Ki').bytes).toBeUndefined();
    expect(quantity('0.1n').bytes).toBeUndefined();
  });
});

describe('the text of a quantity', () => {
  test('is a fixed point: reading and writing it again changes nothing', () => {
    fc.assert(
      fc.property(amounts, ({ text }) => {
        const once = quantity(text).toString();
        expect(quantity(once).toString()).toBe(once);
      }),
    );
  });

  test('has neither a fraction nor a sign', () => {
    fc.assert(
      fc.property(amounts, ({ text }) => {
        expect(quantity(text).toString()).toMatch(/^\d+(?:[KMGTPE]i|[numkMGTPE]|e-?\d+)?$/);
      }),
    );
  });

  test('has the largest suffix that fits: what is left divides no further', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 9n }), (count) => {
        const [, digits = '', suffix = ''] =
          /^(\d+)(\D*)$/.exec(quantity(`${count}Ki`).toString()) ?? [];
        expect(suffix === 'Ei' || BigInt(digits) % 1024n !== 0n).toBe(true);
      }),
    );
  });
});

describe('comparing quantities', () => {
  test('agrees with fractions, across all suffixes', () => {
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        expect(quantity(a.text).compare(quantity(b.text))).toBe(compareRatios(a.value, b.value));
      }),
    );
  });

  test('is a total order: sorting agrees with the fractions, and swapping turns the sign', () => {
    fc.assert(
      fc.property(fc.array(amounts, { maxLength: 12 }), (given) => {
        const read = given.map(({ text, value }) => ({ size: quantity(text), value }));
        const bySize = [...read].sort((a, b) => a.size.compare(b.size));
        for (const [index, { size, value }] of bySize.entries()) {
          for (const later of bySize.slice(index)) {
            expect(compareRatios(value, later.value)).toBeLessThanOrEqual(0);
            expect(size.compare(later.size)).toBe(0 - later.size.compare(size));
          }
        }
      }),
    );
  });

  test.each([
    ['1Gi', '1024Mi', 0],
    ['1Gi', '1G', 1],
    ['1000Mi', '1Gi', -1],
    ['1E', '1Ei', -1],
    ['1e3', '1k', 0],
    // One byte apart, where a double sees no difference.
    ['9223372036854775807', '9223372036854775806', 1],
  ])('%s and %s compare as %d', (a, b, sign) => {
    expect(quantity(a).compare(quantity(b))).toBe(sign);
  });
});

describe('reading anything at all', () => {
  test('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.anything()), (value) => {
        const read = Quantity.parse(value);
        expect(read === undefined || read instanceof Quantity).toBe(true);
      }),
    );
  });
});
