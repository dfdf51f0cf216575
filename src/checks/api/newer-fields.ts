import type { KubernetesVersion } from '../../planner/plan';

/** A field that not every version planned for keeps. */
export interface NewerField {
  /**
   * The way to it from the object; `[]` stands for each element of a list. Of pods, from the spec
   * of the pod, wherever the object has that.
   */
  readonly path: string;

  /**
   * The first version whose API has it: those before do not know the field.
   *
   * @default - the one before all that are planned for
   */
  readonly known?: KubernetesVersion;

  /** The first version that keeps it by default: those before drop it, unless the gate is on. */
  readonly since: KubernetesVersion;

  /** The feature gate that it is behind. */
  readonly gate: string;

  /** What happens without it. */
  readonly without: string;

  /**
   * What it says where it says no more than its absence.
   *
   * @default - nothing: it always says something
   */
  readonly idle?: unknown;
}

const ATTRIBUTES = {
  known: '1.29',
  since: '1.34',
  gate: 'VolumeAttributesClass',
  without: 'the volume is of no VolumeAttributesClass',
  idle: '',
} as const;

const KEYS = {
  known: '1.29',
  since: '1.31',
  gate: 'MatchLabelKeysInPodAffinity',
  without: 'the term looks at pods of all values',
} as const;

const SLEEP = {
  known: '1.29',
  since: '1.30',
  gate: 'PodLifecycleSleepAction',
  without: 'the container does not wait',
} as const;

const APP_ARMOR = {
  known: '1.30',
  since: '1.30',
  gate: 'AppArmorFields',
  without: 'the profile is that of the container runtime',
} as const;

/** Both kinds of pod affinity, and the terms of both that must hold and that are wished for. */
const TERMS = ['podAffinity', 'podAntiAffinity'].flatMap((kind) => [
  `affinity.${kind}.requiredDuringSchedulingIgnoredDuringExecution[]`,
  `affinity.${kind}.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm`,
]);

/**
 * Newer fields of the spec of a pod.
 *
 * Left out is what is no matter of storage or of confining a pod. What all versions planned for
 * keep is not new: ReadWriteOncePod, `minDomains` and `matchLabelKeys` of spreading,
 * `unhealthyPodEvictionPolicy`, `podFailurePolicy`, and of StatefulSets `ordinals` and
 * `persistentVolumeClaimRetentionPolicy`, all of them on by default since 1.27 at the latest.
 *
 * Source: Kubernetes, pkg/features/kube_features.go, and pkg/api/pod/util.go for what is dropped.
 */
export const NEWER_IN_PODS: readonly NewerField[] = [
  {
    path: 'initContainers[].restartPolicy',
    known: '1.28',
    since: '1.29',
    gate: 'SidecarContainers',
    without: 'the pod waits for the container to end before it starts the others',
  },
  {
    path: 'volumes[].image',
    known: '1.31',
    since: '1.35',
    gate: 'ImageVolume',
    without: 'the volume and its mounts go away, and the container starts without the files',
  },
  ...['containers', 'initContainers'].flatMap((list): NewerField[] => [
    {
      path: `${list}[].volumeMounts[].recursiveReadOnly`,
      known: '1.30',
      since: '1.31',
      gate: 'RecursiveReadOnlyMounts',
      without: 'what is mounted below can be written',
      idle: 'Disabled',
    },
    { path: `${list}[].lifecycle.preStop.sleep`, ...SLEEP },
    { path: `${list}[].lifecycle.postStart.sleep`, ...SLEEP },
    { path: `${list}[].securityContext.appArmorProfile`, ...APP_ARMOR },
  ]),
  { path: 'securityContext.appArmorProfile', ...APP_ARMOR },
  {
    path: 'securityContext.supplementalGroupsPolicy',
    known: '1.31',
    since: '1.33',
    gate: 'SupplementalGroupsPolicy',
    without: 'the process has the groups of the image too',
    idle: 'Merge',
  },
  {
    path: 'securityContext.seLinuxChangePolicy',
    known: '1.32',
    since: '1.33',
    gate: 'SELinuxChangePolicy',
    without: 'a ReadWriteOncePod volume is labelled by its mount',
    idle: 'MountOption',
  },
  {
    path: 'hostUsers',
    since: '1.33',
    gate: 'UserNamespacesSupport',
    without: "the pod runs in the node's own user namespace",
    idle: true,
  },
  {
    path: 'resources',
    known: '1.32',
    since: '1.34',
    gate: 'PodLevelResources',
    without: 'the pod as a whole asks for nothing',
  },
  {
    path: 'hostnameOverride',
    known: '1.34',
    since: '1.35',
    gate: 'HostnameOverride',
    without: "the pod's name is its hostname",
  },
  ...TERMS.flatMap((term): NewerField[] => [
    { path: `${term}.matchLabelKeys`, ...KEYS },
    { path: `${term}.mismatchLabelKeys`, ...KEYS },
  ]),
  {
    path: 'volumes[].ephemeral.volumeClaimTemplate.spec.volumeAttributesClassName',
    ...ATTRIBUTES,
  },
];

