import { type ErrorPlace, refuse } from '../kube/storage-error';
import { mountOptionProblem, type NfsMountOption } from './limits';

/** How the props of a construct say its mount options. */
interface MountOptionProps {
  readonly mountOptions?: readonly NfsMountOption[];
  readonly uncheckedMountOptions?: readonly string[];
}

/**
 * The mount options that props ask for: the checked ones, then the others.
 *
 * @param defaults - the checked ones where the props say none
 * @throws StorageError `NfsMountOptions`
 */
export function readMountOptions(
  place: ErrorPlace,
  { mountOptions, uncheckedMountOptions = [] }: MountOptionProps,
  defaults: readonly NfsMountOption[],
): readonly string[] {
  const checked = mountOptions ?? defaults;
  const problem = mountOptionProblem(checked, uncheckedMountOptions);
  if (problem !== undefined) {
    refuse('NfsMountOptions', place, `'mountOptions' ${problem}`);
  }
  return [...checked, ...uncheckedMountOptions];
}
