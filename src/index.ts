export { ArgoApplication } from './argo-cd/argo-application';
export type {
  ArgoApplicationProps,
  ArgoAutomatedSync,
  ArgoBackoff,
  ArgoClusterDestination,
  ArgoDestination,
  ArgoDuration,
  ArgoRetry,
  ArgoServerDestination,
} from './argo-cd/argo-application-props';
export type { ArgoChartSource, ArgoFolderSource, ArgoSource } from './argo-cd/source';
export { ARGO_SYNC_OPTIONS, type ArgoSyncOption } from './argo-cd/sync-options';
export { DynamicStorageChart, type DynamicStorageChartProps } from './charts/dynamic';
export { LocalPathStorageChart, type LocalPathStorageChartProps } from './charts/local-path';
export { StaticStorageChart, type StaticStorageChartProps } from './charts/static';
export { FAIL_ON, type FailOn } from './checks/fail-on';
export { planStorage } from './checks/plan-storage';
export { planText } from './checks/plan-text';
export { Claim, type ClaimProps } from './claims/claim';
export type { ClassClaim, ClassClaimProps } from './claims/class-claim';
export type {
  ClaimRequest,
  FileOwner,
  IBlockClaim,
  IClaim,
  ISharedClaim,
  IStorageClass,
  NfsTraits,
  VolumeOwner,
  VolumeTraits,
} from './claims/contracts';
export type { CsiClaim, CsiClaimProps } from './claims/csi-claim';
export type { ExistingClaimProps } from './claims/existing-claim';
export type { MountableClaim } from './claims/mountable-claim';
export type { Said } from './claims/said';
export type { StaticVolume, StaticVolumeProps, VolumeBinding } from './claims/static-volume';
export type { StorageClass, StorageClassProps } from './claims/storage-class';
export {
  type PooledVolume,
  type PooledVolumeDescription,
  VolumePool,
  type VolumePoolProps,
} from './claims/volume-pool';
export {
  type ISnapshotClass,
  type IVolumeSnapshot,
  VolumeSnapshot,
  type VolumeSnapshotProps,
} from './claims/volume-snapshot';
export type { EbsDisk } from './ebs/ebs-disk';
export { EbsSnapshotClass, type EbsSnapshotClassProps } from './ebs/ebs-snapshot-class';
export { EbsStorageClass } from './ebs/ebs-storage-class';
export type {
  EbsSharedDeviceProps,
  EbsStorageClassOptions,
  EbsStorageClassProps,
} from './ebs/ebs-storage-class-props';
export { EbsVolume, type EbsVolumeProps } from './ebs/ebs-volume';
export type {
  EbsExt3Format,
  EbsExt4Format,
  EbsFileSystem,
  EbsXfsFormat,
  Ext4Blocks,
  Ext4Clusters,
} from './ebs/format/file-system';
export { EBS_FS_TYPES, type EbsFsType } from './ebs/format/limits';
export { EBS_VOLUME_TYPES, type EbsVolumeType } from './ebs/limits';
export { EBS_ACCESS_MODES, type EbsAccessMode } from './ebs/modes/limits';
export type { PooledEbsVolumeProps } from './ebs/pooled-ebs-volume';
export type { EbsTags } from './ebs/tags/tags';
export type {
  EbsIopsChoice,
  EbsIopsLeftOut,
  EbsIopsPerGib,
  EbsIopsPerVolume,
  EbsIopsRequired,
  EbsVolumeSpec,
  EbsVolumeSpecs,
  Gp3Volume,
  PlainEbsVolume,
  ProvisionedIopsVolume,
} from './ebs/volume-types';
export { HostPathVolume, type HostPathVolumeProps } from './host-path/host-path-volume';
export {
  HOST_PATH_ACCESS_MODES,
  HOST_PATH_TYPES,
  type HostPathAccessMode,
  type HostPathType,
} from './host-path/limits';
export { ACCESS_MODES, type AccessMode } from './kube/access-mode';
export {
  type LabelSelector,
  type LabelSelectorRequirement,
  type Labels,
  SELECTOR_OPERATORS,
  type SelectorOperator,
} from './kube/label-selector';
export {
  type CsiSource,
  type NodeSelector,
  type NodeSelectorRequirement,
  type PersistentVolumeSource,
  RECLAIM_POLICIES,
  type ReclaimPolicy,
} from './kube/objects';
export {
  Quantity,
  type QuantityInput,
  type QuantitySuffix,
  type QuantityText,
  quantity,
  type SizeLike,
} from './kube/quantity';
export type { ResourceAmounts, Resources } from './kube/resources';
export { type ErrorPlace, StorageError } from './kube/storage-error';
export { VOLUME_MODES, type VolumeMode } from './kube/volume-mode';
export { LocalVolume, type PooledLocalVolumeProps } from './local/local-volume';
export {
  LOCAL_PATH_ACCESS_MODES,
  LOCAL_PATH_VOLUME_TYPES,
  type LocalPathAccessMode,
  type LocalPathSharing,
  type LocalPathVolumeType,
} from './local-path/limits';
export {
  LocalPathClaim,
  type LocalPathClaimProps,
  type LocalPathClassClaimProps,
} from './local-path/local-path-claim';
export {
  LocalPathProvisioner,
  type LocalPathSharingOf,
} from './local-path/local-path-provisioner';
export type { LocalPathProvisionerProps } from './local-path/local-path-provisioner-props';
export {
  type LocalPathAccess,
  LocalPathStorageClass,
  type LocalPathStorageClassProps,
  type LocalPathVolumes,
} from './local-path/local-path-storage-class';
export type { NodePathMap } from './local-path/provisioner-config';
export type { ManifestText } from './manifests/decode';
export { NFS_ON_DELETE, type NfsOnDelete } from './nfs/csi/limits';
export {
  NFS_ACCESS_MODES,
  NFS_CHOICES,
  NFS_FLAGS,
  NFS_NUMBERS,
  NFS_SQUASHES,
  NFS_VERSIONS,
  type NfsAccessMode,
  type NfsMountOption,
  type NfsSquash,
  type NfsVersion,
} from './nfs/limits';
export { NfsStorageClass, type NfsStorageClassProps } from './nfs/nfs-storage-class';
export { NfsSubdirProvisioner } from './nfs/nfs-subdir-provisioner';
export type { NfsSubdirProvisionerProps } from './nfs/nfs-subdir-provisioner-props';
export { NfsVolume, type NfsVolumeProps } from './nfs/nfs-volume';
export type { PooledNfsVolumeProps } from './nfs/pooled-nfs-volume';
export type { NfsServerDisk } from './nfs/server/disk';
export type {
  NfsAllSquash,
  NfsExportFolder,
  NfsExportProps,
  NfsNoSquash,
  NfsReadOnlyExport,
  NfsRootSquash,
  NfsWritableExport,
} from './nfs/server/export-props';
export type {
  FurtherMountOptions,
  NfsExportDefaultMode,
  NfsExportMode,
  NfsExportPooledProps,
  NfsExportProvisionerProps,
  NfsExportStorageClassProps,
  NfsExportVolumeProps,
  NfsFixedByExport,
} from './nfs/server/export-volume-props';
export {
  NFS_DISK_FORMATS,
  NFS_EXPORT_ACCESSES,
  NFS_SERVER_VERSIONS,
  type NfsDiskFormat,
  type NfsExportAccess,
  type NfsServerVersion,
} from './nfs/server/limits';
export type { NfsExport } from './nfs/server/nfs-export';
export { NfsServer } from './nfs/server/nfs-server';
export type {
  Nfs3Server,
  Nfs4Server,
  NfsAccessOf,
  NfsExports,
  NfsKnownProps,
  NfsServerHost,
  NfsServerProps,
} from './nfs/server/nfs-server-props';
export type { Nfs3Ports, NfsServerPort } from './nfs/server/ports';
export { NFS_DRIVERS, type NfsDriver } from './nfs/source';
export { NFS_SUBDIR_ON_DELETE, type NfsSubdirOnDelete } from './nfs/subdir/limits';
export type { PodSecurityException } from './objects/pod-security-exception';
export {
  CLAIM_OUTCOMES,
  type ClaimOutcome,
  type ClaimVerdict,
  type Finding,
  KUBERNETES_VERSIONS,
  type KubernetesVersion,
  type PlanOptions,
  REJECTION_RULES,
  type RejectedVolume,
  type RejectionRule,
  SEVERITIES,
  type Severity,
  type StoragePlan,
  VOLUME_OUTCOMES,
  type VolumeOutcome,
  type VolumeVerdict,
  type WorkloadAnswer,
  type WorkloadVerdict,
} from './planner/plan';
export { assertStorage } from './validation/assert-storage';
export { planApp } from './validation/plan-app';
export { StorageValidation } from './validation/storage-validation';
export type { StorageValidationProps, ValidationRun } from './validation/validation-run';
export type { AppProps } from './workloads/app-props';
export { addBlockDevice } from './workloads/block-device';
export type { EnvironmentProps } from './workloads/environment';
export {
  HARBOR_UIDS,
  HARBOR_UPDATE_STRATEGIES,
  type HarborUpdateStrategy,
} from './workloads/harbor/harbor-chart';
export { HarborOnStorage } from './workloads/harbor/harbor-on-storage';
export type {
  HarborApplicationProps,
  HarborOnStorageProps,
  HarborReplicas,
} from './workloads/harbor/harbor-on-storage-props';
export type { HarborSecrets } from './workloads/harbor/harbor-secrets';
export {
  HARBOR_ACCESS_MODES,
  type HarborAccessMode,
  type HarborClaimStorage,
  type HarborClassStorage,
  type HarborDatabaseStorage,
  type HarborStorage,
} from './workloads/harbor/harbor-storage';
export type {
  HarborClaimValues,
  HarborExistingClaim,
  HarborMadeClaim,
  HarborPersistence,
} from './workloads/harbor/persistence';
export type { MountProps, VolumeMount } from './workloads/mounts';
export type { DeviceStorage, MountedStorage, OwnStorage } from './workloads/own-storage';
export { podName, podOrdinal } from './workloads/pod-env';
export {
  type Capabilities,
  type CapabilityName,
  type PodSecurityProps,
  SECCOMP_PROFILES,
  type SeccompProfile,
} from './workloads/pod-security';
export type { ProbeProps } from './workloads/probes';
export { ShareCheck } from './workloads/share-check';
export { SHARE_CHECK_IMAGE, type ShareCheckProps } from './workloads/share-check-props';
export { SharedUploadApp } from './workloads/shared-upload-app';
export type {
  AutoscaleProps,
  SharedUploadAppProps,
  UploadsProps,
} from './workloads/shared-upload-app-props';
export { SPREADS, type Spread } from './workloads/spread';
export { StatefulApp } from './workloads/stateful-app';
export {
  type ClaimRetention,
  POD_MANAGEMENT_POLICIES,
  type PodManagementPolicy,
  RETENTIONS,
  type Retention,
  type StatefulAppProps,
  UPDATE_STRATEGIES,
  type UpdateStrategy,
} from './workloads/stateful-app-props';
export type { UploadIngressProps } from './workloads/upload-ingress';
