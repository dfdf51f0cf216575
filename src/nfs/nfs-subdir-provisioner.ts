import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { ClassClaim, type ClassClaimProps } from '../claims/class-claim';
import type { ClaimRequest, VolumeTraits } from '../claims/contracts';
import type { Said } from '../claims/said';
import { StorageClass } from '../claims/storage-class';
import type { Labels } from '../kube/label-selector';
import * as types from '../kube/props';
import { DEFAULT_RESOURCES } from '../kube/resources';
import { alternatives } from '../kube/show';
import { type ErrorPlace, refuse } from '../kube/storage-error';
import { addObject } from '../objects/api-object';
import { recommendedLabels } from '../objects/labels';
import type { PodSecurityException } from '../objects/pod-security-exception';
import { addAccess } from '../objects/rbac';
import { chartNamespace, pathIn } from '../objects/scope';
import { takeOnce } from '../objects/unique-names';
import { refuseBlock, refuseSelector } from './claim-checks';
import { checkExportPath, checkServer } from './export';
import { NFS_ACCESS_MODES, type NfsAccessMode, type NfsMountOption } from './limits';
import { readMountOptions, uncheckedNote } from './mount-options';
import {
  NFS_SUBDIR_PROVISIONER_PROPS,
  type NfsSubdirProvisionerProps,
} from './nfs-subdir-provisioner-props';
import { NfsVolume } from './nfs-volume';
import { nfsTraits } from './source';
import { LEADER_RULES, RUNNER_RULES } from './subdir/access';
import { addDeployment } from './subdir/deployment';
import { pathPatternProblem } from './subdir/limits';
import { podSecurityExceptions } from './subdir/pod-security';

const NAME = 'nfs-subdir-external-provisioner';
const IMAGE = `registry.k8s.io/sig-storage/${NAME}:v4.0.2`;

/**
 * Installs nfs-subdir-external-provisioner (chart 4.0.18, v4.0.2), with the storage class whose
 * volumes it makes: each a folder below an export that exists, mounted by the kubelet.
 *
 * Nobody has maintained it since 2024-02: use it where it runs already, and NfsStorageClass, over
 * csi-driver-nfs, for all that is new.
 *
 * Every node needs the NFS client tools (nfs-common, nfs-utils). The provisioner works as root: an
 * export with `root_squash` makes that the anonymous user, which must be allowed to write the share,
 * and fails to delete what others wrote; `no_root_squash` for the nodes lets it. New folders have
 * mode 0777, sizes are kept by nobody, and fsGroup is ignored. It is confined as the restricted Pod
 * Security Standard wants, but for `podSecurityExceptions`: its namespace must admit the baseline.
 */
export class NfsSubdirProvisioner extends StorageClass {
  /** In-tree NFS is mounted, never attached, and the kubelet ignores fsGroup on it. */
  readonly traits: VolumeTraits;

  /** Claims are shared ones unless they say otherwise. */
  readonly defaultAccessMode = 'ReadWriteMany';

  /** Name by which the class calls the provisioner. */
  readonly provisionerName: string;

  /** The provisioner's Deployment. */
  readonly deployment: ApiObject;

  /** Where its pod falls short of the restricted Pod Security Standard, and why. */
  readonly podSecurityExceptions: readonly PodSecurityException[];

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - the export, and how volumes are made on it
   * @throws StorageError `NfsServer`, `NfsPath`, `NfsMountOptions`, `NfsPathPattern`,
   * `NamespaceMissing`, `ResourceAmount`, `ResourceLimit`, `Duplicate`, `NamespaceInvalid`,
   * `LabelsInvalid`, `PropMissing`, `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`,
   * `IdTaken`
   */
  constructor(scope: Construct, id: string, props: NfsSubdirProvisionerProps) {
    const place = pathIn(scope, id);
    types.checkProps(place, 'NfsSubdirProvisioner', props, NFS_SUBDIR_PROVISIONER_PROPS);
    const { server, path, name = NAME, provisionerName = `cluster.local/${name}` } = props;
    checkServer(place, server, 'in-tree', "use the Service's clusterIP, or NfsStorageClass");
    checkExportPath(place, path);
    checkPathPattern(place, props);
    const mountOptions = readMountOptions(place, props, []);
    const namespace = props.namespace ?? chartNamespace(scope);
    if (namespace === undefined) {
      refuse(
        'NamespaceMissing',
        place,
        "'namespace' must be set, here or on the chart: roles are bound to a ServiceAccount by namespace and name",
      );
    }
    const { className = 'nfs-client', reclaimPolicy, isDefault, labels } = props;
    takeNames(scope, place, provisionerName, className);
    super(
      scope,
      id,
      { name: className, reclaimPolicy, isDefault, labels },
      {
        provisioner: provisionerName,
        parameters: parametersOf(props),
        mountOptions: mountOptions.length === 0 ? undefined : mountOptions,
        annotations: uncheckedNote(props),
        allowVolumeExpansion: props.allowVolumeExpansion ?? true,
        volumeBindingMode: 'Immediate',
      },
    );
    this.traits = { ...nfsTraits('in-tree', props.users), driver: provisionerName };
    this.provisionerName = provisionerName;
    const own = { name, namespace, labels: { ...recommendedLabels(this), ...labels } };
    this.#addAccount(own);
    const claimName = mountOptions.length === 0 ? undefined : this.#addShare(own, props).claimName;
    this.deployment = addDeployment(this, {
      ...own,
      selector: selectorOf(this),
      image: props.image ?? IMAGE,
      imagePullSecrets: props.imagePullSecrets ?? [],
      provisionerName,
      server,
      path,
      claimName,
      nodeLabels: props.nodeLabels,
      resources: props.resources ?? DEFAULT_RESOURCES,
    });
    this.podSecurityExceptions = podSecurityExceptions(claimName !== undefined);
  }

