import { Command, CommanderError, Option } from 'commander';
import { FAIL_ON } from '../checks/fail-on';
import { StorageError } from '../kube/storage-error';
import { DEFAULT_KUBERNETES_VERSION, KUBERNETES_VERSIONS } from '../planner/plan';
import { REPORT_FORMATS } from '../reports/report';
import { CannotRun } from './cannot-run';
import { type CheckOptions, EXIT, type ExplainOptions } from './command-options';
import type { Streams } from './streams';

/**
 * Runs the command line.
 *
 * @param args - what stands behind `cdk8s-storage`
 * @returns the exit code
 */
export async function run(
  args: readonly string[],
  streams: Streams,
  version: string,
): Promise<number> {
  let code: number = EXIT.clean;
  const program = new Command('cdk8s-storage')
    .description('Says what Kubernetes storage will bind to, and why not, before it is applied')
    .version(version)
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
    })
    .exitOverride();

  planning(program.command('check'))
    .summary('find what is wrong with the storage in manifests')
    .description(
      `Find what is wrong with the storage in manifests, by file and line.

Exit code: 0 where nothing is found, 1 where there is a finding of --fail-on or above, 2 where it
could not run.`,
    )
    .argument('<path...>', 'files, folders, globs, or - for standard input')
    .addOption(
      new Option('--format <format>', 'how findings are told')
        .choices(REPORT_FORMATS)
        .default('text'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'from which severity on the exit code is 1')
        .choices(FAIL_ON)
        .default('error'),
    )
    .option('--ignore <rules>', 'rules to leave out, between commas', listed)
    .action(async (paths: string[], options: CheckOptions) => {
      // Loaded when it runs: help does not wait for the planner.
      const { check }: typeof import('./check') = require('./check');
      code = await check(paths, options, streams, version);
    });

  planning(program.command('explain'))
    .summary('say which volumes a claim can bind to, and why not to the others')
    .description(
      `Say which volumes a claim can bind to, and of every other volume the first rule that it fails.

  kubectl get nodes,sc,pv,pvc,pods -A -o yaml | cdk8s-storage explain - shop/uploads`,
    )
    .argument('<path...>', 'files, folders, globs, or - for standard input; last, the claim')
    .addOption(
      new Option('--format <format>', 'how it is told').choices(['text', 'json']).default('text'),
    )
    .action(async (paths: string[], options: ExplainOptions) => {
      const { explain }: typeof import('./explain') = require('./explain');
      code = await explain(paths, options, streams);
    });

  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return ended(error, streams);
  }
}

function planning(command: Command): Command {
  return command
    .addOption(
      // Without a default, so that the plan knows that nobody said it.
      new Option(
        '--kubernetes <version>',
        `version of the cluster; ${DEFAULT_KUBERNETES_VERSION} is assumed where it is left out`,
      ).choices(KUBERNETES_VERSIONS),
    )
    .option(
      '--existing <file>',
      'what the cluster has: kubectl get nodes,sc,pv,pvc -A -o yaml; may be given again',
      (file: string, before: readonly string[] = []) => [...before, file],
    )
    .option('--default-class <name>', "the cluster's default class, '' for none");
}

function listed(ids: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...ids.split(',').map((id) => id.trim())];
}

// Commander has written its own line already.
function ended(error: unknown, { stderr }: Streams): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.clean : EXIT.cannotRun;
  }
  if (error instanceof CannotRun || error instanceof StorageError) {
    stderr.write(`error: ${error.message}\n`);
    return EXIT.cannotRun;
  }
  throw error;
}
