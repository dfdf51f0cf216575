// The command line of cdk8s that this project installed: started with node, so no shell, no npx and
// no look at the registry for a newer one comes between.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const home = dirname(createRequire(import.meta.url).resolve('cdk8s-cli/package.json'));

/**
 * Arguments for `node` that run a command of cdk8s.
 *
 * @param {string} command
 * @param {...string} options
 */
export function cdk8s(command, ...options) {
  return [join(home, 'bin', 'cdk8s'), command, ...options, '--check-upgrade=false'];
}
