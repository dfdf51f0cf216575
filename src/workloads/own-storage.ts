import type { IStorage } from 'cdk8s-plus-28';
import type { IStorageClass } from '../claims/contracts';
import { readSize } from '../claims/size';
import { ACCESS_MODES, type AccessMode } from '../kube/access-mode';
import type { Labels } from '../kube/label-selector';
import type { PersistentVolumeClaim } from '../kube/objects';
import { absolutePathProblem } from '../kube/paths';
import * as types from '../kube/props';
import type { Quantity, QuantityInput } from '../kube/quantity';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import { VOLUME_MODES, type VolumeMode } from '../kube/volume-mode';
import type { AppMount, PlacedMount } from './app-pods';
import { MOUNT_PROPS, type MountProps } from './mounts';

/** Storage that every replica has of its own. */
export interface OwnStorage {
  /** Name of the storage, a DNS label: claims are `<name>-<app>-<ordinal>`. */
  readonly name: string;

  /** The storage class, or the pool, that the claims are made from. */
  readonly from: IStorageClass;

  /** How much room each replica asks for, such as `'300Gi'`; cannot change once applied. */
  readonly size: QuantityInput;

  /**
   * How many nodes or pods may use a replica's claim.
   *
   * @default - the class's: ReadWriteOnce for disks, ReadWriteMany for NFS
   */
  readonly accessMode?: AccessMode;
}

/** A folder that every replica has of its own. */
export interface MountedStorage extends OwnStorage, MountProps {
  /**
   * The part of the volume that is mounted: a relative path without `..`, or `''` for all of it.
   *
   * @default - the storage's name where a fresh file system holds a `lost+found`, which many servers
   * refuse to start over; else all of it
   */
  readonly subPath?: string;

  /**
   * A folder.
   *
   * @default 'Filesystem'
   */
  readonly volumeMode?: 'Filesystem';
}

/** A raw device that every replica has of its own. */
export interface DeviceStorage extends OwnStorage {
  /** A device. */
  readonly volumeMode: 'Block';

  /** Where the device shows in the container: an absolute path such as `/dev/xvda`. */
  readonly devicePath: string;
}

/** Own storage as a prop. */
export const OWN_STORAGE: types.PropType = types.nested({
  ...MOUNT_PROPS,
  mountPath: types.optional(types.text),
  subPath: types.optional(types.anyText),
  name: types.labelName,
  from: {
    expected: 'a storage class or a pool of this library',
    accepts: (value) =>
      types.isObject(value) &&
      typeof value.storageClassName === 'string' &&
      typeof value.checkClaim === 'function',
  },
  size: types.size,
  accessMode: types.optional(types.oneOf(ACCESS_MODES)),
  volumeMode: types.optional(types.oneOf(VOLUME_MODES)),
  devicePath: types.optional(types.text),
} satisfies types.PropTypes<MountedStorage & Omit<DeviceStorage, 'volumeMode'>>);

/** A storage with everything said. */
export interface CheckedStorage {
  readonly name: string;
  readonly from: IStorageClass;
  readonly size: Quantity;
  readonly accessMode: AccessMode;
  readonly volumeMode: VolumeMode;
  readonly mount: PlacedMount | undefined;
  readonly devicePath: string | undefined;
}

type Written = Partial<
  Omit<MountedStorage, 'volumeMode'> &
    Omit<DeviceStorage, 'volumeMode'> & { volumeMode: VolumeMode }
>;

/**
 * Refuses storage that no replica could use, and fills in the rest.
 *
 * @throws StorageError `StorageName`, `StorageMount`, `SizeInvalid`, and what the class refuses
 */
export function checkStorage(
  place: string,
  storages: readonly (MountedStorage | DeviceStorage)[],
  replicas: number,
): CheckedStorage[] {
  const names = new Set<string>();
  return storages.map((storage, index) => {
    const prop = `storage[${index}]`;
    const { name, from, accessMode = from.defaultAccessMode, volumeMode = 'Filesystem' } = storage;
    if (names.has(name)) {
      refuse(
        'StorageName',
        place,
        `'${prop}.name' must be a name of its own, got ${show(name)} again`,
      );
    }
    names.add(name);
    const size = readSize(place, `${prop}.size`, storage.size);
    const where = placeOf(place, prop, storage, from);
    from.checkClaim(place, { size, accessMode, volumeMode, count: replicas });
    return { name, from, size, accessMode, volumeMode, ...where };
  });
}

// Plain JavaScript can mix the two forms.
function placeOf(
  place: string,
  prop: string,
  storage: Written,
  { traits }: IStorageClass,
): Pick<CheckedStorage, 'mount' | 'devicePath'> {
  const { mountPath, subPath, devicePath, name = '', volumeMode = 'Filesystem' } = storage;
  const [needed, ...others] =
    volumeMode === 'Block'
      ? (['devicePath', 'mountPath', 'subPath'] as const)
      : (['mountPath', 'devicePath'] as const);
  const path = storage[needed];
  if (path === undefined) {
    refuse(
      'StorageMount',
      place,
      `'${prop}.${needed}' must be set for volumeMode ${volumeMode}, got undefined`,
    );
  }
  for (const other of others) {
    if (storage[other] !== undefined) {
      refuse(
        'StorageMount',
        place,
        `'${prop}.${other}' must not be set for volumeMode ${volumeMode}, got ${show(storage[other])}`,
      );
    }
  }
  const problem = absolutePathProblem(path);
  if (problem !== undefined) {
    refuse('StorageMount', place, `'${prop}.${needed}' ${problem}`);
  }
  if (mountPath === undefined) {
    return { mount: undefined, devicePath };
  }
  const part = subPath ?? (traits.hasLostAndFound ? name : '');
  return {
    mount: {
      mountPath,
      prop: `${prop}.mountPath`,
      traits,
      ...(part !== '' && { subPath: part }),
    },
    devicePath: undefined,
  };
}

/** Where an app's own storage shows: a device and a mount cannot have one path either. */
export function placesOf(storages: readonly CheckedStorage[]): PlacedMount[] {
  return storages.flatMap(({ mount, devicePath }, index) =>
    devicePath === undefined
      ? (mount ?? [])
      : { mountPath: devicePath, prop: `storage[${index}].devicePath` },
  );
}

/** The mounts of an app's own storage. */
export function mountsOf(
  storages: readonly CheckedStorage[],
  volumeOf: (name: string) => IStorage,
): AppMount[] {
  return storages.flatMap(({ mount, name }) =>
    mount === undefined ? [] : [{ ...mount, storage: volumeOf(name) }],
  );
}

/**
 * The template of the claims of a storage.
 *
 * `apiVersion` and `kind` are written although the API does without them: Argo CD compares them
 * (argo-cd#16707). Labels are those that cannot change, since the template cannot.
 */
export function claimTemplate(storage: CheckedStorage, labels: Labels): PersistentVolumeClaim {
  const { name, from, size, accessMode, volumeMode } = storage;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, labels },
    spec: {
      accessModes: [accessMode],
      volumeMode,
      storageClassName: from.storageClassName,
      resources: { requests: { storage: size.toString() } },
    },
  };
}
