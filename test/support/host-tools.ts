import { spawnSync } from 'node:child_process';

/** Why something of Debian's cannot be run here; undefined where it can. */
export type Absence = string | undefined;

/** Why a command cannot be run here: what it answers to arguments that change nothing. */
export function absenceOf(command: string, ...args: readonly string[]): Absence {
  const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (error !== undefined) {
    return `there is no ${command} here`;
  }
  return status === 0 ? undefined : `${command} does not run here: ${stderr.trim()}`;
}

/** Why cloud-init does not run here. */
export const noCloudInit: Absence = absenceOf('cloud-init', '--version');

/** Why exportfs does not run here, on mounts of its own. */
export const noExportfs: Absence =
  absenceOf('exportfs', '-s') ??
  absenceOf('unshare', '--mount', 'mount', '-t', 'tmpfs', 't', '/srv');

/** Why there are no disks here to format and to mount. */
export const noDisks: Absence = absenceOf(
  'unshare',
  '--mount',
  'sh',
  '-ec',
  `mount -t tmpfs none /srv
  truncate -s 16M /srv/disk
  mkfs.ext4 -q /srv/disk
  sfdisk --version
  mount -o loop /srv/disk /mnt`,
);

/** A test that needs what may be absent: then it says that nothing was looked at, and why. */
export function testWith(absence: Absence, name: string, run: () => void): void {
  if (absence === undefined) {
    test(name, run, 60_000);
  } else {
    test(`${name}: NOT LOOKED AT, ${absence}`, () => {
      console.warn(`NOT LOOKED AT, ${absence}: ${expect.getState().currentTestName}`);
    });
  }
}
