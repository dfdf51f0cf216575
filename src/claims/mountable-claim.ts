import { createHash } from 'node:crypto';
import { PersistentVolumeClaim, Volume } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { AccessMode } from '../kube/access-mode';
import { DNS_LABEL_LIMIT, isDnsLabel, labelOfPath } from '../kube/names';
import { refuse } from '../kube/storage-error';
import type { VolumeMode } from '../kube/volume-mode';
import { chartNamespace } from '../objects/scope';
import type { IClaim, VolumeTraits } from './contracts';

const HASH_LENGTH = 8;

/** What is known of any claim, rendered here or existing in the cluster. */
export interface ClaimIdentity<M extends AccessMode, V extends VolumeMode> {
  readonly claimName: string;
  readonly accessMode: M;
  readonly volumeMode: V | undefined;
  readonly namespace: string | undefined;
  readonly traits?: VolumeTraits | undefined;
}

/** The part of a claim that workloads use. */
export abstract class MountableClaim<M extends AccessMode, V extends VolumeMode>
  extends Construct
  implements IClaim<M, V>
{
  /** Name of the PersistentVolumeClaim. */
  readonly claimName: string;

  /** How many nodes or pods may use it, and how. */
  readonly accessMode: M;

  /** Whether it comes as a folder or as a raw device. */
  readonly volumeMode: V;

  /** The claim's namespace, by prop or by chart; undefined where neither says it. */
  readonly namespace: string | undefined;

  /** What a workload has to know of the volume; undefined where nobody knows it. */
  readonly traits: VolumeTraits | undefined;

  #volume: Volume | undefined;

  /** @internal */
  protected constructor(scope: Construct, id: string, claim: ClaimIdentity<M, V>) {
    super(scope, id);
    this.claimName = claim.claimName;
    this.accessMode = claim.accessMode;
    this.volumeMode = claim.volumeMode ?? ('Filesystem' as V);
    this.namespace = claim.namespace ?? chartNamespace(this);
    this.traits = claim.traits;
  }

  /**
   * The claim as a volume of a pod; cdk8s-plus calls it when a container mounts the claim.
   *
   * @throws StorageError `BlockMounted` for a Block claim, which is a device and cannot be mounted
   */
  asVolume(): Volume {
    if (this.volumeMode === 'Block') {
      refuse(
        'BlockMounted',
        this,
        `claim '${this.claimName}' has volumeMode Block; a container takes it by 'volumeDevices', it cannot be mounted`,
      );
    }
    // One volume however often it is mounted: two of one name in a pod are refused.
    this.#volume ??= Volume.fromPersistentVolumeClaim(
      this,
      'Volume',
      PersistentVolumeClaim.fromClaimName(this, 'Reference', this.claimName),
      {
        name: volumeName(this.claimName),
        readOnly: this.accessMode === 'ReadOnlyMany',
      },
    );
    return this.#volume;
  }
}

/**
 * The name of a claim's volume in a pod.
 *
 * It is a DNS label, the claim's a longer subdomain: where it had to be changed, a hash keeps apart
 * what came out the same.
 */
export function volumeName(claimName: string): string {
  const name = `pvc-${claimName}`;
  if (isDnsLabel(name)) {
    return name;
  }
  const hash = createHash('sha256').update(claimName).digest('hex').slice(0, HASH_LENGTH);
  return `${labelOfPath([name]).slice(0, DNS_LABEL_LIMIT - HASH_LENGTH - 1)}-${hash}`;
}
