import { objectAt } from '../../planner/plain-object';
import type { Workload } from '../../planner/workload';
import type { Facts } from '../facts';
import { podContainers } from '../pod-containers';
import { sharedVolumes } from '../pod-volumes';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';

const manifests = (disk: string) => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: disks }
provisioner: ebs.csi.aws.com
parameters: { type: gp3 }
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: disk, namespace: shop }
spec:
  accessModes: [ReadWriteOnce]
  volumeMode: Block
  storageClassName: disks
  resources: { requests: { storage: 10Gi } }
---
apiVersion: v1
kind: Pod
metadata: { name: index, namespace: shop }
spec:
  containers:
    - name: index
      image: registry.example.com/index:2.0.1
      ${disk}
  volumes: [{ name: disk, persistentVolumeClaim: { claimName: disk } }]
`;

export const volumeModeUsage: Rule = {
  id: 'volume-mode-usage',
  severity: 'error',
  summary: 'a container mounts a raw device, or takes a file system as a device',
  why: `A claim with volumeMode Block is handed to a container as a device, under volumeDevices; any
other one is mounted, under volumeMounts. The API server knows nothing of the claim when it takes the
pod: the pod is scheduled, and its kubelet does not start it.`,
  source:
    'Kubernetes, "Persistent Volumes", raw block volume support; pkg/kubelet/volumemanager/populator, createVolumeSpec',
  bad: manifests('volumeMounts: [{ name: disk, mountPath: /index }]'),
  good: manifests('volumeDevices: [{ name: disk, devicePath: /dev/xvda }]'),
  *check(facts) {
    for (const workload of facts.workloads) {
      const { shared, own } = facts.claimsOf(workload);
      if (workload.existing || shared.length + own.length === 0) {
        continue;
      }
      const claims = claimsByVolume(workload, facts);
      for (const { name, uses } of podContainers(workload)) {
        for (const { volume, as, path } of uses) {
          const claim = claims.get(volume);
          const isDevice = as === 'volumeDevices';
          if (claim === undefined || (claim.mode === 'Block') === isDevice) {
            continue;
          }
          const { object } = workload;
          yield {
            object,
            message: `container ${name} of ${titleOf(object)} has ${claim.title}, which is volumeMode ${claim.mode}, under ${as}: the pod does not start, with 'volume ${volume} has volumeMode ${claim.mode}, but is specified in ${as}'`,
            fix: isDevice
              ? `put it under volumeMounts, with a mountPath, or set volumeMode: Block on the claim`
              : `put it under volumeDevices, with a devicePath, or set volumeMode: Filesystem on the claim`,
            path,
          };
        }
      }
    }
  },
};

interface VolumeClaim {
  readonly title: string;
  readonly mode: 'Block' | 'Filesystem';
}

// What is behind the volumes that claims are behind, by the volumes' names.
function claimsByVolume(workload: Workload, facts: Facts): ReadonlyMap<string, VolumeClaim> {
  const claims = new Map<string, VolumeClaim>();
  for (const { name, claim: key } of sharedVolumes(workload, facts)) {
    const claim = key === undefined ? undefined : facts.inventory.claims.get(key);
    if (claim !== undefined && claim.refusal === undefined) {
      claims.set(name, { title: `claim ${claim.key}`, mode: claim.volumeMode });
    }
  }
  const { own, templates } = facts.claimsOf(workload);
  own.forEach((name, index) => {
    const spec = objectAt(templates[index] ?? {}, 'spec');
    const mode = spec.volumeMode ?? 'Filesystem';
    if (mode === 'Block' || mode === 'Filesystem') {
      claims.set(name, { title: `the claim template ${name}`, mode });
    }
  });
  return claims;
}
