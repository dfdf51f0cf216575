import { type ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AccessMode } from '../kube/access-mode';
import { type LabelSelector, type Labels, selects } from '../kube/label-selector';
import { LABEL_SELECTOR } from '../kube/label-selector-props';
import type {
  NodeSelector,
  PersistentVolume,
  PersistentVolumeSource,
  PersistentVolumeSpec,
} from '../kube/objects';
import * as types from '../kube/props';
import type { QuantityInput } from '../kube/quantity';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import type { VolumeMode } from '../kube/volume-mode';
import { addObject } from '../objects/api-object';
import { KEEP_DATA } from '../objects/argo-cd';
import { defaultName } from '../objects/default-name';
import { recommendedLabels } from '../objects/labels';
import { chartNamespace, pathIn } from '../objects/scope';
import { addClaimObject } from './claim-object';
import type { VolumeTraits } from './contracts';
import { MountableClaim } from './mountable-claim';
import { readSize } from './size';

/**
 * How a volume and its claim find each other.
 *
 * - `'reserved'`: each names the other, so that no other claim takes the volume and the claim takes
 *   no other volume. Needs the claim's namespace.
 * - `{ selector }`: the claim takes any free volume whose labels match and that is large enough;
 *   where several do, which one is Kubernetes' choice.
 */
export type VolumeBinding =
  | 'reserved'
  | {
      /** The labels that a volume must have; those of this volume match it, or it is refused. */
      readonly selector: LabelSelector;
    };

/** Props of every volume that exists before its claim. */
export interface StaticVolumeProps<M extends AccessMode = AccessMode> {
  /**
   * Size of the volume, such as `'10Gi'`.
   *
   * Kubernetes compares it with the request and enforces it nowhere: NFS and node folders grow to
   * what their disk holds.
   */
  readonly capacity: QuantityInput;

  /**
   * How much the claim asks for; at most `capacity`.
   *
   * @default - `capacity`
   */
  readonly request?: QuantityInput;

  /**
   * How many nodes may use the volume, and how; the type of the claim follows.
   *
   * @default - the widest that the driver is used for: see each driver
   */
  readonly accessMode?: M;

  /**
   * What becomes of the volume when its claim is deleted.
   *
   * Nothing but Retain: no controller deletes volumes of these drivers, and Delete would leave them
   * in phase Failed.
   *
   * @default 'Retain'
   */
  readonly reclaimPolicy?: 'Retain';

  /**
   * Storage class of volume and claim; the class need not exist.
   *
   * @default '' - no class, so that no provisioner and no default class comes between
   */
  readonly storageClassName?: string;

  /**
   * How volume and claim find each other.
   *
   * @default 'reserved'
   */
  readonly binding?: VolumeBinding;

  /**
   * Labels of the volume and the claim.
   *
   * @default - the recommended `app.kubernetes.io/*` labels; these are added to them
   */
  readonly labels?: Labels;

  /**
   * Name of the PersistentVolume, a DNS subdomain.
   *
   * @default - namespace and construct path, without a hash
   */
  readonly name?: string;

  /**
   * Name of the PersistentVolumeClaim, a DNS subdomain.
   *
   * @default - from the construct path, without a hash
   */
  readonly claimName?: string;

  /**
   * Namespace of the claim; the volume has none.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * Whether Argo CD may delete volume and claim.
   *
   * @default false
   */
  readonly deletable?: boolean;
}

/** The types of the props that every static volume has. */
export function staticVolumeTypes(
  accessModes: readonly AccessMode[],
): types.PropTypes<StaticVolumeProps> {
  return {
    capacity: types.size,
    request: types.optional(types.size),
    accessMode: types.optional(types.oneOf(accessModes)),
    reclaimPolicy: types.optional(RETAIN),
    storageClassName: types.optional(types.className),
    binding: types.optional(BINDING),
    labels: types.optional(types.labels),
    name: types.optional(types.objectName),
    claimName: types.optional(types.objectName),
    namespace: types.optional(types.labelName),
    deletable: types.optional(types.flag),
  };
}

const RETAIN: types.PropType = {
  expected: "'Retain', since nothing deletes such volumes and 'Delete' would leave them Failed",
  accepts: (value) => value === 'Retain',
};

