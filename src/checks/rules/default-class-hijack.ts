import type { ClaimEntry } from '../../planner/claim-entry';
import { misfit, quoted } from '../../planner/matching';
import type { VolumeEntry } from '../../planner/volume-entry';
import { claimPath, claimTitle, openClaims, shown, volumeTitle } from '../claim-words';
import type { Facts } from '../facts';
import type { Rule } from '../rule';

const manifests = (className: string) => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: shared
  annotations:
    storageclass.kubernetes.io/is-default-class: "true"
provisioner: nfs.csi.k8s.io
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  capacity: { storage: 10Gi }
  nfs: { server: 10.0.0.10, path: /exports/uploads }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
  namespace: shop
spec:
  accessModes: [ReadWriteMany]${className}
  resources: { requests: { storage: 10Gi } }
`;

export const defaultClassHijack: Rule = {
  id: 'default-class-hijack',
  severity: 'error',
  summary:
    'the claim is given the default class, and so passes by the volume without a class that is for it',
  why: `A claim that says nothing of its class is given the default class when it is created. It then
looks for volumes of that class alone, and a new and empty one is made for it, while the volume of class
\`""\` that was made for it stays idle. An empty \`storageClassName\` is an answer, a missing one is
none.`,
  source:
    'Kubernetes, "Persistent Volumes", class; plugin/pkg/admission/storage/storageclass/setdefault',
  bad: manifests(''),
  good: manifests('\n  storageClassName: ""'),
  *check(facts) {
    const names = facts.context.defaultClasses;
    if (names === undefined || names.includes('')) {
      return;
    }
    let idle: readonly VolumeEntry[] | undefined;
    const known = new Map<string, VolumeEntry | undefined>();
    let looks = MOST_LOOKS;
    for (const { claim, outcomes, event } of openClaims(facts)) {
      // One that the API server has seen without a class looks among volumes without one first.
      const isNew = claim.className === undefined && claim.uid === undefined;
      const isServed = outcomes.length === 1 && outcomes[0] === 'bound';
      if (!isNew || isServed || claim.volumeName !== undefined) {
        continue;
      }
      idle ??= idleVolumes(facts);
      const shape = `${claim.volumeMode} ${claim.modes} ${claim.request.rank} ${claim.attributesClass} ${JSON.stringify(claim.selector)}`;
      if (!known.has(shape) && looks > 0) {
        let found: VolumeEntry | undefined;
        for (let at = firstOfSize(idle, claim); at < idle.length && looks > 0 && !found; at += 1) {
          looks -= 1;
          const volume = idle[at] as VolumeEntry;
          found = misfit(volume, claim, [''], facts.context) === undefined ? volume : undefined;
        }
        known.set(shape, found);
      }
      const volume = known.get(shape);
      if (volume !== undefined) {
        yield {
          object: claim.object,
          message: `${claimTitle(claim)} names no class and is given the default class ${names.map(quoted).join(' or ')}, so that it passes by ${volumeTitle(volume)} of class "", which serves it otherwise${shown(event)}`,
          fix: 'set storageClassName: ""',
          // One that is left over in the cluster need not be meant.
          severity: volume.existing && claim.selector === undefined ? 'info' : 'error',
          path: claimPath(claim, 'spec'),
        };
      }
    }
  },
};

/** How many volumes may be looked at in all. */
const MOST_LOOKS = 400_000;

// Smallest first. A volume that another claim can take is for that one.
function idleVolumes({ inventory, bindings }: Facts): readonly VolumeEntry[] {
  const idle = [...inventory.volumes.values()].filter(
    (volume) =>
      volume.className === '' &&
      volume.claimRef === undefined &&
      volume.refusal === undefined &&
      !volume.deleting &&
      !bindings.holders.has(volume.name) &&
      bindings.free.takersOf(volume) === 0,
  );
  return idle.sort((a, b) => a.capacity.rank - b.capacity.rank);
}

function firstOfSize(volumes: readonly VolumeEntry[], { request }: ClaimEntry): number {
  let lo = 0;
  let hi = volumes.length;
  while (lo < hi) {
    const middle = (lo + hi) >>> 1;
    if ((volumes[middle]?.capacity.rank ?? 0) < request.rank) {
      lo = middle + 1;
    } else {
      hi = middle;
    }
  }
  return lo;
}
