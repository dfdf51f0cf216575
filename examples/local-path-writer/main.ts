/**
 * Space on the node where a pod runs first, made by local-path-provisioner, which the cluster has
 * (k3s brings it; LocalPathProvisioner installs it).
 *
 * The pod stays on that node, and the data goes with it. Nothing holds the volume to its size.
 */
import { App, Chart, Size } from 'cdk8s';
import { Cpu, Deployment, DeploymentStrategy, ImagePullPolicy } from 'cdk8s-plus-28';
import { LocalPathClaim } from 'cdk8s-storage';

const app = new App();
const chart = new Chart(app, 'local-path-writer', { namespace: 'default' });

const claim = new LocalPathClaim(chart, 'claim', { name: 'localpath-claim', size: '1Gi' });

// Recreate: one node has the folder, and two writers would share the file.
const writer = new Deployment(chart, 'writer', {
  replicas: 1,
  strategy: DeploymentStrategy.recreate(),
});
writer
  .addContainer({
    name: 'writer',
    image: 'docker.io/library/busybox:1.37.0',
    imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
    command: ['/bin/sh', '-c', 'while true; do date -u >> /data/out.txt; sleep 5; done'],
    securityContext: { user: 1000, group: 1000 },
    resources: { cpu: { request: Cpu.millis(10) }, memory: { request: Size.mebibytes(16) } },
  })
  .mount('/data', claim);

app.synth();
