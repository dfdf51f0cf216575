import type { Labels } from '../kube/label-selector';
import * as types from '../kube/props';
import type { ArgoSource } from './source';
import { type ArgoSyncOption, SYNC_OPTIONS } from './sync-options';

/** A cluster by the address of its API server. */
export interface ArgoServerDestination {
  /** Namespace of all objects that do not name one themselves. */
  readonly namespace: string;

  /**
   * Address of the cluster's API server.
   *
   * @default 'https://kubernetes.default.svc', the cluster that Argo CD runs in
   */
  readonly server?: string;

  /** A cluster has an address or a name. */
  readonly name?: never;
}

/** A cluster by the name under which Argo CD knows it. */
export interface ArgoClusterDestination {
  /** Namespace of all objects that do not name one themselves. */
  readonly namespace: string;

  /** Name of the cluster, such as `'in-cluster'`. */
  readonly name: string;

  /** A cluster has an address or a name. */
  readonly server?: never;
}

/** Where an Application's objects go. */
export type ArgoDestination = ArgoServerDestination | ArgoClusterDestination;

/** Syncs that Argo CD starts itself. */
export interface ArgoAutomatedSync {
  /**
   * Whether what has left the source is deleted from the cluster.
   *
   * Claims and retained volumes of this library stay even then (`Prune=false`). A claim that a Helm
   * chart or a StatefulSet of its own makes does not, and where its class says Delete, the data goes
   * along.
   *
   * @default false
   */
  readonly prune?: boolean;

  /**
   * Whether what was changed in the cluster is changed back.
   *
   * @default false
   */
  readonly selfHeal?: boolean;
}

/** A time as Argo CD reads it, in whole seconds, minutes or hours. */
export type ArgoDuration = `${number}${'s' | 'm' | 'h'}`;

/** How long Argo CD waits before it tries a failed sync again. */
export interface ArgoBackoff {
  /**
   * Before the first time.
   *
   * @default '5s'
   */
  readonly duration?: ArgoDuration;

  /**
   * How many times longer before each further time, at least 1.
   *
   * @default 2
   */
  readonly factor?: number;

  /**
   * At most.
   *
   * @default '3m'
   */
  readonly maxDuration?: ArgoDuration;
}

/** What Argo CD does after a sync that failed. */
export interface ArgoRetry {
  /** How often it tries again; -1 is without end. */
  readonly limit: number;

  /**
   * How long it waits before.
   *
   * @default - 5, 10, 20 … seconds, at most 3 minutes
   */
  readonly backoff?: ArgoBackoff;
}

/** Props of an ArgoApplication. */
export interface ArgoApplicationProps {
  /** Where the manifests come from: a folder in a Git repository, or a Helm chart. */
  readonly source: ArgoSource;

  /** Where the objects go. */
  readonly destination: ArgoDestination;

  /**
   * Name of the AppProject that says which sources and destinations are allowed.
   *
   * @default 'default'
   */
  readonly project?: string;

  /**
   * Whether a sync makes the destination's namespace where there is none; it is never deleted.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * Syncs that Argo CD starts itself when the source has changed; `{}` for such that delete nothing.
   *
   * @default - somebody starts each sync
   */
  readonly automated?: ArgoAutomatedSync;

  /**
   * Further sync options. `Replace=true` and `Force=true` are not among them: they would replace
   * volumes and claims.
   *
   * `'ServerSideApply=true'` is needed for objects of more than 262144 bytes, as some charts'
   * CustomResourceDefinitions are; it also takes fields from whoever else has set them. What this
   * library renders needs it nowhere.
   *
   * @default - none
   */
  readonly syncOptions?: readonly ArgoSyncOption[];

  /**
   * What happens after a sync that failed.
   *
   * @default - Argo CD's: an automated sync is tried 5 times more, any other not again
   */
  readonly retry?: ArgoRetry;

  /**
   * Whether deleting the Application deletes what it has made, by a finalizer that does so before
   * the Application is gone.
   *
   * Claims and retained volumes of this library stay even then (`Delete=false`); all else goes,
   * claims that a Helm chart makes among it.
   *
   * @default false: only the Application goes, its objects stay
   */
  readonly cascade?: boolean;

  /**
   * Name of the Application, a DNS subdomain; a chart's release is called by it too.
   *
   * @default - from the construct's path, without a hash
   */
  readonly name?: string;

  /**
   * Namespace of the Application itself, where Argo CD looks for it.
   *
   * @default 'argocd'
   */
  readonly namespace?: string;

  /**
   * Labels of the Application.
   *
   * @default - the recommended `app.kubernetes.io/*` labels; these are added to them
   */
  readonly labels?: Labels;
}

/** A time as Argo CD reads it, as a prop. */
const DURATION: types.PropType = {
  expected: "a time in whole seconds, minutes or hours, such as '5s', '3m' or '1h'",
  accepts: (value) => typeof value === 'string' && /^[1-9]\d*[smh]$/.test(value),
};

/** The types of these props; the source's and the destination's are checked by which they are. */
export const ARGO_APPLICATION_PROPS: types.PropTypes<ArgoApplicationProps> = {
  source: {
    expected: 'a folder (repoUrl, path) or a Helm chart (repoUrl, chart, version)',
    accepts: types.isObject,
    secret: true,
  },
  destination: types.nested({
    namespace: types.labelName,
    server: types.optional({
      expected: "the address of an API server, such as 'https://kubernetes.default.svc'",
      accepts: (value) => typeof value === 'string' && /^https?:\/\/\S+$/.test(value),
    }),
    name: types.optional(types.text),
  } satisfies types.PropTypes<ArgoDestination>),
  project: types.optional(types.objectName),
  createNamespace: types.optional(types.flag),
  automated: types.optional(
    types.nested({
      prune: types.optional(types.flag),
      selfHeal: types.optional(types.flag),
    } satisfies types.PropTypes<ArgoAutomatedSync>),
  ),
  syncOptions: types.optional(SYNC_OPTIONS),
  retry: types.optional(
    types.nested({
      limit: types.wholeNumber(-1),
      backoff: types.optional(
        types.nested({
          duration: types.optional(DURATION),
          factor: types.optional(types.wholeNumber(1)),
          maxDuration: types.optional(DURATION),
        } satisfies types.PropTypes<ArgoBackoff>),
      ),
    } satisfies types.PropTypes<ArgoRetry>),
  ),
  cascade: types.optional(types.flag),
  name: types.optional(types.objectName),
  namespace: types.optional(types.labelName),
  labels: types.optional(types.labels),
};
