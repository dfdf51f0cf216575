import { isDnsLabel, isDnsSubdomain, isLabelValue, isQualifiedName } from './names';
import { didYouMean } from './nearest';
import { QUANTITY_EXPECTED, readQuantity } from './quantity';
import { alternatives, builtInType, show } from './show';
import { type ErrorPlace, refuse } from './storage-error';

/** What one prop takes, checked at run time: apps written in plain JavaScript have no compiler. */
export interface PropType {
  /** What a message says was expected, such as `a whole number from 1 to 65535`. */
  readonly expected: string;

  /** Whether the value is of this type. */
  accepts(value: unknown): boolean;

  /** Whether the prop may be left out. */
  readonly optional?: boolean;

  /** The props of a nested object. */
  readonly props?: Readonly<Record<string, PropType>>;

  /** The type of each element of a list. */
  readonly element?: PropType;

  /** The type of each value of an object whose keys are free. */
  readonly entry?: PropType;

  /** Names among which a misspelt value is looked up. */
  readonly names?: readonly string[];

  /** What a message adds for a value that is refused for no reason that `expected` has. */
  readonly hint?: (value: unknown) => string;

  /** Where true, no message shows the value: it may be a secret. */
  readonly secret?: boolean;
}

/** The type of every prop of `P`; a prop without one does not compile. */
export type PropTypes<P> = { readonly [K in keyof Required<P>]: PropType };

/**
 * Refuses props that are no object, unknown, missing or of the wrong type.
 *
 * @param place - the construct, or its path
 * @param what - the construct's class, for the message about an unknown prop
 * @param within - the prop that holds these props, where they are not the construct's own
 * @throws StorageError `PropUnknown`, `PropMissing`, `PropType`
 */
export function checkProps(
  place: ErrorPlace,
  what: string,
  props: unknown,
  types: Readonly<Record<string, PropType>>,
  within = '',
): void {
  checkObject(place, what, within === '' ? '' : `${within}.`, props, types);
}

// A list that is cut off should begin with what cannot be left out.
function neededFirst(types: Readonly<Record<string, PropType>>): string[] {
  const names = Object.keys(types);
  return [
    ...names.filter((name) => !types[name]?.optional),
    ...names.filter((name) => types[name]?.optional),
  ];
}

/** How many names a message lists. */
const MOST_NAMES = 12;

function checkObject(
  place: ErrorPlace,
  what: string,
  prefix: string,
  props: unknown,
  types: Readonly<Record<string, PropType>>,
): void {
  if (!isObject(props)) {
    const name = prefix === '' ? `the props of ${what}` : `'${prefix.slice(0, -1)}'`;
    const came = holdsSecret(types) ? hide(props) : show(props);
    refuse('PropType', place, `${name} must be an object, got ${came}`);
  }
  for (const key of Object.keys(props)) {
    if (!Object.hasOwn(types, key)) {
      const known = neededFirst(types);
      refuse(
        'PropUnknown',
        place,
        `'${prefix}${key}' is no prop of ${what}${
          didYouMean(key, known) ||
          `; it takes ${alternatives(known.slice(0, MOST_NAMES))}${known.length > MOST_NAMES ? ' and others' : ''}`
        }`,
      );
    }
  }
  for (const key in types) {
    const type = types[key] as PropType;
    const value = props[key];
    if (value !== undefined) {
      checkValue(place, what, prefix + key, value, type);
    } else if (!type.optional) {
      refuse('PropMissing', place, `'${prefix}${key}' must be ${type.expected}, got undefined`);
    }
  }
}

function checkValue(
  place: ErrorPlace,
  what: string,
  name: string,
  value: unknown,
  type: PropType,
): void {
  if (!type.accepts(value)) {
    const came = type.secret ? hide(value) : show(value);
    const meant = type.names === undefined || type.secret ? '' : didYouMean(value, type.names);
    const hint = type.hint?.(value) ?? '';
    refuse('PropType', place, `'${name}' must be ${type.expected}, got ${came}${meant}${hint}`);
  }
  if (type.props !== undefined && isObject(value)) {
    checkObject(place, what, `${name}.`, value, type.props);
  }
  if (type.element !== undefined && Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      checkValue(place, what, `${name}[${index}]`, element, type.element);
    }
  }
  if (type.entry !== undefined && isObject(value)) {
    for (const [key, entry] of Object.entries(value)) {
      checkValue(place, what, `${name}.${key}`, entry, type.entry);
    }
  }
}

/** What came, for a value that no message may show. */
function hide(value: unknown): string {
  if (value === null || value === undefined || value === '') {
    return show(value);
  }
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}

