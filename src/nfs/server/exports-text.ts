import type { CheckedExport } from './read-exports';

/**
 * Exports as exports(5) has them, one after another, with a client on each line.
 *
 * The options stand behind every client: there is no space before the bracket, since with one they
 * would be those of every machine.
 */
export function exportsText(exports: readonly CheckedExport[]): string {
  return exports.map((each) => `# ${each.name}\n${entry(each)}\n`).join('\n');
}

function entry({ path, clients, options }: CheckedExport): string {
  const [first, ...others] = clients.map((client) => `${client}(${options.join(',')})`);
  return [`${escapePath(path)} ${first}`, ...others.map((client) => `  ${client}`)].join(' \\\n');
}

/**
 * A path as one word of exports(5): what is no letter, no digit and not in `/._-` becomes `\ooo`, a
 * byte in octal.
 */
function escapePath(path: string): string {
  return [...new TextEncoder().encode(path)]
    .map((byte) => {
      const text = String.fromCharCode(byte);
      return /[A-Za-z0-9/._-]/.test(text) ? text : `\\${byte.toString(8).padStart(3, '0')}`;
    })
    .join('');
}