/**
 * Newer fields of a Job's spec.
 *
 * Source: Kubernetes, pkg/features/kube_features.go and pkg/registry/batch/job/strategy.go.
 */
export const NEWER_IN_JOBS: readonly NewerField[] = [
  {
    path: 'backoffLimitPerIndex',
    known: '1.28',
    since: '1.29',
    gate: 'JobBackoffLimitPerIndex',
    without: 'one limit holds for all indexes',
  },
  {
    path: 'podReplacementPolicy',
    known: '1.28',
    since: '1.29',
    gate: 'JobPodReplacementPolicy',
    without: 'a pod is replaced while it still ends',
    idle: 'TerminatingOrFailed',
  },
  {
    path: 'successPolicy',
    known: '1.30',
    since: '1.31',
    gate: 'JobSuccessPolicy',
    without: 'all indexes have to succeed',
  },
  {
    path: 'managedBy',
    known: '1.30',
    since: '1.32',
    gate: 'JobManagedBy',
    without: "Kubernetes' own controller runs the Job as well",
    idle: 'kubernetes.io/job-controller',
  },
];

/** A kind, and what is newer in it. */
interface NewerKind {
  readonly group: string;
  readonly fields: readonly NewerField[];
}

/**
 * Newer fields of other kinds.
 *
 * Of a StatefulSet's `maxUnavailable`, 1.35 changed its mind between patches (on up to 1.35.3, off
 * from 1.35.4 and in 1.36): before 1.35 alone it is off for sure.
 *
 * Source: Kubernetes, pkg/features/kube_features.go, "Feature Gates" for MaxUnavailableStatefulSet,
 * and pkg/registry/{apps/statefulset,core/service,storage/csidriver}/strategy.go.
 */
export const NEWER_IN_KINDS: Readonly<Record<string, NewerKind>> = {
  CSIDriver: {
    group: 'storage.k8s.io',
    fields: [
      {
        path: 'spec.nodeAllocatableUpdatePeriodSeconds',
        known: '1.33',
        since: '1.35',
        gate: 'MutableCSINodeAllocatableCount',
        without: 'how many volumes a node takes is not looked up again',
      },
      {
        path: 'spec.serviceAccountTokenInSecrets',
        known: '1.35',
        since: '1.35',
        gate: 'CSIServiceAccountTokenSecrets',
        without: "the driver gets its token in the volume's context",
        idle: false,
      },
    ],
  },
  PersistentVolume: {
    group: '',
    fields: [{ path: 'spec.volumeAttributesClassName', ...ATTRIBUTES }],
  },
  PersistentVolumeClaim: {
    group: '',
    fields: [{ path: 'spec.volumeAttributesClassName', ...ATTRIBUTES }],
  },
  Service: {
    group: '',
    fields: [
      {
        path: 'spec.trafficDistribution',
        known: '1.30',
        since: '1.31',
        gate: 'ServiceTrafficDistribution',
        without: 'connections go to any endpoint',
      },
    ],
  },
  StatefulSet: {
    group: 'apps',
    fields: [
      {
        path: 'spec.updateStrategy.rollingUpdate.maxUnavailable',
        since: '1.35',
        gate: 'MaxUnavailableStatefulSet',
        without: 'pods are replaced one by one',
        idle: 1,
      },
      { path: 'spec.volumeClaimTemplates[].spec.volumeAttributesClassName', ...ATTRIBUTES },
    ],
  },
};
