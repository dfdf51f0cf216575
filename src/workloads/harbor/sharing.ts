import { refuse } from '../../kube/storage-error';
import type { HarborPart, HarborUpdateStrategy } from './harbor-chart';
import type { HarborOnStorageProps, HarborReplicas } from './harbor-on-storage-props';
import { type CheckedPart, type ClaimPart, isExclusive } from './parts';

/** Parts whose Deployment has one volume for all of its pods, and the replicas that it has. */
const DEPLOYMENTS = [
  { part: 'registry', replicas: 'registry' },
  { part: 'jobLog', replicas: 'jobservice' },
] as const satisfies readonly { part: HarborPart; replicas: keyof HarborReplicas }[];

type Parts = ReadonlyMap<HarborPart, CheckedPart>;

/**
 * Refuses more pods than can have a volume, and a roll-out that waits for a volume that it holds.
 *
 * @returns how the pods of registry and job service are replaced
 * @throws StorageError `HarborReplicas`, `HarborRollOut`
 */
export function checkRollOut(
  place: string,
  parts: Parts,
  { replicas, updateStrategy }: HarborOnStorageProps,
): HarborUpdateStrategy {
  const exclusive = DEPLOYMENTS.flatMap((deployment) => {
    const storage = parts.get(deployment.part);
    return storage === undefined || !isExclusive(storage) ? [] : { ...deployment, storage };
  });
  for (const { part, replicas: prop, storage } of exclusive) {
    const count = replicas?.[prop] ?? 1;
    if (count > 1) {
      refuse(
        'HarborReplicas',
        place,
        `'replicas.${prop}' must be 1 where '${part}' is ${storage.accessMode}, got ${count}; a pod on another node would wait for the volume for ever, ${remedy(part)}`,
      );
    }
  }
  const [first] = exclusive;
  if (first !== undefined && updateStrategy === 'RollingUpdate') {
    refuse(
      'HarborRollOut',
      place,
      `'updateStrategy' must be 'Recreate' where '${first.part}' is ${first.storage.accessMode}, got 'RollingUpdate'; the new pod would wait for the volume that the old one holds, ${remedy(first.part)}`,
    );
  }
  checkScanner(place, parts.get('trivy'), replicas?.trivy ?? 1);
  return updateStrategy ?? (first === undefined ? 'RollingUpdate' : 'Recreate');
}

function remedy(part: HarborPart): string {
  const shared = `give '${part}' a class or a claim that is ReadWriteMany, as on NFS`;
  return part === 'jobLog' ? `${shared}, or set 'jobLog' to 'database'` : shared;
}

// The StatefulSet gives each pod a claim from a class, and all of them the one claim that it is told.
function checkScanner(place: string, trivy: CheckedPart | undefined, count: number): void {
  if (trivy?.kind === 'claim' && count > 1) {
    refuse(
      'HarborReplicas',
      place,
      `'replicas.trivy' must be 1 where 'trivy' has a claim, got ${count}; they would write one cache, give 'trivy' a class, of which each pod gets a claim`,
    );
  }
}

/**
 * Refuses parts that write each other's files, and parts that would wait for each other's volume.
 *
 * @throws StorageError `SubPath`, `HarborShared`
 */
export function checkSharedClaims(place: string, parts: Parts): void {
  const claims = [...parts.values()].filter((part) => part.kind === 'claim');
  for (const [index, one] of claims.entries()) {
    for (const other of claims.slice(index + 1)) {
      if (one.claim.claimName === other.claim.claimName) {
        checkPair(place, one, other);
      }
    }
  }
}

function checkPair(place: string, one: ClaimPart, other: ClaimPart): void {
  if (isExclusive(one)) {
    refuse(
      'HarborShared',
      place,
      `'${other.part}.claim' must be ReadWriteMany where '${one.part}' has it too, got claim '${one.claim.claimName}' with ${one.accessMode}; their pods may be on two nodes, give each a claim of its own`,
    );
  }
  if (overlap(one.subPath, other.subPath)) {
    refuse(
      'SubPath',
      place,
      `'${other.part}.subPath' must be a folder of its own in claim '${one.claim.claimName}', got '${other.subPath}' beside '${one.subPath}' of '${one.part}'; they would write each other's files`,
    );
  }
}

function overlap(one: string, other: string): boolean {
  const inside = (inner: string, outer: string) =>
    outer === '' || `${inner}/`.startsWith(`${outer}/`);
  return inside(one, other) || inside(other, one);
}
