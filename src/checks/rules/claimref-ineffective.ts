import type { ClaimBinding } from '../../planner/claim-binding';
import type { ClaimEntry } from '../../planner/claim-entry';
import { isReservedFor, misfit } from '../../planner/matching';
import { modesOf } from '../../planner/mode-set';
import type { VolumeEntry } from '../../planner/volume-entry';
import { claimPath, claimTitle, shown, volumeTitle } from '../claim-words';
import type { Facts } from '../facts';
import type { Rule } from '../rule';

const manifests = (size: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  capacity: { storage: ${size} }
  claimRef: { namespace: shop, name: uploads }
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
  resources: { requests: { storage: 10Gi } }
`;

export const claimrefIneffective: Rule = {
  id: 'claimref-ineffective',
  severity: 'error',
  summary: 'the volume is reserved for a claim that it does not serve',
  why: `A reservation keeps other claims off, and does not make a volume fit: the claim that it is for
still passes it by where it is smaller than requested, of another volume mode, or lacks an access
mode. The volume then serves nobody. Class and selector alone are not compared.`,
  source: 'Kubernetes, k8s.io/component-helpers/storage/volume/pv_helpers.go, FindMatchingVolume',
  bad: manifests('5Gi'),
  good: manifests('10Gi'),
  *check(facts) {
    for (const volume of facts.inventory.volumes.values()) {
      const { claimRef, refusal, existing, deleting } = volume;
      const binding =
        claimRef === undefined || deleting || refusal !== undefined
          ? undefined
          : facts.bindings.claims.get(claimRef.key);
      // Of a volume that exists it is the claim that can be mended; without another one for it, that
      // is told by pvc-no-matching-pv.
      if (binding === undefined || (existing && (binding.claim.existing || isLeft(binding)))) {
        continue;
      }
      const { claim } = binding;
      const why = faultOf(volume, claim, facts);
      if (why !== undefined) {
        const [ofVolume, ofClaim] = MENDS[why.rule](volume, claim);
        yield {
          object: existing ? claim.object : volume.object,
          message: `${volumeTitle(volume)} is reserved for ${claimTitle(claim)}, and fails on ${why.rule}: ${why.detail}${instead(binding)}`,
          fix: existing ? ofClaim : `${ofVolume}, or ${ofClaim} on the claim`,
          path: existing ? claimPath(claim, ...FIELDS[why.rule][1]) : FIELDS[why.rule][0],
        };
      }
    }
  },
};

function isLeft({ outcomes }: ClaimBinding): boolean {
  return outcomes.length === 1 && outcomes[0] === 'pending';
}

// What the claim gets in place of the volume.
function instead({ outcomes, event }: ClaimBinding): string {
  const [outcome, ...others] = outcomes;
  if (outcome === 'pending' || others.length > 0) {
    return shown(event);
  }
  return outcome === 'bound'
    ? '; the claim binds to another one'
    : outcome === 'provisioned'
      ? '; a new one is made for the claim'
      : '';
}

const FAULTS = ['size', 'volume-mode', 'access-modes'] as const;

type Fault = (typeof FAULTS)[number];

/** What to do to the volume, or to the claim. */
const MENDS: Readonly<
  Record<Fault, (volume: VolumeEntry, claim: ClaimEntry) => readonly [string, string]>
> = {
  size: (volume, claim) => [
    `set spec.capacity.storage: ${claim.size}`,
    `request ${volume.size} or less`,
  ],
  'volume-mode': (volume, claim) => [
    `set spec.volumeMode: ${claim.volumeMode}`,
    `set volumeMode: ${volume.volumeMode}`,
  ],
  'access-modes': (volume, claim) => [
    `set spec.accessModes: [${modesOf(claim.modes).join(', ')}]`,
    `set accessModes: [${modesOf(volume.modes).join(', ')}]`,
  ],
};

/** The field of the volume, and that of the claim. */
const FIELDS: Readonly<Record<Fault, readonly [readonly string[], readonly string[]]>> = {
  size: [
    ['spec', 'capacity', 'storage'],
    ['spec', 'resources', 'requests', 'storage'],
  ],
  'volume-mode': [
    ['spec', 'volumeMode'],
    ['spec', 'volumeMode'],
  ],
  'access-modes': [
    ['spec', 'accessModes'],
    ['spec', 'accessModes'],
  ],
};

function faultOf(
  volume: VolumeEntry,
  claim: ClaimEntry,
  { context }: Facts,
): { readonly rule: Fault; readonly detail: string } | undefined {
  // One that names its volume is bound unchecked, or to another.
  const isOpen = !claim.settled && claim.refusal === undefined && claim.volumeName === undefined;
  if (!isOpen || !isReservedFor(volume, claim)) {
    return undefined;
  }
  // The other rules are not asked of a reserved volume, or are told elsewhere.
  const asked = { ...claim, selector: undefined, attributesClass: volume.attributesClass };
  const why = misfit(volume, asked, [volume.className], context);
  const rule = FAULTS.find((each) => each === why?.rule);
  return why && rule && { rule, detail: why.detail };
}
