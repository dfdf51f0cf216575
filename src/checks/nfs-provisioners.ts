/**
 * Whether a provisioner goes by a name of nfs-subdir-external-provisioner, or of the nfs-client
 * provisioner that it was before.
 *
 * Who installs it chooses the name; those of its chart and its manifests are
 * `cluster.local/<release>-nfs-subdir-external-provisioner` and
 * `k8s-sigs.io/nfs-subdir-external-provisioner`.
 */
export function isNfsSubdir(provisioner: string): boolean {
  return /nfs-(subdir-external|client)-provisioner$/.test(provisioner);
}