  /**
   * Makes a claim of this class.
   *
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - size and access mode, ReadWriteMany where none is said
   * @throws StorageError `NfsVolumeMode`, `NfsAccessMode`, `NfsSelector`, `SizeInvalid`,
   * `NameTooLong`, `Duplicate`, `NamespaceInvalid`, `LabelsInvalid`, `PropMissing`, `PropType`,
   * `PropUnknown`, `ScopeInvalid`, `IdInvalid`, `IdTaken`
   */
  claim<const M extends NfsAccessMode = 'ReadWriteMany'>(
    scope: Construct,
    id: string,
    // A mode that TypeScript infers from where the claim goes has to be said in the props.
    props: ClassClaimProps<M, 'Filesystem'> & Said<M, 'ReadWriteMany', 'accessMode'>,
  ): ClassClaim<M, 'Filesystem'> {
    refuseSelector(pathIn(scope, id), props);
    return new ClassClaim(scope, id, this, props);
  }

  /**
   * Refuses Block claims, and ReadWriteOncePod, which exists for CSI drivers only.
   *
   * @param place - the construct that asks, or its path
   * @param request - what it asks for
   * @throws StorageError `NfsVolumeMode`, `NfsAccessMode`
   */
  checkClaim(place: ErrorPlace, request: ClaimRequest): void {
    refuseBlock(place, request);
    const modes: readonly string[] = NFS_ACCESS_MODES;
    if (!modes.includes(request.accessMode)) {
      refuse(
        'NfsAccessMode',
        place,
        `'accessMode' must be ${alternatives(modes)}, got '${request.accessMode}': Kubernetes has it for CSI drivers only, use NfsStorageClass`,
      );
    }
  }

  #addAccount({ name, namespace, labels }: OwnMeta): void {
    addObject(this, 'ServiceAccount', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace, labels },
    });
    const account = { serviceAccount: name, namespace, labels };
    addAccess(this, {
      ...account,
      role: `${name}-runner`,
      binding: `run-${name}`,
      rules: RUNNER_RULES,
      everywhere: true,
    });
    const leader = `leader-locking-${name}`;
    addAccess(this, { ...account, role: leader, binding: leader, rules: LEADER_RULES });
  }

  // Deletable: the volume is retained and the claim points to it alone, so that no data goes along.
  #addShare(
    { name, namespace, labels }: OwnMeta,
    props: NfsSubdirProvisionerProps,
  ): NfsVolume<'ReadWriteOnce'> {
    return new NfsVolume(this, 'Share', {
      server: props.server,
      path: props.path,
      capacity: '10Mi',
      accessMode: 'ReadWriteOnce',
      mountOptions: props.mountOptions ?? ([] as readonly NfsMountOption[]),
      uncheckedMountOptions: props.uncheckedMountOptions ?? [],
      name: `pv-${name}`,
      claimName: `pvc-${name}`,
      namespace,
      labels,
      deletable: true,
    });
  }
}

interface OwnMeta {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
}

// Two provisioners of one name would make each other's volumes, on their own share.
function takeNames(
  scope: Construct,
  place: string,
  provisionerName: string,
  className: string,
): void {
  takeOnce(
    scope,
    place,
    `provisioner/${provisionerName}`,
    `a provisioner called '${provisionerName}'`,
    "give one of them another 'name' or 'provisionerName'",
  );
  takeOnce(
    scope,
    place,
    `class-of-provisioner/${className}`,
    `StorageClass '${className}'`,
    "give one of them another 'className'",
  );
}

function checkPathPattern(place: string, props: NfsSubdirProvisionerProps): void {
  const { pathPattern, onDelete, allowUnsafePathPattern: allowUnsafe = false } = props;
  if (pathPattern === undefined) {
    return;
  }
  const use = { retains: onDelete === 'retain', allowUnsafe };
  const problem = pathPatternProblem(pathPattern, use);
  if (problem !== undefined) {
    const allowable = pathPatternProblem(pathPattern, { ...use, allowUnsafe: true }) === undefined;
    const remedy = allowable ? "; set 'allowUnsafePathPattern' where that is meant" : '';
    refuse('NfsPathPattern', place, `'pathPattern' ${problem}${remedy}`);
  }
}

function parametersOf(props: NfsSubdirProvisionerProps): Labels {
  const { archiveOnDelete = true, onDelete, pathPattern } = props;
  return {
    archiveOnDelete: String(archiveOnDelete),
    ...(onDelete !== undefined && { onDelete }),
    ...(pathPattern !== undefined && { pathPattern }),
  };
}

// Labels that were given may change, a Deployment's selector must not.
function selectorOf(scope: Construct): Labels {
  const { 'app.kubernetes.io/managed-by': _, ...selector } = recommendedLabels(scope);
  return selector;
}
