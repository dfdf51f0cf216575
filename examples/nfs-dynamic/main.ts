/**
 * Folders on an NFS server, made on demand: a class of csi-driver-nfs, which the cluster has, and
 * nfs-subdir-external-provisioner, installed here for those who run it already.
 *
 * What a claim writes stays on the server when the claim is deleted (`retain`, `archive`).
 */
import { App, Chart } from 'cdk8s';
import { NfsStorageClass, NfsSubdirProvisioner, SharedUploadApp } from 'cdk8s-storage';

const app = new App();

const shop = new Chart(app, 'nfs-dynamic', { namespace: 'shop' });
const shared = new NfsStorageClass(shop, 'shared', {
  name: 'nfs-shared',
  server: 'nfs.example.com',
  share: '/srv/shared',
  subDir: '${pvc.metadata.namespace}/${pvc.metadata.name}',
  // The driver makes folders as root with mode 0755, and the app runs as UID 1000.
  mountPermissions: '0777',
  onDelete: 'retain',
});
new SharedUploadApp(shop, 'web', {
  image: 'registry.example.com/shop:1.4.2',
  port: 8080,
  uploads: { claim: shared.claim(shop, 'uploads', { size: '10Gi' }), mountPath: '/data' },
});

const legacy = new Chart(app, 'nfs-subdir', { namespace: 'nfs-provisioner' });
const folders = new NfsSubdirProvisioner(legacy, 'provisioner', {
  server: '172.26.1.10',
  path: '/mnt/shared',
  archiveOnDelete: true,
});
folders.claim(legacy, 'reports', { size: '1Gi', namespace: 'shop' });

app.synth();
