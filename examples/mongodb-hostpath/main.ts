/**
 * MongoDB on a folder of a minikube node.
 *
 * The image runs mongod as UID 999, and a folder that the kubelet makes belongs to root: make it
 * once, owned by that user, and it is still there when the cluster starts again (minikube keeps
 * /data):
 *
 *     minikube ssh -- sudo install -d -o 999 -g 999 /data/mongodb
 *
 * Until then the pod waits, and `kubectl describe pod` says that the folder is missing: that is
 * what `type: 'Directory'` is for.
 */
import { App, Chart } from 'cdk8s';
import { HostPathVolume, StatefulApp } from 'cdk8s-storage';

const app = new App();
const chart = new Chart(app, 'mongodb', { namespace: 'default' });

const data = new HostPathVolume(chart, 'data', {
  path: '/data/mongodb',
  type: 'Directory',
  capacity: '1Gi',
  nodeLabels: { 'kubernetes.io/hostname': 'minikube' },
});

new StatefulApp(chart, 'mongodb', {
  name: 'mongodb',
  image: 'mongo:8.0.4',
  ports: { mongodb: 27017 },
  storage: [],
  volumes: [{ storage: data, mountPath: '/data/db' }],
  // The image declares a volume here, which only a sharded cluster writes.
  scratch: ['/data/configdb'],
  runAsUser: 999,
  runAsGroup: 999,
});

app.synth();
