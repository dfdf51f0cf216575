import { IGNORE_ANNOTATION } from '../kube/ignore-annotation';
import type { Labels } from '../kube/label-selector';
import { type ErrorPlace, refuse } from '../kube/storage-error';
import { accessProblem, mountOptionProblem, type NfsMountOption } from './limits';

/** How the props of a construct say its mount options. */
interface MountOptionProps {
  readonly mountOptions?: readonly NfsMountOption[];
  readonly uncheckedMountOptions?: readonly string[];
}

/**
 * The mount options that props ask for: the checked ones, then the others.
 *
 * @param defaults - the checked ones where the props say none
 * @param readOnly - whether pods only read the volume
 * @throws StorageError `NfsMountOptions`
 */
export function readMountOptions(
  place: ErrorPlace,
  { mountOptions, uncheckedMountOptions = [] }: MountOptionProps,
  defaults: readonly NfsMountOption[],
  readOnly = false,
): readonly string[] {
  const checked = mountOptions ?? defaults;
  const options: readonly string[] = [...checked, ...uncheckedMountOptions];
  const problem =
    mountOptionProblem(checked, uncheckedMountOptions) ?? accessProblem(options, readOnly);
  if (problem !== undefined) {
    refuse('NfsMountOptions', place, `'mountOptions' ${problem}`);
  }
  return options;
}

/** Annotations that say to the planner what the props say to us: some options are not checked. */
export function uncheckedNote({ uncheckedMountOptions = [] }: MountOptionProps): Labels {
  return uncheckedMountOptions.length === 0 ? {} : { [IGNORE_ANNOTATION]: 'nfs-mount-options' };
}
