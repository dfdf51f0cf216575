import { ApiObject, JsonPatch } from 'cdk8s';
import { type AbstractPod, type Container, PersistentVolumeClaim, Volume } from 'cdk8s-plus-28';
import type { IBlockClaim } from '../claims/contracts';
import { volumeName } from '../claims/mountable-claim';
import { absolutePathProblem } from '../kube/paths';
import * as types from '../kube/props';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import { isClaim } from './mounts';

/** Where a kind keeps its pods, where it is not `/spec/template/spec`. */
const POD_SPECS: Readonly<Record<string, string>> = {
  Pod: '/spec',
  CronJob: '/spec/jobTemplate/spec/template/spec',
};

/** What a pod has of devices so far. */
interface PodDevices {
  /** Names of the volumes that this module added. */
  readonly volumes: Set<string>;

  /** Device paths by container. */
  readonly paths: Map<Container, string[]>;
}

const devicesOf = new WeakMap<AbstractPod, PodDevices>();

/**
 * Gives a Block claim to a container as a raw device: `volumeDevices`, which cdk8s-plus lacks.
 *
 * The process opens the device itself; without root it needs the group of the device, which the
 * container runtime can set (containerd: `device_ownership_from_security_context`).
 *
 * @param pod - the Pod, Deployment or other workload of cdk8s-plus
 * @param container - one of its containers
 * @param claim - the Block claim
 * @param devicePath - where the device shows in the container: an absolute path such as `/dev/xvda`
 * @throws StorageError `DevicePod`, `DeviceClaim`, `ClaimNamespace`, `DevicePath`, `DeviceContainer`
 */
export function addBlockDevice(
  pod: AbstractPod,
  container: Container,
  claim: IBlockClaim,
  devicePath: string,
): void {
  checkPod(pod);
  checkClaim(pod, claim);
  const devices = devicesOf.get(pod) ?? { volumes: new Set(), paths: new Map() };
  const taken = devices.paths.get(container) ?? [];
  checkDevicePath(pod, container, taken, devicePath);
  const path = `${pathTo(pod, container)}/volumeDevices`;
  const name = addVolume(pod, claim, devices.volumes);
  ApiObject.of(pod).addJsonPatch(
    ...(taken.length === 0 ? [JsonPatch.add(path, [])] : []),
    JsonPatch.add(`${path}/-`, { name, devicePath }),
  );
  devices.paths.set(container, [...taken, devicePath]);
  devicesOf.set(pod, devices);
}

// By shape, as everywhere: an app may hold two copies of cdk8s-plus.
function checkPod(pod: unknown): void {
  if (types.isObject(pod) && Array.isArray(pod.containers) && 'podMetadata' in pod) {
    return;
  }
  const { node } = types.isObject(pod) ? pod : {};
  const path = types.isObject(node) && typeof node.path === 'string' ? node.path : '';
  refuse(
    'DevicePod',
    path,
    `a device must go to a Pod or a workload of cdk8s-plus, got ${path === '' ? show(pod) : 'another construct'}; a StatefulApp takes one by 'storage' with volumeMode Block`,
  );
}

function checkClaim(pod: AbstractPod, claim: IBlockClaim): void {
  if (!isClaim(claim) || claim.volumeMode !== 'Block') {
    const got = isClaim(claim)
      ? `claim '${(claim as IBlockClaim).claimName}' with volumeMode Filesystem`
      : show(claim);
    refuse(
      'DeviceClaim',
      pod,
      `a device must be a claim with volumeMode Block, got ${got}; mount a folder with container.mount`,
    );
  }
  const { namespace } = pod.metadata;
  if (claim.namespace !== undefined && namespace !== undefined && claim.namespace !== namespace) {
    refuse(
      'ClaimNamespace',
      pod,
      `claims must be in the pod's namespace '${namespace}', got claim '${claim.claimName}' in '${claim.namespace}'; pods find claims of their own namespace only`,
    );
  }
}

function checkDevicePath(
  pod: AbstractPod,
  container: Container,
  taken: readonly string[],
  devicePath: string,
): void {
  const problem =
    typeof devicePath === 'string'
      ? absolutePathProblem(devicePath)
      : `must be an absolute path, got ${show(devicePath)}`;
  if (problem !== undefined) {
    refuse('DevicePath', pod, `'devicePath' ${problem}`);
  }
  if ([...taken, ...container.mounts.map(({ path }) => path)].includes(devicePath)) {
    refuse(
      'DevicePath',
      pod,
      `'devicePath' must be a path of its own, got ${show(devicePath)} again`,
    );
  }
}

// One volume of the pod per claim, however many containers take it.
function addVolume(pod: AbstractPod, claim: IBlockClaim, added: Set<string>): string {
  const name = volumeName(claim.claimName);
  if (!added.has(name)) {
    const reference = PersistentVolumeClaim.fromClaimName(pod, `Claim-${name}`, claim.claimName);
    pod.addVolume(Volume.fromPersistentVolumeClaim(pod, `Volume-${name}`, reference, { name }));
    added.add(name);
  }
  return name;
}

function pathTo(pod: AbstractPod, container: Container): string {
  const spec = POD_SPECS[ApiObject.of(pod).kind] ?? '/spec/template/spec';
  const index = pod.containers.indexOf(container);
  const initIndex = pod.initContainers.indexOf(container);
  if (index < 0 && initIndex < 0) {
    refuse(
      'DeviceContainer',
      pod,
      `the container must be one of the pod's, got '${container.name}'`,
    );
  }
  return index < 0 ? `${spec}/initContainers/${initIndex}` : `${spec}/containers/${index}`;
}
