import { App, Chart } from 'cdk8s';
import { NfsVolume, quantity, SharedUploadApp } from 'cdk8s-storage';

const app = new App();
const shop = new Chart(app, 'shop', { namespace: 'shop' });

const uploads = new NfsVolume(shop, 'uploads', {
  server: '172.26.1.10',
  path: '/mnt/shared',
  // From the environment, so a text whose form TypeScript cannot know.
  capacity: quantity(process.env.UPLOADS_CAPACITY ?? '10Gi'),
  request: '4Gi',
});

new SharedUploadApp(shop, 'web', {
  image: 'registry.example.com/shop:1.4.2',
  port: 8080,
  replicas: 3,
  uploads: { claim: uploads, mountPath: '/data' },
});

app.synth();
