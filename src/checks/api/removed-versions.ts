import { hasReached } from '../../planner/kubernetes-version';
import type { PlainObject } from '../../planner/plain-object';
import type { KubernetesVersion } from '../../planner/plan';

/** An API version of some kinds that Kubernetes no longer serves. */
export interface RemovedVersion {
  /** The release of Kubernetes that ended it, such as `1.16`. */
  readonly since: string;

  /**
   * What ended it, where that is released by itself.
   *
   * @default - Kubernetes
   */
  readonly by?: string;

  /**
   * The API version that is served instead.
   *
   * @default - none: the kind itself is gone
   */
  readonly successor?: string;

  /**
   * What else has to change, as a command.
   *
   * @default - nothing
   */
  readonly also?: string;
}

const SELECTOR = 'set spec.selector to the labels of the template where there is none';
const APPS: RemovedVersion = { since: '1.16', successor: 'apps/v1', also: SELECTOR };
const STORAGE: RemovedVersion = { since: '1.22', successor: 'storage.k8s.io/v1' };
const RBAC: RemovedVersion = { since: '1.22', successor: 'rbac.authorization.k8s.io/v1' };
const INGRESS: RemovedVersion = {
  since: '1.22',
  successor: 'networking.k8s.io/v1',
  also: 'give each path a pathType, and its backend as service.name and service.port',
};
const ACCESS_REVIEW: RemovedVersion = { since: '1.22', successor: 'authorization.k8s.io/v1' };
const WEBHOOKS: RemovedVersion = {
  since: '1.22',
  successor: 'admissionregistration.k8s.io/v1',
  also: 'give each webhook its sideEffects and admissionReviewVersions',
};
const AUTOSCALER = { successor: 'autoscaling/v2', also: 'give each metric its target' };
const POD_SECURITY: RemovedVersion = {
  since: '1.25',
  also: 'label the namespace with pod-security.kubernetes.io/enforce',
};
const FLOW = 'flowcontrol.apiserver.k8s.io/v1';

// Served by definitions that come with the snapshot controller, whose 6.0 is of the time of
// Kubernetes 1.24 (kubernetes-csi/external-snapshotter, CHANGELOG-6.0.md).
const SNAPSHOT: RemovedVersion = {
  since: '1.24',
  by: 'external-snapshotter 6.0',
  successor: 'snapshot.storage.k8s.io/v1',
};

/**
 * What of each API version is gone, by kind; the first release that is planned for has none of what
 * went before it.
 *
 * Source: Kubernetes, "Deprecated API Migration Guide".
 */
