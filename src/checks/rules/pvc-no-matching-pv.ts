import type { ClaimBinding } from '../../planner/claim-binding';
import { isReservedFor } from '../../planner/matching';
import { modesOf } from '../../planner/mode-set';
import { provisioning } from '../../planner/provisioning';
import {
  claimPath,
  claimTitle,
  openClaims,
  shown,
  volumeTitle,
  wantedVolume,
} from '../claim-words';
import type { Facts } from '../facts';
import { failure, type NearestVolume, nearestVolume } from '../nearest-volume';
import type { Rule, RuleFinding } from '../rule';

const manifests = (size: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  capacity: { storage: ${size} }
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

export const pvcNoMatchingPv: Rule = {
  id: 'pvc-no-matching-pv',
  severity: 'error',
  summary: 'no volume serves the claim, and nothing makes one for it',
  why: `A claim of class \`""\`, or of a class whose provisioner makes no volumes, binds to a volume
that is there already or stays Pending, and its pods with it. A volume serves if it is free, is large
enough, and has the same class and volume mode, all the access modes and the labels that are asked
for. The finding names the volume that comes closest and the first of these that it fails.`,
  source: 'Kubernetes, k8s.io/component-helpers/storage/volume/pv_helpers.go, FindMatchingVolume',
  bad: manifests('5Gi'),
  good: manifests('10Gi'),
  *check(facts) {
    for (const binding of openClaims(facts)) {
      const [outcome, ...others] = binding.outcomes;
      const { claim } = binding;
      if (
        others.length > 0 ||
        claim.volumeName !== undefined ||
        !(outcome && WITHOUT.has(outcome))
      ) {
        continue;
      }
      const classNames = facts.classNamesOf(claim);
      if (!classNames?.every((name) => makesNone(name, facts))) {
        continue;
      }
      const nearest = nearestVolume(claim, classNames, facts);
      if (isMeantBy(nearest, claim)) {
        continue;
      }
      // A claim that no pod uses yet has not looked for a volume.
      if (outcome === 'pending' || (nearest === undefined ? !hasVolumes(facts) : nearest.why)) {
        yield finding(binding, classNames, nearest, facts);
      }
    }
  },
};

// A volume that is reserved for the claim, and of another VolumeAttributesClass, is told by
// vac-mismatch.
function isMeantBy(nearest: NearestVolume | undefined, claim: ClaimBinding['claim']): boolean {
  return (
    nearest?.only === true &&
    nearest.why?.rule === 'volume-attributes-class' &&
    isReservedFor(nearest.volume, claim)
  );
}

const WITHOUT: ReadonlySet<string> = new Set(['pending', 'waits-for-consumer']);

// A class that is not there is told by pvc-class-not-found.
function makesNone(name: string, { inventory, version }: Facts): boolean {
  const found = inventory.classes.get(name);
  return (
    name === '' ||
    (found !== undefined &&
      found.provisioner !== '' &&
      provisioning(found, version).outcome === 'pending')
  );
}

function hasVolumes({ inventory }: Facts): boolean {
  return inventory.volumes.size > 0;
}

function finding(
  { claim, event }: ClaimBinding,
  classNames: readonly string[],
  nearest: NearestVolume | undefined,
  facts: Facts,
): RuleFinding {
  const closest =
    nearest?.why === undefined
      ? hasVolumes(facts)
        ? 'none that is there serves it'
        : 'there is no PersistentVolume'
      : `the nearest, ${volumeTitle(nearest.volume)}, ${failure(nearest.why)}`;
  const wanted = `add a PersistentVolume ${wantedVolume(claim, classNames)}`;
  const mended = nearest?.only === true ? mend(claim, nearest, facts) : undefined;
  return {
    object: claim.object,
    message: `${claimTitle(claim)} stays Pending, because no volume serves it; ${closest}${shown(event)}`,
    fix: mended?.fix ?? wanted,
    path: mended && claimPath(claim, ...mended.path),
    closed: !hasVolumes(facts),
  };
}

interface Mend {
  readonly fix: string;
  readonly path: readonly string[];
}

// What makes the nearest volume serve, where it fails one rule alone.
function mend(
  claim: ClaimBinding['claim'],
  { volume, why }: NearestVolume,
  facts: Facts,
): Mend | undefined {
  const title = volumeTitle(volume);
  switch (why?.rule) {
    case 'size':
      return {
        fix: `request ${volume.size} or less, or set spec.capacity.storage of ${title} to ${claim.size}`,
        path: ['spec', 'resources', 'requests', 'storage'],
      };
    case 'class':
      return {
        fix: `set storageClassName: "${volume.className}"`,
        path: ['spec', 'storageClassName'],
      };
    case 'volume-mode':
      return { fix: `set volumeMode: ${volume.volumeMode}`, path: ['spec', 'volumeMode'] };
    case 'volume-attributes-class':
      return {
        fix:
          volume.attributesClass === ''
            ? 'drop volumeAttributesClassName'
            : `set volumeAttributesClassName: ${volume.attributesClass}`,
        path: ['spec', 'volumeAttributesClassName'],
      };
    case 'access-modes':
      return {
        fix: `set accessModes: [${modesOf(volume.modes).join(', ')}], or give ${title} those that are asked for if what is behind it can`,
        path: ['spec', 'accessModes'],
      };
    case 'selector':
      return {
        fix: `give ${title} the labels that spec.selector asks for`,
        path: ['spec', 'selector'],
      };
    case 'claimed': {
      const [namespace, name] = claim.key.split('/');
      // Reserved for a claim of that name elsewhere, where there is none.
      return volume.claimRef?.key.endsWith(`/${name}`) &&
        !facts.inventory.claims.has(volume.claimRef.key)
        ? { fix: `set spec.claimRef.namespace: ${namespace} on ${title}`, path: [] }
        : undefined;
    }
    case 'released':
      return { fix: `remove spec.claimRef from ${title}`, path: [] };
    default:
      return undefined;
  }
}
