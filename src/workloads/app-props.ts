import type { IServiceAccount } from 'cdk8s-plus-28';
import type { Labels } from '../kube/label-selector';
import { isDnsLabel } from '../kube/names';
import * as types from '../kube/props';
import { RESOURCES, type Resources } from '../kube/resources';
import { ENVIRONMENT_PROPS, type EnvironmentProps } from './environment';
import { SCRATCH, VOLUME_MOUNT, type VolumeMount } from './mounts';
import { POD_SECURITY_PROPS, type PodSecurityProps } from './pod-security';
import { PROBE_PROPS, type ProbeProps } from './probes';
import { SPREADS, type Spread } from './spread';

/** Props of every app of this library: what its pods run, where, and how they are confined. */
export interface AppProps extends EnvironmentProps, PodSecurityProps, ProbeProps {
  /** The image, with a tag other than `latest` or a digest. */
  readonly image: string;

  /**
   * Whether the tag may be `latest` or missing: then replicas may run different code.
   *
   * @default false
   */
  readonly allowMutableTag?: boolean;

  /**
   * Names of the Secrets with the registry's credentials, in the app's namespace.
   *
   * @default - none
   */
  readonly imagePullSecrets?: readonly string[];

  /**
   * What the container asks for and is held to.
   *
   * @default - requests of 100m cpu and 128Mi memory, no limits
   */
  readonly resources?: Resources;

  /**
   * Further storage.
   *
   * @default - none
   */
  readonly volumes?: readonly VolumeMount[];

  /**
   * Folders that the app may write and that are empty whenever a pod starts; `/tmp` is one always.
   *
   * @default - /tmp
   */
  readonly scratch?: readonly string[];

  /**
   * How strictly the pods keep to nodes of their own.
   *
   * @default 'preferred'
   */
  readonly spread?: Spread;

  /**
   * Labels of the nodes that the pods may run on, all required.
   *
   * @default - any node
   */
  readonly nodeLabels?: Labels;

  /**
   * The identity of the pods towards the Kubernetes API.
   *
   * @default - the namespace's default service account, without a token
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * Labels of all objects and pods.
   *
   * @default - the recommended `app.kubernetes.io/*` labels; these are added to them
   */
  readonly labels?: Labels;

  /**
   * Labels by which the app finds its pods; no other app of the namespace may have them, and no
   * value may be empty. They cannot change once they are applied.
   *
   * @default - `app.kubernetes.io/name` and `app.kubernetes.io/part-of`
   */
  readonly selectorLabels?: Labels;

  /**
   * Name of the app's objects: a DNS label that starts with a letter, as Services must.
   *
   * @default - by cdk8s, from the construct path
   */
  readonly name?: string;

  /**
   * Namespace of the app's objects.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * Name of the container.
   *
   * @default 'app'
   */
  readonly containerName?: string;

  /**
   * How long a pod may take to stop, in seconds, before it is killed.
   *
   * @default 30
   */
  readonly terminationGracePeriodSeconds?: number;
}

/** The types of these props. */
export const APP_PROPS: types.PropTypes<AppProps> = {
  ...ENVIRONMENT_PROPS,
  ...POD_SECURITY_PROPS,
  ...PROBE_PROPS,
  image: types.text,
  allowMutableTag: types.optional(types.flag),
  imagePullSecrets: types.optional(types.listOf(types.secretName)),
  resources: types.optional(RESOURCES),
  volumes: types.optional(types.listOf(VOLUME_MOUNT)),
  scratch: types.optional(SCRATCH),
  spread: types.optional(types.oneOf(SPREADS)),
  nodeLabels: types.optional(types.labels),
  serviceAccount: types.optional({
    expected: 'a cdk8s-plus ServiceAccount',
    accepts: (value) => types.isObject(value) && 'name' in value,
  }),
  labels: types.optional(types.labels),
  selectorLabels: types.optional({
    ...types.labels,
    // cdk8s leaves an empty text out of the selector, which then selects other pods, or all.
    expected: `${types.labels.expected}; at least one, and none of them empty`,
    accepts: (value) => {
      const values = types.labels.accepts(value) ? Object.values(value as Labels) : [];
      return values.length > 0 && !values.includes('');
    },
  }),
  name: types.optional({
    expected:
      "a DNS label that starts with a letter (lower case letters, digits and '-', at most 63)",
    accepts: (value) => typeof value === 'string' && isServiceName(value),
  }),
  namespace: types.optional(types.labelName),
  containerName: types.optional(types.labelName),
  terminationGracePeriodSeconds: types.optional(types.wholeNumber(0)),
};

/** Whether the text can name a Service (RFC 1035 label: Kubernetes, "Object Names and IDs"). */
export function isServiceName(text: string): boolean {
  return isDnsLabel(text) && /^[a-z]/.test(text);
}
