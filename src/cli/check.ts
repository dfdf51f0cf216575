import { fails } from '../checks/fail-on';
import { planManifests } from '../checks/plan-manifests';
import { RULES } from '../checks/registry';
import { didYouMean } from '../kube/nearest';
import type { Manifests } from '../manifests/read-manifests';
import type { PlanOptions } from '../planner/plan';
import { githubReport } from '../reports/github';
import { jsonReport } from '../reports/json';
import type { Report, ReportFormat } from '../reports/report';
import { sarifReport } from '../reports/sarif';
import { textReport } from '../reports/text';
import { CannotRun } from './cannot-run';
import { type CheckOptions, EXIT } from './command-options';
import { planOptions } from './plan-options';
import { Progress } from './progress';
import { readInput, STANDARD_INPUT } from './read-input';
import { hasColour, type Output, type Streams } from './streams';

const REPORTS: Readonly<Record<ReportFormat, (report: Report) => string>> = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  github: githubReport,
};

/** Tells what is wrong in the manifests; returns the exit code. */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  streams: Streams,
  version: string,
): Promise<number> {
  const progress = new Progress(streams.stderr);
  try {
    refuseUnknown(options.ignore ?? []);
    const manifests = await readInput(paths, streams, progress);
    const planned: PlanOptions = {
      ...(await planOptions(options, streams, progress)),
      ...(options.ignore === undefined ? {} : { ignore: options.ignore }),
    };
    if (manifests.objects.length === 0 && manifests.problems.length === 0) {
      throw new CannotRun(`no manifests in ${paths.map(named).join(', ')}`);
    }
    progress.step(`planning ${manifests.objects.length} documents`);
    const plan = planManifests(manifests, planned);
    progress.end();
    tellPassedOver(manifests, streams.stderr);
    const colour = hasColour(streams.stdout);
    streams.stdout.write(REPORTS[options.format]({ plan, version, colour }));
    return fails(plan.findings, options.failOn) ? EXIT.found : EXIT.clean;
  } finally {
    progress.end();
  }
}

function refuseUnknown(ignored: readonly string[]): void {
  const ids = RULES.map(({ id }) => id);
  const unknown = ignored.find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    throw new CannotRun(
      `--ignore takes rules, and '${unknown}' is none${didYouMean(unknown, ids)}`,
    );
  }
}

function named(path: string): string {
  return path === STANDARD_INPUT ? 'standard input' : `'${path}'`;
}

function tellPassedOver({ passedOver }: Manifests, output: Output): void {
  if (passedOver.length > 0) {
    const files = passedOver.length === 1 ? 'file' : 'files';
    output.write(`passed over ${passedOver.length} ${files} without manifests\n`);
  }
}
