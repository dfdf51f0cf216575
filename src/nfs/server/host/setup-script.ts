import type { CheckedDisk } from '../disk';
import type { NfsDiskFormat, NfsServerVersion } from '../limits';
import type { CheckedExport } from '../read-exports';

/** What the host of a server is to become. */
export interface HostSetup {
  /** Path of the server's construct. */
  readonly path: string;
  readonly version: NfsServerVersion;
  readonly exports: readonly CheckedExport[];
  readonly disk: CheckedDisk | undefined;
}

/** Where the script lies on the host. */
export const SETUP_SCRIPT = '/usr/local/sbin/nfs-server-setup';

/**
 * The script that sets the host up: disk, folders, services, exports, in this order; where one fails
 * none of the others comes.
 *
 * A script, since cloud-init's own modules are of no use here: `fs_setup` formats a disk again whose
 * label or type is not the wanted one, `overwrite: false` or not, and runs before any package is
 * installed; `mounts` passes over `LABEL=…`, which it takes for a device that is not there.
 * Source: cloud-init 22.4, cc_disk_setup.py (mkfs) and cc_mounts.py (sanitize_devname).
 */
export function setupScript({ path, version, exports, disk }: HostSetup): string {
  return [
    HEAD(path),
    ...(disk === undefined ? [] : [diskPart(disk)]),
    foldersPart(exports),
    ...(version === '4' ? [NFS_4_ALONE] : []),
    SERVICE,
  ].join('\n');
}

const HEAD = (path: string) => `#!/bin/sh
# Sets up what ${oneLine(path)} exports. cloud-init runs it once on each new host; run again, it
# changes only what is not so yet.
set -eu
umask 022

fail() {
  echo "nfs-server-setup: $*" >&2
  exit 1
}
`;

// The tools ask nothing, since nobody is there to answer; neither is told to overwrite (-F, -f).
const FORMAT: Readonly<Record<NfsDiskFormat, string>> = {
  ext4: 'mkfs.ext4 -q -L "$label" "$device"',
  xfs: 'mkfs.xfs -q -L "$label" "$device"',
};

/** Whether fsck looks at the file system when it is mounted; XFS does it by itself (fsck.xfs(8)). */
const PASS: Readonly<Record<NfsDiskFormat, number>> = { ext4: 2, xfs: 0 };

function diskPart({ device, mountPath, fileSystem, label }: CheckedDisk): string {
  return `# The disk. It is formatted where it is blank, and only there: with the label on it it is ours, and
# with anything else somebody else's.
device='${device}'
label='${label}'
target='${mountPath}'

tries=300
until blkid -L "$label" >/dev/null || blockdev --getsize64 "$device" >/dev/null 2>&1; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || fail "$device is not there"
  sleep 1
done
udevadm settle
if ! blkid -L "$label" >/dev/null; then
  dd if="$device" of=/dev/null bs=1M count=1 status=none || fail "$device cannot be read"
  found=0
  blkid -p "$device" || found=$?
  [ "$found" -eq 2 ] || fail "$device is not blank, and is left as it is"
  ${FORMAT[fileSystem]}
  udevadm settle
fi
disk=$(blkid -L "$label")
[ "$(blkid -p -s TYPE -o value "$disk")" = ${fileSystem} ] || fail "$disk is not ${fileSystem}"

if ! awk -v disk="LABEL=$label" '$1 == disk { found = 1 } END { exit !found }' /etc/fstab; then
  [ -z "$(tail -c 1 /etc/fstab)" ] || echo >>/etc/fstab
  echo "LABEL=$label $target ${fileSystem} defaults,nofail 0 ${PASS[fileSystem]}" >>/etc/fstab
fi
mkdir -p "$target"
systemctl daemon-reload
mountpoint -q "$target" || mount "$target"
[ "$(findmnt -n -o SOURCE --mountpoint "$target")" = "$disk" ] || fail "$target is not on $disk"
`;
}

function foldersPart(exports: readonly CheckedExport[]): string {
  const folders = exports.map(
    ({ path, folder: { uid, gid, mode } }) =>
      `install -d -o ${uid} -g ${gid} -m ${mode} ${quote(path)}`,
  );
  return ['# The folders, each of its owner.', ...folders, ''].join('\n');
}

const NFS_4_ALONE = `# NFS 4 needs no other service, and none listens.
systemctl mask --now rpcbind.socket rpcbind.service rpc-statd.service
`;

const SERVICE = `systemctl daemon-reload
systemctl enable --now nfs-server.service
exportfs -ra
`;

/** A text as one word of the shell, whatever is in it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

// An id of a construct may hold a line break.
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
