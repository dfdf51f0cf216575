export { StaticStorageChart, type StaticStorageChartProps } from './charts/static';
export { Claim, type ClaimProps } from './claims/claim';
export type { IBlockClaim, IClaim, ISharedClaim } from './claims/contracts';
export type { ExistingClaimProps } from './claims/existing-claim';
export type { MountableClaim } from './claims/mountable-claim';
export type { StaticVolume, StaticVolumeProps, VolumeBinding } from './claims/static-volume';
export { VolumePool, type VolumePoolProps } from './claims/volume-pool';
export { HostPathVolume, type HostPathVolumeProps } from './host-path/host-path-volume';
export type { HostPathAccessMode, HostPathType } from './host-path/limits';
export { ACCESS_MODES, type AccessMode } from './kube/access-mode';
export type {
  LabelSelector,
  LabelSelectorRequirement,
  Labels,
  SelectorOperator,
} from './kube/label-selector';
export {
  Quantity,
  type QuantityInput,
  type QuantityText,
  quantity,
  type SizeLike,
} from './kube/quantity';
export { StorageError } from './kube/storage-error';
export { VOLUME_MODES, type VolumeMode } from './kube/volume-mode';
export { LocalVolume, type PooledLocalVolumeProps } from './local/local-volume';
export type { NfsAccessMode, NfsMountOption } from './nfs/limits';
export { NfsVolume, type NfsVolumeProps } from './nfs/nfs-volume';
export type { PooledNfsVolumeProps } from './nfs/pooled-nfs-volume';
export type { NfsDriver } from './nfs/source';
export type { AppProps } from './workloads/app-props';
export { addBlockDevice } from './workloads/block-device';
export type { EnvironmentProps } from './workloads/environment';
export type { MountProps, VolumeMount } from './workloads/mounts';
export { podName, podOrdinal } from './workloads/pod-env';
export type {
  Capabilities,
  CapabilityName,
  PodSecurityProps,
  SeccompProfile,
} from './workloads/pod-security';
export type { ProbeProps } from './workloads/probes';
export type { ResourceAmounts, Resources } from './workloads/resources';
export { SharedUploadApp } from './workloads/shared-upload-app';
export type {
  AutoscaleProps,
  SharedUploadAppProps,
  UploadsProps,
} from './workloads/shared-upload-app-props';
export type { Spread } from './workloads/spread';
export { StatefulApp } from './workloads/stateful-app';
export type { StatefulAppProps } from './workloads/stateful-app-props';
export type { UploadIngressProps } from './workloads/upload-ingress';
