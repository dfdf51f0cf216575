import { show } from './show';
import { refuse } from './storage-error';

const BINARY: readonly string[] = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] satisfies QuantitySuffix[];
const DECIMAL: readonly string[] = [
  'n',
  'u',
  'm',
  'k',
  'M',
  'G',
  'T',
  'P',
  'E',
] satisfies QuantitySuffix[];

/** A suffix of a Kubernetes quantity. */
export type QuantitySuffix =
  | 'Ki'
  | 'Mi'
  | 'Gi'
  | 'Ti'
  | 'Pi'
  | 'Ei'
  | 'n'
  | 'u'
  | 'm'
  | 'k'
  | 'M'
  | 'G'
  | 'T'
  | 'P'
  | 'E';

/**
 * A Kubernetes quantity as its author writes it: `'10Gi'`, `'1.5Ti'`, `'5G'`, `'1e3'`, `'1024'`.
 *
 * Binary suffixes (Ki, Mi, Gi, Ti, Pi, Ei) are powers of 1024, decimal ones (n, u, m, k, M, G, T,
 * P, E) powers of 1000. For a string that comes from elsewhere use `quantity(text)`.
 */
export type QuantityText = `${number}${QuantitySuffix}` | `${number}`;

/** What cdk8s' `Size` shows of itself; any object that names its size so is accepted. */
export interface SizeLike {
  /** The size with its unit, such as `10Gi`. */
  asString(): string;
}

/** A size or an amount: `'10Gi'`, a cdk8s `Size`, or `quantity(text)`. */
export type QuantityInput = QuantityText | Quantity | SizeLike;

/** What a quantity must look like, for messages. */
export const QUANTITY_EXPECTED =
  "a Kubernetes quantity: a string such as '10Gi', '1.5Ti', '5G' or '1024'";

// Which suffixes a value is written with; Kubernetes keeps the family of the text that came.
type Family = 'binary' | 'decimal' | 'exponent';

const NANO = 1_000_000_000n;
const SYNTAX = /^\+?(?=\.?\d)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\d{1,3})?$/;
// Longer texts are no amounts of anything; without a bound, hostile input buys arithmetic by length.
const LONGEST_TEXT = 64;
const LARGEST_EXPONENT = 40;

/** Quantities by the text that they were read from: an app has few sizes, and many objects of each. */
const READ = new Map<string, Quantity>();
const MOST_READ = 1000;

/**
 * An amount as Kubernetes counts it, exact to a billionth.
 *
 * Its text is Kubernetes' canonical form (`1024Mi` is `1Gi`, `1.5Ti` is `1536Gi`), the one that
 * the API server stores and Argo CD compares.
 * Source: k8s.io/apimachinery, pkg/api/resource/quantity.go.
 */
export class Quantity {
  /** The value in billionths of one (of a byte, of a core). */
  readonly nanos: bigint;

  readonly #family: Family;
  #text: string | undefined;

  private constructor(nanos: bigint, family: Family) {
    this.nanos = nanos;
    this.#family = family;
  }

  /**
   * Reads a quantity; never throws.
   *
   * Zero and positive values only: nothing in storage is negative. Digits below a billionth round
   * up, as Kubernetes rounds them.
   *
   * @param text - what may be a quantity
   * @returns the quantity, or undefined where the text is none
   */
  static parse(text: unknown): Quantity | undefined {
    if (typeof text !== 'string' || text.length > LONGEST_TEXT) {
      return undefined;
    }
    const known = READ.get(text);
    if (known !== undefined) {
      return known;
    }
    const match = SYNTAX.exec(text);
    if (match === null) {
      return undefined;
    }
    const [, whole = '', fraction = '', suffix = ''] = match;
    const scale = scaleOf(suffix);
    if (scale === undefined) {
      return undefined;
    }
    const digits = BigInt(`${whole}${fraction}` || '0');
    const nanos = divideUp(
      digits * NANO * scale.times,
      scale.over * 10n ** BigInt(fraction.length),
    );
    const read = new Quantity(nanos, scale.family);
    if (READ.size < MOST_READ) {
      READ.set(text, read);
    }
    return read;
  }

