import type { AccessMode } from './access-mode';
import type { LabelSelector, Labels } from './label-selector';
import type { VolumeMode } from './volume-mode';

/** What every API object has. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** The part of an object's metadata that we render and read. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
}

/** A PersistentVolume (core/v1). */
export interface PersistentVolume extends KubeObject {
  readonly spec: PersistentVolumeSpec;
}

/** The spec of a PersistentVolume; exactly one source. */
export interface PersistentVolumeSpec extends PersistentVolumeSource {
  readonly capacity: { readonly storage: string };
  readonly accessModes: readonly AccessMode[];
  readonly volumeMode: VolumeMode;
  readonly persistentVolumeReclaimPolicy: ReclaimPolicy;
  readonly storageClassName: string;
  readonly mountOptions?: readonly string[];
  readonly claimRef?: ClaimRef;
  readonly nodeAffinity?: { readonly required: NodeSelector };
}

/** Where a volume's data is. */
export interface PersistentVolumeSource {
  readonly nfs?: { readonly server: string; readonly path: string; readonly readOnly?: boolean };
  readonly hostPath?: { readonly path: string; readonly type?: string };
  readonly csi?: CsiSource;
}

/** A volume of a CSI driver. */
export interface CsiSource {
  readonly driver: string;
  readonly volumeHandle: string;
  readonly fsType?: string;
  readonly readOnly?: boolean;
  readonly volumeAttributes?: Labels;
}

/** What becomes of a volume when its claim is deleted. */
export const RECLAIM_POLICIES = ['Retain', 'Delete'] as const;

/** A reclaim policy; Recycle is deprecated and no driver of this library knows it. */
export type ReclaimPolicy = (typeof RECLAIM_POLICIES)[number];

/** The claim that a volume is reserved for; a uid would make the volume Released on a new cluster. */
export interface ClaimRef {
  readonly apiVersion: 'v1';
  readonly kind: 'PersistentVolumeClaim';
  readonly namespace: string;
  readonly name: string;
}

/** Which nodes: one of the terms must hold. */
export interface NodeSelector {
  readonly nodeSelectorTerms: readonly {
    readonly matchExpressions: readonly NodeSelectorRequirement[];
  }[];
}

/** One condition on a node's labels. */
export interface NodeSelectorRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  readonly values?: readonly string[];
}

/** A PersistentVolumeClaim (core/v1). */
export interface PersistentVolumeClaim extends KubeObject {
  readonly spec: PersistentVolumeClaimSpec;
}

/** The spec of a PersistentVolumeClaim. */
export interface PersistentVolumeClaimSpec {
  readonly accessModes: readonly AccessMode[];
  readonly volumeMode: VolumeMode;
  readonly storageClassName: string;
  readonly volumeName?: string;
  readonly selector?: LabelSelector;
  readonly resources: { readonly requests: { readonly storage: string } };
}

/**
 * Kinds of objects that have no namespace, of the API groups that storage meets.
 *
 * Source: `kubectl api-resources --namespaced=false`.
 */
export const CLUSTER_SCOPED_KINDS: ReadonlySet<string> = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
  'VolumeSnapshotClass',
  'VolumeSnapshotContent',
]);
