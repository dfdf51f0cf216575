import type { IStorageClass } from '../../claims/contracts';
import { readSize } from '../../claims/size';
import type { AccessMode } from '../../kube/access-mode';
import type { Quantity } from '../../kube/quantity';
import { alternatives, show } from '../../kube/show';
import { refuse } from '../../kube/storage-error';
import { checkSubPath, folderOf } from '../mounts';
import { HARBOR_SIZES, type HarborPart } from './harbor-chart';
import type { HarborOnStorageProps } from './harbor-on-storage-props';
import {
  HARBOR_ACCESS_MODES,
  type HarborAccessMode,
  type HarborClaimStorage,
  type HarborClassStorage,
  type HarborStorage,
} from './harbor-storage';

/** Storage that the chart claims, with everything said. */
export interface ClassPart {
  readonly kind: 'class';
  readonly part: HarborPart;
  readonly from: IStorageClass;
  readonly size: Quantity;
  readonly accessMode: HarborAccessMode;
}

/** A claim that is there, with everything said. */
export interface ClaimPart {
  readonly kind: 'claim';
  readonly part: HarborPart;
  readonly claim: HarborClaimStorage['claim'];
  /** The folder of the claim; `''` is all of it. */
  readonly subPath: string;
  readonly accessMode: HarborAccessMode;
}

/** A part that keeps files, with everything said. */
export type CheckedPart = ClassPart | ClaimPart;

/** Parts of which several pods can have the files at once. */
const SHARED: readonly HarborPart[] = ['registry', 'jobLog'];

/**
 * Refuses storage that a part could not use, and fills in the rest.
 *
 * @param namespace - Harbor's, where it is known
 * @returns the parts that keep files, by name
 * @throws StorageError `HarborStorage`, `ClaimNamespace`, `SubPath`, `SizeInvalid`, and what the
 * class refuses
 */
export function checkParts(
  place: string,
  props: HarborOnStorageProps,
  namespace: string | undefined,
): ReadonlyMap<HarborPart, CheckedPart> {
  const parts = new Map<HarborPart, CheckedPart>();
  for (const part of Object.keys(HARBOR_SIZES) as HarborPart[]) {
    const storage: HarborStorage | string = props[part];
    if (typeof storage === 'string') {
      continue;
    }
    const replicas = part === 'trivy' ? (props.replicas?.trivy ?? 1) : 1;
    checkForm(place, part, storage);
    parts.set(
      part,
      storage.claim === undefined
        ? classPart(place, part, storage, replicas)
        : claimPart(place, part, storage, namespace),
    );
  }
  return parts;
}

// Plain JavaScript can mix the two forms, or leave both out.
function checkForm(place: string, part: HarborPart, storage: HarborStorage): void {
  const { from, claim } = storage;
  if ((from === undefined) === (claim === undefined)) {
    refuse(
      'HarborStorage',
      place,
      `'${part}' must have 'from', a class that the claim is made of, or 'claim', one that is there, got ${from === undefined ? 'neither' : 'both'}`,
    );
  }
  const [form, others] = from === undefined ? ['claim', OF_CLASS] : ['from', OF_CLAIM];
  for (const other of others) {
    if (storage[other] !== undefined) {
      refuse(
        'HarborStorage',
        place,
        `'${part}.${other}' must not be set beside '${part}.${form}', got ${show(storage[other])}`,
      );
    }
  }
}

const OF_CLASS = ['size', 'accessMode'] as const;
const OF_CLAIM = ['subPath'] as const;

function classPart(
  place: string,
  part: HarborPart,
  { from, size: asked, accessMode: said }: HarborClassStorage,
  count: number,
): ClassPart {
  const size = readSize(place, `${part}.size`, asked ?? HARBOR_SIZES[part]);
  const accessMode = said ?? defaultAccessMode(part, from);
  if (!isWritable(accessMode)) {
    refuse(
      'HarborStorage',
      place,
      `'${part}.from' must be a class that can be written, got ${accessMode} of '${from.storageClassName}'; set '${part}.accessMode'`,
    );
  }
  // The class's message says 'size' or 'accessMode': the place says of which part.
  from.checkClaim(`${place}/${part}`, { size, accessMode, volumeMode: 'Filesystem', count });
  return { kind: 'class', part, from, size, accessMode };
}

function defaultAccessMode(
  part: HarborPart,
  { defaultAccessMode: own }: IStorageClass,
): AccessMode {
  return SHARED.includes(part) || own !== 'ReadWriteMany' ? own : 'ReadWriteOnce';
}

function isWritable(accessMode: AccessMode): accessMode is HarborAccessMode {
  const writable: readonly AccessMode[] = HARBOR_ACCESS_MODES;
  return writable.includes(accessMode);
}

function claimPart(
  place: string,
  part: HarborPart,
  { claim, subPath = '' }: HarborClaimStorage,
  namespace: string | undefined,
): ClaimPart {
  // The types say so; plain JavaScript has none.
  if (!isWritable(claim.accessMode) || claim.volumeMode !== 'Filesystem') {
    refuse(
      'HarborStorage',
      place,
      `'${part}.claim' must be Filesystem and ${alternatives(HARBOR_ACCESS_MODES).replaceAll("'", '')}, got claim ${show(claim.claimName)} with ${claim.accessMode} and ${claim.volumeMode}; Harbor writes files to it`,
    );
  }
  if (claim.namespace !== undefined && namespace !== undefined && claim.namespace !== namespace) {
    refuse(
      'ClaimNamespace',
      place,
      `'${part}.claim' must be in Harbor's namespace '${namespace}', got claim '${claim.claimName}' in '${claim.namespace}'; pods find claims of their own namespace only`,
    );
  }
  if (subPath !== '') {
    checkSubPath(place, `${part}.subPath`, subPath, claim.traits);
  }
  return { kind: 'claim', part, claim, subPath: folderOf(subPath), accessMode: claim.accessMode };
}

/** What a message calls the storage of a part. */
export function nameOf(part: CheckedPart): string {
  return part.kind === 'class'
    ? `class '${part.from.storageClassName}'`
    : `claim '${part.claim.claimName}'`;
}

/** Whether one node, or one pod, has the storage at a time. */
export function isExclusive({ accessMode }: CheckedPart): boolean {
  return accessMode !== 'ReadWriteMany';
}
