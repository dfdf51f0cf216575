import { EBS_DRIVER } from '../ebs/driver/limits';
import { ebsModeProblems } from '../ebs/modes/limits';
import type { AccessMode } from '../kube/access-mode';
import { driverParameters } from '../kube/driver-parameters';
import type { VolumeMode } from '../kube/volume-mode';
import {
  accessModeProblem,
  LOCAL_PATH_PROVISIONER,
  SELECTOR_PROBLEM,
  volumeModeProblem,
} from '../local-path/limits';
import { NFS_CSI_DRIVER } from '../nfs/limits';
import type { ClaimEntry } from '../planner/claim-entry';
import type { ClassEntry } from '../planner/class-entry';
import { isLabels } from '../planner/metadata';
import { modesOf } from '../planner/mode-set';
import { listAt, objectAt } from '../planner/plain-object';
import { migratedDriver } from '../planner/provisioning';
import type { VolumeEntry } from '../planner/volume-entry';
import type { Facts } from './facts';
import { localPathSharing } from './local-path-sharing';
import { isNfsSubdir } from './nfs-provisioners';
import { sourceOf } from './volume-source';

/** Why a driver does not serve a claim or a volume. */
export interface ModeFault {
  /** The field of the spec that the driver cannot serve. */
  readonly field: 'accessModes' | 'selector' | 'volumeMode';

  /** The field, what it must be, and what it is. */
  readonly problem: string;

  /**
   * What the event says.
   *
   * @default - unknown
   */
  readonly event?: string;

  /**
   * Whether it holds only if nothing outside of the input says otherwise.
   *
   * @default false
   */
  readonly closed?: boolean;
}

/** Why no volume is made for a claim of a class, or undefined where one is, or nobody knows. */
export function claimFault(
  claim: ClaimEntry,
  storageClass: ClassEntry,
  facts: Facts,
): ModeFault | undefined {
  const { provisioner } = storageClass;
  const driver = migratedDriver(provisioner, facts.version) ?? provisioner;
  if (driver === EBS_DRIVER) {
    const type = typeOf(storageClass);
    return firstFault(modesOf(claim.modes), (mode) => ebsFault(type, mode, claim.volumeMode));
  }
  if (driver === LOCAL_PATH_PROVISIONER) {
    return localPathFault(claim, storageClass, facts);
  }
  if (claim.volumeMode === 'Block' && (driver === NFS_CSI_DRIVER || isNfsSubdir(driver))) {
    return {
      field: 'volumeMode',
      problem: NO_DEVICE,
      event:
        driver === NFS_CSI_DRIVER
          ? 'rpc error: code = InvalidArgument desc = block volume capability not supported'
          : noBlock(driver),
    };
  }
  return undefined;
}

/** Why a driver cannot attach or mount a volume as it says; undefined where it can, or nobody knows. */
export function volumeFault(volume: VolumeEntry, facts: Facts): ModeFault | undefined {
  const spec = objectAt(volume.manifest, 'spec');
  // Most volumes are folders, and mounted.
  if (volume.volumeMode !== 'Block' && !spec.csi && !spec.awsElasticBlockStore) {
    return undefined;
  }
  const source = sourceOf(spec, facts.version);
  if (source?.driver === EBS_DRIVER) {
    // The driver is told the first mode alone; and which type the volume is, nobody says.
    const [first] = listAt(spec, 'accessModes') as readonly AccessMode[];
    const type = first === 'ReadWriteMany' ? 'io2' : 'EBS';
    return first && ebsFault(type, first, volume.volumeMode);
  }
  const isFolder =
    source !== undefined && (FOLDERS.has(source.plugin) || source.driver === NFS_CSI_DRIVER);
  return isFolder && volume.volumeMode === 'Block'
    ? { field: 'volumeMode', problem: NO_DEVICE }
    : undefined;
}

/**
 * In-tree sources that are folders, and never a device.
 *
 * Source: Kubernetes, "Persistent Volumes", Raw Block Volume Support.
 */
const FOLDERS: ReadonlySet<string> = new Set(['cephfs', 'glusterfs', 'hostPath', 'nfs']);

const NO_DEVICE = "'volumeMode' must be 'Filesystem', got 'Block': a volume is a folder";

function ebsFault(type: string, mode: AccessMode, volumeMode: VolumeMode): ModeFault | undefined {
  const [found] = ebsModeProblems(type, mode, volumeMode);
  return (
    found && {
      field: found.parameter === 'volumeMode' ? 'volumeMode' : 'accessModes',
      problem: `'${found.parameter}' ${found.problem}`,
    }
  );
}

function typeOf({ object }: ClassEntry): string {
  const { parameters } = object;
  return (isLabels(parameters) && driverParameters(parameters).get('type')) || 'gp3';
}

function localPathFault(
  claim: ClaimEntry,
  { name }: ClassEntry,
  facts: Facts,
): ModeFault | undefined {
  const block = volumeModeProblem(claim.volumeMode);
  if (block !== undefined) {
    const event = noBlock(LOCAL_PATH_PROVISIONER);
    return { field: 'volumeMode', problem: `'volumeMode' ${block}`, event };
  }
  const sharing = localPathSharing(facts, name);
  if (sharing === 'shared') {
    return undefined;
  }
  if (claim.selector !== undefined) {
    const event = 'claim.Spec.Selector is not supported';
    return { field: 'selector', problem: `'selector' ${SELECTOR_PROBLEM}`, event };
  }
  return firstFault(modesOf(claim.modes), (mode) => {
    const problem = accessModeProblem(mode, 'node');
    return problem === undefined
      ? undefined
      : {
          field: 'accessModes',
          problem: `'accessModes' ${problem}`,
          event: 'NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes',
          closed: sharing === undefined,
        };
  });
}

// Source: kubernetes-sigs/sig-storage-lib-external-provisioner, controller, canProvision.
function noBlock(provisioner: string): string {
  return `${provisioner} does not support block volume provisioning`;
}

function firstFault(
  modes: readonly AccessMode[],
  faultOf: (mode: AccessMode) => ModeFault | undefined,
): ModeFault | undefined {
  for (const mode of modes) {
    const fault = faultOf(mode);
    if (fault !== undefined) {
      return fault;
    }
  }
  return undefined;
}
