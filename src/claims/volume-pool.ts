import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AccessMode } from '../kube/access-mode';
import { DNS_SUBDOMAIN_LIMIT, isDnsSubdomain, nameOfPath } from '../kube/names';
import type { NodeSelector, PersistentVolume, PersistentVolumeSource } from '../kube/objects';
import * as types from '../kube/props';
import { type Quantity, readQuantity } from '../kube/quantity';
import { show } from '../kube/show';
import { type ErrorPlace, refuse } from '../kube/storage-error';
import type { VolumeMode } from '../kube/volume-mode';
import { addObject } from '../objects/api-object';
import { KEEP_DATA } from '../objects/argo-cd';
import { recommendedLabels } from '../objects/labels';
import { pathIn } from '../objects/scope';
import { takeOnce } from '../objects/unique-names';
import { ClassClaim, type ClassClaimProps } from './class-claim';
import type { ClaimRequest, VolumeTraits } from './contracts';
import { STORAGE_CLASS_PROPS, StorageClass, type StorageClassProps } from './storage-class';

/** A volume that an administrator prepared; `EbsVolume.pooled` and its like make one. */
export interface PooledVolume<
  M extends AccessMode = AccessMode,
  V extends VolumeMode = VolumeMode,
> {
  /**
   * What the volume is.
   *
   * @param place - path of the pool, for errors
   * @param prop - the prop that holds the volume, for errors
   * @throws StorageError with a code of the driver's
   */
  describe(place: string, prop: string): PooledVolumeDescription<M, V>;
}

/** What a driver says of a prepared volume. */
export interface PooledVolumeDescription<
  M extends AccessMode = AccessMode,
  V extends VolumeMode = VolumeMode,
> {
  /**
   * Parts of the PersistentVolume's name after the pool's: the volume's own identity and not its
   * place in the list, so that a list in another order names the same volumes.
   */
  readonly identity: readonly string[];

  /** What the volume is, whatever it is called: two PersistentVolumes over it are refused. */
  readonly handle: string;
  /** Size of the volume. */
  readonly capacity: Quantity;
  /** How many nodes may use it, and how. */
  readonly accessMode: M;
  /** Whether it comes as a folder or as a raw device. */
  readonly volumeMode: V;
  /** What a workload has to know of it. */
  readonly traits: VolumeTraits;
  /** Where the data is, given the name of the PersistentVolume. */
  readonly source: (volumeName: string) => PersistentVolumeSource;

  /**
   * The nodes that reach it.
   *
   * @default - any node
   */
  readonly nodes?: NodeSelector | undefined;

  /**
   * Options of the mount, one each.
   *
   * @default - none
   */
  readonly mountOptions?: readonly string[] | undefined;
}

/** Props of a VolumePool. */
export interface VolumePoolProps<
  M extends AccessMode = AccessMode,
  V extends VolumeMode = VolumeMode,
> extends Omit<StorageClassProps, 'reclaimPolicy' | 'isDefault'> {
  /** The volumes: at least one, all of one driver, access mode and volume mode. */
  readonly volumes: readonly [PooledVolume<M, V>, ...PooledVolume<M, V>[]];

  /**
   * Whether Argo CD may delete the volumes.
   *
   * @default false
   */
  readonly deletable?: boolean;
}

const POOLED_VOLUME: types.PropType = {
  expected: 'a pooled volume, such as EbsVolume.pooled makes',
  accepts: (value) => types.isObject(value) && typeof value.describe === 'function',
};

const VOLUME_POOL_PROPS: types.PropTypes<VolumePoolProps> = {
  name: STORAGE_CLASS_PROPS.name,
  labels: STORAGE_CLASS_PROPS.labels,
  volumes: types.listOf(POOLED_VOLUME),
  deletable: types.optional(types.flag),
};

/** Claims that draw from a pool. */
interface Draw {
  readonly size: Quantity;
  readonly count: number;
}

