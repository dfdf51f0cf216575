import { ApiObject, JsonPatch } from 'cdk8s';
import { type AbstractPod, type Container, PersistentVolumeClaim, Volume } from 'cdk8s-plus-28';
import type { IBlockClaim } from '../claims/contracts';
import { labelOfPath } from '../kube/names';
import { absolutePathProblem } from '../kube/paths';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import { isClaim } from './mounts';

/** Where a kind keeps its pods, where it is not `/spec/template/spec`. */
const POD_SPECS: Readonly<Record<string, string>> = {
  Pod: '/spec',
  CronJob: '/spec/jobTemplate/spec/template/spec',
};

/** Device paths that a container has so far. */
const devices = new WeakMap<Container, string[]>();

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
 * @throws StorageError `DeviceClaim`, `DevicePath`, `DeviceContainer`
 */
export function addBlockDevice(
  pod: AbstractPod,
  container: Container,
  claim: IBlockClaim,
  devicePath: string,
): void {
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
  const problem =
    typeof devicePath === 'string'
      ? absolutePathProblem(devicePath)
      : `must be an absolute path, got ${show(devicePath)}`;
  if (problem !== undefined) {
    refuse('DevicePath', pod, `'devicePath' ${problem}`);
  }
  const taken = devices.get(container) ?? [];
  if (taken.includes(devicePath)) {
    refuse(
      'DevicePath',
      pod,
      `'devicePath' must be a path of its own, got ${show(devicePath)} again`,
    );
  }
  const name = addVolume(pod, claim);
  ApiObject.of(pod).addJsonPatch(
    ...(taken.length === 0 ? [JsonPatch.add(`${pathTo(pod, container)}/volumeDevices`, [])] : []),
    JsonPatch.add(`${pathTo(pod, container)}/volumeDevices/-`, { name, devicePath }),
  );
  devices.set(container, [...taken, devicePath]);
}

// One volume of the pod per claim, however many containers take it.
function addVolume(pod: AbstractPod, claim: IBlockClaim): string {
  const name = labelOfPath(['pvc', claim.claimName]);
  if (pod.volumes.every((volume) => volume.name !== name)) {
    const reference = PersistentVolumeClaim.fromClaimName(pod, `Claim-${name}`, claim.claimName);
    pod.addVolume(Volume.fromPersistentVolumeClaim(pod, `Volume-${name}`, reference, { name }));
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
