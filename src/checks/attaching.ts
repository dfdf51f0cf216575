import { oncePer } from '../kube/once-per';
import type { ClaimEntry } from '../planner/claim-entry';
import { volumesOf } from '../planner/claim-verdict';
import { isAtLeast } from '../planner/kubernetes-version';
import { includesModes, type ModeSet, modesOf, readModes } from '../planner/mode-set';
import { objectAt } from '../planner/plain-object';
import { migratedDriver } from '../planner/provisioning';
import type { Workload } from '../planner/workload';
import type { Facts } from './facts';
import { type Path, type PodVolume, sharedVolumes } from './pod-volumes';
import { sourceOf, type VolumeSource } from './volume-source';

/**
 * CSI drivers that attach a volume to a node before it is mounted, by their CSIDriver objects
 * (`attachRequired: true`) in the manifests that they are installed with.
 */
const ATTACHING: ReadonlySet<string> = new Set([
  'block.csi.vultr.com',
  'cinder.csi.openstack.org',
  'csi.hetzner.cloud',
  'csi.trident.netapp.io',
  'csi.vsphere.vmware.com',
  'disk.csi.azure.com',
  'diskplugin.csi.alibabacloud.com',
  'dobs.csi.digitalocean.com',
  'driver.longhorn.io',
  'ebs.csi.aws.com',
  'linodebs.csi.linode.com',
  'linstor.csi.linbit.com',
  'pd.csi.storage.gke.io',
  'rbd.csi.ceph.com',
]);

/** How Rook calls the driver of Ceph's block devices: by its namespace. */
const ROOK_RBD = '.rbd.csi.ceph.com';

/** Volume plugins of Kubernetes itself that attach; NFS, hostPath, local and CephFS never do. */
const ATTACHING_PLUGINS: ReadonlySet<string> = new Set(['fc', 'iscsi', 'rbd']);

/** Inline volumes that many nodes may have where they are read only. */
const SHARED_READ_ONLY: ReadonlySet<string> = new Set(['fc', 'gcePersistentDisk', 'iscsi', 'rbd']);

/** A pod's volume that one node at a time can have. */
export interface ExclusiveVolume {
  /** Where the pod's spec has it. */
  readonly path: Path;

  /** What it is, such as `claim shop/data (ReadWriteOnce, ebs.csi.aws.com)`. */
  readonly title: string;

  /** What `kubectl describe pod` shows on another node. */
  readonly refusal: string;

  /** What the scheduler says where another pod with it is on the node; an inline one is for one. */
  readonly onNode?: string;
}