const REMOVED: Readonly<Record<string, Readonly<Record<string, RemovedVersion>>>> = {
  'admissionregistration.k8s.io/v1beta1': {
    MutatingWebhookConfiguration: WEBHOOKS,
    ValidatingWebhookConfiguration: WEBHOOKS,
  },
  'apiextensions.k8s.io/v1beta1': {
    CustomResourceDefinition: {
      since: '1.22',
      successor: 'apiextensions.k8s.io/v1',
      also: 'list spec.versions, each with its schema',
    },
  },
  'apiregistration.k8s.io/v1beta1': {
    APIService: { since: '1.22', successor: 'apiregistration.k8s.io/v1' },
  },
  'apps/v1beta1': { Deployment: APPS, ReplicaSet: APPS, StatefulSet: APPS },
  'apps/v1beta2': { DaemonSet: APPS, Deployment: APPS, ReplicaSet: APPS, StatefulSet: APPS },
  'authentication.k8s.io/v1beta1': {
    TokenReview: { since: '1.22', successor: 'authentication.k8s.io/v1' },
  },
  'authorization.k8s.io/v1beta1': {
    LocalSubjectAccessReview: ACCESS_REVIEW,
    SelfSubjectAccessReview: ACCESS_REVIEW,
    SubjectAccessReview: ACCESS_REVIEW,
  },
  'autoscaling/v2beta1': { HorizontalPodAutoscaler: { since: '1.25', ...AUTOSCALER } },
  'autoscaling/v2beta2': {
    HorizontalPodAutoscaler: { since: '1.26', successor: 'autoscaling/v2' },
  },
  'batch/v1beta1': { CronJob: { since: '1.25', successor: 'batch/v1' } },
  'certificates.k8s.io/v1beta1': {
    CertificateSigningRequest: {
      since: '1.22',
      successor: 'certificates.k8s.io/v1',
      also: 'set spec.signerName and spec.usages',
    },
  },
  'coordination.k8s.io/v1beta1': {
    Lease: { since: '1.22', successor: 'coordination.k8s.io/v1' },
  },
  'discovery.k8s.io/v1beta1': {
    EndpointSlice: { since: '1.25', successor: 'discovery.k8s.io/v1' },
  },
  'events.k8s.io/v1beta1': { Event: { since: '1.25', successor: 'events.k8s.io/v1' } },
  'extensions/v1beta1': {
    DaemonSet: APPS,
    Deployment: APPS,
    Ingress: INGRESS,
    NetworkPolicy: { since: '1.16', successor: 'networking.k8s.io/v1' },
    PodSecurityPolicy: { ...POD_SECURITY, since: '1.16' },
    ReplicaSet: APPS,
  },
  'flowcontrol.apiserver.k8s.io/v1beta1': {
    FlowSchema: { since: '1.26', successor: FLOW },
    PriorityLevelConfiguration: { since: '1.26', successor: FLOW },
  },
  'flowcontrol.apiserver.k8s.io/v1beta2': {
    FlowSchema: { since: '1.29', successor: FLOW },
    PriorityLevelConfiguration: { since: '1.29', successor: FLOW },
  },
  'flowcontrol.apiserver.k8s.io/v1beta3': {
    FlowSchema: { since: '1.32', successor: FLOW },
    PriorityLevelConfiguration: { since: '1.32', successor: FLOW },
  },
  'networking.k8s.io/v1beta1': {
    Ingress: INGRESS,
    IngressClass: { since: '1.22', successor: 'networking.k8s.io/v1' },
  },
  'node.k8s.io/v1beta1': { RuntimeClass: { since: '1.25', successor: 'node.k8s.io/v1' } },
  'policy/v1beta1': {
    PodDisruptionBudget: { since: '1.25', successor: 'policy/v1' },
    PodSecurityPolicy: POD_SECURITY,
  },
  'rbac.authorization.k8s.io/v1beta1': {
    ClusterRole: RBAC,
    ClusterRoleBinding: RBAC,
    Role: RBAC,
    RoleBinding: RBAC,
  },
  'scheduling.k8s.io/v1beta1': {
    PriorityClass: { since: '1.22', successor: 'scheduling.k8s.io/v1' },
  },
  'snapshot.storage.k8s.io/v1beta1': {
    VolumeSnapshot: SNAPSHOT,
    VolumeSnapshotClass: SNAPSHOT,
    VolumeSnapshotContent: SNAPSHOT,
  },
  'storage.k8s.io/v1beta1': {
    CSIDriver: STORAGE,
    CSINode: STORAGE,
    CSIStorageCapacity: { since: '1.27', successor: 'storage.k8s.io/v1' },
    StorageClass: STORAGE,
    VolumeAttachment: STORAGE,
  },
};

/** What is known of the API version of an object, where a release no longer serves it. */
export function removedVersion(
  { apiVersion, kind }: PlainObject,
  version: KubernetesVersion,
): RemovedVersion | undefined {
  // Its own names only: every object has a `constructor`.
  const kinds =
    typeof apiVersion === 'string' && Object.hasOwn(REMOVED, apiVersion)
      ? REMOVED[apiVersion]
      : undefined;
  const removed =
    kinds !== undefined && typeof kind === 'string' && Object.hasOwn(kinds, kind)
      ? kinds[kind]
      : undefined;
  return removed !== undefined && hasReached(version, removed.since) ? removed : undefined;
}
