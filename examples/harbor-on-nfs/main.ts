/**
 * Harbor on an NFS server of one's own: images and job logs are folders of one export, which every
 * node mounts; database, Redis and the scanner's cache are on the disks of the nodes, where
 * PostgreSQL owns its files. A check proves after each sync that what one node writes another reads.
 *
 * The chart's passwords and keys come from Secrets: README.md says how to make them.
 */
import { App, Chart } from 'cdk8s';
import {
  HARBOR_UIDS,
  HarborOnStorage,
  LocalPathProvisioner,
  NfsServer,
  ShareCheck,
} from 'cdk8s-storage';

const app = new App();

// Whatever is written is the registry's, so that every pod of it may read what any other wrote.
const nfs = new Chart(app, 'nfs', { namespace: 'nfs-provisioner' });
const server = new NfsServer(nfs, 'server', {
  host: '172.26.1.10',
  disk: { device: '/dev/disk/by-id/virtio-harbor', mountPath: '/srv/nfs' },
  exports: {
    harbor: {
      path: '/srv/nfs/harbor',
      clients: ['172.26.0.0/16'],
      squash: 'all',
      anonUid: HARBOR_UIDS.registry,
      anonGid: HARBOR_UIDS.registry,
    },
  },
});
server.writeHostFiles('host');
const folders = server.export('harbor').provisioner(nfs, 'folders', { className: 'nfs-harbor' });

// One node has a volume. The kubelet gives its folder to the fsGroup of Harbor's pods, so that it is
// open to nobody else there.
const disks = new Chart(app, 'local-path');
const local = new LocalPathProvisioner(disks, 'provisioner', {
  defaultVolumeType: 'local',
  setup: '#!/bin/sh\nset -eu\nmkdir -p -m 0770 -- "${VOL_DIR:?}"',
});
// A claim deleted leaves the folder behind.
const kept = local.storageClass('kept', {
  name: 'local-kept',
  defaultVolumeType: 'local',
  reclaimPolicy: 'Retain',
});

const chart = new Chart(app, 'harbor', { namespace: 'harbor' });
const images = folders.claim(chart, 'images', { name: 'images', size: '200Gi' });
const jobLogs = folders.claim(chart, 'job-logs', { name: 'job-logs', size: '5Gi' });

const harbor = new HarborOnStorage(chart, 'storage', {
  registry: { claim: images },
  jobLog: { claim: jobLogs },
  database: { from: kept, size: '10Gi' },
  redis: { from: kept },
  trivy: { from: local.mainClass },
  replicas: { portal: 2, core: 2, jobservice: 2 },
  externalUrl: 'https://harbor.example.com',
  secrets: {
    adminPassword: 'harbor-admin',
    secretKey: 'harbor-secret-key',
    internal: 'harbor-internal',
    registryCredentials: 'harbor-registry',
  },
  values: {
    expose: {
      type: 'ingress',
      tls: { certSource: 'secret', secret: { secretName: 'harbor-tls' } },
      ingress: { hosts: { core: 'harbor.example.com' }, className: 'nginx' },
    },
  },
});
harbor.application(chart, 'application', {
  name: 'harbor',
  automated: { prune: true, selfHeal: true },
});

new ShareCheck(chart, 'check', {
  name: 'images-cross-nodes',
  claim: images,
});

app.synth();