  /**
   * Below zero where this is less than another, zero where equal, above zero where more.
   *
   * @param other - what it is compared with
   */
  compare(other: Quantity): number {
    return this.nanos < other.nanos ? -1 : this.nanos > other.nanos ? 1 : 0;
  }

  /** The whole number of bytes (or units), or undefined where the value has a fraction. */
  get bytes(): bigint | undefined {
    return this.nanos % NANO === 0n ? this.nanos / NANO : undefined;
  }

  /** Kubernetes' canonical form: no fraction, the largest suffix that keeps the value exact. */
  toString(): string {
    this.#text ??= canonical(this.nanos, this.#family);
    return this.#text;
  }

  /** The canonical form, so that another copy of this library reads it as it reads a `Size`. */
  asString(): string {
    return this.toString();
  }

  /** The canonical form, so that a quantity in an object renders as its text. */
  toJSON(): string {
    return this.toString();
  }
}

/**
 * Reads a quantity from a string whose value TypeScript does not know, such as one from a file or
 * from the environment.
 *
 * @param text - what Kubernetes would read, such as `10Gi`
 * @throws StorageError `QuantityInvalid` where the text is no Kubernetes quantity
 */
export function quantity(text: string): Quantity {
  return (
    Quantity.parse(text) ??
    refuse('QuantityInvalid', '', `a quantity must be ${QUANTITY_EXPECTED}, got ${show(text)}`)
  );
}

/** Reads what an author may give as an amount; never throws. */
export function readQuantity(value: unknown): Quantity | undefined {
  if (typeof value === 'string') {
    return Quantity.parse(value);
  }
  if (value instanceof Quantity) {
    return value;
  }
  return isSizeLike(value) ? Quantity.parse(value.asString()) : undefined;
}

// By shape and not by class: an app may hold another copy of cdk8s, or of this library.
function isSizeLike(value: unknown): value is SizeLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<SizeLike>).asString === 'function'
  );
}

interface Scale {
  readonly family: Family;
  readonly times: bigint;
  readonly over: bigint;
}

function scaleOf(suffix: string): Scale | undefined {
  const binary = BINARY.indexOf(suffix);
  if (binary >= 0) {
    return { family: 'binary', times: 1024n ** BigInt(binary + 1), over: 1n };
  }
  if (/^[eE]./.test(suffix)) {
    const exponent = Number(suffix.slice(1));
    return Math.abs(exponent) > LARGEST_EXPONENT ? undefined : tenTo(exponent, 'exponent');
  }
  const decimal = DECIMAL.indexOf(suffix);
  // n, u and m stand for -9, -6 and -3; k and those behind it for 3, 6, …; no suffix for 0.
  return tenTo(suffix === '' ? 0 : (decimal < 3 ? decimal - 3 : decimal - 2) * 3, 'decimal');
}

function tenTo(exponent: number, family: Family): Scale {
  const power = 10n ** BigInt(Math.abs(exponent));
  return exponent < 0 ? { family, times: 1n, over: power } : { family, times: power, over: 1n };
}

function divideUp(value: bigint, by: bigint): bigint {
  return value % by === 0n ? value / by : value / by + 1n;
}

function canonical(nanos: bigint, family: Family): string {
  const whole = nanos % NANO === 0n;
  // A binary value below 1024 or with a fraction is written decimally, as apimachinery does.
  if (family === 'binary' && whole && nanos >= 1024n * NANO) {
    let value = nanos / NANO;
    let power = 0;
    while (power < BINARY.length && value % 1024n === 0n) {
      value /= 1024n;
      power += 1;
    }
    return `${value}${power === 0 ? '' : BINARY[power - 1]}`;
  }
  let value = nanos;
  let exponent = -9;
  while (value !== 0n && value % 1000n === 0n && (family === 'exponent' || exponent < 18)) {
    value /= 1000n;
    exponent += 3;
  }
  if (value === 0n) {
    return '0';
  }
  if (exponent === 0) {
    return `${value}`;
  }
  return family === 'exponent'
    ? `${value}e${exponent}`
    : `${value}${DECIMAL[exponent < 0 ? exponent / 3 + 3 : exponent / 3 + 2]}`;
}
