#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from './command-options';
import { run } from './program';

const root = join(__dirname, '..', '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

// `cdk8s-storage check … | head` closes the pipe early; that is no failure of ours. A report that
// could not be written (a full disk) is none, whatever it says.
process.stdout.on('error', ({ code = 'unknown error' }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') {
    process.stderr.write(`error: cannot write to standard output: ${code}\n`);
    process.exit(EXIT.cannotRun);
  }
  process.exit();
});

run(process.argv.slice(2), process, version).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // Nothing that a user gives should come to this.
    process.stderr.write(`error: cdk8s-storage failed: ${String(error)}; please report it\n`);
    process.exitCode = EXIT.cannotRun;
  },
);
