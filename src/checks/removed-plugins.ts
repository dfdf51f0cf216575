import { hasReached } from '../planner/kubernetes-version';
import { isPlainObject, type PlainObject } from '../planner/plain-object';
import type { KubernetesVersion } from '../planner/plan';
import { migratedDriver } from '../planner/provisioning';

/** What became of a volume plugin that was in Kubernetes itself. */
export interface RemovedPlugin {
  /** The release of Kubernetes that ended it, such as `1.27`; undefined where it is still there. */
  readonly since?: string;

  /** The CSI driver that its volumes are handed to; undefined where nothing takes over. */
  readonly driver?: string;
}

interface Plugin {
  /** The release that removed its code. */
  readonly since?: string;

  /** The field of a volume's spec, or of a pod's volume. */
  readonly field: string;

  /** The provisioner of classes, where it could make volumes. */
  readonly provisioner?: string;
}

/**
 * Plugins that are gone, or that hand all volumes to a CSI driver.
 *
 * Source: Kubernetes, "Volumes" and "Persistent Volumes" (not available starting …); KEP-5040 for
 * gitRepo, which can be switched on again until 1.36; CHANGELOG-1.31 for CephFS and RBD. What
 * hands its volumes over without having been removed has no release here.
 */
const PLUGINS: readonly Plugin[] = [
  { field: 'awsElasticBlockStore', provisioner: 'kubernetes.io/aws-ebs', since: '1.27' },
  { field: 'azureDisk', provisioner: 'kubernetes.io/azure-disk', since: '1.27' },
  { field: 'azureFile', provisioner: 'kubernetes.io/azure-file' },
  { field: 'cephfs', since: '1.31' },
  { field: 'cinder', provisioner: 'kubernetes.io/cinder', since: '1.26' },
  { field: 'flocker', provisioner: 'kubernetes.io/flocker', since: '1.25' },
  { field: 'gcePersistentDisk', provisioner: 'kubernetes.io/gce-pd', since: '1.28' },
  { field: 'gitRepo', since: '1.33' },
  { field: 'glusterfs', provisioner: 'kubernetes.io/glusterfs', since: '1.26' },
  { field: 'photonPersistentDisk', provisioner: 'kubernetes.io/photon-pd', since: '1.15' },
  { field: 'portworxVolume', provisioner: 'kubernetes.io/portworx-volume' },
  { field: 'quobyte', provisioner: 'kubernetes.io/quobyte', since: '1.25' },
  { field: 'rbd', provisioner: 'kubernetes.io/rbd', since: '1.31' },
  { field: 'scaleIO', provisioner: 'kubernetes.io/scaleio', since: '1.21' },
  { field: 'storageos', provisioner: 'kubernetes.io/storageos', since: '1.25' },
  { field: 'vsphereVolume', provisioner: 'kubernetes.io/vsphere-volume' },
];

const BY_PROVISIONER: ReadonlyMap<string | undefined, Plugin> = new Map(
  PLUGINS.map((plugin) => [plugin.provisioner, plugin]),
);

/** The plugin behind a volume's spec, or behind a volume of a pod, where it is gone. */
export function removedSource(
  spec: PlainObject,
  version: KubernetesVersion,
): (RemovedPlugin & { readonly field: string }) | undefined {
  const plugin = PLUGINS.find(({ field }) => isPlainObject(spec[field]));
  const removed = plugin && whenRemoved(plugin, version);
  return plugin && removed && { ...removed, field: plugin.field };
}

/** The plugin of a class, where it is gone. */
export function removedProvisioner(
  provisioner: string,
  version: KubernetesVersion,
): RemovedPlugin | undefined {
  const plugin = BY_PROVISIONER.get(provisioner);
  return plugin && whenRemoved(plugin, version);
}

function whenRemoved(
  { since, provisioner = '' }: Plugin,
  version: KubernetesVersion,
): RemovedPlugin | undefined {
  const driver = migratedDriver(provisioner, version);
  const gone = since !== undefined && hasReached(version, since);
  return driver === undefined && !gone ? undefined : { since: gone ? since : undefined, driver };
}
