import {
  boolYaml11Tag,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  FAILSAFE_SCHEMA,
  mapTag,
  mergeTag,
  NOT_RESOLVED,
  nullYaml11Tag,
  seqTag,
} from 'js-yaml';

// What Go's strconv.ParseInt takes with base 0: prefixes in either case, and a leading zero for
// octal numbers.
const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[1-9][0-9]*|0)$/;
// go-yaml's yamlStyleFloat; a number that is no octal one, such as 08, ends up here as well.
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

const SPECIAL: Readonly<Record<string, number>> = {
  '.inf': Number.POSITIVE_INFINITY,
  '+.inf': Number.POSITIVE_INFINITY,
  '-.inf': Number.NEGATIVE_INFINITY,
  '.nan': Number.NaN,
};

/** What is wrong where a key is a list or a mapping. js-yaml does not know where that is. */
export const COMPLEX_KEY = 'a key must be a single value, got a list or a mapping';

const DIGITS = [...'0123456789'];

const intTag = defineScalarTag<number>('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: ['-', '+', ...DIGITS],
  resolve: (source) => {
    const digits = withoutUnderscores(source);
    return INTEGER.test(digits) ? readInteger(digits) : NOT_RESOLVED;
  },
  identify: () => false,
});

const floatTag = defineScalarTag<number>('tag:yaml.org,2002:float', {
  implicit: true,
  implicitFirstChars: ['-', '+', '.', ...DIGITS],
  resolve: (source) => {
    const digits = source.startsWith('.') ? source : withoutUnderscores(source);
    if (FLOAT.test(digits)) {
      const number = Number(digits);
      return Number.isFinite(number) ? number : NOT_RESOLVED;
    }
    return SPECIAL[source.toLowerCase()] ?? NOT_RESOLVED;
  },
  identify: () => false,
});

// Tags that no one knows say nothing about the value: go-yaml takes the value as it is written.
const anyScalarTag = defineScalarTag<string>('', {
  matchByTagPrefix: true,
  resolve: (source) => source,
  identify: () => false,
});
const mapping = defineMappingTag<Record<string, unknown>>(mapTag.tagName, {
  create: () => ({}),
  addPair: (object, key, value) => {
    if (typeof key === 'object' && key !== null) {
      return COMPLEX_KEY;
    }
    return mapTag.addPair(object, key, value);
  },
  has: mapTag.has,
  keys: mapTag.keys,
  get: mapTag.get,
  identify: () => false,
});
const anySequenceTag = defineSequenceTag<unknown[]>('', { ...seqTag, matchByTagPrefix: true });
const anyMappingTag = { ...mapping, tagName: '', matchByTagPrefix: true };

/**
 * Reads a plain scalar as kubectl and Argo CD do.
 *
 * They turn YAML into JSON by sigs.k8s.io/yaml, which stands on go-yaml v2 and its YAML 1.1: `yes`,
 * `on` and `y` are true, `0777` is octal, `1_000` is 1000, `<<` merges. Unlike YAML 1.1, `1e3` is
 * a number, `1:30` is a string and a date stays the text that it is. A label `enabled: yes` is
 * therefore a boolean, which the API server refuses, and no string `yes` that a selector matches.
 * Sources: sigs.k8s.io/yaml, goyaml.v2/resolve.go, `resolve`; goyaml.v2/decode.go, `scalar`.
 */
export const MANIFEST_SCHEMA = FAILSAFE_SCHEMA.withTags(
  mapping,
  nullYaml11Tag,
  boolYaml11Tag,
  intTag,
  floatTag,
  mergeTag,
  anyScalarTag,
  anySequenceTag,
  anyMappingTag,
);

function withoutUnderscores(source: string): string {
  return source.includes('_') ? source.replaceAll('_', '') : source;
}

function readInteger(digits: string): number {
  const negative = digits.startsWith('-');
  const bare = negative || digits.startsWith('+') ? digits.slice(1) : digits;
  const number = Number(/^0[0-7]/.test(bare) ? `0o${bare.slice(1)}` : bare);
  return negative && number !== 0 ? -number : number;
}
