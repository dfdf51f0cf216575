// The command line of cdk8s that this project installed: started with node, so no shell, no npx and
// no look at the registry for a newer one comes between.
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('bin/cdk8s', import.meta.resolve('cdk8s-cli/package.json')));

/**
 * Arguments for `node` that run a command of cdk8s.
 *
 * @param {string} command
 * @param {...string} options
 */
export function cdk8s(command, ...options) {
  return [bin, command, ...options, '--check-upgrade=false'];
}
