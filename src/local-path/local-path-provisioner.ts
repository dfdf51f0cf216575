import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Labels } from '../kube/label-selector';
import * as types from '../kube/props';
import { containerResources, DEFAULT_RESOURCES } from '../kube/resources';
import { refuse } from '../kube/storage-error';
import { addObject } from '../objects/api-object';
import { recommendedLabels } from '../objects/labels';
import type { PodSecurityException } from '../objects/pod-security-exception';
import { addAccess } from '../objects/rbac';
import { pathIn } from '../objects/scope';
import { takeOnce } from '../objects/unique-names';
import {
  configProblem,
  LOCAL_PATH_HELPER_IMAGE,
  LOCAL_PATH_IMAGE,
  LOCAL_PATH_NAMES,
  LOCAL_PATH_PROVISIONER,
  volumeTypeProblem,
} from './limits';
import {
  LOCAL_PATH_PROVISIONER_PROPS,
  type LocalPathProvisionerProps,
} from './local-path-provisioner-props';
import {
  type LocalPathClassSource,
  LocalPathStorageClass,
  type LocalPathStorageClassProps,
} from './local-path-storage-class';
import { HELPER_POD_EXCEPTIONS } from './pod-security';
import { configMapData, DEFAULT_NODE_PATH_MAP, nodePathsOf } from './provisioner-config';
import { type ProvisionerNames, provisionerNames } from './provisioner-names';
import { provisionerPod } from './provisioner-pod';
import { CLUSTER_ACCESS, NAMESPACE_ACCESS } from './provisioner-rules';
import { refuseProblem } from './refuse-problem';

/** Whether a provisioner with this `sharedFileSystemPath` keeps volumes on one node or shares them. */
export type LocalPathSharingOf<F extends string | undefined> = [F] extends [string]
  ? 'shared'
  : 'node';

/**
 * Rancher's local-path-provisioner v0.0.37: makes folders on nodes, as volumes for the claims of its
 * StorageClasses.
 *
 * The objects are those of upstream's `deploy/local-path-storage.yaml`, but for a helper image with a
 * tag, for what the provisioner asks for, so that it is not the first to be evicted, and for pods that
 * are confined as far as they can be: the provisioner keeps the restricted Pod
 * Security Standard, its helper pods, which run as root, all of it but `podSecurityExceptions`.
 *
 * One replica: it elects no leader. The size of a volume is not enforced.
 */
export class LocalPathProvisioner<
  const F extends string | undefined = undefined,
