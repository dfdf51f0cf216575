import { spawnSync } from 'node:child_process';

/**
 * Runs commands of sh as root of mounts, processes and a network of their own, with an empty state of
 * the NFS server, an empty /srv and an /etc of the few files that they read.
 */
export function onOwnMounts(commands: string) {
  const script = `set -eu
    ip link set lo up 2>/dev/null || true
    mount -t tmpfs none /mnt
    mkdir /mnt/etc /mnt/etc/exports.d /mnt/etc/nfs.conf.d
    for name in alternatives group ld.so.cache mke2fs.conf netconfig nsswitch.conf passwd services; do
      [ ! -e "/etc/$name" ] || cp -a "/etc/$name" /mnt/etc
    done
    touch /mnt/etc/exports /mnt/etc/fstab
    echo '[general]' >/mnt/etc/nfs.conf
    mount --bind /mnt/etc /etc
    mount -t tmpfs none /var/lib/nfs
    mkdir /var/lib/nfs/sm /var/lib/nfs/sm.bak
    touch /var/lib/nfs/etab /var/lib/nfs/rmtab /var/lib/nfs/state
    mount -t tmpfs none /srv
    ${commands}`;
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    ['--mount', '--net', '--pid', '--fork', '--mount-proc', 'sh', '-c', script],
    { encoding: 'utf8', timeout: 50_000 },
  );
  return { status, stdout, stderr };
}
