// Checks the package as npm would publish it: publint its package.json, attw its types for every
// way to import it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const temporary = mkdtempSync(join(tmpdir(), 'cdk8s-storage-pack-'));
try {
  const pack = ['pack', '--ignore-scripts', '--offline', '--pack-destination', temporary];
  execFileSync('npm', [...pack, '--silent'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [name] = readdirSync(temporary);
  const tarball = join(temporary, name);
  const results = [
    check('publint', 'run', tarball, '--strict'),
    check('attw', tarball, '--no-definitely-typed', '--profile', 'strict'),
  ];
  process.exitCode = Math.max(...results);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

/** Runs an installed tool and gives its exit code. */
function check(tool, ...options) {
  const bin = join('node_modules', '.bin', tool);
  return spawnSync(process.execPath, [bin, ...options], { stdio: 'inherit' }).status ?? 1;
}
