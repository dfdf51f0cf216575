/**
 * An upload service over an NFS server that is described once, for both ends: any replica reads what
 * any other has stored.
 *
 * Whoever writes, the files are those of UID and GID 1000, and the app and the check run as the same.
 */
import { App, Chart } from 'cdk8s';
import { NfsServer, ShareCheck, SharedUploadApp } from 'cdk8s-storage';

const app = new App();
const shop = new Chart(app, 'uploads', { namespace: 'shop' });

const server = new NfsServer(shop, 'server', {
  host: '172.26.1.10',
  exports: {
    uploads: {
      path: '/mnt/shared',
      clients: ['172.26.0.0/16'],
      squash: 'all',
      anonUid: 1000,
      anonGid: 1000,
    },
  },
});
server.writeHostFiles('host');
const uploads = server.export('uploads').volume(shop, 'files', {
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
});

app.synth();
