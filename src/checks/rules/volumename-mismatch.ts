import type { ClaimBinding } from '../../planner/claim-binding';
import type { ClaimEntry } from '../../planner/claim-entry';
import { misfit } from '../../planner/matching';
import { modesOf } from '../../planner/mode-set';
import type { VolumeEntry } from '../../planner/volume-entry';
import { claimPath, claimTitle, openClaims, shown, volumeTitle } from '../claim-words';
import type { Facts } from '../facts';
import type { Rule, RuleFinding } from '../rule';

const manifests = (className: string) => `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ${className}
  capacity: { storage: 10Gi }
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
  volumeName: uploads
  resources: { requests: { storage: 10Gi } }
`;

export const volumenameMismatch: Rule = {
  id: 'volumename-mismatch',
  severity: 'error',
  summary: 'the claim names a volume that does not serve it',
  why: `A claim that names a free volume binds to it only if it is large enough and of the same class,
volume mode and access modes; its labels are not compared. Otherwise it stays Pending, and looks at no
other volume. A claim without a class is of the default class here, where there is one.`,
  source:
    'Kubernetes, pkg/controller/volume/persistentvolume/pv_controller.go, checkVolumeSatisfyClaim',
  bad: manifests('manual'),
  good: manifests('""'),
  *check(facts) {
    for (const binding of openClaims(facts)) {
      const { claim, event, outcomes } = binding;
      const volume =
        event?.reason === 'VolumeMismatch' && outcomes.length === 1 && claim.volumeName
          ? facts.inventory.volumes.get(claim.volumeName)
          : undefined;
      if (volume !== undefined) {
        yield* mismatched(volume, binding, facts);
      }
    }
  },
};

function* mismatched(
  volume: VolumeEntry,
  { claim, event }: ClaimBinding,
  facts: Facts,
): Iterable<RuleFinding> {
  const classNames = facts.classNamesOf(claim) ?? [''];
  const asked = { ...claim, selector: undefined };
  const why = misfit(volume, asked, classNames, facts.context);
  if (why?.rule === 'volume-attributes-class') {
    return; // told by vac-mismatch
  }
  const { fix, field } = mend(why?.rule, volume, claim);
  yield {
    object: claim.object,
    message: `${claimTitle(claim)} names ${volumeTitle(volume)}, which ${why === undefined ? 'does not serve it' : `fails on ${why.rule}: ${why.detail}`}${shown(event)}`,
    fix,
    path: claimPath(claim, 'spec', ...field),
  };
}

interface Mend {
  readonly fix: string;
  readonly field: readonly string[];
}

function mend(rule: string | undefined, volume: VolumeEntry, claim: ClaimEntry): Mend {
  const title = volumeTitle(volume);
  switch (rule) {
    case 'size':
      return {
        fix: `request ${volume.size} or less, or set spec.capacity.storage of ${title} to ${claim.size}`,
        field: ['resources', 'requests', 'storage'],
      };
    case 'class':
      return {
        fix: `set storageClassName: "${volume.className}"`,
        field: [claim.className === undefined ? 'volumeName' : 'storageClassName'],
      };
    case 'volume-mode':
      return { fix: `set volumeMode: ${volume.volumeMode}`, field: ['volumeMode'] };
    case 'access-modes':
      return {
        fix: `set accessModes: [${modesOf(volume.modes).join(', ')}], or give ${title} those that are asked for if what is behind it can`,
        field: ['accessModes'],
      };
    default:
      return { fix: 'name a volume that is not being deleted', field: ['volumeName'] };
  }
}