> extends Construct {
  /** What StorageClasses call it. */
  readonly provisionerName: string;

  /** Namespace of the provisioner. */
  readonly namespace: string;

  /** The StorageClass that comes with it: `local-path`, unless `className` says otherwise. */
  readonly mainClass: LocalPathStorageClass<LocalPathSharingOf<F>>;

  /** The Deployment. */
  readonly deployment: ApiObject;

  /** The ConfigMap; the provisioner sees a change of it within half a minute. */
  readonly configMap: ApiObject;

  /**
   * Where its helper pods fall short of the restricted Pod Security Standard, and why; the namespace
   * must admit the privileged one.
   */
  readonly podSecurityExceptions: readonly PodSecurityException[] = HELPER_POD_EXCEPTIONS;

  readonly #source: LocalPathClassSource<LocalPathSharingOf<F>>;

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - where volumes go, and how it runs
   * @throws StorageError `LocalPathConfig`, `LocalPathCommand`, `LocalPathVolumeType`,
   * `ResourceAmount`, `ResourceLimit`, `Duplicate`, `LabelsInvalid`, `PropType`, `PropUnknown`,
   * `ScopeInvalid`, `IdInvalid`, `IdTaken`
   */
  constructor(
    scope: Construct,
    id: string,
    // What may be undefined, or is only hoped for where the provisioner goes, is not shared.
    props?: LocalPathProvisionerProps<F> &
      ([F] extends [string] ? { readonly sharedFileSystemPath: NoInfer<F> } : unknown),
  ) {
    const path = pathIn(scope, id);
    const known: LocalPathProvisionerProps = props === undefined ? {} : props;
    types.checkProps(path, 'LocalPathProvisioner', known, LOCAL_PATH_PROVISIONER_PROPS);
    const { provisionerName = LOCAL_PATH_PROVISIONER } = known;
    refuseBoth(path, known, 'setup', 'setupCommand');
    refuseBoth(path, known, 'teardown', 'teardownCommand');
    const source = sourceOf(path, provisionerName, known);
    if (known.defaultVolumeType !== undefined) {
      const problem = volumeTypeProblem(known.defaultVolumeType, source.sharing);
      refuseProblem('LocalPathVolumeType', path, 'defaultVolumeType', problem);
    }
    const resources = containerResources(path, known.resources ?? DEFAULT_RESOURCES);
    super(scope, id);
    takeOnce(
      this,
      path,
      `provisioner/${provisionerName}`,
      `a provisioner called '${provisionerName}'`,
      "both would serve the same claims: give one of them another 'provisionerName'",
    );
    const { name = LOCAL_PATH_NAMES.deployment, namespace = LOCAL_PATH_NAMES.namespace } = known;
    const names = provisionerNames(name);
    const labels = recommendedLabels(this);
    this.provisionerName = provisionerName;
    this.namespace = namespace;
    this.#source = source as LocalPathClassSource<LocalPathSharingOf<F>>;
    if (known.createNamespace !== false) {
      addObject(this, 'Namespace', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace, labels: { ...labels, ...known.namespaceLabels } },
      });
    }
    this.#addAccess(names, labels);
    this.configMap = addObject(this, 'ConfigMap', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: names.configMap, namespace, labels },
      data: configMapData({
        ...known,
        nodePathMap: source.nodePathMap,
        helperImage: known.helperImage ?? LOCAL_PATH_HELPER_IMAGE,
      }),
    });
    const pods = { app: name };
    this.deployment = addObject(this, 'Deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: pods },
        template: provisionerPod({
          image: known.image ?? LOCAL_PATH_IMAGE,
          labels: pods,
          serviceAccount: names.serviceAccount,
          configMap: names.configMap,
          provisionerName,
          resources,
        }),
      },
    });
    const { className = LOCAL_PATH_NAMES.storageClass, isDefault, reclaimPolicy } = known;
    this.mainClass = this.#addClass('main-class', {
      name: className,
      isDefault,
      reclaimPolicy,
      defaultVolumeType: known.defaultVolumeType,
    });
  }

  /**
   * Makes a further StorageClass, in one folder of the nodes or by a pattern of its own.
   *
   * @param id - the id of the class, below the provisioner
   * @param props - the folder, the pattern and what every class has
   * @throws StorageError `LocalPathNodePath`, `LocalPathPathPattern`, `LocalPathVolumeType`,
   * `NameTooLong`, `Duplicate`, `NamespaceInvalid`, `PropType`, `PropUnknown`, `IdInvalid`,
   * `IdTaken`
   */
  storageClass(
    id: string,
    props: LocalPathStorageClassProps<LocalPathSharingOf<F>> = {},
  ): LocalPathStorageClass<LocalPathSharingOf<F>> {
    return this.#addClass(id, props);
  }

  #addClass(
    id: string,
    props: LocalPathStorageClassProps,
  ): LocalPathStorageClass<LocalPathSharingOf<F>> {
    return new LocalPathStorageClass(this, id, this.#source, props);
  }

  #addAccess({ serviceAccount, role, binding }: ProvisionerNames, labels: Labels): void {
    const { namespace } = this;
    addObject(this, 'ServiceAccount', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: serviceAccount, namespace, labels },
    });
    const access = { role, binding, serviceAccount, namespace, labels };
    addAccess(this, { ...access, rules: NAMESPACE_ACCESS });
    addAccess(this, { ...access, rules: CLUSTER_ACCESS, everywhere: true });
  }
}

function sourceOf(
  path: string,
  provisionerName: string,
  { nodePathMap, sharedFileSystemPath }: LocalPathProvisionerProps,
): LocalPathClassSource {
  const sharing = sharedFileSystemPath === undefined ? 'node' : 'shared';
  const given = nodePathMap && nodePathsOf(nodePathMap);
  const entries = given ?? (sharing === 'node' ? nodePathsOf(DEFAULT_NODE_PATH_MAP) : []);
  const problem = configProblem({ nodePathMap: entries, sharedFileSystemPath });
  if (problem !== undefined) {
    refuse('LocalPathConfig', path, problem);
  }
  return { provisionerName, sharing, nodePathMap: entries };
}

function refuseBoth(
  path: string,
  props: LocalPathProvisionerProps,
  script: 'setup' | 'teardown',
  command: 'setupCommand' | 'teardownCommand',
): void {
  if (props[script] !== undefined && props[command] !== undefined) {
    refuse(
      'LocalPathCommand',
      path,
      `'${script}' must be left out beside '${command}', which the provisioner runs in its place`,
    );
  }
}
