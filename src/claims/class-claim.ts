import type { Construct } from 'constructs';
import { ACCESS_MODES, type AccessMode } from '../kube/access-mode';
import type { Labels } from '../kube/label-selector';
import type { DataSource } from '../kube/objects';
import * as types from '../kube/props';
import type { Quantity, QuantityInput } from '../kube/quantity';
import { VOLUME_MODES, type VolumeMode } from '../kube/volume-mode';
import { defaultName } from '../objects/default-name';
import { pathIn } from '../objects/scope';
import { addClaimObject } from './claim-object';
import type { IStorageClass } from './contracts';
import { MountableClaim } from './mountable-claim';
import { readSize } from './size';

/** Props of a claim that a storage class makes. */
export interface ClassClaimProps<
  M extends AccessMode = AccessMode,
  V extends VolumeMode = VolumeMode,
> {
  /** How much room is asked for, such as `'10Gi'`; whole bytes, more than none. */
  readonly size: QuantityInput;

  /**
   * How many nodes or pods may use it, and how; the type of the claim follows.
   *
   * @default - what the driver is used for: see each class
   */
  readonly accessMode?: M;

  /**
   * Whether it comes as a folder or as a raw device.
   *
   * @default 'Filesystem'
   */
  readonly volumeMode?: V;

  /**
   * Name of the PersistentVolumeClaim, a DNS subdomain.
   *
   * @default - from the construct's path, without a hash
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

/** The types of these props; a driver refuses the modes that it lacks with its own reason. */
export const CLASS_CLAIM_PROPS: types.PropTypes<ClassClaimProps> = {
  size: types.size,
  accessMode: types.optional(types.oneOf(ACCESS_MODES)),
  volumeMode: types.optional(types.oneOf(VOLUME_MODES)),
  name: types.optional(types.objectName),
  namespace: types.optional(types.labelName),
  labels: types.optional(types.labels),
  deletable: types.optional(types.flag),
};

/** A claim that a storage class of this library makes, checked against what its driver serves. */
export class ClassClaim<M extends AccessMode, V extends VolumeMode> extends MountableClaim<M, V> {
  /** How much room it asks for. */
  readonly size: Quantity;

  /** @internal */
  constructor(
    scope: Construct,
    id: string,
    from: IStorageClass,
    props: ClassClaimProps<M, V>,
    dataSource?: DataSource,
  ) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'the claim', props, CLASS_CLAIM_PROPS);
    const size = readSize(path, 'size', props.size);
    const accessMode = props.accessMode ?? (from.defaultAccessMode as M);
    const volumeMode = props.volumeMode ?? ('Filesystem' as V);
    from.checkClaim(path, { size, accessMode, volumeMode, count: 1 });
    super(scope, id, {
      claimName: props.name ?? defaultName(path),
      accessMode,
      volumeMode,
      namespace: props.namespace,
      traits: from.traits,
    });
    this.size = size;
    addClaimObject(this, {
      storage: size,
      storageClassName: from.storageClassName,
      dataSource,
      labels: props.labels,
      deletable: props.deletable,
    });
  }
}
