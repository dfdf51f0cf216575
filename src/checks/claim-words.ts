import { type ClaimBinding, onceScheduled } from '../planner/claim-binding';
import type { ClaimEntry } from '../planner/claim-entry';
import { quoted } from '../planner/matching';
import { modesOf } from '../planner/mode-set';
import { isPlainObject, listAt, objectAt } from '../planner/plain-object';
import type { ClaimEvent } from '../planner/provisioning';
import type { VolumeEntry } from '../planner/volume-entry';
import type { Facts } from './facts';

/** A claim as messages name it, also one that a StatefulSet makes. */
export function claimTitle({ key }: Pick<ClaimEntry, 'key'>): string {
  return `PersistentVolumeClaim ${key}`;
}

/** A volume as messages name it. */
export function volumeTitle({ name }: Pick<VolumeEntry, 'name'>): string {
  return `PersistentVolume ${name}`;
}

/** What `kubectl describe pvc` shows of the event, as the end of a message; nothing where there is none. */
export function shown(event: ClaimEvent | undefined): string {
  return event === undefined
    ? ''
    : `; kubectl describe pvc shows "${event.reason}: ${event.message}"`;
}

/** `class "slow"`, or all that a claim may have. */
function classText(names: readonly string[]): string {
  return `class ${names.map(quoted).join(' or ')}`;
}

/** A volume that would serve the claim, for the end of `add a PersistentVolume …`. */
export function wantedVolume(claim: ClaimEntry, classNames: readonly string[]): string {
  const block = claim.volumeMode === 'Block' ? ', volumeMode Block' : '';
  const labels = claim.selector === undefined ? '' : ' and the labels that the selector asks for';
  return `of ${classText(classNames)} with at least ${claim.size}, ${modesOf(claim.modes).join(', ')}${block}${labels}`;
}

/** The reference that reserves a volume for the claim, as YAML. */
export function referenceTo({ key }: Pick<ClaimEntry, 'key'>): string {
  const slash = key.indexOf('/');
  return `{ namespace: ${key.slice(0, slash)}, name: ${key.slice(slash + 1)} }`;
}

/** Where a field of a claim is in the object that it comes from: a StatefulSet holds it in a template. */
export function claimPath(
  { object, manifest, madeBy }: ClaimEntry,
  ...fields: readonly (string | number)[]
): readonly (string | number)[] {
  if (madeBy === undefined) {
    return fields;
  }
  const spec = objectAt(object, 'spec');
  const template = listAt(spec, 'volumeClaimTemplates').indexOf(manifest);
  if (template >= 0) {
    return ['spec', 'volumeClaimTemplates', template, ...fields];
  }
  const ofPod = isPlainObject(spec.template) ? ['spec', 'template', 'spec'] : ['spec'];
  const pod = isPlainObject(spec.template) ? objectAt(objectAt(spec, 'template'), 'spec') : spec;
  const volume = listAt(pod, 'volumes').findIndex(
    (each) => isPlainObject(each) && objectAt(each, 'ephemeral').volumeClaimTemplate === manifest,
  );
  return volume >= 0
    ? [...ofPod, 'volumes', volume, 'ephemeral', 'volumeClaimTemplate', ...fields]
    : [];
}

/**
 * What becomes of the claims that are planned and not bound yet, but for those that the API server
 * refuses: what exists is nobody's to mend here, and what was bound stays so. Whether a node takes their
 * pods is left to other rules.
 */
export function* openClaims({ bindings }: Facts): Generator<ClaimBinding> {
  for (const binding of bindings.claims.values()) {
    const { existing, settled, deleting, refusal } = binding.claim;
    if (!existing && !settled && !deleting && refusal === undefined) {
      yield onceScheduled(binding);
    }
  }
}
