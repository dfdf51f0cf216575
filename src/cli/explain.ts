import { planManifests } from '../checks/plan-manifests';
import { didYouMean } from '../kube/nearest';
import type { ClaimVerdict, StoragePlan } from '../planner/plan';
import { explanationJson, explanationOf, explanationText } from '../reports/explanation';
import { CannotRun } from './cannot-run';
import { EXIT, type ExplainOptions } from './command-options';
import { planOptions } from './plan-options';
import { Progress } from './progress';
import { readInput, refuseProblems } from './read-input';
import { hasColour, type Streams } from './streams';

/** Tells which volumes a claim can bind to, and why not to the others; returns the exit code. */
export async function explain(
  args: readonly string[],
  options: ExplainOptions,
  streams: Streams,
): Promise<number> {
  const paths = args.slice(0, -1);
  const claim = args.at(-1) ?? '';
  if (paths.length === 0) {
    throw new CannotRun(`explain takes paths and a claim, got '${claim}' alone`);
  }
  const progress = new Progress(streams.stderr);
  try {
    const manifests = await readInput(paths, streams, progress);
    refuseProblems(manifests, 'explain needs all of the input');
    const planned = await planOptions(options, streams, progress);
    progress.step(`planning ${manifests.objects.length} documents`);
    const plan = planManifests(manifests, planned);
    const explained = explanationOf(plan, find(plan, claim));
    progress.end();
    streams.stdout.write(
      options.format === 'json'
        ? explanationJson(explained)
        : explanationText(explained, { colour: hasColour(streams.stdout) }),
    );
    return EXIT.clean;
  } finally {
    progress.end();
  }
}

/** So many claims are named where none is called as asked for. */
const FEW = 5;

function find({ claims }: StoragePlan, wanted: string): ClaimVerdict {
  // A name without a namespace is enough where one claim alone is called so.
  const found = claims.filter(({ claim }) => claim === wanted || claim.endsWith(`/${wanted}`));
  const [verdict, another] = found;
  if (verdict === undefined) {
    const names = claims.map(({ claim }) => claim);
    const few = names.length > 0 && names.length <= FEW ? `; it has ${names.join(', ')}` : '';
    throw new CannotRun(`no claim '${wanted}' in the input${didYouMean(wanted, names) || few}`);
  }
  if (another !== undefined) {
    const names = found.map(({ claim }) => `'${claim}'`).join(', ');
    throw new CannotRun(`'${wanted}' is the name of several claims; say which: ${names}`);
  }
  return verdict;
}
