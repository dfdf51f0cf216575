/**
 * An upload service over an NFS export that exists: any replica reads what any other has stored.
 *
 * The export is owned by UID and GID 1000, or squashes everybody to them
 * (`all_squash,anonuid=1000,anongid=1000`): the app runs as the same.
 */
import { App, Chart } from 'cdk8s';
import { NfsVolume, ShareCheck, SharedUploadApp } from 'cdk8s-storage';

const app = new App();
const shop = new Chart(app, 'uploads', { namespace: 'shop' });

const uploads = new NfsVolume(shop, 'files', {
  server: '172.26.1.10',
  path: '/mnt/shared',
  capacity: '10Gi',
  request: '4Gi',
});

new SharedUploadApp(shop, 'web', {
  name: 'web',
  image: 'registry.example.com/shop:1.4.2',
  imagePullSecrets: ['registry-credentials'],
  port: 8080,
  healthPath: '/healthz',
  // Two replicas on a quiet day, ten on the day of the event.
  autoscale: { min: 2, max: 10, cpuPercent: 70 },
  resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '512Mi' } },
  uploads: { claim: uploads, mountPath: '/data' },
  scratch: ['/var/cache/shop'],
  nodeLabels: { type: 'worker' },
  runAsUser: 1000,
  runAsGroup: 1000,
  ingress: {
    host: 'shop.example.com',
    className: 'nginx',
    tlsSecretName: 'shop-tls',
    maxBodySize: '500Mi',
  },
});

// After each sync: what one node writes, another reads; else the sync fails, and the log says why.
new ShareCheck(shop, 'check', {
  claim: uploads,
  nodeLabels: { type: 'worker' },
  runAsUser: 1000,
  runAsGroup: 1000,
});

app.synth();
