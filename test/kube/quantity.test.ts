import { Size } from 'cdk8s';
import { Quantity, quantity, readQuantity } from '../../src/kube/quantity';
import { refusal } from '../support/refusal';

/** A text and what k8s.io/apimachinery 0.34 makes of it (`Quantity.CanonicalizeBytes`). */
const CANONICAL: readonly (readonly [string, string])[] = [
  // The examples in the comment of type Quantity in quantity.go.
  ['1.5', '1500m'],
  ['1.5Gi', '1536Mi'],
  // Every suffix, already canonical.
  ['1n', '1n'],
  ['1u', '1u'],
  ['1m', '1m'],
  ['1', '1'],
  ['1k', '1k'],
  ['1M', '1M'],
  ['1G', '1G'],
  ['1T', '1T'],
  ['1P', '1P'],
  ['1E', '1E'],
  ['1Ki', '1Ki'],
  ['1Mi', '1Mi'],
  ['1Gi', '1Gi'],
  ['1Ti', '1Ti'],
  ['1Pi', '1Pi'],
  ['1Ei', '1Ei'],
  // The largest suffix that keeps the value whole.
  ['1024Mi', '1Gi'],
  ['2048Ki', '2Mi'],
  ['1048576Ki', '1Gi'],
  ['1024Pi', '1Ei'],
  ['1.5Ti', '1536Gi'],
  ['2.5Mi', '2560Ki'],
  ['0.5Gi', '512Mi'],
  ['7.5Ei', '7680Pi'],
  ['1000Ki', '1000Ki'],
  ['1025Ki', '1025Ki'],
  ['300Gi', '300Gi'],
  ['5000M', '5G'],
  ['1500k', '1500k'],
  ['1000', '1k'],
  ['1000P', '1E'],
  ['1000n', '1u'],
  ['1000m', '1'],
  ['0.25', '250m'],
  ['1024', '1024'],
  ['123456789.123456789', '123456789123456789n'],
  // Binary below 1024, and binary with a fraction of a byte: written decimally.
  ['0.5Ki', '512'],
  ['0.9Ki', '921600m'],
  ['1.1Ki', '1126400m'],
  ['1023.5Ki', '1048064'],
  ['3.3Gi', '3543348019200m'],
  // Exponents stay exponents, in steps of three.
  ['1e3', '1e3'],
  ['1E3', '1e3'],
  ['1e+3', '1e3'],
  ['12e1', '120'],
  ['25e2', '2500'],
  ['1e4', '10e3'],
  ['1e01', '10'],
  ['1000000e0', '1e6'],
  ['2.5e6', '2500e3'],
  ['1e21', '1e21'],
  ['1e-1', '100e-3'],
  ['1.5e-3', '1500e-6'],
  ['1E-9', '1e-9'],
  // Below a billionth: up.
  ['0.1n', '1n'],
  ['1.5n', '2n'],
  ['0.0000000001', '1n'],
  ['1e-10', '1e-9'],
  ['1.0000000001', '1000000001n'],
  ['0.0000000001Gi', '107374183n'],
  // Nothing is nothing in any unit.
  ['0', '0'],
  ['0.0', '0'],
  ['0Gi', '0'],
  ['0e5', '0'],
  // Odd, and read all the same.
  ['+1Gi', '1Gi'],
  ['.5Gi', '512Mi'],
  ['5.Gi', '5Gi'],
  ['00010', '10'],
];

/** What apimachinery refuses too, or what is no amount of storage. */
const REFUSED: readonly string[] = [
  ...['', ' ', '.', 'Gi', 'k', 'e3', '10GB', '10Gb', '10B', '10K', '10ki', '10KI', '10gi', '10i'],
  ...['10 Gi', ' 10Gi', '10Gi ', '10Gi\n', '1_000', '1,5Gi', '1.0.0', '5Mi1', '1e3Gi', '1e3k'],
  ...['-1Gi', '-0', '++1', '+-1', '1+', '0x10', '0b1', 'NaN', 'Infinity', '1e', '1e+', '1e1.5'],
  ...['1e41', '1e-41', '1e999999999', '1e-999999999', '١Gi', '１Gi'],
];

describe('the canonical form of a quantity', () => {
  test.each(CANONICAL)('of %s is %s, as apimachinery writes it', (text, canonical) => {
    expect(`${Quantity.parse(text)}`).toBe(canonical);
  });

  test('is what an object that holds a quantity renders', () => {
    expect(JSON.stringify({ storage: quantity('1024Mi') })).toBe('{"storage":"1Gi"}');
  });
});

describe('a text that is no quantity', () => {
  test.each(REFUSED)('%j is refused', (text) => {
    expect(Quantity.parse(text)).toBeUndefined();
  });

  test('is refused by its length before it costs arithmetic', () => {
    expect(`${Quantity.parse('1'.repeat(64))}`).toBe('1'.repeat(64));
    expect(Quantity.parse('1'.repeat(65))).toBeUndefined();
    expect(Quantity.parse('9'.repeat(5_000_000))).toBeUndefined();
    expect(Quantity.parse(`${'0'.repeat(100_000)}1Gi`)).toBeUndefined();
  });

  test.each([undefined, null, 10, 10n, true, [], {}, () => '10Gi', Symbol('10Gi')])(
    'nor is a value that is no string: %p',
    (value) => {
      expect(Quantity.parse(value)).toBeUndefined();
      expect(readQuantity(value)).toBeUndefined();
    },
  );
});

describe('quantity(text)', () => {
  test('reads a text whose value TypeScript does not know', () => {
    const fromElsewhere: string = ['1', '0', 'Gi'].join('');
    expect(quantity(fromElsewhere).bytes).toBe(10n * 2n ** 30n);
  });

  test('fails with what was expected and what came', () => {
    expect(refusal(() => quantity('10GB'))).toEqual({
      code: 'QuantityInvalid',
      path: '',
      message:
        "a quantity must be a Kubernetes quantity: a string such as '10Gi', '1.5Ti', '5G' or '1024', got '10GB'",
    });
  });

  test('fails with the value when JavaScript hands it no string', () => {
    expect(refusal(() => quantity(5 as unknown as string)).message).toBe(
      "a quantity must be a Kubernetes quantity: a string such as '10Gi', '1.5Ti', '5G' or '1024', got 5",
    );
  });
});

describe('what an author may give as an amount', () => {
  test('a cdk8s Size, fractions included, which its own conversions refuse', () => {
    expect(`${readQuantity(Size.gibibytes(10))}`).toBe('10Gi');
    expect(`${readQuantity(Size.mebibytes(512))}`).toBe('512Mi');
    expect(`${readQuantity(Size.tebibytes(1.5))}`).toBe('1536Gi');
    expect(`${readQuantity(Size.kibibytes(0.5))}`).toBe('512');
  });

  test('a quantity, unchanged', () => {
    const given = quantity('1.5Ti');
    expect(readQuantity(given)).toBe(given);
  });

  test('a quantity of another copy of this library, by its shape', () => {
    jest.isolateModules(() => {
      const other =
        jest.requireActual<typeof import('../../src/kube/quantity')>('../../src/kube/quantity');
      expect(other.Quantity).not.toBe(Quantity);
      expect(`${readQuantity(other.quantity('1.5Ti'))}`).toBe('1536Gi');
    });
  });

  test('a Size of another copy of cdk8s, by its shape', () => {
    expect(`${readQuantity({ asString: () => '10Gi' })}`).toBe('10Gi');
    expect(readQuantity({ asString: () => '10GB' })).toBeUndefined();
    expect(readQuantity({ asString: '10Gi' })).toBeUndefined();
  });
});
