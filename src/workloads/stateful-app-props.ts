import * as types from '../kube/props';
import { APP_PROPS, type AppProps } from './app-props';
import { type DeviceStorage, type MountedStorage, OWN_STORAGE } from './own-storage';

/** In which order replicas start and stop (Kubernetes API, StatefulSetSpec.podManagementPolicy). */
export const POD_MANAGEMENT_POLICIES = ['OrderedReady', 'Parallel'] as const;

/** In which order replicas start and stop. */
export type PodManagementPolicy = (typeof POD_MANAGEMENT_POLICIES)[number];

/** What replaces pods when the app changes. */
export const UPDATE_STRATEGIES = ['RollingUpdate', 'OnDelete'] as const;

/** What replaces pods when the app changes: the controller, or who deletes them. */
export type UpdateStrategy = (typeof UPDATE_STRATEGIES)[number];

/** What becomes of claims that no replica uses. */
export const RETENTIONS = ['Retain', 'Delete'] as const;

/** What becomes of claims that no replica uses. */
export type Retention = (typeof RETENTIONS)[number];

/** When the claims of an app go. */
export interface ClaimRetention {
  /**
   * When the app is deleted.
   *
   * @default 'Retain' - the app made again finds its data
   */
  readonly whenDeleted?: Retention;

  /**
   * When the app is scaled down.
   *
   * @default 'Retain' - the replica that comes back finds its data
   */
  readonly whenScaled?: Retention;
}

/** Props of a StatefulApp. */
export interface StatefulAppProps extends AppProps {
  /**
   * Name of the app's objects: a DNS label that starts with a letter, of at most 52 characters.
   *
   * @default - from the construct's path, without a hash: `shop/kafka` gives `shop-kafka`
   */
  readonly name?: string;

  /**
   * Ports that the app listens on, by name: lower case letters, digits and `-`, at most 15; each
   * number once. The probes ask the first.
   */
  readonly ports: Readonly<Record<string, number>>;

  /**
   * The storage that every replica has of its own; `[]` where `volumes` has a claim that exists.
   */
  readonly storage: readonly (MountedStorage | DeviceStorage)[];

  /**
   * Number of replicas, at least 0.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Whether replicas find each other by name before they are ready, as those must that agree on a
   * leader while they start.
   *
   * @default false
   */
  readonly publishNotReadyAddresses?: boolean;

  /**
   * In which order replicas start and stop; cannot change once applied.
   *
   * @default 'OrderedReady'
   */
  readonly podManagementPolicy?: PodManagementPolicy;

  /**
   * What replaces pods when the app changes.
   *
   * @default 'RollingUpdate' - one after another, from the highest ordinal
   */
  readonly updateStrategy?: UpdateStrategy;

  /**
   * When the claims go.
   *
   * @default - never
   */
  readonly claimRetention?: ClaimRetention;

  /**
   * GID that the files of volumes are given to, from 0 to 2147483647; drivers that do not honour
   * it take no notice.
   *
   * @default - `runAsGroup`, where a driver honours it
   */
  readonly fsGroup?: number;
}

const PORTS: types.PropType = {
  expected:
    "ports from 1 to 65535 by name (lower case letters, digits and '-', a letter among them, at most 15); at least one, each number once",
  accepts: (value) =>
    types.isObject(value) &&
    Object.keys(value).length > 0 &&
    Object.entries(value).every(([name, port]) => isPortName(name) && PORT.accepts(port)) &&
    new Set(Object.values(value)).size === Object.keys(value).length,
};

const PORT = types.wholeNumber(1, 65535);

// Kubernetes, ValidatePortName (RFC 6335).
function isPortName(name: string): boolean {
  return /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/.test(name);
}

/** The types of these props. */
export const STATEFUL_APP_PROPS: types.PropTypes<StatefulAppProps> = {
  ...APP_PROPS,
  ports: PORTS,
  storage: types.listOf(OWN_STORAGE),
  replicas: types.optional(types.count(0)),
  publishNotReadyAddresses: types.optional(types.flag),
  podManagementPolicy: types.optional(types.oneOf(POD_MANAGEMENT_POLICIES)),
  updateStrategy: types.optional(types.oneOf(UPDATE_STRATEGIES)),
  claimRetention: types.optional(
    types.nested({
      whenDeleted: types.optional(types.oneOf(RETENTIONS)),
      whenScaled: types.optional(types.oneOf(RETENTIONS)),
    } satisfies types.PropTypes<ClaimRetention>),
  ),
  fsGroup: types.optional(types.wholeNumber(0, 2 ** 31 - 1)),
};
