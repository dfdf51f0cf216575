import { Quantity } from '../../kube/quantity';
import type { ClaimBinding } from '../../planner/claim-binding';
import type { ClaimEntry } from '../../planner/claim-entry';
import { isReservedFor, misfit } from '../../planner/matching';
import type { VolumeEntry } from '../../planner/volume-entry';
import { claimPath, claimTitle, openClaims, volumeTitle } from '../claim-words';
import type { Facts } from '../facts';
import type { Rule, RuleFinding } from '../rule';

const manifests = (request: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  capacity: { storage: 10G }
  nfs: { server: 10.0.0.10, path: /exports/uploads }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
  namespace: shop
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  resources: { requests: { storage: ${request} } }
`;

export const pvcSizeUnitGap: Rule = {
  id: 'pvc-size-unit-gap',
  severity: 'warning',
  summary:
    'the volume is too small for the claim only because one counts by 1000, the other by 1024',
  why: `\`10G\` is ten times 1000³ bytes and \`10Gi\` ten times 1024³, over seven per cent more: a volume
of 10G does not serve a claim for 10Gi. Whoever wrote both most likely meant the same size.`,
  source: 'Kubernetes, "Resource Management for Pods and Containers", units of quantities',
  bad: manifests('10Gi'),
  good: manifests('10G'),
  *check(facts) {
    const volumes = decimalVolumes(facts);
    if (volumes.size === 0) {
      return;
    }
    const known = new Map<string, readonly VolumeEntry[]>();
    let looks = MOST_LOOKS;
    for (const binding of openClaims(facts)) {
      const { claim } = binding;
      const { size } = claim;
      let near = known.get(size);
      if (near === undefined) {
        near = size.endsWith('i') ? gapsOf(claim).flatMap((each) => volumes.get(each) ?? []) : [];
        known.set(size, near);
      }
      if (near.length > 0 && looks > 0 && !isServed(binding)) {
        const volume = near.find((each) => {
          looks -= 1;
          return isMeant(each, claim, facts);
        });
        if (volume !== undefined) {
          yield finding(volume, claim);
        }
      }
    }
  },
};

/** How many volumes may be looked at in all. */
const MOST_LOOKS = 400_000;

/** Volumes whose size is written in powers of 1000, by billionths of a byte. */
function decimalVolumes({ inventory }: Facts): ReadonlyMap<bigint, readonly VolumeEntry[]> {
  const decimal = new Map<bigint, VolumeEntry[]>();
  for (const volume of inventory.volumes.values()) {
    if (volume.size.endsWith('i') || volume.refusal !== undefined || volume.deleting) {
      continue;
    }
    const { nanos } = volume.capacity;
    const others = decimal.get(nanos);
    if (others === undefined) {
      decimal.set(nanos, [volume]);
    } else {
      others.push(volume);
    }
  }
  return decimal;
}

// What the claim would ask for if its suffix, or a smaller or larger one, counted by 1000.
function gapsOf({ request }: ClaimEntry): readonly bigint[] {
  return [1n, 2n, 3n, 4n, 5n, 6n].flatMap((power) => {
    const nanos = request.nanos * 1000n ** power;
    const over = 1024n ** power;
    return nanos % over === 0n ? [nanos / over] : [];
  });
}

// Bound to what is reserved for it, or to a volume of just its size: there is nothing to mend.
function isServed({ claim, outcomes, own, shapes }: ClaimBinding): boolean {
  const [outcome, ...others] = outcomes;
  if (outcome !== 'bound' || others.length > 0) {
    return false;
  }
  const [shape] = shapes;
  const first: VolumeEntry | undefined = shape?.family.reached(shape).next().value ?? undefined;
  return own.length > 0 || first?.capacity.rank === claim.request.rank;
}

// Whether the size alone keeps the volume from the claim.
function isMeant(volume: VolumeEntry, claim: ClaimEntry, facts: Facts): boolean {
  const { claimRef, name, className, capacity } = volume;
  return (
    (claim.volumeName === undefined || claim.volumeName === name) &&
    (claimRef === undefined || isReservedFor(volume, claim)) &&
    !facts.bindings.holders.has(name) &&
    misfit(
      volume,
      { ...claim, request: capacity },
      facts.classNamesOf(claim) ?? [className],
      facts.context,
    ) === undefined
  );
}

function finding(volume: VolumeEntry, claim: ClaimEntry): RuleFinding {
  const size = Quantity.parse(volume.size)?.toString() ?? volume.size;
  return {
    object: claim.object,
    message: `${claimTitle(claim)} requests ${claim.size}, and ${volumeTitle(volume)} has ${volume.size}: too small for it, because one counts by 1024 and the other by 1000`,
    fix: `request ${size}, or set spec.capacity.storage of ${volumeTitle(volume)} to ${claim.size} if it is that large`,
    path: claimPath(claim, 'spec', 'resources', 'requests', 'storage'),
  };
}