/** The first volume of a workload's pods that they share and one node at a time can have. */
export function exclusiveVolume(workload: Workload, facts: Facts): ExclusiveVolume | undefined {
  for (const volume of sharedVolumes(workload, facts)) {
    const pod = facts.claimsOf(workload).podOf(0);
    const found =
      volume.claim === undefined ? inline(volume, pod, facts) : claimed(volume, pod, facts);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** Whether a volume of this source is attached to a node first; undefined where that is unknown. */
export function attaches(
  { plugin, driver }: Pick<VolumeSource, 'plugin' | 'driver'>,
  facts: Facts,
): boolean | undefined {
  return driver === undefined ? ATTACHING_PLUGINS.has(plugin) : driverAttaches(driver, facts);
}

// What the input says of the driver counts before what is known of it. The field's default is true.
function driverAttaches(driver: string, { inventory }: Facts): boolean | undefined {
  const object = inventory.drivers.get(driver);
  if (object !== undefined) {
    return objectAt(object, 'spec').attachRequired !== false;
  }
  return ATTACHING.has(driver) || driver.endsWith(ROOK_RBD) ? true : undefined;
}

// In-tree disks are handed to CSI as volumes of ReadWriteOnce (k8s.io/csi-translation-lib,
// TranslateInTreeInlineVolumeToCSI), a GCE disk that is read only as one of ReadOnlyMany. The
// others are for one writer (Kubernetes, "Volumes"). A CSI volume in a pod is made for that pod.
function inline(
  { name, fields, path }: PodVolume,
  pod: string,
  facts: Facts,
): ExclusiveVolume | undefined {
  const source = sourceOf(fields, facts.version);
  if (source === undefined || source.plugin === 'csi' || attaches(source, facts) !== true) {
    return undefined;
  }
  const { plugin, handle } = source;
  if (SHARED_READ_ONLY.has(plugin) && source.fields.readOnly === true) {
    return undefined;
  }
  return {
    path,
    title: `the ${plugin} volume${handle === undefined ? '' : ` ${handle}`}`,
    refusal: refusalOf(name, pod),
    onNode: ONE_POD_A_NODE.has(plugin) ? 'node(s) had no available disk' : undefined,
  };
}

/**
 * Inline volumes of which the scheduler lets one pod onto a node.
 *
 * Source: Kubernetes, pkg/scheduler/framework/plugins/volumerestrictions, isVolumeConflict.
 */
const ONE_POD_A_NODE: ReadonlySet<string> = new Set([
  'awsElasticBlockStore',
  'gcePersistentDisk',
  'iscsi',
  'rbd',
]);

function claimed(
  { claim: key = '', path }: PodVolume,
  pod: string,
  facts: Facts,
): ExclusiveVolume | undefined {
  const claim = facts.inventory.claims.get(key);
  if (claim === undefined || includesModes(claim.modes, ONE_POD)) {
    return undefined; // one pod alone: told by a rule of its own
  }
  const found = exclusiveClaim(claim, facts);
  return (
    found && {
      path,
      title: `claim ${key} (${modesOf(found.modes).join(', ')}, ${found.driver})`,
      refusal: refusalOf(found.name ?? 'pvc-…', pod),
    }
  );
}

interface ExclusiveClaim {
  readonly driver: string;
  readonly modes: ModeSet;

  /** Name of the volume, where it is known. */
  readonly name?: string;
}

const MANY = ['ReadWriteMany', 'ReadOnlyMany'].map((mode) => readModes([mode]) ?? 0);
const ONE_POD: ModeSet = readModes(['ReadWriteOncePod']) ?? 0;

// However the claim turns out, one node at a time can have its volume.
function exclusiveClaim(claim: ClaimEntry, facts: Facts): ExclusiveClaim | undefined {
  const binding = facts.bindingOf(claim);
  let found: ExclusiveClaim | undefined;
  for (const outcome of binding?.outcomes ?? []) {
    switch (outcome) {
      case 'pending':
        continue;
      case 'bound':
        found = binding && exclusiveIn(facts)(volumesOf(binding));
        break;
      case 'provisioned':
      case 'waits-for-consumer':
        found = newVolume(claim, facts);
        break;
      default:
        return undefined;
    }
    if (found === undefined) {
      return undefined;
    }
  }
  return found;
}

// It is the modes of the volume that count, and any mode for many nodes allows them.
// Source: Kubernetes, pkg/volume/util, IsMultiAttachAllowed.
function isForOneNode(modes: ModeSet): boolean {
  return modes !== 0 && MANY.every((mode) => !includesModes(modes, mode));
}

// Claims that can bind to the same volumes share one list of them, and it may be long.
const exclusiveIn = oncePer((facts: Facts) =>
  oncePer((names: readonly string[]) => allExclusive(names, facts)),
);

function allExclusive(names: readonly string[], facts: Facts): ExclusiveClaim | undefined {
  let first: ExclusiveClaim | undefined;
  for (const name of names) {
    const volume = facts.inventory.volumes.get(name);
    const source = volume && sourceOf(objectAt(volume.manifest, 'spec'), facts.version);
    if (
      volume === undefined ||
      source === undefined ||
      !isForOneNode(volume.modes) ||
      attaches(source, facts) !== true
    ) {
      return undefined;
    }
    first ??= { driver: source.driver ?? source.plugin, modes: volume.modes };
  }
  const [name] = names;
  return first && (names.length === 1 ? { ...first, name } : first);
}

// A volume that is made has the modes of its claim.
function newVolume(claim: ClaimEntry, facts: Facts): ExclusiveClaim | undefined {
  const provisioner = facts.classOf(claim)?.provisioner;
  if (provisioner === undefined || !isForOneNode(claim.modes)) {
    return undefined;
  }
  const { version } = facts;
  const driver = migratedDriver(provisioner, version) ?? provisioner;
  const attached =
    driver === 'kubernetes.io/rbd' ? !isAtLeast(version, '1.31') : driverAttaches(driver, facts);
  return attached === true ? { driver, modes: claim.modes } : undefined;
}

// Source: Kubernetes, pkg/controller/volume/attachdetach/reconciler, reportMultiAttachError.
function refusalOf(volume: string, pod: string): string {
  return `Multi-Attach error for volume "${volume}" Volume is already used by pod(s) ${pod}`;
}
