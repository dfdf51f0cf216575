// Writes imports/*.ts, the typed form of the definitions that cdk8s.yaml lists.
//
// `node scripts/import.mjs <folder>` writes them elsewhere, which is how a test sees that the files
// in imports/ are stale.
import { spawnSync } from 'node:child_process';
import { cdk8s } from './cdk8s-cli.mjs';

const [output = 'imports'] = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  cdk8s('import', '--output', output, '--no-save', '--language', 'typescript'),
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
