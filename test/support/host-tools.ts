import { spawnSync } from 'node:child_process';

/** Why something of Debian's cannot be run here; undefined where it can. */
export type Absence = string | undefined;

/** Why a command cannot be run here: its answer to arguments that do nothing. */
export function absenceOf(command: string, ...args: readonly string[]): Absence {
  const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (error !== undefined) {
    return `there is no ${command} here`;
  }
  return status === 0 ? undefined : `${command} does not run here: ${stderr.trim()}`;
}

/** Why there are no mounts of one's own here. */
export const noOwnMounts: Absence = absenceOf('unshare', '--mount', 'true');

/**
 * A test that needs a tool of Debian's. Without the tool its name says that nothing was looked at;
 * with `HOST_TOOLS=required`, as CI has it, it fails.
 */
export function testWith(absence: Absence, name: string, run: () => void, timeout = 30_000): void {
  if (absence === undefined) {
    test(name, run, timeout);
    return;
  }
  test(`${name}: NOT LOOKED AT, ${absence}`, () => {
    expect(process.env.HOST_TOOLS === 'required' ? absence : undefined).toBeUndefined();
  });
}
