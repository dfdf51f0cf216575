import { LONGEST_TEXT } from './limits';
import { Lines } from './lines';

/** A text, and where it comes from. */
export interface ManifestText {
  /**
   * The file as the user knows it.
   *
   * @default - the text comes from no file
   */
  readonly file?: string;

  /** What stands in it: YAML or JSON. */
  readonly text: string;
}

/** A text, or a document of one, that could not be read. */
export interface ManifestProblem {
  readonly file?: string;

  /** The first line is 1; left out where the whole text is meant. */
  readonly line?: number;

  /** What is wrong, in lower case and without a full stop. */
  readonly message: string;
}

/** Turns the bytes of a file into text, without its byte order mark; never throws. */
export function decode(bytes: Uint8Array, file?: string): ManifestText | ManifestProblem {
  const from = file === undefined ? {} : { file };
  if (bytes.length > LONGEST_TEXT) {
    return { ...from, message: TOO_LONG };
  }
  if (beginsWith(bytes, 0xff, 0xfe) || beginsWith(bytes, 0xfe, 0xff)) {
    return { ...from, message: 'is UTF-16; save it as UTF-8' };
  }
  try {
    return { ...from, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    // What is no UTF-8 reads as U+FFFD.
    const text = new TextDecoder().decode(bytes);
    const { line } = new Lines(text).at(text.indexOf('\uFFFD'));
    return { ...from, line, message: 'is not text: has bytes that are not UTF-8' };
  }
}

/** What is wrong with a text as a whole. */
export function problemOfText(text: string): Omit<ManifestProblem, 'file'> | undefined {
  if (text.length > LONGEST_TEXT) {
    return { message: TOO_LONG };
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    return { line: new Lines(text).at(nul).line, message: 'is not text: has a NUL character' };
  }
  return undefined;
}

const TOO_LONG = `is larger than ${LONGEST_TEXT / 1024 / 1024} MiB; split it`;

function beginsWith(bytes: Uint8Array, first: number, second: number): boolean {
  return bytes[0] === first && bytes[1] === second;
}
