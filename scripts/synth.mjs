// Renders the app of the current folder into dist.
//
// `cdk8s synth` empties its output folder before it runs the app, so an app that fails would take
// the last good manifests along. Here it writes into a folder beside dist, on the same file system,
// and the two change places once everything is there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join, relative } from 'node:path';
import { cdk8s } from './cdk8s-cli.mjs';

const DIST = 'dist';

let app;
let stoppedBy;
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stoppedBy = signal;
    if (app?.exitCode === null && app.signalCode === null) process.kill(-app.pid, 'SIGKILL');
  });
}

const temporary = mkdtempSync('.synth-');
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
try {
  const rendered = join(temporary, 'rendered');
  await render(rendered);
  swap(manifestsOf(rendered));
} catch (error) {
  console.error(`synth: ${error.message}; ${DIST} is as it was`);
  process.exitCode = stoppedBy ? 128 + constants.signals[stoppedBy] : 1;
}

/** Runs the app in a process group of its own: a signal ends all of it, so nothing writes on. */
async function render(output) {
  app = spawn(process.execPath, cdk8s('synth', '--output', output), {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(app, 'exit');
  if (stoppedBy) throw new Error(`stopped by ${stoppedBy}`);
  if (code !== 0) throw new Error('the app failed');
}

/** Copies the manifests into a folder of their own, without anything else that was written. */
function manifestsOf(rendered) {
  const folder = join(temporary, 'manifests');
  const files = readdirSync(rendered, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(rendered, join(entry.parentPath, entry.name)));
  for (const file of files) {
    if (file.endsWith('.k8s.yaml')) cpSync(join(rendered, file), join(folder, file));
    else console.error(`synth: ${file} is no manifest and left out`);
  }
  if (!existsSync(folder)) throw new Error('the app wrote no *.k8s.yaml');
  return folder;
}

/** Puts the new manifests in the place of the old ones, or the old ones back. */
function swap(manifests) {
  const old = join(temporary, 'old');
  const replaced = existsSync(DIST);
  if (replaced) renameSync(DIST, old);
  try {
    renameSync(manifests, DIST);
  } catch (error) {
    if (replaced) renameSync(old, DIST);
    throw error;
  }
}
