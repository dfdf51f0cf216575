/** What a command reads from and writes to. */
export interface Streams {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** Where text goes. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Whether text that goes there may carry colours (https://no-color.org). */
export function hasColour({ isTTY }: Output, env: NodeJS.ProcessEnv = process.env): boolean {
  return isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}
