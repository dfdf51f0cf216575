import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { AccessMode } from '../kube/access-mode';
import type { Labels } from '../kube/label-selector';
import type {
  ReclaimPolicy,
  StorageClassObject,
  TopologySelectorTerm,
  VolumeBindingMode,
} from '../kube/objects';
import { RECLAIM_POLICIES } from '../kube/objects';
import * as types from '../kube/props';
import type { ErrorPlace } from '../kube/storage-error';
import { addObject } from '../objects/api-object';
import { defaultName } from '../objects/default-name';
import { recommendedLabels } from '../objects/labels';
import { chartNamespace } from '../objects/scope';
import type { ClaimRequest, IStorageClass, VolumeTraits } from './contracts';

/** Props of every storage class. */
export interface StorageClassProps {
  /**
   * Name of the StorageClass, a DNS subdomain.
   *
   * @default - the chart's namespace and the construct path, without a hash
   */
  readonly name?: string;

  /**
   * What becomes of a volume when its claim is deleted.
   *
   * @default 'Delete'
   */
  readonly reclaimPolicy?: ReclaimPolicy;

  /**
   * Whether claims that name no class take this one; a cluster should have one such class at most.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * Labels of the class.
   *
   * @default - the recommended `app.kubernetes.io/*` labels; these are added to them
   */
  readonly labels?: Labels;
}

/** The types of these props. */
export const STORAGE_CLASS_PROPS: types.PropTypes<StorageClassProps> = {
  name: types.optional(types.objectName),
  reclaimPolicy: types.optional(types.oneOf(RECLAIM_POLICIES)),
  isDefault: types.optional(types.flag),
  labels: types.optional(types.labels),
};

/** What a driver says of its class. */
export interface StorageClassDescription {
  readonly provisioner: string;
  readonly volumeBindingMode: VolumeBindingMode;
  readonly parameters?: Labels | undefined;
  readonly allowVolumeExpansion?: boolean | undefined;
  readonly mountOptions?: readonly string[] | undefined;
  readonly allowedTopologies?: readonly TopologySelectorTerm[] | undefined;
  readonly annotations?: Labels | undefined;
}

/** A StorageClass, and what its driver can serve. */
export abstract class StorageClass extends Construct implements IStorageClass {
  /** Name of the StorageClass. */
  readonly storageClassName: string;

  /** The StorageClass. */
  readonly storageClass: ApiObject;

  /** What a workload has to know of its volumes. */
  abstract readonly traits: VolumeTraits;

  /** The access mode of a claim that does not say one. */
  abstract readonly defaultAccessMode: AccessMode;

  /** @internal */
  protected constructor(
    scope: Construct,
    id: string,
    props: StorageClassProps,
    description: StorageClassDescription,
  ) {
    super(scope, id);
    this.storageClassName =
      props.name ?? defaultName(this.node.path, { namespace: chartNamespace(this) });
    const { annotations, parameters, ...fields } = description;
    const notes = { ...annotations, ...(props.isDefault && DEFAULT_CLASS) };
    this.storageClass = addObject<StorageClassObject>(this, 'Resource', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: this.storageClassName,
        labels: { ...recommendedLabels(this), ...props.labels },
        ...(Object.keys(notes).length > 0 && { annotations: notes }),
      },
      ...fields,
      ...(parameters && Object.keys(parameters).length > 0 && { parameters }),
      reclaimPolicy: props.reclaimPolicy ?? 'Delete',
    });
  }

  /**
   * Refuses claims that the class could not serve.
   *
   * @param place - the construct that asks, or its path
   * @param request - what it asks for
   * @throws StorageError with a code of the driver's
   */
  abstract checkClaim(place: ErrorPlace, request: ClaimRequest): void;
}

/** Makes a class the one of claims that name none (Kubernetes, "Change the default StorageClass"). */
const DEFAULT_CLASS = { 'storageclass.kubernetes.io/is-default-class': 'true' } as const;
