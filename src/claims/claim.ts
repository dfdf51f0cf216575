import type { Construct } from 'constructs';
import { ACCESS_MODES, type AccessMode } from '../kube/access-mode';
import type { LabelSelector, Labels } from '../kube/label-selector';
import { LABEL_SELECTOR } from '../kube/label-selector-props';
import * as types from '../kube/props';
import type { QuantityInput } from '../kube/quantity';
import { VOLUME_MODES, type VolumeMode } from '../kube/volume-mode';
import { defaultName } from '../objects/default-name';
import { pathIn } from '../objects/scope';
import { addClaimObject } from './claim-object';
import { ExistingClaim, type ExistingClaimProps } from './existing-claim';
import { MountableClaim } from './mountable-claim';
import type { Said } from './said';
import { readSize } from './size';

/** Props of a Claim. */
export interface ClaimProps<M extends AccessMode = AccessMode, V extends VolumeMode = VolumeMode> {
  /** How much room is asked for, such as `'10Gi'`; whole bytes, more than none. */
  readonly size: QuantityInput;

  /** How many nodes or pods may use it, and how. */
  readonly accessMode: M;

  /**
   * The storage class; `''` binds to volumes without a class only.
   *
   * Always said: a claim that leaves it out takes the cluster's default class, whichever that is.
   */
  readonly storageClassName: string;

  /**
   * Whether it comes as a folder or as a raw device.
   *
   * @default 'Filesystem'
   */
  readonly volumeMode?: V;

  /**
   * Name of the one PersistentVolume that it may bind to.
   *
   * @default - any volume that fits
   */
  readonly volumeName?: string;

  /**
   * Labels that a PersistentVolume must have; most classes that provision refuse a selector.
   *
   * @default - any labels
   */
  readonly selector?: LabelSelector;

  /**
   * Name of the PersistentVolumeClaim, a DNS subdomain.
   *
   * @default - from the construct's path, without a hash: `shop/data` gives `shop-data`
   */
  readonly name?: string;

  /**
   * Namespace of the claim.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * Labels of the claim.
   *
   * @default - the recommended `app.kubernetes.io/*` labels; these are added to them
   */
  readonly labels?: Labels;

  /**
   * Whether Argo CD may delete the claim, and with it the data where its class says so.
   *
   * @default false
   */
  readonly deletable?: boolean;
}

const CLAIM_PROPS: types.PropTypes<ClaimProps> = {
  size: types.size,
  accessMode: types.oneOf(ACCESS_MODES),
  storageClassName: types.className,
  volumeMode: types.optional(types.oneOf(VOLUME_MODES)),
  volumeName: types.optional(types.objectName),
  selector: types.optional(LABEL_SELECTOR),
  name: types.optional(types.objectName),
  namespace: types.optional(types.labelName),
  labels: types.optional(types.labels),
  deletable: types.optional(types.flag),
};

/**
 * A PersistentVolumeClaim, for any storage class.
 *
 * Drivers of this library make their own claims; this one is for a class that they do not cover,
 * and `Claim.fromClaimName` for a claim that exists.
 */
export class Claim<
  M extends AccessMode = AccessMode,
  V extends VolumeMode = 'Filesystem',
> extends MountableClaim<M, V> {
  /**
   * Adopts a claim that exists; nothing is rendered for it.
   *
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param name - the claim's name
   * @param props - what the claim is; nobody compares it with the cluster
   * @throws StorageError `ClaimName`, `NamespaceInvalid`, `LabelsInvalid`, `PropMissing`,
   * `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`, `IdTaken`
   */
  static fromClaimName<const M extends AccessMode, const V extends VolumeMode = 'Filesystem'>(
    scope: Construct,
    id: string,
    name: string,
    // A volume mode that TypeScript infers from where the claim goes has to be said in the props.
    props: ExistingClaimProps<M, V> & Said<V, 'Filesystem', 'volumeMode'>,
  ): Claim<M, V> {
    return new ExistingClaim<M, V>(scope, id, name, props);
  }

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - what is claimed
   * @throws StorageError `NamespaceInvalid`, `LabelsInvalid`, `PropMissing`, `PropType`,
   * `PropUnknown`, `SizeInvalid`, `NameTooLong`, `Duplicate`, `ScopeInvalid`, `IdInvalid`,
   * `IdTaken`
   */
  constructor(
    scope: Construct,
    id: string,
    // As above: without it a Filesystem claim would pass for a Block one.
    props: ClaimProps<M, V> & Said<V, 'Filesystem', 'volumeMode'>,
  ) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'Claim', props, CLAIM_PROPS);
    const storage = readSize(path, 'size', props.size);
    super(scope, id, {
      claimName: props.name ?? defaultName(path),
      accessMode: props.accessMode,
      volumeMode: props.volumeMode,
      namespace: props.namespace,
    });
    addClaimObject(this, { ...props, storage });
  }
}
