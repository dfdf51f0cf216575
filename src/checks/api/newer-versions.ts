import { isAtLeast } from '../../planner/kubernetes-version';
import type { PlainObject } from '../../planner/plain-object';
import type { KubernetesVersion } from '../../planner/plan';

/** An API version of some kinds that not every version planned for serves. */
export interface NewerVersion {
  /** The first version that has it. */
  readonly known: KubernetesVersion;

  /**
   * Whether it has to be switched on, as all alpha and new beta versions have to be.
   *
   * @default false
   */
  readonly off?: boolean;

  /**
   * The API version that is served without being switched on, and since when.
   *
   * @default - this one
   */
  readonly stable?: { readonly apiVersion: string; readonly since: KubernetesVersion };
}

const ATTRIBUTES = { apiVersion: 'storage.k8s.io/v1', since: '1.34' } as const;
const FLOW: NewerVersion = { known: '1.29' };

/**
 * What of each API version is newer than the first release that is planned for, by kind.
 *
 * Snapshots and groups of snapshots are served by definitions of their own, in any version.
 *
 * Source: Kubernetes, "Volume Attributes Classes" and "Deprecated API Migration Guide";
 * pkg/controlplane/instance.go, betaAPIGroupVersionsDisabledByDefault, for what is off.
 */
export const NEWER_VERSIONS: Readonly<Record<string, Readonly<Record<string, NewerVersion>>>> = {
  'flowcontrol.apiserver.k8s.io/v1': { FlowSchema: FLOW, PriorityLevelConfiguration: FLOW },
  'storage.k8s.io/v1': { VolumeAttributesClass: { known: '1.34' } },
  'storage.k8s.io/v1alpha1': {
    VolumeAttributesClass: { known: '1.29', off: true, stable: ATTRIBUTES },
  },
  'storage.k8s.io/v1beta1': {
    VolumeAttributesClass: { known: '1.31', off: true, stable: ATTRIBUTES },
  },
};

/** What is known of the API version of an object, where the version does not serve it by default. */
export function newerVersion(
  { apiVersion, kind }: PlainObject,
  version: KubernetesVersion,
): NewerVersion | undefined {
  // Its own names only: every object has a `constructor`.
  const kinds =
    typeof apiVersion === 'string' && Object.hasOwn(NEWER_VERSIONS, apiVersion)
      ? NEWER_VERSIONS[apiVersion]
      : undefined;
  const newer =
    kinds !== undefined && typeof kind === 'string' && Object.hasOwn(kinds, kind)
      ? kinds[kind]
      : undefined;
  return newer !== undefined && (newer.off === true || !isAtLeast(version, newer.known))
    ? newer
    : undefined;
}
