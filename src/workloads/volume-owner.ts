import type { IClaim, IStorageClass, VolumeOwner } from '../claims/contracts';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import type { PodSecurityProps } from './pod-security';

/** An owner of files, and what says so. */
interface Owned {
  readonly owner: VolumeOwner;
  readonly by: string;
}

/**
 * The props of an app with the UID and GID of its volumes' files, where it says no others.
 *
 * @param claims - the claims that the app mounts
 * @param classes - the classes that its own storage comes from
 * @throws StorageError `VolumeOwner` where it says others although the volume imposes its own, or
 * where two volumes do
 */
export function asOwner<P extends PodSecurityProps>(
  place: string,
  props: P,
  claims: readonly IClaim[],
  classes: readonly IStorageClass[] = [],
): P {
  const owned = [
    ...claims.flatMap(({ traits, claimName }) =>
      ownedBy(traits?.owner, `claim ${show(claimName)}`),
    ),
    ...classes.flatMap(({ traits, storageClassName }) =>
      ownedBy(traits.owner, `class ${show(storageClassName)}`),
    ),
  ];
  const imposed = owned.filter(({ owner }) => owner.imposed);
  const first = imposed[0] ?? owned[0];
  if (first === undefined) {
    return props;
  }
  for (const other of imposed) {
    refuseOther(place, props, other);
    refuseBoth(place, first, other);
  }
  const { uid, gid } = first.owner;
  return { ...props, runAsUser: props.runAsUser ?? uid, runAsGroup: props.runAsGroup ?? gid };
}

function ownedBy(owner: VolumeOwner | undefined, by: string): Owned[] {
  return owner === undefined ? [] : [{ owner, by }];
}

function refuseOther(
  place: string,
  { runAsUser, runAsGroup }: PodSecurityProps,
  { owner, by }: Owned,
): void {
  for (const [prop, asked, id] of [
    ['runAsUser', runAsUser, owner.uid],
    ['runAsGroup', runAsGroup, owner.gid],
  ] as const) {
    if (asked !== undefined && asked !== id) {
      refuse(
        'VolumeOwner',
        place,
        `'${prop}' must be ${id}, which ${by} makes the owner of all that is written to it, got ${asked}; leave it out`,
      );
    }
  }
}

function refuseBoth(place: string, one: Owned, other: Owned): void {
  if (one.owner.uid !== other.owner.uid || one.owner.gid !== other.owner.gid) {
    refuse(
      'VolumeOwner',
      place,
      `volumes must make one UID and GID the owner of all that is written, got ${ids(one)} and ${ids(other)}; export them alike, or mount one of them in another app`,
    );
  }
}

function ids({ owner, by }: Owned): string {
  return `${owner.uid}:${owner.gid} of ${by}`;
}
