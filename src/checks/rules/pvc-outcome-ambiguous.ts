import type { ClaimBinding } from '../../planner/claim-binding';
import type { VolumeEntry } from '../../planner/volume-entry';
import { claimPath, claimTitle, openClaims, referenceTo, shown, volumeTitle } from '../claim-words';
import type { Facts } from '../facts';
import type { Rule, RuleFinding } from '../rule';
import { TraitRuns, traitsOf, type VolumeTraits } from '../volume-traits';

const manifests = (spare: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  capacity: { storage: 10Gi }
  nfs: { server: 10.0.0.10, path: /exports/uploads }
${spare}---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
  namespace: shop
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  resources: { requests: { storage: 10Gi } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: exports
  namespace: shop
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  resources: { requests: { storage: 1Gi } }
`;

export const pvcOutcomeAmbiguous: Rule = {
  id: 'pvc-outcome-ambiguous',
  severity: 'warning',
  summary: 'it is left to chance what the claim gets, and that makes a difference',
  why: `Kubernetes looks at claims in no fixed order, and among volumes that serve equally well it takes
any. With claims enough for them all, a pool of equal volumes does not mind. It matters where another
claim can take the last volume that serves, so that this one stays Pending, and where the volumes
differ in driver, zone or reclaim policy. A volume and a claim that name each other leave nothing to
chance.`,
  source: 'Kubernetes, pkg/controller/volume/persistentvolume/index.go, findByClaim',
  bad: manifests(''),
  good: manifests(`---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: exports
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  capacity: { storage: 1Gi }
  nfs: { server: 10.0.0.10, path: /exports/exports }
`),
  *check(facts) {
    const runs = traitRuns(facts);
    for (const binding of openClaims(facts)) {
      const { claim, deterministic, outcomes } = binding;
      if (deterministic || !outcomes.includes('bound') || outcomes.length > 2) {
        continue;
      }
      // Several classes that the claim may be given are told by default-class-multiple.
      if (facts.classNamesOf(claim)?.length !== 1) {
        continue;
      }
      if (outcomes.includes('pending')) {
        yield* mayPend(binding);
      } else if (outcomes.length === 1) {
        yield* mayDiffer(binding, runs(binding), facts);
      }
    }
  },
};

// The scheduler chooses the zone of a claim that waits for a pod, and does so on purpose.
function traitRuns(facts: Facts): (binding: ClaimBinding) => TraitRuns {
  const inZones = new TraitRuns((volume) => Object.values(traitsOf(volume, facts)).join('\n'));
  const anywhere = new TraitRuns((volume) => {
    const { driver, reclaimPolicy } = traitsOf(volume, facts);
    return `${driver}\n${reclaimPolicy}`;
  });
  return ({ claim }) => (facts.classOf(claim)?.waits ? anywhere : inZones);
}

function* mayPend({ claim, event, own, shapes }: ClaimBinding): Iterable<RuleFinding> {
  const [named] = own;
  if (named !== undefined) {
    yield {
      object: claim.object,
      message: `${claimTitle(claim)} names PersistentVolume ${named}, which another claim may take first: then it stays Pending${shown(event)}`,
      fix:
        claim.madeBy === undefined
          ? `set spec.claimRef: ${referenceTo(claim)} on PersistentVolume ${named}`
          : 'drop volumeName, and set claimRef on a PersistentVolume for each of the claims',
      path: claimPath(claim, 'spec', 'volumeName'),
    };
    return;
  }
  const [shape, ...others] = shapes;
  const count = shape?.family.countOf(shape) ?? 0;
  const volume = shape && others.length === 0 && firstOf(shape);
  // Candidates that were not listed may be enough for all.
  if (volume && Number.isFinite(count)) {
    const which = count === 1 ? volumeTitle(volume) : `one of ${count} PersistentVolumes`;
    yield {
      object: claim.object,
      message: `${claimTitle(claim)} binds to ${which}${count === 1 ? '' : `, such as ${volume.name}`}, or stays Pending where other claims take ${count === 1 ? 'it' : 'them'} first${shown(event)}`,
      fix: `add a PersistentVolume for each claim, or ${reserve(claim, volume)}`,
    };
  }
}

function* mayDiffer(
  { claim, own, shapes }: ClaimBinding,
  runs: TraitRuns,
  facts: Facts,
): Iterable<RuleFinding> {
  const [shape, ...others] = shapes;
  // What is reserved for the claim is told by claimref-shadowed and claimref-duplicate.
  if (own.length > 0 || others.length > 0 || shape === undefined) {
    return;
  }
  const pair = runs.unlike(shape.family, shape.reach.runs);
  if (pair === undefined) {
    return;
  }
  const [first, second] = pair.map((each) => traitsOf(each, facts)) as [VolumeTraits, VolumeTraits];
  const inZones = facts.classOf(claim)?.waits !== true;
  const words = (traits: VolumeTraits, other: VolumeTraits): string =>
    [
      traits.driver === other.driver ? [] : `driver ${traits.driver}`,
      traits.zone === other.zone || !inZones ? [] : `zone ${traits.zone || 'none'}`,
      traits.reclaimPolicy === other.reclaimPolicy ? [] : `reclaim policy ${traits.reclaimPolicy}`,
    ]
      .flat()
      .join(', ');
  yield {
    object: claim.object,
    message: `${claimTitle(claim)} binds to ${volumeTitle(pair[0])} (${words(first, second)}) or ${volumeTitle(pair[1])} (${words(second, first)}), as chance has it`,
    fix: reserve(claim, pair[0]),
  };
}

function firstOf(shape: ClaimBinding['shapes'][number]): VolumeEntry | undefined {
  for (const volume of shape.family.reached(shape)) {
    return volume;
  }
  return undefined;
}

function reserve(claim: ClaimBinding['claim'], { name }: VolumeEntry): string {
  const reserved = `set spec.claimRef: ${referenceTo(claim)} on PersistentVolume ${name}`;
  // A template names one volume for all pods.
  return claim.madeBy === undefined ? `${reserved} and volumeName: ${name} on the claim` : reserved;
}
