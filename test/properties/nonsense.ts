import fc from 'fast-check';
import { asIs, isPlain, type Part } from './parts';

/** What a getter of the props throws: its author's, and not the library's to hide. */
export class OwnError extends Error {}

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

/** Values that look like what a prop takes, and are not. */
const LOOKALIKES: readonly unknown[] = [
  { name: 5 },
  { value: 'x' },
  { valueFrom: {} },
  { _toKube: 5 },
  { asString: () => 5 },
  { asString: () => '5Gi' },
  { asVolume: () => null },
  { describe: () => ({}) },
  { snapshotName: 'x', size: 'x' },
  { snapshotClassName: 5, driver: 'ebs.csi.aws.com' },
  { storageClassName: 'x', checkClaim: () => undefined },
  { claimName: 'x', accessMode: 'ReadWriteMany', volumeMode: 'Filesystem', asVolume: () => null },
];

/** What plain JavaScript may put anywhere. */
const ODD: readonly unknown[] = [
  ...[undefined, null, true, false, 0, -0, 1, -1, 0.5, 1e21, 1e308, 2 ** 31, 2 ** 53, 10n],
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ...['', ' ', 'x', 'X', 'a\nb', 'a\r\n  b', '\u2028', '\u0085', '\u0000', '\u001b[31m', '💾'],
  ...['x'.repeat(64), 'x'.repeat(300), 'a,b', 'a=b', '#', '%', '../..', '/', '//', '/a/../b'],
  ...['5', '1e3', '0', '-5Gi', '10Gi', '0.5', '1m', '9e99', '99999999Ei', 'NaN', 'true', 'null'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '${x}', '{{ .x }}', '${'],
  ...[[], [[]], [null], [undefined], ['x', 'x'], new Array(3), {}, { x: 1 }, { 'a\nb': 1 }],
  ...[JSON.parse('{ "__proto__": 1 }'), { constructor: 'x' }, Object.create(null), cyclic],
  ...[Symbol('x'), { [Symbol('x')]: 1 }, () => 'x', class {}, new Date(0), new Map([['a', 1]])],
  ...[new Set(['x']), /x/, new Error('x'), Promise.resolve(1), new Uint8Array(2), Object('x')],
  ...[{ toString: () => 5, toJSON: () => 1n }, { toJSON: () => undefined }],
  ...LOOKALIKES,
];

const oddValue: fc.Arbitrary<Part> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...ODD).map(asIs) },
  { weight: 1, arbitrary: fc.anything({ maxDepth: 1, maxKeys: 2 }).map(asIs) },
);

const oddKey = fc.constantFrom(
  ...['typo', '', ' ', 'a\nb', '\u2028', 'x'.repeat(300), '__proto__', 'constructor', 'toString'],
  ...['name', 'namespace', 'labels', 'size', 'path', 'accessMode', 'volumeMode', 'selector'],
);

/** What goes wrong at one place of a value, counted through. */
interface Slip {
  readonly at: number;
  readonly kind: 'replace' | 'drop' | 'misspell' | 'add' | 'throw';
  readonly key: string;
  readonly value: Part;
}

const slip = fc.record<Slip>(
  {
    at: fc.nat({ max: 1_000 }),
    kind: fc.constantFrom('replace', 'replace', 'replace', 'drop', 'misspell', 'add', 'throw'),
    key: oddKey,
    value: oddValue,
  },
  { noNullPrototype: true },
);

/**
 * Sound values, and about as often what becomes of one by a few slips: values of a wrong type,
 * names that are misspelt, missing or too many, getters that throw, at any depth.
 */
export function withNonsense(sound: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const slips = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Slip[]>([]) },
    { weight: 4, arbitrary: fc.array(slip, { minLength: 1, maxLength: 3 }) },
  );
  return fc.tuple(sound, slips).map(([value, all]) => {
    const holder = { value: copyOf(value) };
    for (const each of all) {
      apply(each, holder);
    }
    return holder.value;
  });
}

type Holder = Record<string, unknown>;

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(copyOf);
  }
  return isPlain(value)
    ? Object.entries(value).reduce<Holder>(
        (copy, [key, field]) => withOwn(copy, key, copyOf(field)),
        Object.create(Object.getPrototypeOf(value)),
      )
    : value;
}

function placesIn(holder: Holder): [Holder, string][] {
  return Object.entries(Object.getOwnPropertyDescriptors(holder))
    .filter(([, { enumerable }]) => enumerable)
    .flatMap(([key, { value }]) => [
      [holder, key] as [Holder, string],
      ...(isPlain(value) ? placesIn(value) : []),
    ]);
}

function apply({ at, kind, key, value }: Slip, root: { readonly value: unknown }): void {
  const places = placesIn(root as unknown as Holder);
  const [holder, name] = places[at % places.length] as [Holder, string];
  const inner = Object.getOwnPropertyDescriptor(holder, name)?.value;
  // Neither the root nor an element of a list has a name to be dropped or misspelt.
  const named = holder !== (root as unknown) && !Array.isArray(holder);
  if (kind === 'add' && isPlain(inner) && !Array.isArray(inner)) {
    withOwn(inner, key, value);
  } else if (kind === 'drop' && named) {
    delete holder[name];
  } else if (kind === 'misspell' && named) {
    delete holder[name];
    withOwn(holder, misspelt(name, at), inner);
  } else if (kind === 'throw' && named) {
    Object.defineProperty(holder, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        throw new OwnError(name);
      },
    });
  } else {
    withOwn(holder, name, value);
  }
}

/** Own, whatever it is called: an assignment to `__proto__` makes no field. */
function withOwn(object: Holder, key: string, value: unknown): Holder {
  return Object.defineProperty(object, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function misspelt(key: string, letter: number): string {
  const place = letter % Math.max(key.length, 1);
  return letter % 2 === 0
    ? `${key.slice(0, place)}${key.slice(place + 1)}`
    : `${key.slice(0, place)}${key.charAt(place).toUpperCase()}x${key.slice(place + 1)}`;
}
