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
  /**
   * An NFS export, mounted by the kubelet.
   *
   * @default - the data is elsewhere
   */
  readonly nfs?: {
    /** The server: an address, or a name that the nodes resolve. */
    readonly server: string;

    /** The exported folder, an absolute path. */
    readonly path: string;

    /**
     * Whether it is mounted read-only.
     *
     * @default false
     */
    readonly readOnly?: boolean;
  };

  /**
   * A folder of whichever node the pod is on.
   *
   * @default - the data is elsewhere
   */
  readonly hostPath?: {
    /** The folder or file on the node, an absolute path. */
    readonly path: string;

    /**
     * What must be at the path, such as `DirectoryOrCreate`.
     *
     * @default '' - anything, and nothing is checked
     */
    readonly type?: string;
  };

  /**
   * A volume of a CSI driver.
   *
   * @default - the data is elsewhere
   */
  readonly csi?: CsiSource;

  /**
   * A folder or disk of one node, which nodeAffinity names.
   *
   * @default - the data is elsewhere
   */
  readonly local?: {
    /** The folder, or the device, on the node: an absolute path. */
    readonly path: string;

    /**
     * The file system to make on a device that is empty.
     *
     * @default - chosen by the kubelet for a device; a folder has none
     */
    readonly fsType?: string;
  };
}

/** A volume of a CSI driver. */
export interface CsiSource {
  /** Name of the driver. */
  readonly driver: string;
  /** What the driver knows the volume by; two PersistentVolumes must not share it. */
  readonly volumeHandle: string;

  /**
   * The file system on it, or the one to make where it is empty.
   *
   * @default - the driver's
   */
  readonly fsType?: string;

  /**
   * Whether it is mounted read-only.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Further facts of the volume, in the driver's words.
   *
   * @default - none
   */
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
  /** The terms; within a term, every expression must hold. */
  readonly nodeSelectorTerms: readonly {
    /** Conditions on the node's labels, all of which must hold. */
    readonly matchExpressions: readonly NodeSelectorRequirement[];
  }[];
}

/** One condition on a node's labels. */
export interface NodeSelectorRequirement {
  /** The label's key. */
  readonly key: string;
  /** How the label is compared. */
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';

  /**
   * What it is compared with; one whole number for Gt and Lt.
   *
   * @default - none, as Exists and DoesNotExist want it
   */
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
  readonly dataSource?: DataSource;
  readonly resources: { readonly requests: { readonly storage: string } };
}

/** What a new volume is filled from; an unknown kind or group is dropped without a word. */
export interface DataSource {
  readonly apiGroup: string;
  readonly kind: string;
  readonly name: string;
}

/** A StorageClass (storage.k8s.io/v1). */
export interface StorageClassObject extends KubeObject {
  readonly provisioner: string;
  readonly parameters?: Labels;
  readonly reclaimPolicy: ReclaimPolicy;
  readonly volumeBindingMode: VolumeBindingMode;
  readonly allowVolumeExpansion?: boolean;
  readonly mountOptions?: readonly string[];
  readonly allowedTopologies?: readonly TopologySelectorTerm[];
}

/** When a claim is bound or its volume made (Kubernetes API, StorageClass.volumeBindingMode). */
export const VOLUME_BINDING_MODES = ['WaitForFirstConsumer', 'Immediate'] as const;

/** When a claim is bound or its volume made. */
export type VolumeBindingMode = (typeof VOLUME_BINDING_MODES)[number];

/** Where volumes of a class may be made. */
export interface TopologySelectorTerm {
  readonly matchLabelExpressions: readonly {
    readonly key: string;
    readonly values: readonly string[];
  }[];
}

/** A StatefulSet (apps/v1). */
export interface StatefulSet extends KubeObject {
  readonly spec: {
    readonly replicas: number;
    readonly serviceName: string;
    readonly selector: LabelSelector;
    readonly podManagementPolicy: string;
    readonly updateStrategy: {
      readonly type: string;
      readonly rollingUpdate?: { readonly partition: number };
    };
    readonly persistentVolumeClaimRetentionPolicy: {
      readonly whenDeleted: string;
      readonly whenScaled: string;
    };
    readonly template: PodTemplate;
    readonly volumeClaimTemplates?: readonly PersistentVolumeClaim[];
  };
}

/** What the pods of a workload are made from. */
export interface PodTemplate {
  readonly metadata: { readonly labels: Labels };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A Service (core/v1). */
export interface ServiceObject extends KubeObject {
  readonly spec: {
    readonly type?: string;
    readonly clusterIP?: string;
    readonly publishNotReadyAddresses?: boolean;
    readonly selector: Labels;
    readonly ports: readonly {
      readonly name: string;
      readonly port: number;
      readonly targetPort: number;
      readonly protocol: 'TCP';
    }[];
  };
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
