import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { decode, type ManifestProblem, type ManifestText } from '../manifests/decode';
import { LONGEST_TEXT } from '../manifests/limits';
import { type Manifests, readManifests } from '../manifests/read-manifests';
import { CannotRun } from './cannot-run';
import { manifestFiles } from './manifest-files';
import type { Progress } from './progress';
import type { Streams } from './streams';

/** What a command calls standard input, among paths. */
export const STANDARD_INPUT = '-';

/** Reads the manifests that paths stand for; `-` is standard input. */
export async function readInput(
  paths: readonly string[],
  { stdin }: Pick<Streams, 'stdin'>,
  progress: Progress,
): Promise<Manifests> {
  const texts: ManifestText[] = [];
  const problems: ManifestProblem[] = [];
  const take = (bytes: Uint8Array, file?: string): void => {
    const text = decode(bytes, file);
    if ('text' in text) {
      texts.push(text);
    } else {
      problems.push(text);
    }
  };
  if (paths.includes(STANDARD_INPUT)) {
    take(await bytesOf(stdin));
  }
  const files = await manifestFiles(paths.filter((path) => path !== STANDARD_INPUT));
  for (const [index, file] of files.entries()) {
    progress.step(`reading file ${index + 1} of ${files.length}`);
    take(await contentOf(file), file);
  }
  const manifests = readManifests(texts);
  return problems.length === 0
    ? manifests
    : { ...manifests, problems: [...problems, ...manifests.problems] };
}

/** Reads what the cluster has; it has to be whole. */
export async function readExisting(
  files: readonly string[],
  streams: Pick<Streams, 'stdin'>,
  progress: Progress,
): Promise<readonly unknown[]> {
  const manifests = await readInput(files, streams, progress);
  refuseProblems(manifests, '--existing has to be whole');
  return manifests.objects;
}

/** Refuses input of which something could not be read. */
export function refuseProblems({ problems }: Manifests, why: string): void {
  const [problem] = problems;
  if (problem !== undefined) {
    const { file = 'standard input', line, message } = problem;
    const place = line === undefined ? file : `${file}:${line}`;
    throw new CannotRun(`${why}: ${place}: ${message}`);
  }
}

async function contentOf(file: string): Promise<Uint8Array> {
  try {
    const found = await stat(file);
    if (!found.isFile()) {
      // A pipe or a device has no size, and may have no end.
      return await bytesOf(createReadStream(file));
    }
    // A longer file is refused all the same, and not worth its memory.
    return found.size > LONGEST_TEXT ? new Uint8Array(LONGEST_TEXT + 1) : await readFile(file);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new CannotRun(`cannot read '${file}': ${code}`);
  }
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LONGEST_TEXT) {
      break;
    }
  }
  return Buffer.concat(chunks);
}
