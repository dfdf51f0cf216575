import { run } from '../../src/cli/program';

/** What a command line did. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. */
export async function commandLine(
  args: readonly string[],
  { stdin = '', terminal = false }: { stdin?: string | Uint8Array; terminal?: boolean } = {},
): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY: terminal,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const code = await run(
    args,
    { stdin: input(stdin), stdout: output('stdout'), stderr: output('stderr') },
    '1.2.3',
  );
  return { code, ...written };
}

async function* input(bytes: string | Uint8Array): AsyncIterable<Uint8Array> {
  yield typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
}
