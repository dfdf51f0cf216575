import type { Rule } from './rule';
import { antiAffinityMissesSelf } from './rules/anti-affinity-misses-self';
import { antiAffinityNamespaceExcludesSelf } from './rules/anti-affinity-namespace-excludes-self';
import { antiAffinitySurgeDeadlock } from './rules/anti-affinity-surge-deadlock';
import { antiAffinityTooFewNodes } from './rules/anti-affinity-too-few-nodes';
import { apiInvalid } from './rules/api-invalid';
import { apiRemoved } from './rules/api-removed';
import { apiTooNew } from './rules/api-too-new';
import { argocdWaveWffcDeadlock } from './rules/argocd-wave-wffc-deadlock';
import { claimrefDuplicate } from './rules/claimref-duplicate';
import { claimrefHasUid } from './rules/claimref-has-uid';
import { claimrefIneffective } from './rules/claimref-ineffective';
import { claimrefNoNamespace } from './rules/claimref-no-namespace';
import { claimrefShadowed } from './rules/claimref-shadowed';
import { claimrefSkipsClass } from './rules/claimref-skips-class';
import { claimrefTargetMissing } from './rules/claimref-target-missing';
import { clusterScopedNamespace } from './rules/cluster-scoped-namespace';
import { csiAccessModeOrder } from './rules/csi-access-mode-order';
import { datasourceDropped } from './rules/datasource-dropped';
import { defaultClassHijack } from './rules/default-class-hijack';
import { defaultClassImplicit } from './rules/default-class-implicit';
import { defaultClassMultiple } from './rules/default-class-multiple';
import { driverModeUnsupported } from './rules/driver-mode-unsupported';
import { duplicateVolumeHandle } from './rules/duplicate-volume-handle';
import { ebsParametersInvalid } from './rules/ebs-parameters-invalid';
import { inputUnreadable } from './rules/input-unreadable';
import { legacyClassAnnotation } from './rules/legacy-class-annotation';
import { localImmediateBinding } from './rules/local-immediate-binding';
import { mutableImageTag } from './rules/mutable-image-tag';
import { nfsMountOptions } from './rules/nfs-mount-options';
import { podClaimMissing } from './rules/pod-claim-missing';
import { podVolumesSplit } from './rules/pod-volumes-split';
import { preboundUnchecked } from './rules/prebound-unchecked';
import { pvAffinityUnsatisfiable } from './rules/pv-affinity-unsatisfiable';
import { pvZoneLabelConflict } from './rules/pv-zone-label-conflict';
import { pvcClassNotFound } from './rules/pvc-class-not-found';
import { pvcNoMatchingPv } from './rules/pvc-no-matching-pv';
import { pvcOutcomeAmbiguous } from './rules/pvc-outcome-ambiguous';
import { pvcSizeUnitGap } from './rules/pvc-size-unit-gap';
import { reclaimRisk } from './rules/reclaim-risk';
import { rwoMultiReplica } from './rules/rwo-multi-replica';
import { rwoRolloutDeadlock } from './rules/rwo-rollout-deadlock';
import { rwopInvalid } from './rules/rwop-invalid';
import { rwopMultiConsumer } from './rules/rwop-multi-consumer';
import { selectorWithProvisioner } from './rules/selector-with-provisioner';
import { staticDynamicRace } from './rules/static-dynamic-race';
import { stsAdoptsClaim } from './rules/sts-adopts-claim';
import { stsTemplateInvalid } from './rules/sts-template-invalid';
import { stsVolumeShadowed } from './rules/sts-volume-shadowed';
import { vacMismatch } from './rules/vac-mismatch';
import { volumeModeUsage } from './rules/volume-mode-usage';
import { volumePluginRemoved } from './rules/volume-plugin-removed';
import { volumenameMismatch } from './rules/volumename-mismatch';
import { volumenameMissingPv } from './rules/volumename-missing-pv';
import { volumenameTaken } from './rules/volumename-taken';
import { wffcNeverConsumed } from './rules/wffc-never-consumed';
import { wffcNodename } from './rules/wffc-nodename';
import { wffcTopologyEmpty } from './rules/wffc-topology-empty';

/** All rules, by id. */
export const RULES: readonly Rule[] = [
  antiAffinityMissesSelf,
  antiAffinityNamespaceExcludesSelf,
  antiAffinitySurgeDeadlock,
  antiAffinityTooFewNodes,
  apiInvalid,
  apiRemoved,
  apiTooNew,
  argocdWaveWffcDeadlock,
  claimrefDuplicate,
  claimrefHasUid,
  claimrefIneffective,
  claimrefNoNamespace,
  claimrefShadowed,
  claimrefSkipsClass,
  claimrefTargetMissing,
  clusterScopedNamespace,
  csiAccessModeOrder,
  datasourceDropped,
  defaultClassHijack,
  defaultClassImplicit,
  defaultClassMultiple,
  driverModeUnsupported,
  duplicateVolumeHandle,
  ebsParametersInvalid,
  inputUnreadable,
  legacyClassAnnotation,
  localImmediateBinding,
  mutableImageTag,
  nfsMountOptions,
  podClaimMissing,
  podVolumesSplit,
  preboundUnchecked,
  pvAffinityUnsatisfiable,
  pvZoneLabelConflict,
  pvcClassNotFound,
  pvcNoMatchingPv,
  pvcOutcomeAmbiguous,
  pvcSizeUnitGap,
  reclaimRisk,
  rwoMultiReplica,
  rwoRolloutDeadlock,
  rwopInvalid,
  rwopMultiConsumer,
  selectorWithProvisioner,
  staticDynamicRace,
  stsAdoptsClaim,
  stsTemplateInvalid,
  stsVolumeShadowed,
  vacMismatch,
  volumeModeUsage,
  volumePluginRemoved,
  volumenameMismatch,
  volumenameMissingPv,
  volumenameTaken,
  wffcNeverConsumed,
  wffcNodename,
  wffcTopologyEmpty,
];
