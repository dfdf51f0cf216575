import { Capability, type ContainerSecurityContextProps } from 'cdk8s-plus-28';
import * as types from '../kube/props';
import { refuse } from '../kube/storage-error';

/** Largest UID and GID of Linux that Kubernetes takes (apis/core/validation: 0 to 2^31 - 1). */
const MOST_ID = 2 ** 31 - 1;

/** UID and GID of a process that asks for none: the first that Linux gives to people. */
export const DEFAULT_ID = 1000;

/** Seccomp profiles that need no file on the node (Kubernetes API, SeccompProfile.type). */
export const SECCOMP_PROFILES = ['RuntimeDefault', 'Unconfined'] as const;

/** A seccomp profile. */
export type SeccompProfile = (typeof SECCOMP_PROFILES)[number];

/** A Linux capability, without `CAP_`; `ALL` is all of them. */
export type CapabilityName = `${Capability}`;

/** Linux capabilities to add and to drop. */
export interface Capabilities {
  /**
   * Capabilities to add; the restricted standard allows NET_BIND_SERVICE alone.
   *
   * @default - none
   */
  readonly add?: readonly CapabilityName[];

  /**
   * Capabilities to drop.
   *
   * @default ['ALL']
   */
  readonly drop?: readonly CapabilityName[];
}

/**
 * How the pods are confined. The defaults pass the restricted Pod Security Standard; what is
 * changed here may not.
 *
 * Source: Kubernetes, "Pod Security Standards".
 */
export interface PodSecurityProps {
  /**
   * Numeric UID of the process, from 0 to 2147483647.
   *
   * On NFS it owns what the process writes. Without squashing it must be allowed to write the
   * exported folder; with `all_squash` the server replaces it by `anonuid`, and a volume that knows
   * this refuses another.
   *
   * @default - the owner of the volumes' files where they know it, else 1000
   */
  readonly runAsUser?: number;

  /**
   * Numeric GID of the process, from 0 to 2147483647; with `all_squash`, the export's `anongid`.
   *
   * @default - the owner of the volumes' files where they know it, else 1000
   */
  readonly runAsGroup?: number;

  /**
   * GIDs of further groups of the process, from 0 to 2147483647. In-tree NFS ignores fsGroup: a
   * group that may write the exported folder goes here.
   *
   * @default - none
   */
  readonly supplementalGroups?: readonly number[];

  /**
   * Whether the kubelet refuses to start the containers as root.
   *
   * @default true
   */
  readonly runAsNonRoot?: boolean;

  /**
   * Filter of system calls, for all containers of the pod.
   *
   * @default 'RuntimeDefault'
   */
  readonly seccompProfile?: SeccompProfile;

  /**
   * Whether a process may gain more rights than its parent, as by setuid.
   *
   * @default false
   */
  readonly allowPrivilegeEscalation?: boolean;

  /**
   * Linux capabilities.
   *
   * @default - all dropped
   */
  readonly capabilities?: Capabilities;

  /**
   * Whether the image's own files are read-only; `scratch` gives folders that can be written.
   *
   * @default true
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * Whether the pods get a token for the Kubernetes API.
   *
   * @default false
   */
  readonly automountServiceAccountToken?: boolean;
}

const ID = types.wholeNumber(0, MOST_ID);
const CAPABILITIES = types.optional(types.listOf(types.oneOf(Object.values(Capability))));

/** The types of these props. */
export const POD_SECURITY_PROPS: types.PropTypes<PodSecurityProps> = {
  runAsUser: types.optional(ID),
  runAsGroup: types.optional(ID),
  supplementalGroups: types.optional(types.listOf(ID)),
  runAsNonRoot: types.optional(types.flag),
  seccompProfile: types.optional(types.oneOf(SECCOMP_PROFILES)),
  allowPrivilegeEscalation: types.optional(types.flag),
  capabilities: types.optional(
    types.nested({
      add: CAPABILITIES,
      drop: CAPABILITIES,
    } satisfies types.PropTypes<Capabilities>),
  ),
  readOnlyRootFilesystem: types.optional(types.flag),
  automountServiceAccountToken: types.optional(types.flag),
};

/**
 * The pod's securityContext.
 *
 * @throws StorageError `RunAsRoot` where the UID is 0 and root is not allowed
 */
export function podSecurityContext(
  place: string,
  props: PodSecurityProps,
): Readonly<Record<string, unknown>> {
  const {
    runAsUser = DEFAULT_ID,
    runAsGroup = DEFAULT_ID,
    runAsNonRoot = true,
    supplementalGroups,
  } = props;
  if (runAsUser === 0 && runAsNonRoot) {
    refuse(
      'RunAsRoot',
      place,
      "'runAsUser' must not be 0 while 'runAsNonRoot' holds, the kubelet would not start the container; set 'runAsNonRoot' to false for a process that must be root",
    );
  }
  return {
    runAsNonRoot,
    runAsUser,
    runAsGroup,
    ...(supplementalGroups?.length && { supplementalGroups: [...supplementalGroups] }),
    seccompProfile: { type: props.seccompProfile ?? 'RuntimeDefault' },
  };
}

/** A container's securityContext, in cdk8s-plus' words. */
export function containerSecurityContext(props: PodSecurityProps): ContainerSecurityContextProps {
  const { add, drop = ['ALL'] } = props.capabilities ?? {};
  return {
    ensureNonRoot: props.runAsNonRoot ?? true,
    readOnlyRootFilesystem: props.readOnlyRootFilesystem ?? true,
    allowPrivilegeEscalation: props.allowPrivilegeEscalation ?? false,
    capabilities: {
      ...(add && { add: add as Capability[] }),
      drop: drop as Capability[],
    },
  };
}
