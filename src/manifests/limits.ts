/**
 * The longest text, in characters, and the largest file, in bytes: 256 MiB. A dump of 200,000
 * objects is below it, and V8 holds no string of more than about 512 Mi characters.
 */
export const LONGEST_TEXT = 256 * 1024 * 1024;

/**
 * The longest single YAML document, in characters: 32 Mi, some 25,000 objects in a List. The events
 * of one take twenty times its length in memory, and up to seventy times where every other
 * character is a value; Node gives 2 to 4 GiB. JSON takes far less.
 */
export const LONGEST_DOCUMENT = 32 * 1024 * 1024;

/** The most documents of a text; a List holds more objects than that in less. */
export const MOST_DOCUMENTS = 1_000_000;

/** How many documents of a text may fail before the rest is left unread. */
export const MOST_UNREADABLE = 100;

/** How deep values may be nested. The schemas of CustomResourceDefinitions reach about 100. */
export const DEEPEST = 500;

/**
 * How many values the aliases of a document may stand for.
 *
 * Source: go-yaml v2, decode.go, `allowedAliasRatio`, which lets about 400,000 come from aliases.
 */
export const MOST_FROM_ALIASES = 400_000;

/** How many keys merges (`<<`) may copy; what they copy costs as much as what is written. */
export const MOST_MERGED_KEYS = 100_000;
