/** Whatever an error can be about: a construct, or the path of one that does not exist yet. */
export type ErrorPlace =
  | string
  | {
      /** What every construct has. */
      readonly node: {
        /** The ids from the app down, with `/` between them. */
        readonly path: string;
      };
    };

/**
 * The one error that this library throws on bad input.
 *
 * Its message is one line: the construct's path, the prop, what was expected, what came, what to
 * do. It carries no stack frames, because the path names the construct and the frames would only
 * name files of this library.
 */
export class StorageError extends Error {
  /** Stable name of the rule that was broken, such as `NfsServer`; match on it, not on the message. */
  readonly code: string;

  /** Path of the construct that refused its input, such as `shop/uploads`; `''` where there is none. */
  readonly path: string;

  /**
   * @param code - stable name of the rule, in PascalCase
   * @param place - the construct, or its path
   * @param reason - prop, expected, got, remedy; lower case, no full stop
   */
  constructor(code: string, place: ErrorPlace, reason: string) {
    const path = typeof place === 'string' ? place : place.node.path;
    // An id may hold a line break as well.
    const line = oneLine(path === '' ? reason : `${path}: ${reason}`);
    // Frames are left out where they would be recorded: cutting them off later costs more.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(line);
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.path = path;
    hide(this, 'name', 'StorageError');
    hide(this, 'code', code);
    hide(this, 'path', path);
    hide(this, 'stack', `StorageError [${code}]: ${this.message}`);
  }
}

/**
 * Throws a StorageError.
 *
 * Every refusal goes through this one line: for a throw on a line with the comment below, Node
 * leaves out the source excerpt that it prints above an uncaught error (`GetErrorSource` in
 * nodejs/node, src/node_errors.cc), so that an app that fails prints the one line that matters.
 */
export function refuse(code: string, place: ErrorPlace, reason: string): never {
  throw new StorageError(code, place, reason); // node-do-not-add-exception-line
}

// A name of a prop may hold anything, characters that drive a terminal as well.
function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\u0085\u2028\u2029]+\s*/g, ' ').replace(/\p{Cc}/gu, '\ufffd');
}

// An enumerable property would be printed behind the message of an uncaught error.
function hide(error: StorageError, key: string, value: string): void {
  Object.defineProperty(error, key, { value, enumerable: false, configurable: true });
}
