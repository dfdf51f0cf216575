import { imagePin } from '../../kube/image';
import { modesOf } from '../../planner/mode-set';
import { nameAt, objectAt } from '../../planner/plain-object';
import type { Workload } from '../../planner/workload';
import type { Facts } from '../facts';
import { podContainers } from '../pod-containers';
import { type PodVolume, sharedVolumes } from '../pod-volumes';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';

const manifests = (tag: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  resources: { requests: { storage: 4Gi } }
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: uploads }
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  mountOptions: [hard, nfsvers=4.1]
  nfs: { server: 10.0.0.10, path: /exports/uploads }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: registry.example.com/shop:${tag}
          volumeMounts: [{ name: uploads, mountPath: /data }]
      volumes: [{ name: uploads, persistentVolumeClaim: { claimName: uploads } }]
`;

export const mutableImageTag: Rule = {
  id: 'mutable-image-tag',
  severity: 'warning',
  summary: 'an image that may change tomorrow writes files that several pods share',
  why: `A tag \`latest\`, or none, which means the same, names whatever was pushed last. A pod that is
started later runs other code than the ones beside it, on the same files: an image that has moved on
may write a format that the older one cannot read, and nobody has rolled anything out.`,
  source: 'Kubernetes, "Images", image names and updating images',
  bad: manifests('latest'),
  good: manifests('1.4.2'),
  *check(facts) {
    for (const workload of facts.workloads) {
      if (workload.existing || facts.claimsOf(workload).shared.length === 0) {
        continue;
      }
      const volumes = sharedVolumes(workload, facts);
      for (const { name, fields, path, uses } of podContainers(workload)) {
        const image = nameAt(fields, 'image') ?? '';
        if (imagePin(image) !== 'mutable') {
          continue;
        }
        const claim = uses
          .filter((use) => use.fields.readOnly !== true)
          .flatMap((use) => volumes.find((each) => each.name === use.volume) ?? [])
          .find((volume) => isWritten(volume) && isShared(volume, facts))?.claim;
        if (claim !== undefined) {
          const { object } = workload;
          yield {
            object,
            message: `container ${name} of ${titleOf(object)} runs ${image}, which may be another image tomorrow, and writes to claim ${claim}, ${reasonFor(claim, workload, facts)}`,
            fix: `name a version of ${untagged(image)}, or its digest`,
            path: [...path, 'image'],
          };
        }
      }
    }
  },
};

function isWritten({ fields }: PodVolume): boolean {
  return objectAt(fields, 'persistentVolumeClaim').readOnly !== true;
}

// ReadOnlyMany is mounted read only by the drivers, however many pods there are.
function isShared({ claim = '' }: PodVolume, facts: Facts): boolean {
  const modes = facts.inventory.claims.get(claim)?.modes ?? 0;
  return (
    modesOf(modes).includes('ReadWriteMany') ||
    (!modesOf(modes).includes('ReadOnlyMany') && podsOf(claim, facts) > 1)
  );
}

function podsOf(claim: string, facts: Facts): number {
  return facts
    .usersOf(claim)
    .map(({ workload: { kind, replicas } }) => (kind === 'DaemonSet' ? 2 : replicas.most))
    .reduce((sum, pods) => sum + pods, 0);
}

function reasonFor(claim: string, { kind, replicas }: Workload, facts: Facts): string {
  const modes = facts.inventory.claims.get(claim)?.modes ?? 0;
  if (modesOf(modes).includes('ReadWriteMany')) {
    return 'which is ReadWriteMany';
  }
  return kind === 'DaemonSet' || replicas.most > 1
    ? 'which its pods share'
    : 'which other pods have as well';
}

function untagged(image: string): string {
  return image.replace(/:latest$/, '');
}
