import type { ISharedClaim } from '../claims/contracts';
import type { Labels } from '../kube/label-selector';
import * as types from '../kube/props';
import { RESOURCES, type Resources } from '../kube/resources';
import { isClaim } from './mounts';
import { POD_SECURITY_PROPS, type PodSecurityProps } from './pod-security';

/** The image of the check: a shell, and the tools that the script calls. */
export const SHARE_CHECK_IMAGE = 'docker.io/library/busybox:1.37.0';

/** How long a pod waits for the other, in seconds, where nothing is said. */
export const DEFAULT_DEADLINE_SECONDS = 180;

/** Props of a ShareCheck. */
export interface ShareCheckProps
  extends Pick<
    PodSecurityProps,
    'runAsUser' | 'runAsGroup' | 'supplementalGroups' | 'runAsNonRoot'
  > {
  /** The claim to check: one that pods on any number of nodes can write at once. */
  readonly claim: ISharedClaim;

  /**
   * The part of the claim's storage that is checked: a relative path without `..`, such as the one
   * that the app mounts.
   *
   * @default - all of it
   */
  readonly subPath?: string;

  /**
   * Whether the check is a hook that Argo CD runs after each sync: PostSync, deleted when it has
   * succeeded, and a failed one before the next is made.
   *
   * Without it the Job runs once, when it is first applied. A Job's pods cannot be changed: to run
   * it again, or after a change of this construct, the Job has to be deleted first.
   *
   * @default true
   */
  readonly postSync?: boolean;

  /**
   * How long a pod waits for the other, in seconds, from 10 to 3600.
   *
   * An NFS client may go on for a minute as if a file were not there that another node has made
   * (nfs(5), `acdirmax` and `lookupcache`), and each pod waits for two of them.
   *
   * @default 180
   */
  readonly deadlineSeconds?: number;

  /**
   * Labels of the nodes that the pods may run on, all required; two of them at least are needed.
   *
   * @default - any node
   */
  readonly nodeLabels?: Labels;

  /**
   * The image, with a tag other than `latest` or a digest: one with a POSIX shell and its tools.
   *
   * @default 'docker.io/library/busybox:1.37.0'
   */
  readonly image?: string;

  /**
   * Names of the Secrets with the registry's credentials, in the check's namespace.
   *
   * @default - none
   */
  readonly imagePullSecrets?: readonly string[];

  /**
   * What each of the two containers asks for and is held to.
   *
   * @default - requests of 10m cpu and 16Mi memory, no limits
   */
  readonly resources?: Resources;

  /**
   * Name of the Job: a DNS label of at most 61 characters.
   *
   * @default - from the construct's path, without a hash
   */
  readonly name?: string;

  /**
   * Namespace of the Job.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * Labels of the Job and its pods.
   *
   * @default - the recommended `app.kubernetes.io/*` labels; these are added to them
   */
  readonly labels?: Labels;
}

/** The types of these props. */
export const SHARE_CHECK_PROPS: types.PropTypes<ShareCheckProps> = {
  runAsUser: POD_SECURITY_PROPS.runAsUser,
  runAsGroup: POD_SECURITY_PROPS.runAsGroup,
  supplementalGroups: POD_SECURITY_PROPS.supplementalGroups,
  runAsNonRoot: POD_SECURITY_PROPS.runAsNonRoot,
  claim: { expected: 'a claim, such as an NfsVolume', accepts: isClaim },
  subPath: types.optional(types.text),
  postSync: types.optional(types.flag),
  deadlineSeconds: types.optional(types.wholeNumber(10, 3600)),
  nodeLabels: types.optional(types.labels),
  image: types.optional(types.text),
  imagePullSecrets: types.optional(types.listOf(types.secretName)),
  resources: types.optional(RESOURCES),
  name: types.optional(types.text),
  namespace: types.optional(types.labelName),
  labels: types.optional(types.labels),
};