/**
 * Volumes that an administrator prepared, under a class that makes none: claims and a StatefulApp
 * draw from it.
 *
 * A claim takes the smallest free volume that is large enough, once its pod is scheduled, so that
 * the zones and nodes of the volumes decide with the rest of the pod. Volumes are kept when their
 * claim is deleted; one that was used stays Released until its administrator has looked at it.
 */
export class VolumePool<
  const M extends AccessMode = AccessMode,
  const V extends VolumeMode = VolumeMode,
> extends StorageClass {
  /** What a workload has to know of the volumes. */
  readonly traits: VolumeTraits;

  /** The access mode of the volumes. */
  readonly defaultAccessMode: M;

  /** The volume mode of the volumes. */
  readonly volumeMode: V;

  /** The PersistentVolumes, in the order of `volumes`. */
  readonly volumes: readonly ApiObject[];

  /** Capacities, the largest first. */
  readonly #capacities: readonly Quantity[];
  #draws: readonly Draw[] = [];

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - the volumes
   * @throws StorageError `PoolEmpty`, `PoolMixed`, `NameTooLong`, `Duplicate`, `NamespaceInvalid`,
   * `LabelsInvalid`, `PropMissing`, `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`,
   * `IdTaken`, and what the driver refuses
   */
  constructor(scope: Construct, id: string, props: VolumePoolProps<M, V>) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'VolumePool', props, VOLUME_POOL_PROPS);
    const described = props.volumes.map((volume, index) => {
      const description = volume.describe(path, `volumes[${index}]`);
      if (!isDescription(description)) {
        const { expected } = POOLED_VOLUME;
        refuse('PropType', path, `'volumes[${index}]' must be ${expected}, got ${show(volume)}`);
      }
      return description;
    });
    const [first] = described;
    if (first === undefined) {
      refuse('PoolEmpty', path, "'volumes' must have at least one volume, got none");
    }
    const wanted = kindOf(first);
    for (const [index, volume] of described.entries()) {
      const same = kindOf(volume);
      if (same !== wanted) {
        refuse(
          'PoolMixed',
          path,
          `'volumes[${index}]' must be like the first (${wanted}), got ${same}; make a pool of each kind`,
        );
      }
    }
    const { name, labels } = props;
    super(
      scope,
      id,
      { ...(name !== undefined && { name }), ...(labels && { labels }), reclaimPolicy: 'Retain' },
      { provisioner: 'kubernetes.io/no-provisioner', volumeBindingMode: 'WaitForFirstConsumer' },
    );
    // One volume with a lost+found is enough for a server to stumble over.
    const hasLostAndFound = described.some(({ traits }) => traits.hasLostAndFound);
    this.traits = { ...first.traits, hasLostAndFound };
    this.defaultAccessMode = first.accessMode;
    this.volumeMode = first.volumeMode;
    this.#capacities = described
      .map(({ capacity }) => capacity)
      .sort((one, other) => other.compare(one));
    this.volumes = described.map((volume, index) => this.#addVolume(volume, index, props));
  }

  /**
   * Draws a volume for a claim.
   *
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - the size, and the claim's name
   * @throws StorageError `PoolExhausted`, `PoolTooSmall`, `PoolMode`, and as Claim
   */
  claim(
    scope: Construct,
    id: string,
    props: Omit<ClassClaimProps<M, V>, 'accessMode' | 'volumeMode'>,
  ): ClassClaim<M, V> {
    // Plain JavaScript can ask for another mode, and is told that the pool has none of it.
    const asked: ClassClaimProps<M, V> = props;
    return new ClassClaim<M, V>(
      scope,
      id,
      this,
      types.isObject(asked) ? { volumeMode: this.volumeMode, ...asked } : asked,
    );
  }

  /**
   * Counts claims against the volumes that are left.
   *
   * @param place - the construct that asks, or its path
   * @param request - what it asks for
   * @throws StorageError `PoolExhausted`, `PoolTooSmall`, `PoolMode`
   */
  checkClaim(place: ErrorPlace, { size, accessMode, volumeMode, count }: ClaimRequest): void {
    const pool = `pool '${this.storageClassName}'`;
    if (accessMode !== this.defaultAccessMode || volumeMode !== this.volumeMode) {
      refuse(
        'PoolMode',
        place,
        `a claim on ${pool} must be ${this.defaultAccessMode} and ${this.volumeMode} like its volumes, got ${accessMode} and ${volumeMode}`,
      );
    }
    const [largest] = this.#capacities;
    if (largest !== undefined && size.compare(largest) > 0) {
      refuse(
        'PoolTooSmall',
        place,
        `a claim on ${pool} must ask for at most its largest volume (${largest}), got ${size}`,
      );
    }
    const draws = [...this.#draws, { size, count }];
    this.#refuseOverdraft(place, pool, draws);
    this.#draws = draws;
  }

  // Largest claim against largest volume: if that fails, no order of binding serves them all.
  #refuseOverdraft(place: ErrorPlace, pool: string, draws: readonly Draw[]): void {
    const largestFirst = [...draws].sort((one, other) => other.size.compare(one.size));
    let drawn = 0;
    for (const { size, count } of largestFirst) {
      drawn += count;
      const enough = this.#capacities.filter((capacity) => capacity.compare(size) >= 0).length;
      if (drawn > enough) {
        refuse(
          'PoolExhausted',
          place,
          `claims on ${pool} must be at most its volumes, got ${drawn} claims of ${size} or more for ${enough} such volumes; add volumes, or ask for fewer replicas`,
        );
      }
    }
  }

  #addVolume(
    volume: PooledVolumeDescription<M, V>,
    index: number,
    { deletable = false, labels }: VolumePoolProps<M, V>,
  ): ApiObject {
    const name = nameOfPath([this.storageClassName, ...volume.identity]);
    if (!isDnsSubdomain(name)) {
      refuse(
        'NameTooLong',
        this,
        `the name of 'volumes[${index}]' must be a DNS subdomain of at most ${DNS_SUBDOMAIN_LIMIT} characters, got ${name.length}; give the pool a shorter 'name'`,
      );
    }
    const { path } = this.node;
    const part = `volumes[${index}]`;
    takeOnce(
      this,
      path,
      volume.handle,
      `'${part}', the PersistentVolume over '${volume.handle}',`,
      'name each volume once',
      part,
    );
    takeOnce(
      this,
      path,
      `pooled/${name}`,
      `'${part}', PersistentVolume '${name}',`,
      'their names come out alike: give one another path',
      part,
    );
    return addObject<PersistentVolume>(this, `Volume${index}`, {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: {
        name,
        labels: { ...recommendedLabels(this), ...labels },
        ...(!deletable && { annotations: KEEP_DATA }),
      },
      spec: {
        capacity: { storage: volume.capacity.toString() },
        accessModes: [volume.accessMode],
        volumeMode: volume.volumeMode,
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: this.storageClassName,
        ...volume.source(name),
        ...(volume.mountOptions && { mountOptions: volume.mountOptions }),
        ...(volume.nodes && { nodeAffinity: { required: volume.nodes } }),
      },
    });
  }
}

// A driver of somebody else's may be written in plain JavaScript.
function isDescription(value: unknown): boolean {
  return (
    types.isObject(value) &&
    types.isObject(value.traits) &&
    typeof value.handle === 'string' &&
    types.listOf(types.text).accepts(value.identity) &&
    typeof value.source === 'function' &&
    readQuantity(value.capacity) !== undefined
  );
}

// What a workload relies on, whichever volume its claim is given.
function kindOf({ accessMode, volumeMode, traits }: PooledVolumeDescription): string {
  const { driver, owner } = traits;
  const files = owner === undefined ? [] : [`files of ${owner.uid}:${owner.gid}`];
  return [driver, accessMode, volumeMode, ...files].join(', ');
}
