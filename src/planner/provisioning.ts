import type { ClassEntry } from './class-entry';
import { isAtLeast } from './kubernetes-version';
import type { ClaimOutcome, KubernetesVersion } from './plan';

/** An event that `kubectl describe pvc` shows. */
export interface ClaimEvent {
  readonly reason: string;
  readonly message: string;
}

/** What becomes of a claim that no volume matches. */
export interface Fallback {
  readonly outcome: ClaimOutcome;
  readonly event?: ClaimEvent;
}

interface MigratedPlugin {
  readonly driver: string;
  readonly since: KubernetesVersion;
}

/**
 * In-tree provisioners whose claims go to a CSI driver, and since when.
 *
 * Source: k8s.io/csi-translation-lib, plugins; pkg/features, CSIMigration*: all but Portworx are
 * on in every version that is planned for, and that one by default since 1.31.
 */
const MIGRATED: Readonly<Record<string, MigratedPlugin>> = {
  'kubernetes.io/aws-ebs': { driver: 'ebs.csi.aws.com', since: '1.28' },
  'kubernetes.io/azure-disk': { driver: 'disk.csi.azure.com', since: '1.28' },
  'kubernetes.io/azure-file': { driver: 'file.csi.azure.com', since: '1.28' },
  'kubernetes.io/cinder': { driver: 'cinder.csi.openstack.org', since: '1.28' },
  'kubernetes.io/gce-pd': { driver: 'pd.csi.storage.gke.io', since: '1.28' },
  'kubernetes.io/vsphere-volume': { driver: 'csi.vsphere.vmware.com', since: '1.28' },
  'kubernetes.io/portworx-volume': { driver: 'pxd.portworx.com', since: '1.31' },
};

/**
 * In-tree provisioners that still made volumes themselves, and the version that ended it.
 *
 * Source: Kubernetes' CHANGELOG-1.31 (RBD removed, Portworx migrated).
 */
const UNTIL: Readonly<Record<string, KubernetesVersion>> = {
  'kubernetes.io/portworx-volume': '1.31',
  'kubernetes.io/rbd': '1.31',
};

/** Prefix of the provisioners that the controller looks for among its own volume plugins. */
const IN_TREE = 'kubernetes.io/';

/** The event of a claim of no class. */
const NO_VOLUME: ClaimEvent = {
  reason: 'FailedBinding',
  message: 'no persistent volumes available for this claim and no storage class is set',
};

/** What becomes of a claim without a class that no volume matches. */
export const WITHOUT_CLASS: Fallback = { outcome: 'pending', event: NO_VOLUME };

/** What becomes of a claim whose class is not among the objects. */
export function withoutClassObject(name: string, closed: boolean): Fallback {
  return closed ? { outcome: 'pending', event: classNotFound(name) } : { outcome: 'unknown' };
}

/** The event of a claim whose class does not exist. */
export function classNotFound(name: string): ClaimEvent {
  return {
    reason: 'ProvisioningFailed',
    message: `storageclass.storage.k8s.io "${name}" not found`,
  };
}

/** What becomes of a claim for which a volume has to be made. */
export function provisioning({ provisioner }: ClassEntry, version: KubernetesVersion): Fallback {
  const driver = migratedDriver(provisioner, version);
  if (driver !== undefined) {
    return { outcome: 'provisioned', event: externalProvisioning(driver) };
  }
  if (!provisioner.startsWith(IN_TREE)) {
    return { outcome: 'provisioned', event: externalProvisioning(provisioner) };
  }
  const until = Object.hasOwn(UNTIL, provisioner) ? UNTIL[provisioner] : undefined;
  if (until !== undefined && !isAtLeast(version, until)) {
    return { outcome: 'provisioned' };
  }
  const message = `no volume plugin matched name: ${provisioner}`;
  return { outcome: 'pending', event: { reason: 'ProvisioningFailed', message } };
}

/** The CSI driver that an in-tree provisioner's claims and volumes are handed to. */
export function migratedDriver(
  provisioner: string,
  version: KubernetesVersion,
): string | undefined {
  const migrated = Object.hasOwn(MIGRATED, provisioner) ? MIGRATED[provisioner] : undefined;
  return migrated !== undefined && isAtLeast(version, migrated.since) ? migrated.driver : undefined;
}

function externalProvisioning(driver: string): ClaimEvent {
  return {
    reason: 'ExternalProvisioning',
    message: `Waiting for a volume to be created either by the external provisioner '${driver}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`,
  };
}

/** The event of a claim that no pod asks for yet. */
export const WAITS_FOR_CONSUMER: ClaimEvent = {
  reason: 'WaitForFirstConsumer',
  message: 'waiting for first consumer to be created before binding',
};

/** The event of a claim that waits for its pods to be scheduled. */
export function waitsForPods(pods: readonly string[]): ClaimEvent {
  return {
    reason: 'WaitForPodScheduled',
    message: `waiting for pod${pods.length > 1 ? 's' : ''} ${pods.join(',')} to be scheduled`,
  };
}

/** The event of a claim that names a volume of another claim. */
export function alreadyBound(volume: string): ClaimEvent {
  return {
    reason: 'FailedBinding',
    message: `volume "${volume}" already bound to a different claim.`,
  };
}

/** The event of a claim that names a volume that does not serve it. */
export function volumeMismatch(volume: string, why: string): ClaimEvent {
  return {
    reason: 'VolumeMismatch',
    message: `Cannot bind to requested volume "${volume}": ${why}`,
  };
}

/** The event of a claim whose volume is gone. */
export const CLAIM_LOST: ClaimEvent = {
  reason: 'ClaimLost',
  message: 'Bound claim has lost its PersistentVolume. Data on the volume is lost!',
};

/** The event of a claim that is bound to another claim's volume. */
export const CLAIM_MISBOUND: ClaimEvent = {
  reason: 'ClaimMisbound',
  message: 'Two claims are bound to the same volume, this one is bound incorrectly',
};

/** The event of a claim that was bound and names no volume any more. */
export const NO_REFERENCE: ClaimEvent = {
  reason: 'ClaimLost',
  message: 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!',
};
