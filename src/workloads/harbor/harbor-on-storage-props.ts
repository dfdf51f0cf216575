import type {
  ArgoApplicationProps,
  ArgoClusterDestination,
  ArgoServerDestination,
} from '../../argo-cd/argo-application-props';
import * as types from '../../kube/props';
import { HARBOR_UPDATE_STRATEGIES, type HarborUpdateStrategy } from './harbor-chart';
import { type HarborSecrets, SECRETS } from './harbor-secrets';
import {
  databaseProp,
  type HarborDatabaseStorage,
  type HarborStorage,
  storageProp,
} from './harbor-storage';

/** How many pods Harbor's parts have; database and Redis have one each. */
export interface HarborReplicas {
  /**
   * Pods of the web interface.
   *
   * @default - the chart's, 1
   */
  readonly portal?: number;

  /**
   * Pods of the API.
   *
   * @default - the chart's, 1
   */
  readonly core?: number;

  /**
   * Pods that run jobs; they share the job log.
   *
   * @default - the chart's, 1
   */
  readonly jobservice?: number;

  /**
   * Pods of the registry; they share its files.
   *
   * A push goes through all of them, and an NFS client goes on for seconds as if a file were not there
   * that another node has just made, so that it fails (distribution/distribution#1176). On NFS turn
   * that cache off in the mounts of the registry's volume, `noac` and `lookupcache=none` (nfs(5)), or
   * leave it at one pod.
   *
   * @default - the chart's, 1
   */
  readonly registry?: number;

  /**
   * Pods of the scanner, each with a claim of its own.
   *
   * @default - the chart's, 1
   */
  readonly trivy?: number;
}

/** Props of HarborOnStorage. */
export interface HarborOnStorageProps {
  /** Where the images are kept. */
  readonly registry: HarborStorage;

  /** Where the logs of jobs are kept; `'database'` keeps them there, without a volume. */
  readonly jobLog: HarborStorage | 'database';

  /**
   * Where PostgreSQL keeps its files; with `'external'`, `values.database.external` says which other
   * one is used.
   */
  readonly database: HarborDatabaseStorage | 'external';

  /** Where Redis keeps its files; with `'external'`, `values.redis.external` says which other one. */
  readonly redis: HarborStorage | 'external';

  /** Where the scanner keeps its database of vulnerabilities; `'disabled'` goes without a scanner. */
  readonly trivy: HarborStorage | 'disabled';

  /**
   * How the pods of registry and job service are replaced; the chart has one value for both.
   *
   * `'RollingUpdate'` starts the new pod beside the old one: over a volume that one node has
   * (ReadWriteOnce, ReadWriteOncePod) each waits for the other, so that it is refused there.
   *
   * @default - 'Recreate' where the registry or the job log is on such a volume, and neither answers
   * for the time of a roll-out; else 'RollingUpdate'
   */
  readonly updateStrategy?: HarborUpdateStrategy;

  /**
   * How many pods the parts have; more than one of registry or job service need ReadWriteMany.
   *
   * @default - the chart's: one each
   */
  readonly replicas?: HarborReplicas;

  /**
   * The address by which users and Docker reach Harbor, `https://` and a name, with a port where it is
   * not 443.
   *
   * @default - the chart's, 'https://core.harbor.domain'
   */
  readonly externalUrl?: string;

  /**
   * Secrets that hold Harbor's passwords and keys; an Application cannot do without.
   *
   * @default - what the chart has: known passwords, and random keys
   */
  readonly secrets?: HarborSecrets;

  /**
   * Further values of the chart: plain data. What a prop says must not be said here as well, and no
   * password belongs here.
   *
   * @default - none
   */
  readonly values?: object;

  /**
   * Namespace that Harbor runs in.
   *
   * @default - that of the cdk8s chart
   */
  readonly namespace?: string;
}

/** An address without path: the chart wants no more (values.yaml, `externalURL`). */
const EXTERNAL_URL: types.PropType = {
  expected: "an address without a path, such as 'https://harbor.example.com'",
  accepts: (value) => typeof value === 'string' && /^https?:\/\/[^\s/?#@]+$/.test(value),
};

/** The types of these props. */
export const HARBOR_ON_STORAGE_PROPS: types.PropTypes<HarborOnStorageProps> = {
  registry: storageProp(),
  jobLog: storageProp('database'),
  database: databaseProp('external'),
  redis: storageProp('external'),
  trivy: storageProp('disabled'),
  updateStrategy: types.optional(types.oneOf(HARBOR_UPDATE_STRATEGIES)),
  replicas: types.optional(
    types.nested({
      portal: types.optional(types.count(1)),
      core: types.optional(types.count(1)),
      jobservice: types.optional(types.count(1)),
      registry: types.optional(types.count(1)),
      trivy: types.optional(types.count(1)),
    } satisfies types.PropTypes<HarborReplicas>),
  ),
  externalUrl: types.optional(EXTERNAL_URL),
  secrets: types.optional(SECRETS),
  values: types.optional(
    types.secret({ expected: 'an object with values of the chart', accepts: types.isObject }),
  ),
  namespace: types.optional(types.labelName),
};

/** Props of Harbor's Application. */
export interface HarborApplicationProps
  extends Omit<ArgoApplicationProps, 'source' | 'destination'> {
  /**
   * The cluster that Harbor runs in.
   *
   * @default - the one that Argo CD runs in
   */
  readonly destination?:
    | Omit<ArgoServerDestination, 'namespace'>
    | Omit<ArgoClusterDestination, 'namespace'>;

  /**
   * Address of the repository that has the chart: a mirror, say.
   *
   * @default 'https://helm.goharbor.io'
   */
  readonly repoUrl?: string;

  /**
   * Version of the chart. The values are those of the default; read the chart's changes before you
   * take another.
   *
   * @default '1.19.1'
   */
  readonly version?: string;

  /**
   * Name of the Helm release, which the names of Harbor's objects begin with.
   *
   * @default - the Application's name
   */
  readonly releaseName?: string;
}
