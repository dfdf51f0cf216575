/**
 * Space that lasts as long as its pod: cdk8s-plus has it, and this library adds nothing to it.
 *
 * Redis as a cache writes its folder on an emptyDir; two containers of one pod share their logs; a
 * pod reads a folder of its node.
 */
import { App, Chart, Size } from 'cdk8s';
import { Cpu, Deployment, HostPathVolumeType, Pod, Volume } from 'cdk8s-plus-28';

const app = new App();
const chart = new Chart(app, 'redis', { namespace: 'default' });

const resources = {
  cpu: { request: Cpu.millis(100) },
  memory: { request: Size.mebibytes(64) },
};

const redis = new Deployment(chart, 'redis', { replicas: 1 });
redis
  .addContainer({
    name: 'redis',
    image: 'redis:7.4.2',
    portNumber: 6379,
    args: ['redis-server', '--dir', '/data/redis'],
    securityContext: { user: 999, group: 999 },
    resources,
  })
  .mount('/data/redis', Volume.fromEmptyDir(chart, 'storage', 'redis-storage'));

const logs = Volume.fromEmptyDir(chart, 'logs', 'log-volume', { sizeLimit: Size.mebibytes(100) });
const logging = new Pod(chart, 'logging');
logging
  .addContainer({
    name: 'writer',
    image: 'busybox:1.37.0',
    command: ['sh', '-c', 'while true; do date >> /var/log/app/out.log; sleep 5; done'],
    securityContext: { user: 1000, group: 1000 },
    resources,
  })
  .mount('/var/log/app', logs);
logging
  .addContainer({
    name: 'reader',
    image: 'busybox:1.37.0',
    command: ['tail', '-F', '/var/log/app/out.log'],
    securityContext: { user: 1000, group: 1000 },
    resources,
  })
  .mount('/var/log/app', logs, { readOnly: true });

const folder = Volume.fromHostPath(chart, 'folder', 'example-volume', {
  path: '/data/foo',
  type: HostPathVolumeType.DIRECTORY,
});
new Pod(chart, 'hostpath')
  .addContainer({
    name: 'reader',
    image: 'busybox:1.37.0',
    command: ['sh', '-c', 'ls -l /foo; sleep infinity'],
    securityContext: { user: 1000, group: 1000 },
    resources,
  })
  .mount('/foo', folder, { readOnly: true });

app.synth();
