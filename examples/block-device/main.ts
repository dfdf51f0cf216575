/**
 * A raw EBS disk in a pod: no file system, a device at /dev/xvda; and a snapshot, which is taken
 * once the pod has the disk.
 *
 * Without root, the process needs the device's group: containerd gives it where
 * `device_ownership_from_security_context` is set.
 */
import { App, Chart, Size } from 'cdk8s';
import { Cpu, Pod } from 'cdk8s-plus-28';
import { addBlockDevice, EbsSnapshotClass, EbsStorageClass } from 'cdk8s-storage';

const app = new App();
const chart = new Chart(app, 'block-device', { namespace: 'default' });

const disks = new EbsStorageClass(chart, 'disks', { name: 'raw', volume: { type: 'gp3' } });
const disk = disks.claim(chart, 'disk', { name: 'block-pvc', size: '10Gi', volumeMode: 'Block' });

const pod = new Pod(chart, 'pod', { metadata: { name: 'pod-with-block-volume' } });
const container = pod.addContainer({
  name: 'reader',
  image: 'registry.fedoraproject.org/fedora:41',
  command: ['/bin/sh', '-c', 'tail -f /dev/null'],
  securityContext: { user: 1000, group: 1000 },
  resources: { cpu: { request: Cpu.millis(100) }, memory: { request: Size.mebibytes(64) } },
});
addBlockDevice(pod, container, disk, '/dev/xvda');

const snapshotClass = new EbsSnapshotClass(chart, 'snapshots', { name: 'kept' });
disk.snapshot('first', { name: 'block-pvc-first', snapshotClass });

app.synth();