const BINDING: types.PropType = {
  ...types.nested({ selector: LABEL_SELECTOR }),
  expected: "'reserved' or an object with 'selector'",
  accepts: (value) => value === 'reserved' || types.isObject(value),
};

/** What a driver knows of its volume. */
export interface VolumeDescription<M extends AccessMode, V extends VolumeMode> {
  /** The access mode. */
  readonly accessMode: M;

  /** The volume mode. */
  readonly volumeMode: V;

  /** Where the data is; `volumeName` is the PersistentVolume's. */
  source(volumeName: string): PersistentVolumeSource;

  /** Options of the mount. */
  readonly mountOptions?: readonly string[] | undefined;

  /** Annotations of the PersistentVolume, besides those that keep it. */
  readonly annotations?: Labels | undefined;

  /** What a workload has to know of it, where it is known. */
  readonly traits?: VolumeTraits | undefined;

  /** The nodes that reach the volume. */
  readonly nodes?: NodeSelector | undefined;
}

/** A PersistentVolume that exists before its claim, and the claim. */
export abstract class StaticVolume<
  M extends AccessMode,
  V extends VolumeMode,
> extends MountableClaim<M, V> {
  /** Name of the PersistentVolume. */
  readonly volumeName: string;

  /** The PersistentVolume. */
  readonly volume: ApiObject;

  /** @internal */
  protected constructor(
    scope: Construct,
    id: string,
    props: StaticVolumeProps<M>,
    description: VolumeDescription<M, V>,
  ) {
    const path = pathIn(scope, id);
    const { binding = 'reserved', storageClassName = '', deletable = false } = props;
    const capacity = readSize(path, 'capacity', props.capacity);
    const request = readSize(path, 'request', props.request ?? capacity);
    if (request.compare(capacity) > 0) {
      refuse(
        'RequestTooLarge',
        path,
        `'request' must be at most 'capacity' (${capacity}), got ${request}; no other volume would be taken either`,
      );
    }
    const namespace = props.namespace ?? chartNamespace(scope);
    if (binding === 'reserved' && namespace === undefined) {
      refuse(
        'NamespaceMissing',
        path,
        "'namespace' must be set, here or on the chart: a volume is reserved for a claim by namespace and name",
      );
    }
    super(scope, id, {
      claimName: props.claimName ?? defaultName(path, { prop: 'claimName' }),
      accessMode: description.accessMode,
      volumeMode: description.volumeMode,
      namespace,
      traits: description.traits,
    });
    const labels = { ...recommendedLabels(this), ...props.labels };
    if (binding !== 'reserved') {
      this.#refuseBlindSelector(binding.selector, { ...Chart.of(this).labels, ...labels });
    }
    this.volumeName = props.name ?? defaultName(path, { namespace });
    const notes = { ...(!deletable && KEEP_DATA), ...description.annotations };
    // The volume first: a claim applied before it waits for the binder's next round.
    this.volume = addObject<PersistentVolume>(this, 'PersistentVolume', {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: {
        name: this.volumeName,
        labels,
        ...(Object.keys(notes).length > 0 && { annotations: notes }),
      },
      spec: {
        capacity: { storage: capacity.toString() },
        accessModes: [this.accessMode],
        volumeMode: this.volumeMode,
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName,
        ...description.source(this.volumeName),
        ...(description.mountOptions?.length && { mountOptions: description.mountOptions }),
        ...(description.nodes && { nodeAffinity: { required: description.nodes } }),
        ...(binding === 'reserved' && this.#reservation()),
      },
    });
    addClaimObject(this, {
      storage: request,
      storageClassName,
      ...(binding === 'reserved'
        ? { volumeName: this.volumeName }
        : { selector: binding.selector }),
      labels: props.labels,
      deletable,
      nameProp: 'claimName',
    });
  }

  // No uid: with one, a claim that is made again finds its volume Released (argo-cd#11227).
  #reservation(): Pick<PersistentVolumeSpec, 'claimRef'> {
    const { namespace = '', claimName: name } = this;
    return { claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name } };
  }

  #refuseBlindSelector(selector: LabelSelector, labels: Labels): void {
    if (!selects(selector, labels)) {
      refuse(
        'SelectorMisses',
        this,
        `'binding.selector' must match the volume's labels, got ${show(selector)} for ${show(labels)}; add the label to 'labels'`,
      );
    }
  }
}
