export { Claim, type ClaimProps } from './claims/claim';
export type { IBlockClaim, IClaim, ISharedClaim } from './claims/contracts';
export type { ExistingClaimProps } from './claims/existing-claim';
export type { MountableClaim } from './claims/mountable-claim';
export { ACCESS_MODES, type AccessMode } from './kube/access-mode';
export type {
  Labels,
  LabelSelector,
  LabelSelectorRequirement,
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
