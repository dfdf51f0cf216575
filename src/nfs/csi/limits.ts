import { hostProblem } from '../../kube/hosts';
import type { Labels } from '../../kube/label-selector';
import { didYouMean } from '../../kube/nearest';
import type { ParameterProblem } from '../../kube/parameter-problem';
import { absolutePathProblem, relativePathProblem } from '../../kube/paths';
import { alternatives, show } from '../../kube/show';

/**
 * Parameters of a StorageClass that csi-driver-nfs knows; it reads them in any case and refuses a
 * claim whose class has any other.
 *
 * Source: csi-driver-nfs v4.13.4, pkg/nfs/controllerserver.go, CreateVolume.
 */
export const NFS_CSI_PARAMETERS = [
  'server',
  'share',
  'subDir',
  'mountPermissions',
  'onDelete',
] as const;

/** Parameters that releases after v4.13.4 know as well (csi-driver-nfs#1252, backported by #1258). */
const NFS_CSI_LATER_PARAMETERS = ['uid', 'gid'] as const;

/** Keys for the sidecars, which they take away before the driver sees them (external-provisioner). */
const SIDECAR_PREFIX = 'csi.storage.k8s.io/';

/**
 * What the driver does with a volume's folder when the volume is deleted; `archive` renames it to
 * `archived-…`.
 *
 * Source: csi-driver-nfs v4.13.4, pkg/nfs/utils.go, validateOnDeleteValue.
 */
export const NFS_ON_DELETE = ['delete', 'retain', 'archive'] as const;

/** What the driver does with a volume's folder when the volume is deleted. */
export type NfsOnDelete = (typeof NFS_ON_DELETE)[number];

const PV_NAME = '${pv.metadata.name}';
const PVC_NAME = '${pvc.metadata.name}';
const PVC_NAMESPACE = '${pvc.metadata.namespace}';

/**
 * What `subDir` can have in it; anything else between `${` and `}` stays as it is written.
 *
 * Source: csi-driver-nfs v4.13.4, pkg/nfs/nfs.go; it needs `--extra-create-metadata` of its
 * csi-provisioner, which its manifests and its chart set.
 */
const NFS_SUB_DIR_PLACEHOLDERS = [PVC_NAME, PVC_NAMESPACE, PV_NAME] as const;

/** Largest UID and GID: the driver reads them as signed 32-bit numbers (docs/driver-parameters.md). */
const MOST_ID = 2 ** 31 - 1;

type Check = (value: string) => Omit<ParameterProblem, 'parameter'> | undefined;

const CHECKS: Readonly<Record<string, Check>> = {
  server: (value) => harm(hostProblem(value)),
  share: (value) => folder(value, absolutePathProblem(value)),
  // The driver takes slashes off the front.
  subDir: (value) =>
    folder(value, relativePathProblem(value.replace(/^\/+/, ''))) ??
    harm(placeholderProblem(value)),
  mountPermissions: (value) =>
    refusal(
      /^0*[0-7]{0,4}$/.test(value)
        ? undefined
        : `must be a mode of up to four octal digits such as '0770', or '0' to leave it, got ${show(value)}`,
    ),
  onDelete: (value) =>
    refusal(
      ['', ...NFS_ON_DELETE].includes(value.toLowerCase())
        ? undefined
        : `must be ${alternatives(NFS_ON_DELETE)}, got ${show(value)}${didYouMean(value, NFS_ON_DELETE)}`,
    ),
  uid: (value) => refusal(idProblem(value)),
  gid: (value) => refusal(idProblem(value)),
};

const KNOWN = [...NFS_CSI_PARAMETERS, ...NFS_CSI_LATER_PARAMETERS];

/**
 * What is wrong with the parameters of a StorageClass of csi-driver-nfs: what the driver refuses,
 * and what loses data.
 */
export function nfsCsiParameterProblems(parameters: Labels): readonly ParameterProblem[] {
  const values = new Map<string, string>();
  const problems: ParameterProblem[] = [];
  for (const [key, value] of Object.entries(parameters)) {
    if (key.startsWith(SIDECAR_PREFIX)) {
      continue;
    }
    const parameter = KNOWN.find((known) => known.toLowerCase() === key.toLowerCase());
    if (parameter === undefined) {
      problems.push({ parameter: key, problem: unknownProblem(key), refused: true });
    } else if (values.has(parameter)) {
      problems.push({
        parameter,
        problem: `must be there once, got ${show(key)} too`,
        refused: false,
      });
    } else {
      values.set(parameter, value);
    }
  }
  for (const parameter of KNOWN) {
    const value = values.get(parameter) ?? '';
    const problem = value === '' ? missing(parameter) : CHECKS[parameter]?.(value);
    if (problem !== undefined) {
      problems.push({ parameter, ...problem });
    }
  }
  return [...problems, ...sharedFolder(values)];
}

function unknownProblem(key: string): string {
  return `is no parameter of the driver, which refuses it${didYouMean(key, NFS_CSI_PARAMETERS) || `; it takes ${alternatives(NFS_CSI_PARAMETERS)}`}`;
}

function missing(parameter: string): Omit<ParameterProblem, 'parameter'> | undefined {
  return parameter === 'server' || parameter === 'share'
    ? { problem: 'must be set', refused: true }
    : undefined;
}

// A volume's handle is server, share, folder and name with '#' between them, and the driver deletes
// by what it reads from it (getVolumeIDFromNfsVol, getNfsVolFromID).
function folder(value: string, pathProblem: string | undefined): ReturnType<Check> {
  if (pathProblem !== undefined) {
    return refusal(pathProblem);
  }
  return harm(
    value.includes('#')
      ? `must not have '#' in it, got ${show(value)}: the driver separates by it and would delete another folder`
      : undefined,
  );
}

function placeholderProblem(subDir: string): string | undefined {
  const known: readonly string[] = NFS_SUB_DIR_PLACEHOLDERS;
  const unknown = (subDir.match(/\$\{[^}]*\}?/g) ?? []).find((found) => !known.includes(found));
  return unknown === undefined
    ? undefined
    : `must have no placeholders but ${alternatives(known)}, got ${show(unknown)}${didYouMean(unknown, known)}`;
}

function idProblem(value: string): string | undefined {
  return /^\d+$/.test(value) && Number(value) <= MOST_ID
    ? undefined
    : `must be a whole number from 0 to ${MOST_ID}, got ${show(value)}`;
}

// The folder of the first claim that is deleted is the folder of the others too.
function sharedFolder(values: ReadonlyMap<string, string>): readonly ParameterProblem[] {
  const subDir = values.get('subDir') ?? '';
  const own =
    subDir.includes(PV_NAME) || (subDir.includes(PVC_NAME) && subDir.includes(PVC_NAMESPACE));
  if (subDir === '' || own || values.get('onDelete')?.toLowerCase() === 'retain') {
    return [];
  }
  const problem = `must have '${PV_NAME}', or '${PVC_NAMESPACE}' and '${PVC_NAME}', got ${show(subDir)}: claims would share a folder, and lose it when one of them is deleted; set 'onDelete' to 'retain' where they are to share it`;
  return [{ parameter: 'subDir', problem, refused: false }];
}

function refusal(problem: string | undefined): ReturnType<Check> {
  return problem === undefined ? undefined : { problem, refused: true };
}

function harm(problem: string | undefined): ReturnType<Check> {
  return problem === undefined ? undefined : { problem, refused: false };
}
