import type { PlanOptions } from '../planner/plan';
import type { PlanningOptions } from './command-options';
import type { Progress } from './progress';
import { readExisting } from './read-input';
import type { Streams } from './streams';

/** What the options of a command say that a plan rests on. */
export async function planOptions(
  { kubernetes, existing, defaultClass }: PlanningOptions,
  streams: Pick<Streams, 'stdin'>,
  progress: Progress,
): Promise<PlanOptions> {
  return {
    ...(kubernetes === undefined ? {} : { kubernetes }),
    ...(existing === undefined
      ? {}
      : { existing: await readExisting(existing, streams, progress) }),
    ...(defaultClass === undefined ? {} : { defaultClass: defaultClass || null }),
  };
}