function holdsSecret(types: Readonly<Record<string, PropType>>): boolean {
  return Object.values(types).some((type) => type.secret);
}

/** The same type, for a prop that may be left out. */
export function optional(type: PropType): PropType {
  return { ...type, optional: true };
}

/** The same type, for a value that no message may show, nor anything in it. */
export function secret(type: PropType): PropType {
  const { element, entry, props } = type;
  return {
    ...type,
    secret: true,
    ...(element && { element: secret(element) }),
    ...(entry && { entry: secret(entry) }),
    ...(props && {
      props: Object.fromEntries(Object.entries(props).map(([key, of]) => [key, secret(of)])),
    }),
  };
}

/** A string with something in it. */
export const text: PropType = {
  expected: 'a string that is not empty',
  accepts: (value) => typeof value === 'string' && value !== '',
};

/** Any string. */
export const anyText: PropType = {
  expected: 'a string',
  accepts: (value) => typeof value === 'string',
};

/** True or false. */
export const flag: PropType = {
  expected: 'true or false',
  accepts: (value) => typeof value === 'boolean',
};

/** A size of storage. */
export const size: PropType = {
  expected: QUANTITY_EXPECTED,
  accepts: (value) => readQuantity(value) !== undefined,
};

/** The name of an object: a DNS subdomain. */
export const objectName: PropType = {
  expected: "a DNS subdomain (lower case letters, digits, '-' and '.', at most 253)",
  accepts: (value) => typeof value === 'string' && isDnsSubdomain(value),
};

/** The name of a Secret; not shown, as somebody may have put there what the Secret is to hold. */
export const secretName: PropType = { ...objectName, secret: true };

/** The name of a namespace, a Service or a StatefulSet: a DNS label. */
export const labelName: PropType = {
  expected: "a DNS label (lower case letters, digits and '-', at most 63)",
  accepts: (value) => typeof value === 'string' && isDnsLabel(value),
};

/** The name of a storage class, or `''` for none. */
export const className: PropType = {
  expected: "'' for no class, or a class name (a DNS subdomain)",
  accepts: (value) => value === '' || objectName.accepts(value),
};

/**
 * A key that cdk8s cannot write: it takes the object for one of a class and throws (cdk8s,
 * src/_util.ts, sanitizeValue).
 */
const UNWRITABLE = 'constructor';

/** Labels by key. */
export const labels: PropType = {
  expected:
    "labels: an object of strings by key, each at most 63 of letters, digits, '-', '_', '.'",
  hint: (value) =>
    isObject(value) && Object.hasOwn(value, UNWRITABLE)
      ? `; cdk8s writes no key '${UNWRITABLE}'`
      : '',
  accepts: (value) =>
    isObject(value) &&
    !Object.hasOwn(value, UNWRITABLE) &&
    Object.entries(value).every(
      ([key, label]) => isQualifiedName(key) && typeof label === 'string' && isLabelValue(label),
    ),
};

/** Annotations by key. */
export const annotations: PropType = {
  expected: 'annotations: an object of strings by key',
  accepts: (value) =>
    isObject(value) &&
    Object.entries(value).every(([key, note]) => isQualifiedName(key) && typeof note === 'string'),
};

/** A whole number between two bounds, both included. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): PropType {
  const range =
    most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return {
    expected: `a whole number ${range}`,
    accepts: (value) =>
      Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
  };
}

/** The largest number of an int32, as counts are in the Kubernetes API. */
const MOST_COUNT = 2 ** 31 - 1;

/** A whole number of things, as the Kubernetes API counts them. */
export function count(least: number): PropType {
  return wholeNumber(least, MOST_COUNT);
}

/** One of a few values. */
export function oneOf(values: readonly string[]): PropType {
  return {
    expected: alternatives(values),
    names: values,
    accepts: (value) => values.includes(value as string),
  };
}

/** A list whose elements are all of one type; as secret as they are. */
export function listOf(element: PropType): PropType {
  return {
    expected: `a list, each ${element.expected}`,
    accepts: Array.isArray,
    element,
    secret: element.secret === true,
  };
}

/** An object with props of its own; not shown as a whole where one of them is secret. */
export function nested(props: Readonly<Record<string, PropType>>): PropType {
  const needed = Object.keys(props).filter((key) => !props[key]?.optional);
  return {
    expected:
      needed.length === 0
        ? 'an object'
        : `an object with ${alternatives(needed).replace(/ or '/, " and '")}`,
    accepts: isObject,
    props,
    secret: holdsSecret(props),
  };
}

/** An object with anything in its fields; arrays, null, and such as Map and Promise are none. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    builtInType(value) === undefined
  );
}
